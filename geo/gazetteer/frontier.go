package gazetteer

import (
	"strings"
	"unicode/utf8"
)

// hanCountries are the countries by the one character for which each stands in names of borders.
const hanCountries = "中CN泰TH缅MM緬MM老LA寮LA越VN柬KH马MY馬MY印IN尼NP孟BD不BT巴PK朝KP俄RU蒙MN哈KZ吉KG塔TJ阿AF文BN美US加CA墨MX"

// countryOfHan is the ISO code of the country that a character stands for, empty for none.
func countryOfHan(character string) string {
	i := strings.Index(hanCountries, character)
	if i < 0 || utf8.RuneCountInString(character) != 1 || character[0] < utf8.RuneSelf {
		return ""
	}
	return hanCountries[i+len(character):][:2]
}

// borderOfWords reads a border whose sides come before the word for it, or after where a language has it so: "Thai-Malaysian border",
// "China–Laos frontier", "the Thai border", 中缅边境, ชายแดนไทย-มาเลเซีย.
func (p *parser) borderOfWords() (expression, bool) {
	text := strings.TrimSpace(p.source[p.words[0].at:])
	for _, word := range []string{"border", "frontier"} {
		last := len(p.words) - 1
		if p.words[last].is(word) && last > 0 {
			return p.borderOf(text[:p.words[last].at-p.words[0].at], "-–—/")
		}
	}
	for _, word := range []string{"边境线", "边境", "边界", "邊境", "邊界", "国境", "國境", "နယ်စပ်"} {
		if sides, ok := strings.CutSuffix(text, word); ok {
			return p.borderOf(sides, "-–—/·、和与與၊")
		}
	}
	for _, word := range []string{"ชายแดน", "พรมแดน", "ຊາຍແດນ"} {
		if sides, ok := strings.CutPrefix(text, word); ok {
			return p.borderOf(sides, "-–—/")
		}
	}
	return expression{}, false
}

// borderOf is the border of the sides that a text names, parted by one of some characters, or of the country that is its only side.
func (p *parser) borderOf(text, parting string) (expression, bool) {
	sides := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(parting, r) })
	if first, size := utf8.DecodeRuneInString(text); len(sides) == 1 && utf8.RuneCountInString(text) == 2 && countryOfHan(string(first)) != "" && countryOfHan(text[size:]) != "" {
		sides = []string{text[:size], text[size:]}
	}
	e := expression{verb: verbBorder}
	for _, side := range sides {
		side = strings.TrimSpace(side)
		n := name{own: side, country: countryOfAdjective(side), at: p.words[0].at}
		if n.country == "" {
			n.country = countryOfHan(side)
		}
		if n.country != "" || len(sides) == 1 { // of other areas, none has a border with all its neighbours
			n.kind = KindCountry
		}
		if side == "" || strings.ContainsAny(side, `,"`) {
			return expression{}, false
		}
		e.names = append(e.names, n)
	}
	return e, len(sides) == 1 || len(sides) == 2
}
