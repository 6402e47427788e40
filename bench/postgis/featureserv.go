package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"time"
)

// startFeatureserv starts pg_featureserv on the tables of a cluster and waits until it answers. It says nowhere that it listens.
func startFeatureserv(ctx context.Context, program, database string) (*subject, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, program)
	// As it comes, but for a page as large as the largest question's.
	command.Env = append(os.Environ(), "DATABASE_URL="+database, "PGFS_SERVER_HTTPHOST=127.0.0.1",
		fmt.Sprintf("PGFS_SERVER_HTTPPORT=%d", port), "PGFS_PAGING_LIMITMAX=10000")
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("%w (make bench-features builds it; --featureserv '' leaves it out)", err)
	}
	at := fmt.Sprintf("http://127.0.0.1:%d", port)
	s := &subject{"featureserv", at + "/collections/public.%s/items.json?bbox=%s&limit=%d", command}
	if err := answers(ctx, at+"/collections.json"); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// answers waits for a server's first answer, for ten seconds at most.
func answers(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(r)
		if err == nil {
			return response.Body.Close()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("pg_featureserv did not answer: %w", err)
		case <-again.C:
		}
	}
}
