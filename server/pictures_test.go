package server_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"corridor/draw"
	"corridor/routes"
	"corridor/store"
)

const picture = "/routes/yunnan"

func TestPicturesAnswerInEachFormat(t *testing.T) {
	s := realServer(t)
	for extension, want := range map[string]struct{ mime, start string }{
		"svg": {"image/svg+xml", "<svg "},
		"png": {"image/png", "\x89PNG\r\n"},
		"pdf": {"application/pdf", "%PDF-"},
	} {
		a := get(t, s, picture+"."+extension+"?lang=th")
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != want.mime || !strings.HasPrefix(a.body, want.start) {
			t.Errorf("%s: %s, %s, %.20q", extension, a.Status, a.Header.Get("Content-Type"), a.body)
		}
		if a.Header.Get("Content-Language") != "th" || a.Header.Get("ETag") == "" {
			t.Errorf("%s: headers %v", extension, a.Header)
		}
		head := ask(t, s, http.MethodHead, picture+"."+extension+"?lang=th")
		if head.StatusCode != http.StatusOK || head.Header.Get("Content-Length") != a.Header.Get("Content-Length") {
			t.Errorf("%s: HEAD %s, %v", extension, head.Status, head.Header)
		}
		again := get(t, s, picture+"."+extension+"?lang=th", "If-None-Match", a.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified || again.body != "" {
			t.Errorf("%s: asked again: %s", extension, again.Status)
		}
	}
}

func TestThePictureOfASocialPreviewHasItsSize(t *testing.T) {
	s := realServer(t)
	page := get(t, s, picture+"?lang=en")
	found := regexp.MustCompile(`<meta property="og:image" content="([^"]+)">`).FindStringSubmatch(page.body)
	if found == nil || !strings.HasPrefix(found[1], baseURL+"/routes/yunnan.png?") {
		t.Fatalf("the page names %q", found)
	}
	a := get(t, s, strings.ReplaceAll(strings.TrimPrefix(found[1], baseURL), "&amp;", "&"))
	img, err := png.Decode(strings.NewReader(a.body))
	if err != nil || img.Bounds().Dx() != 1200 || img.Bounds().Dy() != 630 {
		t.Fatalf("%s: %v, %v", a.Status, err, img)
	}
}

func TestThePageShowsAPictureWithoutScript(t *testing.T) {
	for _, lang := range []string{"en", "my", "th", "zh-Hans"} {
		page := get(t, realServer(t), picture+"?lang="+lang).body
		img := regexp.MustCompile(`<img src="([^"]+)" width="400" height="420" alt="[^"]{20,}"[^>]*>`).FindStringSubmatch(page)
		if img == nil {
			t.Fatalf("%s: no picture in the page", lang)
		}
		a := get(t, realServer(t), strings.ReplaceAll(img[1], "&amp;", "&"))
		if a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s: %s", lang, img[1], a.Status)
		}
		if strings.Contains(a.body, "<text") { // it would depend on the fonts of the device
			t.Errorf("%s: the letters of the picture are not drawn", lang)
		}
	}
}

func TestBadParametersOfPicturesAreNamed(t *testing.T) {
	s := realServer(t)
	for query, param := range map[string]string{
		"svg?width=0": "width", "svg?width=319": "width", "png?width=2401": "width", "png?width=wide": "width",
		"svg?theme=pink": "theme", "svg?theme=": "theme", "svg?empty=perhaps": "empty", "svg?stop=nowhere": "stop",
		"svg?lang=%21": "lang", "svg?colour=red": "colour", "svg?width=640&width=700": "width", "pdf?width=640": "width",
		"svg?layers=": "layers", "svg?layers=sites,sites": "layers", "svg?layers=stops": "layers", "png?layers=sites,": "layers", "pdf?layers=sites&empty=true": "layers",
	} {
		a := get(t, s, picture+"."+query)
		if a.StatusCode != http.StatusBadRequest || !strings.Contains(a.body, `"parameter":"`+param+`"`) {
			t.Errorf("%s: %s, %s", query, a.Status, a.body)
		}
	}
	for _, path := range []string{"/routes/nowhere.svg", "/routes/nowhere.png", "/routes/yunnan.gif", "/routes/.svg"} {
		if a := get(t, s, path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func TestPicturesDifferByWhatIsAsked(t *testing.T) {
	s := realServer(t)
	seen := map[string]string{}
	for _, query := range []string{
		"", "?lang=my", "?theme=dark", "?theme=print", "?empty=true", "?width=640", "?stop=xishuangbanna", "?layers=movements",
		"?layers=sites", "?layers=sites,movements",
	} {
		body := get(t, s, picture+".svg"+query).body
		if other, ok := seen[body]; ok {
			t.Errorf("%q and %q give the same picture", query, other)
		}
		seen[body] = query
		if again := get(t, s, picture+".svg"+query).body; again != body {
			t.Errorf("%q gives another picture when it is asked again", query)
		}
	}
}

// What an import changes is in what is drawn at once, although that is kept.
func TestAnImportIsInEverythingThatIsDrawn(t *testing.T) {
	const title, stop = "A title of later", "A stop of later"
	s, save := changing(t)
	former, drawn := map[string]string{}, map[string]string{
		picture + ".svg?lang=en": title, "/embed/yunnan.svg?lang=en&shape=tall": title, "/embed/yunnan.json?lang=en": stop,
		handout + ".pdf?lang=en&edition=short": "%PDF", handout + "/map.png?lang=en&step=thailand": "PNG", // whose words are shapes
	}
	for path := range drawn {
		former[path] = get(t, s, path).body
	}
	save(func(p *routes.Pack) {
		p.Routes[0].Title, p.Lessons[0].Title = routes.Text{"en": title}, routes.Text{"en": title}
		for i := range p.Routes[0].Stops {
			p.Routes[0].Stops[i].Title = routes.Text{"en": stop}
		}
	}, 1)
	for path, want := range drawn {
		if a := get(t, s, path); a.StatusCode != http.StatusOK || a.body == former[path] || !strings.Contains(a.body, want) {
			t.Errorf("%s: %s, as before the import: %t", path, a.Status, a.body == former[path])
		}
	}
}

// What is asked for besides the route comes out of the database as the map shows it.
func TestPicturesShowTheLayers(t *testing.T) {
	s := realServer(t)
	for query, want := range map[string][]string{
		"layers=movements":       {"Return or repatriation", "Other movement"},
		"layers=sites":           {"16 cities and prefectures", "Programme in a town"},
		"layers=movements,sites": {"Return or repatriation", "Programme in a town"},
	} {
		a := get(t, s, picture+".svg?lang=en&"+query)
		for _, text := range want {
			if !strings.Contains(a.body, text) {
				t.Errorf("%s: %s, no %q", query, a.Status, text)
			}
		}
	}
}

func TestManyPicturesAtOnceAreBounded(t *testing.T) {
	s := serverOf(t, nil)
	const asked = 40
	statuses := make([]int, asked)
	var wait sync.WaitGroup
	for i := range asked {
		wait.Go(func() {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, picture+".png", nil)
			q := r.URL.Query()
			q.Set("width", []string{"1000", "1001", "1002", "1003"}[i%4])
			q.Set("lang", []string{"en", "th", "my", "zh-Hans"}[i/4%4])
			r.URL.RawQuery = q.Encode()
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			statuses[i] = w.Code
			if w.Code == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
				t.Error("refused without saying when to ask again")
			}
		})
	}
	page := get(t, s, picture)
	wait.Wait()
	if page.StatusCode != http.StatusOK {
		t.Errorf("a page meanwhile: %s", page.Status)
	}
	count := map[int]int{}
	for _, status := range statuses {
		count[status]++
	}
	if count[http.StatusOK] == 0 || count[http.StatusServiceUnavailable] == 0 || count[http.StatusOK]+count[http.StatusServiceUnavailable] != asked {
		t.Errorf("statuses %v, want some drawn and some refused", count)
	}
}

func TestWhoLeavesDoesNotWait(t *testing.T) {
	s := realServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Picture(ctx, "yunnan", "en", draw.Options{Format: draw.PNG, Width: 1111, Theme: draw.Light})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestPicturesForTheCommandLine(t *testing.T) {
	s := realServer(t)
	if _, err := s.Picture(t.Context(), "nowhere", "en", draw.Options{Format: draw.SVG, Theme: draw.Light}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v", err)
	}
	if _, err := s.Picture(t.Context(), "yunnan", "xx", draw.Options{Format: draw.SVG, Theme: draw.Light}); err == nil {
		t.Error("an unknown language is drawn")
	}
	body, err := s.Picture(t.Context(), "yunnan", "en", draw.Options{Format: draw.SVG, Theme: draw.Light})
	if err != nil || !bytes.HasPrefix(body, []byte("<svg")) {
		t.Errorf("%.20q, %v", body, err)
	}
}

func BenchmarkPictureCached(b *testing.B) {
	s := realServer(b)
	for _, extension := range []string{"svg", "png"} {
		b.Run(extension, func(b *testing.B) {
			get(b, s, picture+"."+extension)
			for b.Loop() {
				w := httptest.NewRecorder()
				s.ServeHTTP(w, httptest.NewRequestWithContext(b.Context(), http.MethodGet, picture+"."+extension, nil))
			}
		})
	}
}
