// Bare serves a few files by Go's HTTP server and no more than that: what it gives is the most that a server on net/http can
// give with the same bytes and the same headers. It asks another server for them first, once for each address:
//
//	bare URL ENCODING [URL ENCODING…]
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
)

// answer is what is sent for a path. Nobody changes it.
type answer struct {
	header http.Header
	body   []byte
}

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	answers := map[string]answer{}
	for ; len(args) >= 2; args = args[2:] {
		u, err := url.Parse(args[0])
		if err != nil {
			return err
		}
		if answers[u.Path], err = ask(ctx, args[0], args[1]); err != nil {
			return err
		}
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "listening on http://%s\n", l.Addr())
	return http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := answers[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		unchanged := r.Header.Get("If-None-Match") == a.header["Etag"][0]
		for name, values := range a.header {
			if !unchanged || name != "Content-Type" && name != "Content-Length" && name != "Content-Encoding" {
				h[name] = values
			}
		}
		if unchanged {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(a.body)
	}))
}

// ask gets a file with the headers that the server's handler writes: net/http adds the date.
func ask(ctx context.Context, address, encoding string) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Accept-Encoding", encoding)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || response.Header.Get("Etag") == "" {
		return answer{}, fmt.Errorf("%s: %s, or no tag: %w", address, response.Status, err)
	}
	response.Header.Del("Date")
	return answer{response.Header, body}, nil
}
