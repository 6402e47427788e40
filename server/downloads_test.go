package server_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"corridor/download"
	"corridor/routes"
	"corridor/server"
	"corridor/store"
)

// file downloads what lies at an address below /api.
func file(t testing.TB, s http.Handler, path string) string {
	t.Helper()
	a := get(t, s, "/api"+path)
	if a.StatusCode != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Disposition"), `attachment; filename=corridor-`) {
		t.Fatalf("%s: %s, %q: %.300s", path, a.Status, a.Header.Get("Content-Disposition"), a.body)
	}
	return a.body
}

// rows reads a CSV file as a row of values by column for each feature.
func rows(t testing.TB, body string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, cell := range cells {
			row[all[0][i]] = cell
		}
		list = append(list, row)
	}
	return list
}

func idsOf(list []map[string]string) []string {
	var ids []string
	for _, row := range list {
		ids = append(ids, row["id"])
	}
	slices.Sort(ids)
	return ids
}

// A file has the features that the pages of the same collection and filter have, each with its citation and licence.
func TestAFileHoldsWhatThePagesShow(t *testing.T) {
	s := realServer(t)
	pack, _ := firstPack(t)
	for _, c := range routes.Collections() {
		for _, filter := range []string{"", "lang=th", "bbox=97,5,106,21", "route=yunnan", "datetime=2004-01-01/2005-12-31", "sortby=-title", "precision=country"} {
			if c != routes.Stops && c != routes.Places && strings.HasPrefix(filter, "precision") {
				continue
			}
			at := "/collections/" + string(c)
			want := features(t, get(t, s, "/api"+at+"/items?limit=1000&"+filter))
			var got struct{ Features []geoFeature }
			if err := json.Unmarshal([]byte(file(t, s, at+"/download.geojson?"+filter)), &got); err != nil {
				t.Fatal(err)
			}
			if len(got.Features) != len(want.Features) {
				t.Errorf("%s?%s: %d features, want %d", c, filter, len(got.Features), len(want.Features))
				continue
			}
			for i, f := range got.Features {
				w := want.Features[i]
				if f.ID != w.ID || f.Properties["title"] != w.Properties["title"] || f.Properties["historical"] != w.Properties["historical"] || fmt.Sprint(f.Geometry) != fmt.Sprint(w.Geometry) {
					t.Errorf("%s?%s: feature %d is %s, want %s", c, filter, i, f.ID, w.ID)
				}
				if f.Properties["citation"] == nil || f.Properties["citation"] == "" {
					t.Errorf("%s %s has no citation", c, f.ID)
				}
				if who, _ := f.Properties["attribution"].(string); !strings.HasPrefix(who, pack.About.Attribution+"; ") || f.Properties["licence"] != pack.About.Licence {
					t.Errorf("%s %s names %q under %v", c, f.ID, who, f.Properties["licence"])
				}
			}
		}
	}
}

type geoFeature struct {
	ID         string
	Geometry   map[string]any
	Properties map[string]any
}

// The name of a file has no quotes where it needs none: some programs that are given an address take them for a part of it.
func TestTheNamesOfFilesHaveNoQuotes(t *testing.T) {
	s := realServer(t)
	for path, name := range map[string]string{
		"/api/collections/stops/download.csv": "corridor-stops.csv", "/api/routes/yunnan/download.geojson": "corridor-yunnan.geojson",
		"/api/collections/legs/download.gpkg": "corridor-legs.gpkg", "/routes/yunnan/lesson.html": "corridor-yunnan.html",
	} {
		if got := get(t, s, path).Header.Get("Content-Disposition"); got != "attachment; filename="+name {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// Every property is a column, so that a table loses nothing.
func TestATableHasEveryProperty(t *testing.T) {
	s := realServer(t)
	for _, c := range routes.Collections() {
		at := "/collections/" + string(c) + "/download."
		var whole struct{ Features []geoFeature }
		if err := json.Unmarshal([]byte(file(t, s, at+"geojson")), &whole); err != nil {
			t.Fatal(err)
		}
		table := rows(t, file(t, s, at+"csv"))
		for i, f := range whole.Features {
			for name, value := range f.Properties {
				cell, there := table[i][name]
				if want := fmt.Sprint(value); !there || cell != want && !strings.ContainsAny(want, "\n.") {
					t.Errorf("%s %s: %s is %q, want %q", c, f.ID, name, cell, want)
				}
			}
			if point := f.Geometry["type"] == "Point"; point != (table[i]["lon"] != "") {
				t.Errorf("%s %s: longitude %q for a %v", c, f.ID, table[i]["lon"], f.Geometry["type"])
			}
		}
	}
}

// A route's file holds all that is told of it, and nothing of another route.
func TestAFileOfARoute(t *testing.T) {
	s := realServer(t)
	var want []string
	for _, c := range []string{"stops", "legs", "sites", "movements"} {
		want = append(want, ids(t, s, "/api/collections/"+c+"/items?limit=1000&route=yunnan")...)
	}
	slices.Sort(want)
	got := rows(t, file(t, s, "/routes/yunnan/download.csv?lang=my"))
	if !slices.Equal(idsOf(got), want) {
		t.Errorf("the file has %v, want %v", idsOf(got), want)
	}
	if got[0]["collection"] != "stops" || got[0]["lang"] != "my" || got[0]["wkt"] == "" {
		t.Errorf("the first row is %v", got[0])
	}
}

func TestWhatIsNoFile(t *testing.T) {
	s := realServer(t)
	for path, want := range map[string]int{
		"/collections/stops/download.shp": 404, "/collections/none/download.csv": 404, "/routes/none/download.csv": 404,
		"/collections/stops/download.csv?limit=1": 400, "/collections/stops/download.csv?bbox=1": 400, "/collections/stops/download.csv?x=1": 400,
		"/collections/stops/download.csv?offset=1": 400, "/collections/stops/download.csv?f=json": 400, "/routes/yunnan/download.csv?bbox=1,2,3,4": 400,
		"/routes/yunnan/download.csv?lang=%00": 400,
	} {
		a := get(t, s, "/api"+path)
		if a.StatusCode != want || a.Header.Get("Content-Type") != "application/problem+json" || a.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %s, %s, %q", path, a.Status, a.Header.Get("Content-Type"), a.Header.Get("Content-Disposition"))
		}
	}
	if a := ask(t, s, http.MethodHead, "/api/collections/stops/download.csv"); a.StatusCode != http.StatusOK || a.body != "" || a.Header.Get("ETag") == "" || a.Header.Get("Content-Disposition") == "" {
		t.Errorf("HEAD: %s, %d bytes, %v", a.Status, len(a.body), a.Header)
	}
}

// The links from the landing page's documents to files have their types.
func TestFilesAreLinked(t *testing.T) {
	s := realServer(t)
	for _, from := range []string{"/api/collections/legs", "/api/collections", "/api/routes/yunnan"} {
		var enclosed []linked
		for _, l := range linksIn(decoded[any](t, get(t, s, from))) {
			if l.Rel == "enclosure" {
				enclosed = append(enclosed, l)
			}
		}
		if len(enclosed) == 0 || len(enclosed)%len(download.Formats()) != 0 {
			t.Errorf("%s links to %d files", from, len(enclosed))
		}
		for _, l := range enclosed[:len(download.Formats())] {
			a := get(t, s, strings.TrimPrefix(l.Href, baseURL))
			if kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";"); a.StatusCode != http.StatusOK || kind != l.Type {
				t.Errorf("%s: %s, %s, want %s", l.Href, a.Status, kind, l.Type)
			}
		}
	}
}

// A file that is made before it is sent has a length, so that a reader knows when it is whole, and can be fetched in parts.
func TestAFileThatIsMadeFirst(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	s := serverWith(t, func(c *server.Config) { c.Now = func() time.Time { return now } })
	for path, kind := range map[string]string{
		"/api/collections/legs/download.gpkg?lang=th": "application/geopackage+sqlite3", "/api/routes/yunnan/download.gpkg": "application/geopackage+sqlite3",
	} {
		a := get(t, s, path, "Accept-Encoding", "gzip")
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != kind || a.Header.Get("Content-Length") != strconv.Itoa(len(a.body)) || a.Header.Get("Content-Encoding") != "" {
			t.Fatalf("%s: %s, %v", path, a.Status, a.Header)
		}
		part := get(t, s, path, "Range", "bytes=0-14", "If-Range", a.Header.Get("ETag"))
		if part.StatusCode != http.StatusPartialContent || part.body != a.body[:15] {
			t.Errorf("%s: a part is %s, %q", path, part.Status, part.body)
		}
		now = now.Add(time.Hour)
		if same := get(t, s, path, "If-None-Match", a.Header.Get("ETag")); same.StatusCode != http.StatusNotModified || same.body != "" {
			t.Errorf("%s: an hour later who has it is answered %s", path, same.Status)
		}
		if later := get(t, s, path); later.Header.Get("ETag") != a.Header.Get("ETag") || later.body != a.body {
			t.Errorf("%s: an hour later it has other bytes or another ETag", path)
		}
		if rest := get(t, s, path, "Range", "bytes=15-"); rest.StatusCode != http.StatusPartialContent || part.body+rest.body != a.body {
			t.Errorf("%s: two parts that were made an hour apart do not fit together: %s, %d and %d bytes", path, rest.Status, len(part.body), len(rest.body))
		}
		head := ask(t, s, http.MethodHead, path)
		if head.StatusCode != http.StatusOK || head.Header.Get("ETag") != a.Header.Get("ETag") || head.Header.Get("Content-Type") != kind || head.Header.Get("Accept-Ranges") != "bytes" {
			t.Errorf("%s: HEAD: %s, %v", path, head.Status, head.Header)
		}
	}
	if a := get(t, s, "/api/routes/none/download.gpkg"); a.StatusCode != http.StatusNotFound {
		t.Errorf("no such route: %s", a.Status)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A part of a file of former content is not put together with one of later content.
func TestAnImportMakesAnotherFile(t *testing.T) {
	s, save := changing(t)
	const path = "/api/collections/stops/download.gpkg"
	former := get(t, s, path)
	save(func(p *routes.Pack) { p.Routes[0].Stops[0].Title["en"] += " again" }, 1)
	rest := get(t, s, path, "Range", "bytes=15-", "If-Range", former.Header.Get("ETag"))
	if rest.StatusCode != http.StatusOK || rest.Header.Get("ETag") == former.Header.Get("ETag") || rest.body == former.body {
		t.Errorf("after an import the rest is %s, %s", rest.Status, rest.Header.Get("ETag"))
	}
}

// manyStops serves the first pack with so many long stops more that a file of them does not fit into the buffers of a
// connection; the last of them may be damaged.
func manyStops(t *testing.T, damaged bool) *server.Server {
	t.Helper()
	var db *store.Store
	s := newServer(t, nil, func(c *server.Config) { db = c.Store })
	pack, places := firstPack(t)
	features := routes.Compile(pack, places)
	model := features[slices.IndexFunc(features, func(f routes.Feature) bool { return f.ID == "yunnan.bangkok" })]
	long := map[string]any{"title": "Bangkok", "text": strings.Repeat("long ", 10000), "citation": "A ¶1"}
	for i := range manyStopsMore {
		next := model
		next.ID, next.Properties = fmt.Sprintf("yunnan.extra-%d", i), map[string]any{"en": long}
		features = append(features, next)
	}
	if damaged {
		features[len(features)-1].Properties = map[string]any{"en": nil} // no object, which only its reader notices
	}
	if _, err := db.SavePack(t.Context(), pack, features); err != nil {
		t.Fatal(err)
	}
	return s
}

const manyStopsMore = 400

// A reader who leaves in the middle, many times and at the same time as others, leaves nothing behind: no connection of the database and
// no place among the downloads is lost.
func TestReadersWhoLeaveInTheMiddle(t *testing.T) {
	s := manyStops(t, false)
	web := httptest.NewServer(s)
	defer web.Close()
	const readers, times = 4, 250
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			for range times {
				if err := leave(t.Context(), web.URL+"/api/collections/stops/download.geojson"); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	web.Close() // waits for every handler
	for range 20 {
		if a := get(t, s, "/api/collections/stops/download.geojsons"); a.StatusCode == http.StatusServiceUnavailable {
			t.Fatal("the places of those who left are not free")
		}
	}
	if n := len(rows(t, file(t, s, "/collections/stops/download.csv"))); n != 6+manyStopsMore {
		t.Errorf("%d rows, want %d", n, 6+manyStopsMore)
	}
}

// leave asks for a file and leaves after its first bytes.
func leave(ctx context.Context, address string) error {
	connection, err := begin(ctx, address)
	if err != nil {
		return err
	}
	return connection.Close()
}

// begin asks for something and takes its first bytes.
func begin(ctx context.Context, address string) (net.Conn, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return nil, err
	}
	if until, ok := ctx.Deadline(); ok {
		err = connection.SetDeadline(until)
	}
	if err == nil {
		_, err = fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", u.RequestURI(), u.Host)
	}
	if err == nil {
		_, err = io.ReadFull(connection, make([]byte, 64))
	}
	if err != nil {
		return nil, errors.Join(err, connection.Close())
	}
	return connection, nil
}

// Readers who ask for large pages and take nothing of them hold no connection of the database.
func TestReadersWhoTakeNothingKeepNobodyWaiting(t *testing.T) {
	s := manyStops(t, false)
	web := httptest.NewServer(s)
	defer web.Close()
	defer web.CloseClientConnections()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for range 2*runtime.NumCPU() + 4 { // more than there are such connections
		connection, err := begin(ctx, web.URL+"/api/collections/stops/items?limit=200")
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, web.URL+"/api/collections", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := web.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("got %s", res.Status)
	}
}

// While many files are on their way, another is refused with a word on when to ask again; a reader who leaves makes room.
func TestTooManyFilesAtATime(t *testing.T) {
	s := manyStops(t, false)
	web := httptest.NewServer(s)
	defer web.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	refused := false
	for range 30 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, web.URL+"/api/collections/stops/download.geojson", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "identity")
		res, err := web.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if res.StatusCode == http.StatusServiceUnavailable {
			refused = res.Header.Get("Retry-After") != ""
			break
		}
	}
	if !refused {
		t.Error("any number of files is on its way at a time")
	}
	if a := get(t, s, "/api/collections/stops/items"); a.StatusCode != http.StatusOK {
		t.Errorf("pages do not answer meanwhile: %s", a.Status)
	}
}

// What fails after its first byte is cut off: HTTP says that it is not complete.
func TestAFileThatBreaksOffIsNotComplete(t *testing.T) {
	s := manyStops(t, true)
	web := httptest.NewServer(s)
	defer web.Close()
	for _, encoding := range []string{"identity", "gzip"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, web.URL+"/api/collections/stops/download.csv", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", encoding)
		res, err := web.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK || n == 0 || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: %s, %d bytes, then %v", encoding, res.Status, n, err)
		}
	}
}

// The pages for people lead to files of what they show, with its filter and in their language.
func TestPagesLeadToFiles(t *testing.T) {
	s := realServer(t)
	for page, want := range map[string]string{
		"/api/collections/legs?f=html&lang=th":                                            "/api/collections/legs/download.gpkg?lang=th",
		"/api/collections/stops/items?f=html&lang=en&precision=country&limit=10&offset=1": "/api/collections/stops/download.csv?lang=en&amp;precision=country",
		"/routes/yunnan?lang=my":                                                          "/api/routes/yunnan/download.geojson?lang=my",
	} {
		if a := get(t, s, page); !strings.Contains(a.body, `href="`+want+`"`) {
			t.Errorf("%s has no link to %s", page, want)
		}
		if a := get(t, s, strings.ReplaceAll(want, "&amp;", "&")); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", want, a.Status)
		}
	}
}

// A spreadsheet says of each geometry that does not fit into a cell where it is, so that nobody takes an area for a statement without a place.
func TestASpreadsheetSaysWhatDoesNotFit(t *testing.T) {
	s := realServer(t)
	var whole struct{ Features []geoFeature }
	if err := json.Unmarshal([]byte(file(t, s, "/collections/places/download.geojson")), &whole); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(strings.NewReader(file(t, s, "/collections/places/download.xlsx?lang=en")))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	table, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(table) != 1+len(whole.Features) {
		t.Fatalf("the first sheet has %d rows, want %d, %v", len(table), 1+len(whole.Features), err)
	}
	place := slices.Index(table[0], "wkt")
	left := 0
	for i, row := range table[1:] {
		row = append(row, make([]string, len(table[0])-len(row))...)
		said := strings.Contains(row[place+1], "GeoPackage")
		if told := whole.Features[i].Geometry != nil; told != (row[place] != "" || said) || row[place] != "" && said {
			t.Errorf("%s has the geometry %.20q and beside it %q", row[0], row[place], row[place+1])
		}
		if said {
			left++
		}
	}
	if left == 0 {
		t.Error("no geometry was too long")
	}
}
