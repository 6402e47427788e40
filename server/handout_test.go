package server_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"corridor/draw"
	"corridor/routes"
	"corridor/server"
)

const handout = "/routes/yunnan/handout"

func TestAHandoutIsAPageThatWorksWithoutScript(t *testing.T) {
	s := realServer(t)
	for _, lang := range []string{"en", "th", "my", "zh-Hans"} {
		a := get(t, s, handout+"?lang="+lang)
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Language") != lang || strings.Contains(a.body, "<script") || strings.Contains(a.body, " style=") {
			t.Fatalf("%s: %s, %v", lang, a.Status, a.Header)
		}
		links := regexp.MustCompile(`(?:href|src)="(/routes/yunnan/[^"]+)"`).FindAllStringSubmatch(a.body, -1)
		if len(links) < 10 {
			t.Errorf("%s: %d links", lang, len(links))
		}
		for _, link := range links {
			address := strings.ReplaceAll(link[1], "&amp;", "&")
			if lang != "en" && strings.Contains(address, ".png") || strings.Contains(address, "letter") {
				continue // drawn in the one language; Letter has its own test
			}
			if got := get(t, s, address); got.StatusCode != http.StatusOK {
				t.Errorf("%s: %s: %s", lang, address, got.Status)
			}
		}
	}
}

func TestAHandoutPrintsNoAddressOfThisComputer(t *testing.T) {
	for address, printed := range map[string]bool{
		"https://map.example.org": true, "http://192.0.2.1:8080": true, "http://localhost:8080": false, "http://127.0.0.1:8080": false, "http://[::1]:8080": false,
	} {
		s := serverWith(t, func(c *server.Config) { c.BaseURL = address })
		body := get(t, s, handout).body
		if got := strings.Contains(body, `class="online"`); got != printed {
			t.Errorf("%s is printed: %v, want %v", address, got, printed)
		}
	}
}

func TestAHandoutAnswersAsAPDF(t *testing.T) {
	s := realServer(t)
	seen := map[string]string{}
	for _, query := range []string{"", "?paper=letter", "?edition=trainer", "?edition=short", "?lang=th", "?lesson=yunnan&edition=participant&paper=a4&lang=zh-Hans"} {
		a := get(t, s, handout+".pdf"+query)
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(a.body, "%PDF-1.7") {
			t.Fatalf("%q: %s, %s", query, a.Status, a.Header.Get("Content-Type"))
		}
		if other, ok := seen[a.body]; ok {
			t.Errorf("%q and %q are the same", query, other)
		}
		seen[a.body] = query
		again := get(t, s, handout+".pdf"+query, "If-None-Match", a.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified || again.body != "" {
			t.Errorf("%q: asked again: %s", query, again.Status)
		}
	}
}

func TestTheParticipantsPageHoldsNoNotesAndNoRightAnswers(t *testing.T) {
	s := realServer(t)
	pack, _ := firstPack(t)
	lesson := pack.Lessons[0]
	for _, edition := range []string{"participant", "trainer"} {
		body := get(t, s, handout+"?lang=en&edition="+edition).body
		trainer := edition == "trainer"
		if got := strings.Count(body, "is-right"); trainer && got != len(lesson.Quiz) || !trainer && got != 0 {
			t.Errorf("%s: %d right answers are marked", edition, got)
		}
		for _, step := range lesson.Steps {
			if got := strings.Contains(body, step.Notes["en"][:40]); got != trainer {
				t.Errorf("%s: the notes of %s: %t", edition, step.ID, got)
			}
		}
		for _, q := range lesson.Quiz {
			if got := strings.Contains(body, q.Explanation["en"][:30]); got != trainer {
				t.Errorf("%s: the explanation of %s: %t", edition, q.ID, got)
			}
		}
	}
}

func TestBadParametersOfHandoutsAreNamed(t *testing.T) {
	s := realServer(t)
	for query, param := range map[string]string{
		".pdf?paper=a5": "paper", ".pdf?edition=both": "edition", ".pdf?lang=%21": "lang", ".pdf?width=3": "width",
		".pdf?paper=a4&paper=letter": "paper", "/map.png?step=nowhere": "step", "/map.png?step=opening": "step", "/map.png?paper=a4": "paper",
	} {
		a := get(t, s, handout+query)
		if a.StatusCode != http.StatusBadRequest || !strings.Contains(a.body, `"parameter":"`+param+`"`) {
			t.Errorf("%s: %s, %s", query, a.Status, a.body)
		}
	}
	if a := get(t, s, handout+"?edition=both"); a.StatusCode != http.StatusBadRequest || !strings.Contains(a.body, "it must be participant, trainer or short") {
		t.Errorf("the page: %s", a.Status)
	}
	for _, path := range []string{"/routes/nowhere/handout", "/routes/nowhere/handout.pdf", handout + "?lesson=nowhere", handout + ".pdf?lesson=nowhere"} {
		if a := get(t, s, path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

// A lesson may tell of two stops in one step, as Bangkok and the border.
func TestAHandoutsMapsTellOfNoLaterStop(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		for i := range p.Lessons[0].Steps {
			if p.Lessons[0].Steps[i].ID == "xishuangbanna" { // reached by its leg alone
				p.Lessons[0].Steps[i].Stop = ""
			}
		}
	})
	seen := map[string]string{}
	for _, step := range []string{"", "interior-provinces", "myanmar", "thailand", "malaysian-border", "closing"} {
		body := get(t, s, handout+"/map.png?lang=en&step="+step).body
		if other, ok := seen[body]; ok {
			t.Errorf("%q and %q have the same map", step, other)
		}
		seen[body] = step
	}
}

// Two routes may have lessons of the same steps, and a map has words.
func TestHandoutsOfRoutesAndLanguagesAreTheirOwn(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		another(p)
		p.Routes[1].Stops = slices.Clone(p.Routes[1].Stops)
		for i := range p.Routes[1].Stops {
			p.Routes[1].Stops[i].Title = routes.Text{"en": "Elsewhere"}
		}
		lesson := p.Lessons[0]
		lesson.ID, lesson.Route, lesson.Title = "other", "other", routes.Text{"en": "Another lesson"}
		p.Lessons = append(p.Lessons, lesson)
	})
	for _, of := range []string{".pdf?edition=short", "/map.png?step=thailand"} {
		seen := map[string]string{}
		for _, address := range []string{handout + of + "&lang=en", "/routes/other/handout" + of + "&lang=en", handout + of + "&lang=th"} {
			a := get(t, s, address)
			if other, ok := seen[a.body]; ok || a.StatusCode != http.StatusOK {
				t.Errorf("%s: %s, as %q", address, a.Status, other)
			}
			seen[a.body] = address
		}
	}
}

func TestAnOldSourceIsCalledSoOnPaper(t *testing.T) {
	s := serverWith(t, func(c *server.Config) {
		c.Now = func() time.Time { return time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC) }
	})
	if body := get(t, s, handout+"?lang=en").body; strings.Contains(body, "historical account") {
		t.Error("two years are no age")
	}
	if body := get(t, realServer(t), handout+"?lang=en").body; strings.Count(body, "historical account") < 10 {
		t.Error("a page does not say that its source is old")
	}
}

func TestTheQuizIsInTheTrainersPlan(t *testing.T) {
	sum := 0
	s := serverOf(t, func(p *routes.Pack) {
		p.Lessons = slices.Clone(p.Lessons)
		p.Lessons[0].QuizMinutes = 7
		for _, step := range p.Lessons[0].Steps {
			sum += step.Minutes
		}
	})
	body := get(t, s, "/routes/yunnan/handout?edition=trainer&lang=en").body
	for _, row := range []string{
		`<tr><td colspan="2">Quiz</td><td>14 min</td></tr>`, // before the lesson and after it
		fmt.Sprintf(`<td>%d min</td></tr></tbody>`, sum+14),
	} {
		if !strings.Contains(body, row) {
			t.Errorf("the plan has no %s", row)
		}
	}
}

func TestHandoutsForTheCommandLine(t *testing.T) {
	s := realServer(t)
	if _, err := s.Handout(t.Context(), "yunnan", "xx", server.HandoutOptions{Paper: draw.A4}); err == nil {
		t.Error("an unknown language is written")
	}
	body, err := s.Handout(t.Context(), "yunnan", "en", server.HandoutOptions{Paper: draw.A4, Edition: draw.TrainerEdition})
	if err != nil || !strings.HasPrefix(string(body), "%PDF") {
		t.Errorf("%.20q, %v", body, err)
	}
}

func TestTheShortPageShowsWhatIsOnPaper(t *testing.T) {
	s := serverWith(t, func(c *server.Config) { c.BaseURL = "https://map.example.org" })
	pack, _ := firstPack(t)
	for _, lang := range []string{"en", "th", "my", "zh-Hans"} {
		body := html.UnescapeString(get(t, s, handout+"?edition=short&lang="+lang).body)
		say := func(text routes.Text) string { return pack.About.In(text, lang).Text }
		with := []string{say(pack.Lessons[0].Title), "2008", "https://map.example.org/routes/yunnan?lang=" + lang, "08BEIJING4697 ¶2–¶9, ¶11, ¶12, ¶15", pack.Sources[0].Title, pack.About.Licence}
		for _, step := range pack.Lessons[0].Steps {
			if say(step.Noticing)+say(step.Protects)+say(step.Help) != "" {
				with = append(with, say(step.Title), say(step.Noticing), say(step.Help))
			}
			if text := say(step.Protects); text != "" && strings.Contains(body, text) != (lang != "my") { // which is too long for one side
				t.Errorf("%s: what protects at %s: %t", lang, step.ID, lang == "my")
			}
			if strings.Contains(body, say(step.Narration)) || strings.Contains(body, say(step.Notes)) {
				t.Errorf("%s: %s is told at length", lang, step.ID)
			}
		}
		for _, text := range with {
			if !strings.Contains(body, text) {
				t.Errorf("%s: it does not say %q", lang, text)
			}
		}
		for _, class := range []string{"short-call", "online-code", "leaf-map"} {
			if !strings.Contains(body, class) {
				t.Errorf("%s: no %s", lang, class)
			}
		}
	}
}

// A step that cites nothing says whose words it has and of what language they are, as on paper.
func TestAStepOfAHandoutIsMarkedThoughItCitesNothing(t *testing.T) {
	s := serverOf(t, withSteps(func(step *routes.Step) {
		step.Citations, step.AsOf, step.Narration = nil, 0, notThai(step.Narration)
	}))
	pack, _ := firstPack(t)
	body := get(t, s, handout+"?lang=th").body
	_, step, _ := strings.Cut(body, `id="step-`+pack.Lessons[0].Steps[1].ID+`"`)
	step, _, _ = strings.Cut(step, "</section>")
	for _, said := range []string{"ถ้อยคำของบทเรียน ไม่ได้มาจากแหล่งข้อมูล", "ยังไม่มีในภาษานี้", "ฉบับแปลร่าง"} {
		if !strings.Contains(step, said) {
			t.Errorf("it does not say %q", said)
		}
	}
}

// What an edition leaves out marks nothing in it: a participant's sheet said of all that it was not in Thai yet, where the speaker's notes were
// not.
func TestAHandoutIsMarkedByTheTextsThatItShows(t *testing.T) {
	whole := serverOf(t, nil)
	withoutNotes := serverOf(t, withSteps(func(step *routes.Step) { step.Notes = notThai(step.Notes) }))
	const query = ".pdf?lang=th&edition=participant"
	if get(t, whole, handout+query).body != get(t, withoutNotes, handout+query).body {
		t.Error("the participant's handout depends on the speaker's notes")
	}
	withoutNarration := serverOf(t, withSteps(func(step *routes.Step) { step.Narration = notThai(step.Narration) }))
	if body := get(t, withoutNarration, handout+"?lang=th&edition=short").body; strings.Contains(body, "ยังไม่มีในภาษานี้") {
		t.Error("the short edition is marked by words that it does not show")
	}
}
