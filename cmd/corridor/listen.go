package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"corridor/server"
)

// listeners are where the server is reached: by everybody, and where that is wanted by an audience in the local network, and by the
// operator for metrics.
type listeners struct {
	web, audience, metrics net.Listener
	// baseURL is that of web for readers, followURL that of the audience; neither has a slash at its end.
	baseURL, followURL string
}

func (l listeners) close() (err error) {
	for _, open := range []net.Listener{l.web, l.audience, l.metrics} {
		if open != nil {
			err = errors.Join(err, open.Close())
		}
	}
	return err
}

// checkListenAddress says what is wrong with where to listen: a host, which may be empty, and a port. It may be left out.
func checkListenAddress(ctx context.Context, address string) error {
	if address == "" {
		return nil
	}
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = net.DefaultResolver.LookupPort(ctx, "tcp", port)
	}
	if err != nil {
		return fmt.Errorf("%q is no HOST:PORT, such as 127.0.0.1:8080: %w", address, err)
	}
	return nil
}

// listen opens the listeners. An address that the operator names with --base-url is the audience's too.
func (c serveCommand) listen(ctx context.Context, log *slog.Logger) (listeners, error) {
	var config net.ListenConfig
	web, err := config.Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return listeners{}, fmt.Errorf("--addr %s: %w", c.Addr, err)
	}
	named := strings.TrimRight(c.BaseURL, "/") // many write the slash, and a path is put behind it
	l := listeners{web: web, baseURL: named, followURL: named}
	if l.baseURL == "" {
		l.baseURL = readersURL(web.Addr())
		if _, every := everyAddress(web.Addr()); every {
			log.Warn("links and lines to paste name this machine; write the address that readers use with --base-url", "address", l.baseURL)
		}
	}
	if c.MetricsAddr != "" {
		if l.metrics, err = config.Listen(ctx, "tcp", c.MetricsAddr); err != nil {
			return listeners{}, errors.Join(fmt.Errorf("--metrics-addr %s: %w", c.MetricsAddr, err), l.close())
		}
	}
	if !c.Share && c.ShareAddr == "" {
		return l, nil
	}
	if l.audience, err = listenForAudience(ctx, c.ShareAddr); err != nil {
		return listeners{}, errors.Join(err, l.close())
	}
	if l.followURL == "" {
		l.followURL = readersURL(l.audience.Addr())
	}
	return l, nil
}

// serveUntil answers on the listeners until one fails or the context is cancelled, then lets requests end.
func serveUntil(ctx context.Context, con console, at listeners, handler *server.Server, log *slog.Logger) error {
	servers, err := at.servers(handler, log)
	if err != nil {
		return errors.Join(err, at.close())
	}
	failed := make(chan error, len(servers))
	for listener, server := range servers {
		go func() { failed <- server.Serve(listener) }()
	}
	if at.metrics != nil {
		fmt.Fprintf(con.Err, "metrics at http://%s/metrics\n", at.metrics.Addr())
	}
	fmt.Fprintln(con.Err, "listening on", "http://"+at.web.Addr().String())
	if at.audience != nil {
		fmt.Fprintf(con.Err, "phones in the same network follow at %s/live\n", at.followURL)
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
		fmt.Fprintln(con.Err, "stopping")
	}
	return errors.Join(err, stop(slices.Collect(maps.Values(servers)), stopTimeout))
}

// stop lets the requests of servers end within a time, and then cuts off those that have not: a large file on its way to a slow reader
// must not make the end of the server a failure.
func stop(servers []*http.Server, within time.Duration) error {
	grace, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	stopped := make(chan error, len(servers))
	for _, s := range servers {
		go func() {
			err := s.Shutdown(grace)
			if errors.Is(err, context.DeadlineExceeded) {
				err = s.Close()
			}
			stopped <- err
		}()
	}
	var err error
	for range servers {
		err = errors.Join(err, <-stopped)
	}
	return err
}

// servers are those that answer on the listeners.
func (l listeners) servers(handler *server.Server, log *slog.Logger) (map[net.Listener]*http.Server, error) {
	servers := map[net.Listener]*http.Server{l.web: newWeb(handler, log)}
	if l.metrics != nil {
		servers[l.metrics] = newWeb(handler.Metrics(), log)
	}
	if l.audience != nil {
		audience, err := handler.Audience()
		if err != nil {
			return nil, err
		}
		servers[l.audience] = newWeb(audience, log)
		// A phone that lost its network would try each connection that it had kept before it makes a new one.
		servers[l.audience].SetKeepAlivesEnabled(false)
	}
	return servers, nil
}

func newWeb(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}
