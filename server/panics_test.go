package server

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"corridor/download"
	"corridor/static"
	"corridor/store"
)

// A file whose making panics leaves the turn to the next, and nothing in the folder for temporary files.
func TestAPanicLeavesTheTurnToTheNextFile(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "content.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := &Server{
		Config: Config{Store: db, Now: time.Now, Log: slog.New(slog.DiscardHandler)}, making: newQueue(0), renderer: newRenderer(),
		tags: []string{"en"}, strings: map[string]static.Strings{}, addresses: served{"https://map.example.org"},
	}
	s.matcher = matcherOf(s.tags)
	format, _ := download.ByExtension("gpkg")
	making := s.recoverer(s.api(func(w http.ResponseWriter, r *http.Request) error {
		return s.downloadMade(w, r, fileOf{}, format) // a file of no collection has no name
	}))
	for range 2 {
		w := httptest.NewRecorder()
		making.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
		if w.Code != http.StatusInternalServerError {
			t.Fatalf("the answer is %d", w.Code)
		}
	}
	leave, err := s.making.enter(t.Context(), "")
	if err != nil {
		t.Fatalf("the next has no turn: %v", err)
	}
	leave()
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// received is what a reader has got of an answer.
type received struct {
	status int
	header http.Header
	body   string
}

// panicking serves a handler as the router does, and gives its answer to a reader of an encoding.
func panicking(t *testing.T, h http.HandlerFunc, encoding string) (received, error) {
	t.Helper()
	s := &Server{Config: Config{Log: slog.New(slog.DiscardHandler)}}
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.SuffixETag(gzipSuffix))
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.recoverer(compress(h)))
	t.Cleanup(web.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, web.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", encoding)
	res, err := web.Client().Do(r)
	if err != nil {
		return received{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return received{res.StatusCode, res.Header, string(body)}, err
}

// An answer that panics after it was said for how long it may be kept is kept by nobody.
func TestAPanicIsNotKept(t *testing.T) {
	s := &Server{Config: Config{Now: time.Now}, build: "test"}
	for _, encoding := range []string{"identity", "gzip"} {
		got, err := panicking(t, func(w http.ResponseWriter, r *http.Request) {
			r.URL.RawQuery = "v=" + s.edition("1")
			s.keep(w, r, "1")
			s.unchanged(w, r, "1")
			fileOf{collections: dataCollections()[:1]}.head(w.Header(), download.CSV)
			w.Header().Set("Content-Length", "5000")
			panic("a test")
		}, encoding)
		if err != nil || got.status != http.StatusInternalServerError || got.body != "Internal Server Error\n" {
			t.Fatalf("%s: %v, %+v", encoding, err, got)
		}
		if got.header.Get("Cache-Control") != "no-store" || got.header.Get("ETag")+got.header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %v", encoding, got.header)
		}
	}
}

// An answer that panics when some of it was sent is cut off, so that no reader takes it for complete.
func TestAPanicInTheMiddleIsNoWholeAnswer(t *testing.T) {
	row := strings.Repeat("a,b,c\n", 100)
	for name, send := range map[string]func(w http.ResponseWriter){
		"much":   func(w http.ResponseWriter) { _, _ = io.WriteString(w, strings.Repeat(row, 300)) },
		"little": func(w http.ResponseWriter) { _, _ = io.WriteString(w, "a,b,c\n") },
		"flushed": func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, "a,b,c\n")
			_ = http.NewResponseController(w).Flush()
		},
		"copied": func(w http.ResponseWriter) { _, _ = io.Copy(w, strings.NewReader(row)) },
	} {
		for _, encoding := range []string{"identity", "gzip"} {
			got, err := panicking(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/csv")
				send(w)
				panic("a test")
			}, encoding)
			if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) || strings.Contains(got.body, "Server Error") {
				t.Errorf("%s as %s: %d bytes, then %v", name, encoding, len(got.body), err)
			}
		}
	}
}
