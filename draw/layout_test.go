package draw

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"corridor/static"
)

// crowd makes a route with many stops near each other, as the worst that a layout is asked for.
func crowd(stops int) Route {
	r := Route{Lang: "en", Title: "A crowd", TitleLang: "en", SaidBy: "A test", AsOf: 2024}
	for i := range stops {
		sin, cos := math.Sincos(float64(i) * 2.4)
		s := Stop{Geometry: orb.Point{100 + cos*float64(i)*0.5, 15 + sin*float64(i)*0.5}}
		s.Stop, s.Seq, s.Title, s.Precision, s.PlaceID = fmt.Sprint("s", i), i+1, fmt.Sprint("Town number ", i+1), "settlement", fmt.Sprint("p", i)
		r.Stops = append(r.Stops, s)
	}
	return r
}

func sheetOf(r Route, o Options) *sheet {
	words := func(key string, _ ...any) string { return key }
	s := &sheet{route: r, words: words, options: o, colours: Light.colours(), fonts: NewFonts(static.DrawFonts())}
	s.arrange()
	return s
}

func TestLabelsNeitherOverlapNorLeaveTheFrame(t *testing.T) {
	for _, width := range []int{MinWidth, SocialWidth} {
		for _, stops := range []int{1, 2, 6, 10} {
			s := sheetOf(crowd(stops), Options{Format: SVG, Width: width})
			labels := s.placeLabels(s.flows(), nil)
			if len(labels) != stops {
				t.Errorf("%d labels of %d stops", len(labels), stops)
			}
			for i, a := range labels {
				if f := s.view.frame; a.box.left < f.left || a.box.right > f.right || a.box.top < f.top || a.box.bottom > f.bottom {
					t.Errorf("width %d, %d stops: %v leaves the frame %v", width, stops, a.box, f)
				}
				for _, b := range labels[:i] {
					if o := a.box.overlap(b.box); o > 0 {
						t.Errorf("width %d, %d stops: %q and %q overlap by %.0f pixels", width, stops, a.named, b.named, o)
					}
				}
			}
		}
	}
}

// Where there are too many, labels leave out what the signs of their stops say before one covers another.
func TestLabelsOfManyStopsSayLess(t *testing.T) {
	for _, stops := range []int{6, 40} {
		s := sheetOf(crowd(stops), Options{Format: SVG, Width: SocialWidth})
		overlaps, second := 0, 0
		labels := s.placeLabels(s.flows(), nil)
		for i, a := range labels {
			second += len(a.say)
			for _, b := range labels[:i] {
				if a.box.overlap(b.box) > 0 {
					overlaps++
				}
			}
		}
		if few := stops == 6; overlaps > 3 || few != (second == stops) || len(labels) != stops {
			t.Errorf("%d labels of %d stops have %d second lines, %d overlap", len(labels), stops, second, overlaps)
		}
	}
}

// On a small map that a page explains, numbers alone remain where names would cover each other; on one that stands alone
// names stay.
func TestLabelsOfASmallMapMayBeNumbers(t *testing.T) {
	for _, tt := range []struct {
		o    Options
		bare bool
	}{{Options{Format: SVG, Width: 400, Height: 420}, true}, {Options{Format: SVG, Width: SocialWidth}, false}} {
		s := sheetOf(crowd(12), tt.o)
		labels := s.placeLabels(s.flows(), nil)
		numbers := 0
		for i, a := range labels {
			if len(a.title) == 0 {
				numbers++
			}
			for _, b := range labels[:i] {
				if a.box.overlap(b.box) > 0 {
					t.Errorf("%+v: %q covers %q", tt.o, a.named, b.named)
				}
			}
		}
		if (numbers > 0) != tt.bare || numbers == len(labels) {
			t.Errorf("%+v: %d of %d labels are numbers alone", tt.o, numbers, len(labels))
		}
	}
}

// What has no translation is shown in its own language, whose lines stand as far apart as where all is in that language.
func TestLinesOfAnotherScriptKeepTheirDistance(t *testing.T) {
	const burmese = "မြန်မာနိုင်ငံ အရှေ့ဘက်ခြမ်းမှ ကျေးရွာတစ်ခုတွင် အလုပ်ကမ်းလှမ်းခြင်း ခံရသည့် လမ်းကြောင်း"
	measured := func(lang string) (title, name float64) {
		r := crowd(2)
		r.Lang, r.Title, r.TitleLang = lang, burmese, "my"
		r.Stops[0].Title, r.Stops[0].Lang = burmese, "my"
		s := sheetOf(r, Options{Format: SVG, Width: SocialWidth})
		l := s.nameAlone(s.labelsOf(nil)[0], labelWords)
		return s.block(burmese, s.labelTitle(), 200).lead, l.height
	}
	title, name := measured("en")
	if wantTitle, wantName := measured("my"); title != wantTitle || name != wantName {
		t.Errorf("lines of a title are %.1f pixels apart, want %.1f; a name is %.1f high, want %.1f", title, wantTitle, name, wantName)
	}
}

// As many routes as an embed shows may lead through one town: its label is on the still map of a phone, with all their numbers.
func TestALabelOfManyRoutesFitsIntoANarrowPicture(t *testing.T) {
	r := crowd(1)
	var want []string
	for letter := 'A'; letter < 'A'+20; letter++ {
		stop := crowd(1).Stops[0]
		stop.Letter = string(letter)
		r.Stops = append(r.Stops, stop)
		want = append(want, stop.Letter+"1")
	}
	r.Stops = r.Stops[1:]
	s := sheetOf(r, Options{Format: SVG, Width: 400, Height: 420})
	labels := s.placeLabels(s.flows(), nil)
	if len(labels) != 1 {
		t.Fatalf("%d labels", len(labels))
	}
	l := labels[0]
	if got := strings.Fields(strings.Join(l.numbers, " ")); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if f := s.view.frame; l.box.left < f.left || l.box.right > f.right || l.box.top < f.top || l.box.bottom > f.bottom {
		t.Errorf("%v is not within %v", l.box, f)
	}
	if l.box.height() < l.numberHeight() || l.box.width() < l.room {
		t.Errorf("numbers of %.0f × %.0f pixels are in a label of %v", l.room, l.numberHeight(), l.box)
	}
}

// Stops of several routes that are told alike at one place share a label with the numbers of all. A route that comes to a place twice
// has two: its numbers tell in which order.
func TestStopsOfSeveralRoutesAtOnePlaceShareALabel(t *testing.T) {
	lettered := func(r Route, letter string) Route {
		for i := range r.Stops {
			r.Stops[i].Letter = letter
		}
		return r
	}
	numbers := func(r Route) []string {
		s := sheetOf(r, Options{Format: SVG, Width: SocialWidth})
		var list []string
		for _, l := range s.placeLabels(s.flows(), nil) {
			list = append(list, l.number)
			if least := s.fonts.measure(l.number, s.labelTitle()); l.room < least {
				t.Errorf("%q of %.0f pixels has %.0f", l.number, least, l.room)
			}
		}
		slices.Sort(list)
		return list
	}
	first, second := lettered(crowd(4), "A"), lettered(crowd(3), "B")
	second.Stops[1].Precision = "province"
	second.Stops[2].Geometry = orb.Point{104, 19}
	both := first
	both.Stops = slices.Concat(first.Stops, second.Stops)
	if got, want := numbers(both), []string{"A1 B1", "A2", "A3", "A4", "B2", "B3"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	twice := crowd(2)
	again := twice.Stops[0]
	again.Stop, again.Seq = "again", 3
	twice.Stops = append(twice.Stops, again)
	if got, want := numbers(twice), []string{"1", "2", "3"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheScaleIsOfALengthThatReads(t *testing.T) {
	for name, r := range map[string]Route{"the world": {Lang: "en"}, "a town": crowd(1), "a region": crowd(10)} {
		for _, o := range []Options{{Format: SVG, Width: MinWidth}, {Format: SVG, Width: SocialWidth}, {Format: PDF}, {Format: SVG, Width: 400, Height: 300}} {
			s := sheetOf(r, o)
			km, pixels := s.scaleLength()
			if pixels < 59.9 || pixels > 150 {
				t.Errorf("%s, %+v: %d km are %.0f pixels", name, o, km, pixels)
			}
			if metres := metresIn(s, pixels); math.Abs(metres/1000-float64(km)) > float64(km)/200 {
				t.Errorf("%s, %+v: what is said to be %d km is %.1f km on the ground", name, o, km, metres/1000)
			}
		}
	}
}

// metresIn is how far two spots lie apart on the globe that are so many pixels apart, beside each other in the middle of the frame.
func metresIn(s *sheet, pixels float64) float64 {
	f := s.view.frame
	south, north := -85.0, 85.0 // the latitude of the middle lies between them
	for range 50 {
		if lat := (south + north) / 2; s.view.pixel(orb.Point{0, lat})[1] > (f.top+f.bottom)/2 {
			south = lat
		} else {
			north = lat
		}
	}
	const step = 0.01
	here, there := orb.Point{100, south}, orb.Point{100 + step, south}
	return orbgeo.Distance(here, there) * pixels / (s.view.pixel(there)[0] - s.view.pixel(here)[0])
}

// A map that is cut out of its page, or that stands in another site's, still says how large it is.
func TestEveryPictureHasItsScale(t *testing.T) {
	bar := regexp.MustCompile(`l0 6 ([\d.]+) 0 0-6"`)
	p := &Painter{Fonts: NewFonts(static.DrawFonts())}
	for _, o := range []Options{
		{Format: SVG, Theme: Light, Width: 400, Height: 300}, {Format: SVG, Theme: Light, Width: SocialWidth}, {Format: SVG, Theme: Light, Width: SocialWidth, Empty: true},
	} {
		r := crowd(4)
		svg, err := p.Draw(t.Context(), r, func(key string, _ ...any) string { return key }, o)
		if err != nil {
			t.Fatal(err)
		}
		found := bar.FindSubmatch(svg)
		if found == nil {
			t.Errorf("%+v: it has no scale", o)
			continue
		}
		km, want := sheetOf(r, o).scaleLength()
		if got, err := strconv.ParseFloat(string(found[1]), 64); err != nil || math.Abs(got-want) > 0.2 {
			t.Errorf("%+v: its scale is %s pixels long, want %.1f", o, found[1], want)
		}
		if says := fmt.Sprintf(">%d km<", km); !o.bare() && !strings.Contains(string(svg), says) {
			t.Errorf("%+v: its scale does not say %s", o, says)
		}
	}
}

// Every word of the panel stands on the sheet, above what follows it, and in the picture.
func TestThePanelFits(t *testing.T) {
	r := crowd(4)
	for _, lang := range []string{"en", "my", "th", "zh-Hans"} {
		all, err := static.Languages()
		if err != nil {
			t.Fatal(err)
		}
		r.Lang = lang
		r.Title = strings.Repeat(all[lang].Format("site.tagline")+" ", 2)
		for _, o := range []Options{{Format: SVG, Width: SocialWidth}, {Format: SVG, Width: MinWidth}, {Format: PDF}} {
			s := sheetOf(r, o)
			s.words = all[lang].Format
			s.arrange()
			p := s.panel
			if p.top+p.topHeight > p.bottom && s.view.frame.left > 0 {
				t.Errorf("%s %+v: the head ends at %.0f, below the foot's start at %.0f", lang, o, p.top+p.topHeight, p.bottom)
			}
			if p.bottom+p.bottomHeight > s.height {
				t.Errorf("%s %+v: the foot ends at %.0f of %.0f", lang, o, p.bottom+p.bottomHeight, s.height)
			}
			if s.view.frame.height() < s.height/4 || s.view.frame.width() < s.width/4 {
				t.Errorf("%s %+v: only %v is left for the map", lang, o, s.view.frame)
			}
			for _, b := range append(p.head, p.foot...) {
				room := p.width
				if b.key != noKey {
					room -= keyWidth
				}
				for _, line := range b.lines {
					if w := s.fonts.measure(line, b.face); w > room+0.5 {
						t.Errorf("%s %+v: %q is %.0f wide, of %.0f", lang, o, line, w, room)
					}
				}
			}
		}
	}
}

func TestLinesMakeWayForEachOther(t *testing.T) {
	there := orb.LineString{{0, 0}, {100, 0}, {300, 0}}
	back := orb.LineString{{300, 0}, {100, 0}, {0, 0}}
	across := orb.LineString{{150, -100}, {150, 100}}
	lines := apart([]orb.LineString{there, back, there, across})
	for i, a := range lines {
		for _, b := range lines[:i] {
			if together(a, b) > 0 {
				t.Errorf("line %d runs upon another", i)
			}
		}
		told := []orb.LineString{there, back, there, across}[i]
		if a[0] != told[0] || a[len(a)-1] != told[len(told)-1] {
			t.Errorf("line %d runs from %v to %v, not from %v to %v", i, a[0], a[len(a)-1], told[0], told[len(told)-1])
		}
	}
	if fmt.Sprint(lines[0]) != fmt.Sprint(there) || fmt.Sprint(lines[3]) != fmt.Sprint(across) {
		t.Error("a line is moved that need not be")
	}
}

func TestAlongAndBetween(t *testing.T) {
	line := orb.LineString{{0, 0}, {10, 0}, {10, 30}}
	for at, want := range map[float64]orb.Point{0: {0, 0}, 0.25: {10, 0}, 0.5: {10, 10}, 1: {10, 30}} {
		if got, _ := along(line, at); math.Hypot(got[0]-want[0], got[1]-want[1]) > 1e-9 {
			t.Errorf("at %g: %v, want %v", at, got, want)
		}
	}
	for _, cut := range [][2]float64{{0, 1}, {0.1, 0.4}, {0.2, 0.9}, {0.5, 0.5}} {
		if got, want := lengthOf(between(line, cut[0], cut[1])), 40*(cut[1]-cut[0]); math.Abs(got-want) > 1e-9 {
			t.Errorf("between %v: %g long, want %g", cut, got, want)
		}
	}
}

// A hatch stays inside of its area, and a hole of it is left free.
func TestAHatchStaysInside(t *testing.T) {
	outer, hole := box{10, 10, 110, 90}, box{40, 30, 70, 60}
	for _, angle := range []float64{0, 45, -45, 90} {
		lines := hatch([]orb.LineString{outer.ring(), hole.ring()}, hatching{apart: 5, angle: angle}, box{0, 0, 200, 200})
		if len(lines) < 10 {
			t.Errorf("%g°: %d lines", angle, len(lines))
		}
		for _, line := range lines {
			middle := orb.Point{(line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2}
			if !outer.grown(0.01).holds(middle) || hole.grown(-0.01).holds(middle) {
				t.Errorf("%g°: a line at %v", angle, middle)
			}
		}
	}
}

// River names run along the straight, never upside down.
func TestRiverNamesStandUpright(t *testing.T) {
	for degrees := -180.0; degrees <= 180; degrees += 15 {
		got := upright(degrees * math.Pi / 180)
		if math.Abs(got) > math.Pi/2+1e-9 || math.Abs(math.Sin(2*(got-degrees*math.Pi/180))) > 1e-9 {
			t.Errorf("%g° is written at %g°", degrees, got*180/math.Pi)
		}
	}
	bend := orb.LineString{{0, 0}, {40, 40}, {80, 0}, {130, 0}, {180, 0}, {230, 0}}
	least := math.Inf(1)
	var best stretch
	for _, s := range stretches(bend, 100) {
		if s.winding < least {
			best, least = s, s.winding
		}
	}
	if best.from != (orb.Point{80, 0}) || least > 0.01 {
		t.Errorf("the straightest is %+v", best)
	}
}

// What lines do not mean, and whose the map is, stand on a picture however many sources tell of its route; those that have no room are counted.
func TestManySourcesHideNoWords(t *testing.T) {
	r := crowd(4)
	for i := range 300 {
		r.Citations = append(r.Citations, fmt.Sprintf("08BEIJING%d ¶%d", i, i%7+1))
	}
	for _, o := range []Options{{Format: SVG, Width: SocialWidth}, {Format: SVG, Width: MinWidth}, {Format: PDF, Width: SocialWidth}} {
		for _, sources := range []int{3, 30, 60, 300} {
			r := r
			r.Citations = r.Citations[:sources]
			s := sheetOf(r, o)
			if end := s.panel.top + s.panel.topHeight; s.view.frame.left > 0 && end > s.panel.bottom || s.view.frame.height() < s.height/3 {
				t.Errorf("%s, %d wide, %d sources: words end at %.0f of %.0f, the map is %v", o.Format, o.Width, sources, end, s.panel.bottom, s.view.frame)
			}
			named, all := s.citations(), fmt.Sprintf("(sources.title: %d)", sources)
			if count := strings.Count(named, "BEIJING"); strings.HasSuffix(named, all) != (count < sources) || count < min(sources, 20) || sources == 3 && count < 3 {
				t.Errorf("%s, %d wide: %d of %d sources are named: %s", o.Format, o.Width, count, sources, named)
			}
		}
	}
}
