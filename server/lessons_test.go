package server_test

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/server"
)

type kit struct {
	Lesson routes.Lesson `json:"lesson"`
	// HistoricalBefore is the year before which an account is historical.
	HistoricalBefore int `json:"historical_before"`
	Route            struct {
		Stops []string `json:"stops"`
		URL   string   `json:"url"`
	} `json:"route"`
	Features []struct {
		Collection string                    `json:"collection"`
		ID         string                    `json:"id"`
		Geometry   json.RawMessage           `json:"geometry"`
		Texts      map[string]map[string]any `json:"texts"`
		Historical bool                      `json:"historical"`
	} `json:"features"`
	Strings map[string]map[string]string `json:"strings"`
}

func kitIn(t *testing.T, body string) kit {
	t.Helper()
	var k kit
	if err := json.Unmarshal([]byte(body), &k); err != nil {
		t.Fatalf("%v in %.200s", err, body)
	}
	return k
}

func TestAKitHoldsAllThatIsNeededToTellALesson(t *testing.T) {
	s := serverOf(t, nil)
	a := get(t, s, "/routes/yunnan/lesson.json")
	if a.StatusCode != http.StatusOK {
		t.Fatal(a.StatusCode, a.body)
	}
	k := kitIn(t, a.body)
	if len(k.Lesson.Steps) < 8 || len(k.Route.Stops) != 6 || k.HistoricalBefore < 2009 || k.Route.URL != baseURL+"/routes/yunnan" {
		t.Errorf("%d steps, stops %v, historical before %d, %s", len(k.Lesson.Steps), k.Route.Stops, k.HistoricalBefore, k.Route.URL)
	}
	seen := map[string]int{}
	for _, f := range k.Features {
		seen[f.Collection]++
		if len(f.Texts) != 4 {
			t.Errorf("%s %s is told in %d languages", f.Collection, f.ID, len(f.Texts))
		}
	}
	for collection, least := range map[string]int{"stops": 6, "legs": 5, "movements": 6, "sites": 6, "places": 46} {
		if seen[collection] < least {
			t.Errorf("%d %s, want %d at least", seen[collection], collection, least)
		}
	}
	for lang, words := range k.Strings {
		for _, key := range []string{"present.next", "lesson.questions", "term.sign.deception", "map.notPath"} {
			if words[key] == "" {
				t.Errorf("%s has no %s", lang, key)
			}
		}
		if words["home.intro"] != "" {
			t.Errorf("%s carries texts that no lesson shows", lang)
		}
	}
}

func TestLessonsAreFoundByTheirIDs(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		mine := p.Lessons[0]
		mine.ID, mine.Title = "mine", routes.Text{"en": "My own"}
		p.Lessons = append(p.Lessons, mine)
	})
	if k := kitIn(t, get(t, s, "/routes/yunnan/lesson.json?lesson=mine").body); k.Lesson.Title["en"] != "My own" {
		t.Errorf("the lesson is %q", k.Lesson.Title["en"])
	}
	if page := get(t, s, "/routes/yunnan?lang=en").body; strings.Count(page, "data-present") != 2 {
		t.Error("the route's page does not offer both lessons")
	}
	var document routes.Lesson
	if err := json.Unmarshal([]byte(get(t, s, "/api/lessons/mine").body), &document); err != nil || document.Route != "yunnan" {
		t.Errorf("%q, %v", document.Route, err)
	}
	for _, target := range []string{
		"/routes/yunnan/lesson.json?lesson=none", "/routes/none/lesson.json", "/routes/yunnan/present?lesson=none",
		"/routes/yunnan/lesson.html?lesson=none", "/api/lessons/none",
	} {
		if a := get(t, s, target); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", target, a.StatusCode)
		}
	}
	for _, langs := range []string{"xx", "en,th,en"} {
		if a := get(t, s, "/routes/yunnan/lesson.html?lang="+langs); a.StatusCode != http.StatusBadRequest || !strings.Contains(a.body, `"lang"`) {
			t.Errorf("the languages %s answer %d, %.200s", langs, a.StatusCode, a.body)
		}
	}
}

func TestARouteWithoutLessonOffersNone(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) { p.Lessons = nil })
	if page := get(t, s, "/routes/yunnan?lang=en"); strings.Contains(page.body, "data-present") {
		t.Error("the page offers a presenter")
	}
	if a := get(t, s, "/routes/yunnan/present"); a.StatusCode != http.StatusNotFound {
		t.Errorf("the presenter answers %d", a.StatusCode)
	}
}

var (
	scriptEnd = regexp.MustCompile(`(?i)</script`)
	address   = regexp.MustCompile(`(?:src|href|action)="([^"]*)"|url\(\s*"?([^")]*)`)
)

func TestALessonFileNamesNoOtherFile(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		p.Lessons[0].Title["en"] = `</script><script>alert("x")</script>`
	})
	body, err := s.LessonFile(t.Context(), "yunnan", "", []string{"th", "my"})
	if err != nil {
		t.Fatal(err)
	}
	file := string(body)
	if strings.Contains(file, `<script>alert("x")`) {
		t.Error("a text of the content has become a script")
	}
	if n := len(scriptEnd.FindAllString(file, -1)); n != 3 {
		t.Errorf("%d ends of scripts, want those of the kit, the tiles and the program", n)
	}
	page := file[:strings.LastIndex(file, "<script>")] // what follows is the program, which the browser tests watch
	for _, found := range address.FindAllStringSubmatch(page, -1) {
		for _, to := range found[1:] {
			if to != "" && !strings.HasPrefix(to, "data:") && !strings.HasPrefix(to, "#") {
				t.Errorf("the file names %.80s", to)
			}
		}
	}
	if !strings.Contains(file, `content="default-src &#39;none&#39;; script-src &#39;unsafe-inline&#39;`) && !strings.Contains(file, `content="default-src 'none'; script-src 'unsafe-inline'`) {
		t.Error("the file has no policy that forbids requests")
	}
	start := strings.Index(file, `id="lesson-kit">`) + len(`id="lesson-kit">`)
	k := kitIn(t, file[start:start+strings.Index(file[start:], "</script>")])
	var tags []string
	for tag := range k.Strings {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	if !slices.Equal(tags, []string{"my", "th"}) {
		t.Errorf("the interface has %v", tags)
	}
	for _, step := range k.Lesson.Steps {
		if step.Title["zh-Hans"] != "" || step.Title["my"] == "" || step.Title["en"] == "" {
			t.Errorf("step %s has the titles %v; want my, th, and en which stands in", step.ID, step.Title)
		}
	}
	again, err := s.LessonFile(t.Context(), "yunnan", "", []string{"th", "my"})
	if err != nil || string(again) != file {
		t.Errorf("a second file differs, %v", err)
	}
}

func TestTheGuideIsThereInEveryLanguage(t *testing.T) {
	s := serverWith(t, func(*server.Config) {})
	for _, lang := range []string{"en", "zh-Hans", "th", "my"} {
		if a := get(t, s, "/guide?lang="+lang); a.StatusCode != http.StatusOK || strings.Contains(a.body, "guide.") {
			t.Errorf("%s: %d", lang, a.StatusCode)
		}
	}
}

func TestWithoutAScriptAPresenterHoldsTheWholeLesson(t *testing.T) {
	s := serverOf(t, nil)
	pack, _ := firstPack(t)
	for page, notes := range map[string]bool{"present": false, "notes": true} {
		body := html.UnescapeString(get(t, s, "/routes/yunnan/"+page+"?lang=en").body)
		holds := func(text routes.Text) bool {
			first, _, _ := strings.Cut(strings.TrimSpace(text["en"]), "\n")
			return strings.Contains(body, strings.NewReplacer("*", "", "- ", "").Replace(first))
		}
		for _, step := range pack.Lessons[0].Steps {
			for _, text := range append([]routes.Text{step.Narration, step.Noticing, step.Protects, step.Help, step.Decision}, step.Questions...) {
				if !holds(text) {
					t.Errorf("%s: %s: it does not say %q", page, step.ID, text["en"])
				}
			}
			if holds(step.Notes) != notes {
				t.Errorf("%s: %s: notes %t", page, step.ID, !notes)
			}
		}
		for _, q := range pack.Lessons[0].Quiz {
			if !holds(q.Question) || !holds(q.Explanation) {
				t.Errorf("%s: it does not ask and answer %s", page, q.ID)
			}
		}
	}
}

// withSteps changes each step of the first lesson.
func withSteps(change func(*routes.Step)) func(*routes.Pack) {
	return func(p *routes.Pack) {
		for i := range p.Lessons[0].Steps {
			change(&p.Lessons[0].Steps[i])
		}
	}
}

// notThai is a text without its Thai.
func notThai(text routes.Text) routes.Text {
	other := maps.Clone(text)
	delete(other, "th")
	return other
}

// A number that a trainer names leads to the same step, and a citation to its source.
func TestTheLessonWithoutScriptHasTheNumbersOfTheRoomAndItsSources(t *testing.T) {
	s := serverOf(t, withSteps(func(step *routes.Step) {
		if step.Kind == routes.Closing {
			step.Citations = nil
		}
	}))
	pack, _ := firstPack(t)
	body := get(t, s, "/routes/yunnan/present?lang=en").body
	_, told, _ := strings.Cut(body, "<noscript>")
	for i, number := range pack.Lessons[0].Numbers() {
		if want := fmt.Sprintf(`<li id="step-%s"><h2>%d. <`, pack.Lessons[0].Steps[i].ID, number); !strings.Contains(told, want) {
			t.Errorf("no %s", want)
		}
	}
	links := regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(told, -1)
	for _, link := range links {
		if !strings.Contains(told, `id="`+link[1]+`"`) {
			t.Errorf("a link leads to %s, which is nowhere", link[1])
		}
	}
	if title := pack.Sources[0].Title; len(links) == 0 || !strings.Contains(html.UnescapeString(told), title) {
		t.Errorf("%d links, and no title %q", len(links), title)
	}
	if !strings.Contains(told, "Words of the lesson, not of a source") {
		t.Error("a step that cites nothing does not say so")
	}
}

// The quiz counts as a step after the opening and before the closing: by such a number the presenter is led to a step.
func TestStepsHaveTheSameNumbersOnPaperAsInTheRoom(t *testing.T) {
	for want, change := range map[string]func(*routes.Pack){
		"1/12 3/12 4/12 5/12 6/12 7/12 8/12 9/12 10/12 12/12": nil,
		"1/10 2/10 3/10 4/10 5/10 6/10 7/10 8/10 9/10 10/10":  func(p *routes.Pack) { p.Lessons[0].Quiz = nil },
	} {
		var got []string
		body := get(t, serverOf(t, change), handout+"?lang=en").body
		for _, found := range regexp.MustCompile(`Step (\d+) of (\d+)`).FindAllStringSubmatch(body, -1) {
			got = append(got, found[1]+"/"+found[2])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
}

// What the guide names it leads to: where there is one lesson, to that itself, else to the list of them.
func TestTheGuideLeadsToWhatItNames(t *testing.T) {
	one := []string{
		`href="/routes/yunnan/present?lang=en&amp;lesson=yunnan"`, `href="/routes/yunnan/lesson.html?lesson=yunnan" download`, `href="/live/help?lang=en"`,
		`lesson=yunnan&amp;edition=short"`, `lesson=yunnan&amp;edition=participant"`, `lesson=yunnan&amp;edition=trainer"`,
		"The key <kbd>s</kbd> opens", "<kbd>n</kbd>", "<kbd>r</kbd>", "until you press <kbd>v</kbd>",
	}
	mine := func(p *routes.Pack) {
		mine := p.Lessons[0]
		mine.ID, mine.Title = "mine", routes.Text{"en": "My own"}
		p.Lessons = append(p.Lessons, mine)
	}
	none := func(p *routes.Pack) { p.Lessons = nil }
	for _, c := range []struct {
		change    func(*routes.Pack)
		has, lack []string
	}{
		{nil, one, []string{`id="lessons"`}},
		{mine, []string{`id="lessons"`, `<a href="#lessons">`, "My own", `lesson=mine"`, `lesson=yunnan"`}, []string{"edition=short"}},
		{none, []string{`href="/?lang=en"`, "<kbd>s</kbd>"}, []string{`"lessons"`, "#lessons", "/present", "lesson.html"}},
	} {
		body := get(t, serverOf(t, c.change), "/guide?lang=en").body
		for _, want := range c.has {
			if !strings.Contains(body, want) {
				t.Errorf("the guide has no %s", want)
			}
		}
		for _, not := range c.lack {
			if strings.Contains(body, not) {
				t.Errorf("the guide has %s", not)
			}
		}
	}
}

func TestEachPageOfTheSiteLeadsToTheGuideAndNoEmbedDoes(t *testing.T) {
	s := realServer(t)
	for where, want := range map[string]bool{
		"/": true, "/routes/yunnan": true, "/privacy": true, "/search": true, "/guide": true, "/api?f=html": true, "/none": true,
		"/routes/yunnan/handout": true, "/embed/yunnan": false, "/embed/all": false,
	} {
		if got := strings.Contains(get(t, s, where).body, `href="/guide?lang=`); got != want {
			t.Errorf("%s leads to the guide: %t", where, got)
		}
	}
}

func TestTheListOfRoutesPresentsThoseWithALesson(t *testing.T) {
	s := serverOf(t, another)
	body := get(t, s, "/?lang=th").body
	if strings.Count(body, "/present?") != 1 || !strings.Contains(body, `href="/routes/yunnan/present?lang=th&amp;lesson=yunnan"`) {
		t.Error("the list does not lead to the presenter of the route that has a lesson, and of no other")
	}
}
