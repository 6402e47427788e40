package gazetteer

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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

// bordersBefore are the words for a border that stand before its sides, with those for "between" and "and" in their languages; Vietnamese also
// as it is typed without its marks.
var bordersBefore = []struct{ border, between, and string }{
	{"ชายแดน", "ระหว่าง", "กับ"},
	{"พรมแดน", "ระหว่าง", "กับ"},
	{"ຊາຍແດນ", "ລະຫວ່າງ", "ກັບ"},
	{"ព្រំដែន", "រវាង", "និង"},
	{"biên giới ", "giữa ", " và "},
	{"đường biên giới ", "giữa ", " và "},
	{"bien gioi ", "giua ", " va "},
	{"duong bien gioi ", "giua ", " va "},
	{"sempadan ", "antara ", " dan "},
}

// sidesAfterWord gives the sides of a border that a text names after the word for it, none where it begins with no such word.
func sidesAfterWord(text string) []string {
	const unseen = "\u200b" // the space without width that parts words of Khmer
	text = strings.Join(strings.Fields(strings.ReplaceAll(norm.NFC.String(text), unseen, "")), " ")
	for _, b := range bordersBefore {
		sides, ok := afterFolded(text, b.border)
		if !ok {
			continue
		}
		sides, _ = afterFolded(strings.TrimSpace(sides), b.between)
		if one, other, ok := strings.Cut(sides, b.and); ok {
			return []string{one, other}
		}
		return strings.FieldsFunc(sides, isOf("-–—/"))
	}
	return nil
}

// afterFolded takes a word off the beginning of a text, in capitals or not; ok is false where it does not begin so.
func afterFolded(text, word string) (after string, ok bool) {
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return text, false
	}
	return text[len(word):], true
}

func isOf(characters string) func(rune) bool {
	return func(r rune) bool { return strings.ContainsRune(characters, r) }
}

// borderOfWords reads a border whose sides come before the word for it, or after where a language has it so: "Thai-Malaysian border",
// "China–Laos frontier", "the Thai border", 中缅边境, ชายแดนไทย-มาเลเซีย, "biên giới giữa Việt Nam và Lào".
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
	if sides := sidesAfterWord(text); sides != nil {
		return p.borderOfSides(sides)
	}
	return expression{}, false
}

// borderOf is the border of the sides that a text names, parted by one of some characters, or of the country that is its only side.
func (p *parser) borderOf(text, parting string) (expression, bool) {
	sides := strings.FieldsFunc(text, isOf(parting))
	if first, size := utf8.DecodeRuneInString(text); len(sides) == 1 && utf8.RuneCountInString(text) == 2 && countryOfHan(string(first)) != "" && countryOfHan(text[size:]) != "" {
		sides = []string{text[:size], text[size:]}
	}
	return p.borderOfSides(sides)
}

// borderOfSides is the border of one side or two; ok is false where they are no names.
func (p *parser) borderOfSides(sides []string) (e expression, ok bool) {
	e = expression{verb: verbBorder}
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
