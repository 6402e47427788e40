package draw

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// sign is a row of the legend: which of the map's signs it explains and in what words.
type sign struct {
	key  key
	text string
}

// legend explains the signs that this picture has; the foot says that lines are no paths.
func (s *sheet) legend(width, size float64) []block {
	var out []block
	for _, sign := range append(s.routeSigns(), s.otherSigns()...) {
		b := s.block(sign.text, typeface{size: size, weight: regular, colour: s.colours.ink}, width-keyWidth)
		b.key, b.rule = sign.key, len(out) == 0
		out = append(out, b)
	}
	return out
}

func (s *sheet) routeSigns() []sign {
	has := map[key]bool{}
	for _, leg := range s.route.Legs {
		has[keyInferred] = has[keyInferred] || leg.Evidence == "inferred"
		has[keyDocumented] = has[keyDocumented] || leg.Evidence != "inferred"
	}
	for _, stop := range s.route.Stops {
		switch stop.Geometry.(type) {
		case orb.Point:
			has[keyPoint] = has[keyPoint] || isSpot(stop.Precision)
		case orb.LineString, orb.MultiLineString:
			has[keyBorder] = true
		case nil:
		default:
			has[keyOneOf] = has[keyOneOf] || stop.OneOf
			has[keyArea] = has[keyArea] || !stop.OneOf
		}
	}
	var out []sign
	for _, row := range []sign{
		{keyDocumented, "legend.documented"},
		{keyInferred, "legend.inferred"},
		{keyArea, "legend.area"},
		{keyOneOf, "legend.oneOf"},
		{keyBorder, "legend.border"},
		{keyPoint, "legend.point"},
	} {
		if has[row.key] {
			// On the live map a list follows.
			out = append(out, sign{row.key, strings.TrimRight(s.words(row.text), " :：-")})
		}
	}
	return out
}

// otherSigns are those of movements and programmes, with the years that their sources speak of where these are not the
// route's.
func (s *sheet) otherSigns() []sign {
	type dates struct {
		shown, historical bool
		years             []int
	}
	has := map[key]*dates{keyHomeward: {}, keyMovement: {}, keySiteArea: {}, keySitePoint: {}}
	add := func(k key, asOf int, historical bool) {
		t := has[k]
		t.shown = true
		if historical && !s.route.Historical {
			t.historical = true
		}
		if asOf != s.route.AsOf {
			t.years = append(t.years, asOf)
		}
	}
	for _, m := range s.shownMovements() {
		k := keyMovement
		if routes.MovementKind(m.Kind).Homeward() {
			k = keyHomeward
		}
		add(k, m.AsOf, m.Historical)
	}
	for _, site := range s.shownSites() {
		k := keySiteArea
		if isSpot(site.Precision) {
			k = keySitePoint
		}
		add(k, site.AsOf, site.Historical)
	}
	var out []sign
	for _, row := range []sign{
		{keyHomeward, "legend.return"},
		{keyMovement, "legend.otherMovement"},
		{keySiteArea, "legend.siteArea"},
		{keySitePoint, "legend.sitePoint"},
	} {
		t := has[row.key]
		if !t.shown {
			continue
		}
		text := []string{s.words(row.text)}
		slices.Sort(t.years)
		for _, year := range slices.Compact(t.years) {
			text = append(text, s.words("claim.asOf", "year", strconv.Itoa(year)))
		}
		if t.historical {
			text = append(text, s.words("claim.historical"))
		}
		out = append(out, sign{row.key, strings.Join(text, " · ")})
	}
	return out
}

// shownMovements are the movements that the picture draws.
func (s *sheet) shownMovements() []Movement {
	if !s.options.Movements {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.route.Movements), func(m Movement) bool { return m.Geometry == nil })
}

// shownSites are the programmes that the picture draws.
func (s *sheet) shownSites() []Site {
	var out []Site
	for _, group := range s.siteGroups() {
		out = append(out, group...)
	}
	return out
}

// citations names the sources, and how many they are where there is no room for all.
func (s *sheet) citations() string {
	list := s.sources()
	if s.cited == 0 || s.cited >= len(list) {
		return strings.Join(list, "; ")
	}
	return fmt.Sprintf("%s; … (%s: %d)", strings.Join(list[:s.cited], "; "), s.words("sources.title"), len(list))
}

// sources names where the route and what is shown besides are told, each source once.
func (s *sheet) sources() []string {
	all := slices.Clone(s.route.Citations)
	for _, m := range s.shownMovements() {
		all = append(all, strings.Split(m.Citation, "; ")...)
	}
	for _, site := range s.shownSites() {
		all = append(all, strings.Split(site.Citation, "; ")...)
	}
	return cited(all)
}

// draft says whether a title on the picture is a translation that nobody has reviewed: what else is told there is not shown, and where a title
// has no translation it is in another language than the picture.
func (s *sheet) draft() bool {
	titled := func(c routes.Common) bool { return c.Draft && c.Lang == s.route.Lang }
	return slices.ContainsFunc(s.route.Stops, func(p Stop) bool { return titled(p.Common) }) ||
		slices.ContainsFunc(s.shownSites(), func(p Site) bool { return titled(p.Common) })
}
