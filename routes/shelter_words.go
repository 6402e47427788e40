package routes

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"corridor/geo"
)

// shelterWords are those for a place in which people are sheltered, in the languages of the region.
var shelterWords = regexp.MustCompile(`(?i)\b(?:shelters?|safe[ -]?houses?|refuges?)\b|` +
	`收容所|收容中心|庇护所|庇护中心|避难所|救助站|安全屋|中途之家|` +
	`บ้านพัก|สถานคุ้มครอง|สถานสงเคราะห์|ที่พักพิง|ศูนย์พักพิง|` +
	`ခိုလှုံ|ဘေးကင်းရာအိမ်|လုံခြုံသောအိမ်|ບ້ານພັກ|ທີ່ພັກພິງ|ບ່ອນພັກພິງ|ទីជម្រក|ផ្ទះសុវត្ថិភាព|` +
	`nhà tạm lánh|nhà an toàn|nhà tạm trú|rumah perlindungan|rumah selamat|tempat perlindungan|pusat perlindungan`)

// checkShelters warns where what is said of a site or a place speaks of a shelter that stands under another kind, finer than a shelter
// may be shown.
func (l *Loaded) checkShelters() {
	for i, p := range l.Places {
		if p.Precision != "" && p.Precision.Finer(geo.Province) {
			l.warnOfShelter(p, l.spots.places[i], fmt.Sprintf("the place is shown at precision %s", p.Precision))
		}
	}
	for i, site := range l.Sites {
		if place, ok := l.placeByID(site.Place); ok && site.Kind != "" && place.Precision != "" && !site.Kind.sheltered() && place.Precision.Finer(geo.Province) {
			l.warnOfShelter(site, l.spots.sites[i], fmt.Sprintf("the site, of kind %s, is shown at precision %s", site.Kind, place.Precision))
		}
	}
}

// warnOfShelter warns at the first text of a document that speaks of a shelter.
func (l *Loaded) warnOfShelter(document any, s spot, shown string) {
	warned := false
	visitor{func(t Text, at spot) {
		for _, lang := range slices.Sorted(maps.Keys(t)) {
			text := t[lang]
			if found := shelterWords.FindString(folded(Plain(text))); found != "" && !warned {
				warned = true
				l.warn(at.field(lang), fmt.Sprintf("the text speaks of %q, and %s", found, shown),
					"where people are sheltered, give the site that kind, such as shelter, and name the province in which it is")
			}
		}
	}, func(string, spot) {}}.document(document, s)
}
