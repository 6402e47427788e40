package draw_test

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"

	"corridor/draw"
	"corridor/routes"
)

// handoutIn gives the first pack's lesson in a language.
func handoutIn(t testing.TB, lang string, edition draw.Edition) draw.Handout {
	t.Helper()
	p, err := firstPack()
	if err != nil {
		t.Fatal(err)
	}
	say := func(text routes.Text) string { return p.About.In(text, lang).Text }
	lesson := p.Lessons[0]
	h := draw.Handout{
		Route: routeIn(t, lang), Title: say(lesson.Title), TitleLang: lang, Summary: say(lesson.Summary), Edition: edition,
		URL: "https://map.example.org/routes/yunnan", Code: [][]bool{{true, false}, {false, true}}, Rights: "CC BY 4.0",
		Sources: []draw.HandoutSource{{ID: p.Sources[0].ID, Brief: p.Sources[0].Title + " · " + string(p.Sources[0].Created), About: []string{p.Sources[0].Title, say(p.Sources[0].Nature)}}},
	}
	told := 0
	for n, step := range lesson.Steps {
		for i, stop := range h.Route.Stops {
			if stop.Stop == step.Stop {
				told = max(told, i+1)
			}
		}
		s := draw.HandoutStep{
			ID: step.ID, Number: lesson.Numbers()[n], Kind: step.Kind, Module: step.Module, Minutes: step.Minutes, Title: say(step.Title), Narration: say(step.Narration),
			StopsTold: told, Stop: step.Stop, Movements: step.Movements, Sites: step.Sites, Acts: step.Acts, Means: step.Means, Signs: step.Signs,
			Noticing: say(step.Noticing), Protects: say(step.Protects), Help: say(step.Help), Decision: say(step.Decision), Notes: say(step.Notes),
			Citations: step.Citations, AsOf: step.AsOf, Historical: true, HasDraft: lang != "en",
		}
		for _, question := range step.Questions {
			s.Questions = append(s.Questions, say(question))
		}
		h.Steps = append(h.Steps, s)
	}
	for _, q := range lesson.Quiz {
		question := draw.HandoutQuestion{Question: say(q.Question), Explanation: say(q.Explanation)}
		for _, a := range q.Answers {
			question.Answers = append(question.Answers, draw.HandoutAnswer{Text: say(a.Text), Correct: a.Correct})
		}
		h.Quiz = append(h.Quiz, question)
	}
	return h
}

// wholeEditions are those with a page for each step.
func wholeEditions() []draw.Edition {
	return []draw.Edition{draw.ParticipantEdition, draw.TrainerEdition}
}

func handoutPDF(t testing.TB, h draw.Handout, size draw.PaperSize) []byte {
	t.Helper()
	body, err := painter(t).Handout(t.Context(), h, words(t, h.Route.Lang), size)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func opened(t testing.TB, body []byte) *pdf.Reader {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pageWords reads a page's words as an independent reader finds them, without spaces.
func pageWords(t testing.TB, p pdf.Page) string {
	t.Helper()
	text, err := p.GetPlainText(nil)
	if err != nil {
		t.Fatal(err)
	}
	return spaceless(text)
}

func spaceless(text string) string { return strings.Join(strings.Fields(text), "") }

func TestAHandoutHasItsPagesTextsAndLanguage(t *testing.T) {
	for _, lang := range []string{"en", "th", "my", "zh-Hans"} {
		for _, size := range draw.PaperSizes() {
			for _, edition := range wholeEditions() {
				if size == draw.Letter && (lang != "my" || edition == draw.TrainerEdition) {
					continue // the highest lines on the shortest paper
				}
				t.Run(fmt.Sprint(lang, size, edition), func(t *testing.T) {
					h := handoutIn(t, lang, edition)
					h.Steps[2].AsOf, h.Steps[2].Historical = 2024, false
					body := handoutPDF(t, h, size)
					if len(body) > 3<<20 {
						t.Errorf("%d bytes, want 3 MB at most", len(body))
					}
					r := opened(t, body)
					if got := r.Trailer().Key("Root").Key("Lang").Text(); got != lang {
						t.Errorf("its language is %q", got)
					}
					checkPages(t, r, h, size)
				})
			}
		}
	}
}

// A reader may load what a shape names each time that it draws the shape. Poppler does, and reads the font of the unseen words with it: letters
// that named what the pages name cost it a second a page.
func TestLettersShapesNameNothing(t *testing.T) {
	shapes := opened(t, handoutPDF(t, handoutIn(t, "en", draw.ShortEdition), draw.A4)).Page(1).Resources().Key("XObject")
	letters := 0
	for _, name := range shapes.Keys() {
		if !strings.HasPrefix(name, "G") {
			continue // the ground of a map, which is drawn once a page
		}
		letters++
		if names := shapes.Key(name).Key("Resources"); names.Kind() != pdf.Dict || len(names.Keys()) > 0 {
			t.Fatalf("the shape %s names %v", name, names)
		}
	}
	if letters < 50 {
		t.Errorf("%d letters", letters)
	}
}

func checkPages(t *testing.T, r *pdf.Reader, h draw.Handout, size draw.PaperSize) {
	t.Helper()
	w, height := size.Millimetres()
	var pages []string
	for i := 1; i <= r.NumPage(); i++ {
		p := r.Page(i)
		box := p.V.Key("MediaBox")
		if math.Abs(box.Index(2).Float64()-w*72/25.4) > 0.1 || math.Abs(box.Index(3).Float64()-height*72/25.4) > 0.1 {
			t.Errorf("page %d: box %v", i, box)
		}
		text := pageWords(t, p)
		if !strings.Contains(text, spaceless(words(t, h.Route.Lang)("handout.page", "number", i, "count", r.NumPage()))) {
			t.Errorf("page %d does not say which it is: %s", i, text)
		}
		pages = append(pages, text)
	}
	all := strings.Join(pages, "")
	first := 0
	for _, step := range h.Steps {
		at := first
		for at < len(pages) && !strings.Contains(pages[at], spaceless(step.Narration)) {
			at++
		}
		if at == len(pages) {
			t.Fatalf("no page tells %q in order", step.ID)
		}
		if at < first+1 && first > 0 {
			t.Errorf("%s shares its page with the step before", step.ID)
		}
		first = at
		for _, text := range append([]string{step.Title, step.Noticing, step.Protects, step.Help, step.Decision}, step.Questions...) {
			if !strings.Contains(all, spaceless(text)) {
				t.Errorf("%s: it does not say %q", step.ID, text)
			}
		}
		if len(step.Citations) > 0 && !strings.Contains(pages[at], spaceless(strings.Fields(string(step.Citations[0]))[0])) {
			t.Errorf("%s: its page names no source", step.ID)
		}
		say := words(t, h.Route.Lang)
		dated := spaceless(say("claim.asOf", "year", step.AsOf))
		if got := strings.Contains(pages[at], dated+spaceless(" · "+say("claim.historical"))); len(step.Citations) > 0 && (got != step.Historical || !strings.Contains(pages[at], dated)) {
			t.Errorf("%s: its page says that what is told as of %d is history: %t", step.ID, step.AsOf, got)
		}
		if got := strings.Contains(pages[at], spaceless(say("map.notPath"))); got != step.HasMap() {
			t.Errorf("%s: its page says that lines are not paths: %t", step.ID, got)
		}
		number := words(t, h.Route.Lang)("handout.step", "number", step.Number, "count", len(h.Steps)+2)
		if !strings.Contains(pages[at], spaceless(number)) {
			t.Errorf("%s: its page does not say %q, the quiz counted twice as in the room", step.ID, number)
		}
		if got := strings.Contains(all, spaceless(step.Notes)); got != (h.Edition == draw.TrainerEdition) {
			t.Errorf("%s: notes %t", step.ID, got)
		}
	}
	for _, q := range h.Quiz {
		if got := strings.Contains(all, spaceless(q.Explanation)); got != (h.Edition == draw.TrainerEdition) || !strings.Contains(all, spaceless(q.Question)) {
			t.Errorf("quiz: explanation %t of %q", got, q.Question)
		}
	}
}

// A page is cut by no printer where its words keep off the edge by a centimetre.
func TestNothingOfAHandoutOverflowsItsPage(t *testing.T) {
	const centimetre = 72 / 2.54
	for i, lang := range []string{"en", "my", "en", "my"} { // the shortest lines and the highest
		for _, size := range draw.PaperSizes() {
			edition := []draw.Edition{draw.TrainerEdition, draw.ShortEdition}[i/2]
			r := opened(t, handoutPDF(t, handoutIn(t, lang, edition), size))
			for i := 1; i <= r.NumPage(); i++ {
				p := r.Page(i)
				box := p.V.Key("MediaBox")
				for _, line := range p.Content().Text {
					right := box.Index(2).Float64() - centimetre
					if line.X < centimetre || line.X+line.W > right || line.Y < centimetre || line.Y > box.Index(3).Float64()-centimetre {
						t.Errorf("%s %s page %d: %q at %.0f, %.0f", lang, size, i, line.S, line.X, line.Y)
						break
					}
				}
			}
		}
	}
}

func TestALongHandoutOverflowsNoPageEither(t *testing.T) {
	h := handoutIn(t, "th", draw.TrainerEdition)
	for i := range h.Steps {
		s := &h.Steps[i]
		s.Notes, s.Help = strings.Repeat(s.Notes+" ", 9), strings.Repeat(s.Help+" ", 3)
		s.Questions = append(s.Questions, s.Questions...)
		s.Citations = append(s.Citations, "another-source-of-a-long-name ¶100", "another-source-still ¶12")
	}
	r := opened(t, handoutPDF(t, h, draw.Letter))
	for i := 1; i <= r.NumPage(); i++ {
		for _, line := range r.Page(i).Content().Text {
			if line.Y < 28 || line.Y > 792-28 {
				t.Fatalf("page %d: %q at %.0f, %.0f", i, line.S, line.X, line.Y)
			}
		}
	}
}

// A checklist may be longer than a page has lines.
func TestALongListGoesOnOverThePages(t *testing.T) {
	h := handoutIn(t, "en", draw.ParticipantEdition)
	const count = 70
	for i := range count {
		h.Steps[1].Noticing += fmt.Sprintf("\n• Sign number %d of those that one could notice at such a stage", i)
	}
	r := opened(t, handoutPDF(t, h, draw.A4))
	found := 0
	for i := 1; i <= r.NumPage(); i++ {
		found += strings.Count(pageWords(t, r.Page(i)), "Signnumber")
		for _, line := range r.Page(i).Content().Text {
			if line.Y < 28 {
				t.Fatalf("page %d: %q at %.0f, %.0f", i, line.S, line.X, line.Y)
			}
		}
	}
	if found != count {
		t.Errorf("%d of %d lines", found, count)
	}
}

func TestTheParticipantIsToldNoRightAnswer(t *testing.T) {
	for _, edition := range wholeEditions() {
		h, trainer := handoutIn(t, "en", edition), edition == draw.TrainerEdition
		r := opened(t, handoutPDF(t, h, draw.A4))
		var words strings.Builder
		for i := 1; i <= r.NumPage(); i++ {
			words.WriteString(pageWords(t, r.Page(i)))
		}
		all := words.String()
		if got := strings.Count(all, "—right"); got != 0 && !trainer || trainer && got != len(h.Quiz) {
			t.Errorf("trainer %t: %d answers are said to be right", trainer, got)
		}
		if trainer != strings.Contains(all, "Altogether88min") {
			t.Errorf("trainer %t: the time planned is amiss", trainer)
		}
	}
}

func TestNothingOfLaterStopsIsOnAStagesPage(t *testing.T) {
	h := handoutIn(t, "en", draw.ParticipantEdition)
	r := opened(t, handoutPDF(t, h, draw.A4))
	for i := 1; i <= r.NumPage(); i++ {
		text := pageWords(t, r.Page(i))
		for s, step := range h.Steps {
			if step.Kind != routes.Stage || !strings.Contains(text, spaceless(step.Narration)) {
				continue
			}
			for _, stop := range h.Route.Stops[h.Steps[s].StopsTold:] {
				// A label says the stop's number before its name.
				if label := strconv.Itoa(stop.Seq) + spaceless(stop.Title); strings.Contains(text, label) {
					t.Errorf("%s shows %q", step.ID, label)
				}
			}
		}
	}
}

func TestTheSameHandoutIsTheSameBytes(t *testing.T) {
	h := handoutIn(t, "my", draw.TrainerEdition)
	if first := handoutPDF(t, h, draw.A4); !bytes.Equal(first, handoutPDF(t, h, draw.A4)) {
		t.Error("another time it is another file")
	} else if regexp.MustCompile(`CreationDate|ModDate`).Match(first) {
		t.Error("it bears the time at which it was drawn")
	}
}

func TestOnlyStepsWithMapsHaveThem(t *testing.T) {
	h := handoutIn(t, "th", draw.ParticipantEdition)
	for i, step := range h.Steps {
		body, err := painter(t).StepMap(t.Context(), h, words(t, "th"), i, 500)
		if has := err == nil; has != step.HasMap() {
			t.Errorf("%s: %v", step.ID, err)
		} else if has && decoded(t, body).Bounds().Dx() != 500 {
			t.Errorf("%s is %v", step.ID, decoded(t, body).Bounds())
		}
	}
}

// Words that no source is cited for are not put into a source's mouth; a stage that tells of a leg alone has its map.
func TestWordsWithoutASourceAreTheLessons(t *testing.T) {
	h := handoutIn(t, "en", draw.ParticipantEdition)
	opening, leg := &h.Steps[0], &h.Steps[slices.IndexFunc(h.Steps, func(s draw.HandoutStep) bool { return s.Stop == "thailand" })]
	opening.Citations, leg.Citations, leg.Stop, leg.Leg = nil, nil, "", "myanmar-thailand"
	if opening.HasMap() || !leg.HasMap() {
		t.Fatal("an opening has a map, or a leg none")
	}
	r := opened(t, handoutPDF(t, h, draw.A4))
	const own, source = "Wordsofthelesson,notofasource", "Source:08BEIJING4697"
	found := 0
	for n := range r.NumPage() {
		text := pageWords(t, r.Page(n+1))
		switch {
		case strings.Contains(text, spaceless(opening.Title)) && strings.Contains(text, own):
			found++
			if strings.Contains(text, source) {
				t.Errorf("page %d names a source: %s", n+1, text)
			}
		case strings.Contains(text, spaceless(leg.Title)) && strings.Contains(text, own):
			found++
			if !strings.Contains(text, "Map:"+source) {
				t.Errorf("page %d does not say whose the map is: %s", n+1, text)
			}
		}
	}
	if found < 2 {
		t.Errorf("%d pages say that the words are the lesson's", found)
	}
}

// The time of the quiz counts in the trainer's plan.
func TestTheQuizIsPlanned(t *testing.T) {
	h := handoutIn(t, "en", draw.TrainerEdition)
	sum := 0
	for _, step := range h.Steps {
		sum += step.Minutes
	}
	for _, minutes := range []int{0, 14} {
		h.QuizMinutes = minutes
		r := opened(t, handoutPDF(t, h, draw.A4))
		var pages []string
		for n := range r.NumPage() {
			pages = append(pages, pageWords(t, r.Page(n+1)))
		}
		all, say := strings.Join(pages, ""), words(t, "en")
		if total := spaceless(say("handout.total") + say("handout.minutes", "count", sum+minutes)); !strings.Contains(all, total) {
			t.Errorf("with %d minutes for the quiz the plan does not say %s", minutes, total)
		}
		row := spaceless(say("quiz.title") + say("handout.minutes", "count", 14))
		if strings.Contains(all, row) != (minutes > 0) {
			t.Errorf("with %d minutes for the quiz: it is planned: %t", minutes, minutes == 0)
		}
	}
}

func BenchmarkHandout(b *testing.B) {
	for _, lang := range []string{"en", "th", "my", "zh-Hans"} {
		b.Run(lang, func(b *testing.B) {
			h, w := handoutIn(b, lang, draw.TrainerEdition), words(b, lang)
			var body []byte
			for b.Loop() {
				p := painter(b) // with fonts not yet read
				var err error
				if body, err = p.Handout(b.Context(), h, w, draw.A4); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(body)), "B")
		})
	}
}
