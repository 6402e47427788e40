package server_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"corridor/live"
	"corridor/routes"
	"corridor/server"
)

// stage is a real server with a session on it, as its presenter has it.
type stage struct {
	*httptest.Server
	t      *testing.T
	server *server.Server
	Code   string
	Secret string
	URL    string
	State  live.State
}

func newStage(t *testing.T, configure func(*server.Config)) *stage {
	t.Helper()
	return stageOf(t, serverWith(t, configure))
}

// stageOf opens a session on a server.
func stageOf(t *testing.T, s *server.Server) *stage {
	t.Helper()
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	st := &stage{Server: web, t: t, server: s}
	status, body := st.do(http.MethodPost, "/live", `{"route":"yunnan"}`)
	if status != http.StatusCreated {
		t.Fatalf("opening: %d %s", status, body)
	}
	if err := json.Unmarshal([]byte(body), st); err != nil {
		t.Fatal(err)
	}
	return st
}

// do sends a request with a JSON body and headers given in pairs.
func (s *stage) do(method, path, body string, headers ...string) (status int, answer string) {
	s.t.Helper()
	response := s.request(s.Server.URL+path, method, body, headers...)
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(raw)
}

func (s *stage) request(address, method, body string, headers ...string) *http.Response {
	s.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, address, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	transport := &http.Transport{DisableKeepAlives: true}
	client := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	return response
}

func (s *stage) bearer() []string { return []string{"Authorization", "Bearer " + s.Secret} }

func (s *stage) path(what string) string { return "/live/" + s.Code + what }

func (s *stage) move(body string) {
	s.t.Helper()
	if status, answer := s.do(http.MethodPut, s.path("/state"), body, s.bearer()...); status != http.StatusOK {
		s.t.Fatalf("move %s: %d %s", body, status, answer)
	}
}

// follow opens a stream and gives its head and what reads its next state.
func (s *stage) follow(headers ...string) (http.Header, func() live.State) {
	s.t.Helper()
	response := s.request(s.Server.URL+s.path("/events"), http.MethodGet, "", headers...)
	s.t.Cleanup(func() { _ = response.Body.Close() })
	lines := bufio.NewReader(response.Body)
	return response.Header, func() live.State {
		s.t.Helper()
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				s.t.Fatalf("the stream broke: %v", err)
			}
			var state live.State
			if data, ok := strings.CutPrefix(line, "data: {"); ok {
				if err := json.Unmarshal([]byte("{"+data), &state); err != nil {
					s.t.Fatal(err)
				}
				return state
			}
		}
	}
}

// ballot opens a stream and gives the ballot that it brings.
func (s *stage) ballot() string {
	s.t.Helper()
	response := s.request(s.Server.URL+s.path("/events"), http.MethodGet, "")
	defer response.Body.Close()
	lines := bufio.NewReader(response.Body)
	for given := false; ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			s.t.Fatalf("the stream broke: %v", err)
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok && given {
			return strings.TrimSpace(data)
		}
		given = given || line == "event: ballot\n"
	}
}

func TestAFollowerGetsStates(t *testing.T) {
	s := newStage(t, func(c *server.Config) { c.FollowURL = "http://192.168.1.7:8090" })
	if want := "http://192.168.1.7:8090/live/" + s.Code + "?k="; !strings.HasPrefix(s.URL, want) {
		t.Errorf("followers are led to %s, want %s…", s.URL, want)
	}
	head, next := s.follow("Accept-Encoding", "gzip")
	for name, want := range map[string]string{
		"Content-Type": "text/event-stream", "Cache-Control": "no-store", "Content-Encoding": "", "X-Content-Type-Options": "nosniff",
	} {
		if got := head.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := next(); got != s.State {
		t.Errorf("at first %+v, want %+v", got, s.State)
	}
	s.move(`{"step":"xishuangbanna","screen":"decide","open":"decision.xishuangbanna","hide_later":true}`)
	want := live.State{
		Seq: 2, Step: "xishuangbanna", Reached: "xishuangbanna", Screen: "decide", Open: "decision.xishuangbanna", HideLater: true,
	}
	if got := next(); got != want {
		t.Errorf("after a move %+v, want %+v", got, want)
	}
	_, again := s.follow("Last-Event-ID", "1")
	if got := again(); got != want {
		t.Errorf("who comes back sees %+v, want %+v", got, want)
	}
	if status, _ := s.do(http.MethodDelete, s.path(""), "", s.bearer()...); status != http.StatusNoContent {
		t.Errorf("the end: %d", status)
	}
	for _, path := range []string{"", "/events", "/state", "/lesson.json", "/qr.svg"} {
		if status, _ := s.do(http.MethodGet, s.path(path), ""); status != http.StatusGone {
			t.Errorf("%s after the end: %d, want 410", path, status)
		}
	}
}

// Nothing of a session is kept on its way, pages are by language, and no proxy holds a stream back.
func TestTheHeadersOfSessions(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	const never = "no-store"
	for _, tt := range []struct {
		method, path, body    string
		kind, kept, buffering string
		byLanguage            bool
	}{
		{"POST", "/live", `{"route":"yunnan"}`, "application/json", never, "", false},
		{"GET", s.path("/events"), "", "text/event-stream", never, "no", false},
		{"HEAD", s.path("/events"), "", "text/event-stream", never, "no", false},
		{"GET", s.path("/state"), "", "application/json", never, "", false},
		{"PUT", s.path("/state"), `{"step":"thailand"}`, "application/json", never, "", false},
		{"GET", s.path("/totals"), "", "application/json", never, "", false},
		{"GET", s.path("/totals.csv"), "", "text/csv; charset=utf-8", never, "", false},
		{"GET", s.path("/qr.svg"), "", "image/svg+xml", never, "", false},
		{"GET", s.path("/lesson.json"), "", "application/json", "no-cache", "", true},
		{"GET", s.path(""), "", "text/html; charset=utf-8", never, "", true},
		{"GET", "/live", "", "text/html; charset=utf-8", never, "", true},
	} {
		response := s.request(s.Server.URL+tt.path, tt.method, tt.body, s.bearer()...)
		_ = response.Body.Close()
		h := response.Header
		byLanguage := strings.Contains(strings.Join(h.Values("Vary"), ","), "Accept-Language")
		if response.StatusCode >= 300 || h.Get("Content-Type") != tt.kind || h.Get("Cache-Control") != tt.kept || h.Get("X-Accel-Buffering") != tt.buffering || byLanguage != tt.byLanguage {
			t.Errorf("%s %s: %s, %v", tt.method, tt.path, response.Status, h)
		}
	}
}

// A stream outlives what the server allows any other answer.
func TestAStreamOutlivesTheWriteTimeout(t *testing.T) {
	s := serverWith(t, func(*server.Config) {})
	web := httptest.NewUnstartedServer(s)
	web.Config.WriteTimeout, web.Config.ReadTimeout = 500*time.Millisecond, 500*time.Millisecond
	web.Start()
	t.Cleanup(web.Close)
	st := &stage{Server: web, t: t}
	_, body := st.do(http.MethodPost, "/live", `{"route":"yunnan"}`)
	if err := json.Unmarshal([]byte(body), st); err != nil {
		t.Fatal(err)
	}
	response := st.request(web.URL+st.path("/events"), http.MethodGet, "")
	defer response.Body.Close()
	lines := bufio.NewReader(response.Body)
	for beats := 0; beats < 1; {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("the stream broke before its first sign of life: %v", err)
		}
		if strings.HasPrefix(line, ": beat") {
			beats++
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	wrong := []string{"Authorization", "Bearer nonsense"}
	move := `{"step":"closing"}`
	s.move(move)
	tests := []struct {
		name, method, path, body string
		headers                  []string
		status                   int
	}{
		{"no secret", "PUT", s.path("/state"), move, nil, 401},
		{"a wrong secret", "PUT", s.path("/state"), move, wrong, 403},
		{"the end with a wrong secret", "DELETE", s.path(""), "", wrong, 403},
		{"totals without a secret", "GET", s.path("/totals"), "", nil, 401},
		{"totals with a wrong secret", "GET", s.path("/totals.csv"), "", wrong, 403},
		{"an unknown code", "PUT", "/live/2222222/state", move, s.bearer(), 404},
		{"no code at all", "GET", "/live/favicon.ico/events", "", nil, 404},
		{"no step", "PUT", s.path("/state"), `{}`, s.bearer(), 400},
		{"an unknown step", "PUT", s.path("/state"), `{"step":"nowhere"}`, s.bearer(), 400},
		{"a move that others have overtaken", "PUT", s.path("/state"), `{"step":"closing","after":1}`, s.bearer(), 409},
		{"an unknown field", "PUT", s.path("/state"), `{"step":"closing","x":1}`, s.bearer(), 400},
		{"no JSON", "PUT", s.path("/state"), `step=closing`, s.bearer(), 400},
		{"two values", "PUT", s.path("/state"), move + move, s.bearer(), 400},
		{"a long body", "PUT", s.path("/state"), `{"step":"` + strings.Repeat("x", 5000) + `"}`, s.bearer(), 413},
		{"another media type", "PUT", s.path("/state"), move, append(s.bearer(), "Content-Type", "text/plain"), 415},
		{"another site", "POST", "/live", `{"route":"yunnan"}`, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a move from another site", "PUT", s.path("/state"), move, append(s.bearer(), "Sec-Fetch-Site", "cross-site"), 403},
		{"a move from another origin", "PUT", s.path("/state"), move, append(s.bearer(), "Origin", "https://elsewhere.example"), 403},
		{"another origin", "POST", s.path("/votes"), `{}`, []string{"Origin", "https://elsewhere.example"}, 403},
		{"an unknown route", "POST", "/live", `{"route":"nowhere"}`, nil, 404},
		{"an unknown lesson", "POST", "/live", `{"route":"yunnan","lesson":"nowhere"}`, nil, 404},
		{"a vote for nothing", "POST", s.path("/votes"), `{"token":"aaaaaaaaaaaaaaaa","poll":"x","answer":"y"}`, nil, 400},
		{"a vote on what is closed", "POST", s.path("/votes"), `{"token":"aaaaaaaaaaaaaaaa","poll":"quiz-before.promise","answer":"a"}`, nil, 409},
		{"another method", "PATCH", s.path("/state"), move, nil, 405},
		{"the end from another site", "DELETE", s.path(""), "", append(s.bearer(), "Sec-Fetch-Site", "cross-site"), 403},
	}
	for _, tt := range tests {
		if status, body := s.do(tt.method, tt.path, tt.body, tt.headers...); status != tt.status {
			t.Errorf("%s: %d, want %d: %s", tt.name, status, tt.status, body)
		} else if !json.Valid([]byte(body)) || strings.Contains(body, "live:") {
			t.Errorf("%s is told as %s", tt.name, body)
		}
	}
}

// What cannot be read of a body is told in words of our own: nothing of the program's structs, the machine's addresses or Go.
func TestABodyThatCannotBeReadTellsNothingInside(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	for body, want := range map[string]string{
		`{"route":5}`:              `"route" has a value of another kind than is meant`,
		`{"route":{"id":5}}`:       `"route" has a value of another kind than is meant`,
		`[]`:                       "it must be an object of JSON",
		`5`:                        "it must be an object of JSON",
		`{"route":`:                "it is no JSON",
		`{"route":"yunnan"`:        "it is no JSON",
		`route`:                    "it is no JSON",
		`{"route":"yunnan"}{}`:     "something stands after the JSON",
		`{"route":"yunnan"},`:      "something stands after the JSON",
		`{"route":"yunnan","x":1}`: `it has a field that is not known: "x"`,
		` `:                        "it is empty",
	} {
		status, answer := s.do(http.MethodPost, "/live", body)
		var problem struct{ Detail string }
		if err := json.Unmarshal([]byte(answer), &problem); err != nil || status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", body, status, answer)
		}
		if want = "the body cannot be read: " + want; problem.Detail != want {
			t.Errorf("%s is told as %q, want %q", body, problem.Detail, want)
		}
	}
}

// late is a body that does not come: what a connection says of that names both its ends.
type late struct{}

func (late) Read([]byte) (int, error) {
	end := func(port int) net.Addr { return &net.TCPAddr{IP: net.IPv4(10, 1, 2, 3), Port: port} }
	return 0, &net.OpError{Op: "read", Net: "tcp", Source: end(9603), Addr: end(50680), Err: os.ErrDeadlineExceeded}
}

func TestABodyThatComesTooLate(t *testing.T) {
	st := newStage(t, func(*server.Config) {})
	for _, begun := range []string{"", `{"route":"yunnan"`, `{"route":"yunnan"}`} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/live", io.MultiReader(strings.NewReader(begun), late{}))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		st.server.ServeHTTP(w, r)
		if w.Code != http.StatusRequestTimeout || strings.Contains(w.Body.String(), "10.1.2.3") || w.Header().Get("Connection") != "close" {
			t.Errorf("after %q: %d %s", begun, w.Code, w.Body)
		}
	}
}

// Of a body that is too long the rest is not read: the connection ends.
func TestALongBodyEndsTheConnection(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, s.Server.URL+s.path("/state"), strings.NewReader(`{"step":"`+strings.Repeat("x", 5000)+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+s.Secret)
	res, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestEntityTooLarge || !res.Close {
		t.Errorf("%s, the connection ends: %t", res.Status, res.Close)
	}
}

func TestAnswersAreCounted(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	s.move(`{"step":"quiz-before","open":"quiz-before"}`)
	vote := func(token, answer string) int {
		status, _ := s.do(http.MethodPost, s.path("/votes"), fmt.Sprintf(`{"token":%q,"poll":"quiz-before.promise","answer":%q}`, token, answer))
		return status
	}
	first := s.ballot()
	for i, token := range []string{first, s.ballot(), s.ballot()} {
		if status := vote(token, []string{"a", "b", "b"}[i]); status != http.StatusNoContent {
			t.Errorf("an answer: %d", status)
		}
	}
	if status := vote("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "b"); status != http.StatusBadRequest {
		t.Errorf("an answer of who does not follow: %d, want 400", status)
	}
	if status := vote(first, "b"); status != http.StatusConflict {
		t.Errorf("a second answer: %d, want 409", status)
	}
	_, body := s.do(http.MethodGet, s.path("/totals"), "", s.bearer()...)
	if want := `{"id":"quiz-before.promise","group":"quiz-before","votes":3,"answers":[{"id":"a","votes":1},{"id":"b","votes":2},`; !strings.Contains(body, want) {
		t.Errorf("totals %s", body)
	}
	response := s.request(s.Server.URL+s.path("/totals.csv?lang=th"), http.MethodGet, "", s.bearer()...)
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 4 || rows[2][2] != "b" || rows[2][4] != "yes" || rows[2][5] != "2" || rows[2][3] == "" {
		t.Errorf("the table %q, %v", rows, err)
	}
	if got := response.Header.Get("Content-Disposition"); !strings.Contains(got, "yunnan-"+live.Spell(s.Code)+".csv") {
		t.Errorf("the file is named %q", got)
	}
}

// A question and an answer may begin as a formula does, and the presenter opens the table in a spreadsheet.
func TestNoCellOfTheTotalsIsAFormula(t *testing.T) {
	s := stageOf(t, serverOf(t, func(p *routes.Pack) {
		p.Lessons = slices.Clone(p.Lessons)
		for i := range p.Lessons {
			quiz := slices.Clone(p.Lessons[i].Quiz)
			for n := range quiz {
				quiz[n].Question = routes.Text{"en": `=HYPERLINK("https://evil.example","1 + 1")`}
				quiz[n].Answers = slices.Clone(quiz[n].Answers)
				for m := range quiz[n].Answers {
					quiz[n].Answers[m].Text = routes.Text{"en": string("=+-@"[m%4]) + "2"}
				}
			}
			p.Lessons[i].Quiz = quiz
		}
	}))
	s.move(`{"step":"quiz-before","open":"quiz-before"}`)
	if status, body := s.do(http.MethodPost, s.path("/votes"), fmt.Sprintf(`{"token":%q,"poll":"quiz-before.promise","answer":"b"}`, s.ballot())); status != http.StatusNoContent {
		t.Fatalf("an answer: %d %s", status, body)
	}
	_, body := s.do(http.MethodGet, s.path("/totals.csv?lang=en"), "", s.bearer()...)
	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(table) < 3 {
		t.Fatalf("%q, %v", body, err)
	}
	for i, row := range table[1:] {
		if row[1] != `'=HYPERLINK("https://evil.example","1 + 1")` || row[3] != "'"+string("=+-@"[i%4])+"2" {
			t.Errorf("row %d: %q", i+1, row)
		}
	}
}

func TestTheFollowersPage(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	s.move(`{"step":"myanmar","hide_later":true}`)
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"th": "เมียนมา", "my": "မြန်မာ"} {
		status, body := s.do(http.MethodGet, to.RequestURI(), "", "Accept-Language", lang)
		if status != http.StatusOK || !strings.Contains(body, `<html lang="`+lang+`">`) || !strings.Contains(body, want) {
			t.Errorf("in %s: %d", lang, status)
		}
		shown := strings.Count(body, "data-step-id=") - strings.Count(body, `" hidden>`+"\n"+`<p class="live-at">`)
		if shown != 1 {
			t.Errorf("%d steps are shown without a script, want 1", shown)
		}
		if marks := strings.Count(body, `<span class="mark"`); marks != strings.Count(body, "data-step-id=") {
			t.Errorf("in %s %d steps say that they are a draft", lang, marks)
		}
		if strings.Contains(body, s.Secret) {
			t.Error("the presenter's secret is in a follower's page")
		}
	}
	if _, body := s.do(http.MethodGet, to.RequestURI(), "", "Accept-Language", "en"); strings.Contains(body, `class="mark"`) {
		t.Error("what was written in English is called a draft")
	}
	status, kit := s.do(http.MethodGet, s.path("/lesson.json?lang=th"), "")
	if status != http.StatusOK || strings.Contains(kit, `"notes":{`) {
		t.Errorf("the lesson: %d; it must have no speaker's notes", status)
	}
	if status, body := s.do(http.MethodGet, "/live?code="+strings.ToLower(live.Spell(s.Code)), ""); status != http.StatusSeeOther {
		t.Errorf("a code that was typed: %d %s", status, body)
	}
	for _, typed := range []string{"/live?code=abc", "/live/ABCDEFG", "/live/%3Cscript%3E"} {
		if status, body := s.do(http.MethodGet, typed, ""); status != http.StatusNotFound || strings.Contains(body, "<script>") {
			t.Errorf("%s: %d", typed, status)
		}
	}
}

// A cache on the way of a whole room must not give one phone what was compressed for another.
func TestWhatFollowersGetVariesByLanguageAndEncoding(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	for _, path := range []string{s.path("/lesson.json"), s.path(""), "/live"} {
		response := s.request(s.Server.URL+path, http.MethodGet, "", "Accept-Encoding", "gzip")
		_ = response.Body.Close()
		varies := strings.Join(response.Header.Values("Vary"), ", ")
		if response.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(varies, "Accept-Encoding") || !strings.Contains(varies, "Accept-Language") {
			t.Errorf("%s: %s, %q, varies by %q", path, response.Status, response.Header.Get("Content-Encoding"), varies)
		}
	}
}

func TestAQuestionThatIsNotTranslatedSaysSo(t *testing.T) {
	s := stageOf(t, serverOf(t, func(p *routes.Pack) {
		quiz := slices.Clone(p.Lessons[0].Quiz)
		quiz[0].Question = routes.Text{"en": "Not translated?"}
		p.Lessons = slices.Clone(p.Lessons)
		p.Lessons[0].Quiz = quiz
	}))
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	const missing = "ยังไม่มีในภาษานี้"
	_, body := s.do(http.MethodGet, to.RequestURI(), "", "Accept-Language", "th")
	polls := strings.Split(body, `class="live-question"`)
	if len(polls) < 3 {
		t.Fatalf("%d questions", len(polls)-1)
	}
	for _, poll := range polls[1:] {
		question, _, _ := strings.Cut(poll, "<button")
		if strings.Contains(question, missing) != strings.Contains(question, "Not translated?") {
			t.Errorf("that it is not in this language: %s", question)
		}
	}
}

func TestWhatAPhoneShowsInAnotherLanguageSaysSo(t *testing.T) {
	s := stageOf(t, serverOf(t, withSteps(func(step *routes.Step) {
		step.Noticing, step.Protects, step.Help = notThai(step.Noticing), notThai(step.Protects), notThai(step.Help)
	})))
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, body := s.do(http.MethodGet, to.RequestURI(), "", "Accept-Language", "th")
	parts := strings.Split(body, `<section class="live-aside`)[1:]
	if len(parts) < 3 {
		t.Fatalf("%d parts", len(parts))
	}
	for _, part := range parts {
		if part, _, _ := strings.Cut(part, "</section>"); !strings.Contains(part, "ยังไม่มีในภาษานี้") {
			t.Errorf("it does not say that it is not in Thai: %s", part)
		}
	}
}

// Wrong codes are refused after a while; the right one from the same address never is.
func TestWrongCodesAreLimited(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	refused := 0
	for range 33 {
		if status, _ := s.do(http.MethodGet, "/live/2345678/state", ""); status == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("33 wrong codes from one address were answered")
	}
	if status, _ := s.do(http.MethodGet, s.path(""), ""); status != http.StatusOK {
		t.Errorf("the right code: %d", status)
	}
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		if status, _ := s.do(http.MethodGet, s.path("/state?"+to.RawQuery), ""); status != http.StatusOK {
			t.Fatalf("a follower that is in: %d", status)
		}
	}
}

// One address opens no more sessions in a minute than anybody needs, whatever comes of them.
func TestOpeningsAreLimited(t *testing.T) {
	s := serverWith(t, func(*server.Config) {})
	for n := range 31 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/live", strings.NewReader(`{"route":"nowhere"}`))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		want := http.StatusNotFound
		if n == 30 {
			want = http.StatusTooManyRequests
		}
		if w.Code != want || (w.Header().Get("Retry-After") != "") != (n == 30) {
			t.Errorf("opening %d: %d, want %d; to try again after %q", n+1, w.Code, want, w.Header().Get("Retry-After"))
		}
	}
}

// Whoever guesses codes in the room's network does not keep the presenter from the next step: the secret is let in at once, and so
// is a pass beside a secret that is wrong.
func TestWhoGuessesStopsNoPresenter(t *testing.T) {
	st := newStage(t, func(c *server.Config) {
		sessions, err := live.New(t.Context(), live.Config{Sessions: c.Store, GuessDelay: time.Hour, Now: c.Now}) // no time passes
		if err != nil {
			t.Fatal(err)
		}
		c.Live = sessions
	})
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	ask := func(method, path, secret string) int {
		r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(`{"step":"closing"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+secret)
		w := httptest.NewRecorder()
		st.server.ServeHTTP(w, r)
		return w.Code
	}
	for range 30 {
		ask(http.MethodGet, "/live/2222222/state", "")
	}
	if status := ask(http.MethodPut, st.path("/state"), st.Secret); status != http.StatusOK {
		t.Errorf("the presenter's move: %d", status)
	}
	to, err := url.Parse(st.URL)
	if err != nil {
		t.Fatal(err)
	}
	if status := ask(http.MethodGet, st.path("/state?"+to.RawQuery), "nonsense"); status != http.StatusOK {
		t.Errorf("the pass beside a wrong secret: %d", status)
	}
}

func TestTheAudiencesListenerHasNoMore(t *testing.T) {
	s := newStage(t, func(*server.Config) {})
	handler, err := s.server.Audience()
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	audience := &stage{Server: web, t: t, Code: s.Code, Secret: s.Secret}
	for path, want := range map[string]int{
		"/": 303, "/live": 200, "/live/help": 200, s.path(""): 200, s.path("/state"): 200, s.path("/lesson.json"): 200,
		"/live/tiles/basemap/3/6/3.mvt": 200,
		"/routes/yunnan":                404, "/api/routes": 404, "/healthz": 404, "/tiles/basemap/3/6/3.mvt": 404, "/routes/yunnan/notes": 404,
	} {
		if status, _ := audience.do(http.MethodGet, path, ""); status != want {
			t.Errorf("GET %s: %d, want %d", path, status, want)
		}
	}
	if status, _ := audience.do(http.MethodPost, "/live", `{"route":"yunnan"}`); status != http.StatusMethodNotAllowed {
		t.Errorf("a session can be opened from the audience: %d", status)
	}
	if status, _ := audience.do(http.MethodPut, s.path("/state"), `{"step":"closing"}`, s.bearer()...); status < 400 {
		t.Errorf("a session can be moved from the audience: %d", status)
	}
	_, page := audience.do(http.MethodGet, s.path(""), "")
	_, after, _ := strings.Cut(page, `<script defer src="`)
	script, _, _ := strings.Cut(after, `"`)
	if status, _ := audience.do(http.MethodGet, script, ""); status != http.StatusOK {
		t.Errorf("the page's script %q: %d", script, status)
	}
}
