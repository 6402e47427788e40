package routes

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/language"
)

// mistyped says what to do about signs that word processors put in the place of others and that look nearly like them; empty where a text
// has none of them.
func mistyped(text string) string {
	if i := strings.IndexAny(text, wideSpaces); i >= 0 {
		return mendSpace(text[i:])
	}
	if strings.ContainsAny(text, "“”„‟«»") {
		return mendQuotes
	}
	return ""
}

const (
	wideSpaces = "\u00a0\u202f\u2007\u3000"
	mendQuotes = `write straight quotation marks, " at both ends: “ and ” are not those of YAML, which takes them for letters`
)

func mendSpace(from string) string {
	return fmt.Sprintf("write a plain space instead of the wide or non-breaking one (%U), which YAML takes for a letter", []rune(from)[0])
}

var (
	// outOfPlace are spaces that keep YAML from seeing where a value begins.
	outOfPlace = regexp.MustCompile(`(?m)^[ \t]*([` + wideSpaces + `])|[:-]([` + wideSpaces + `])`)
	// apostrophe ends a text in single quotation marks where it stands between letters.
	apostrophe = regexp.MustCompile(`(?:^|[:,\[{-])[ \t]*'[^'"]*\pL'\pL`)
	quotedSo   = regexp.MustCompile(`(?m)[:,\[-][ \t]*[“”„‟«»]`)
)

// mistypedSyntax says what to do about such signs in lines of which the parser complains: within texts they are in order.
func mistypedSyntax(lines string) string {
	if m := outOfPlace.FindStringSubmatch(lines); m != nil {
		return mendSpace(m[1] + m[2])
	}
	if quotedSo.MatchString(lines) {
		return mendQuotes
	}
	if apostrophe.MatchString(lines) {
		return `put the whole text into double quotation marks, ": the apostrophe in it ends one in single quotation marks`
	}
	return ""
}

// mendOf is what to do about signs that are mistyped, or else about what is wrong besides.
func mendOf(text, otherwise string) string {
	if mend := mistyped(text); mend != "" {
		return mend
	}
	return otherwise
}

// meantLanguages are those that a country's code is often taken for.
var meantLanguages = map[string]string{
	"kh": "km", "vn": "vi", "cn": "zh-Hans", "tw": "zh-Hant", "mm": "my", "jp": "ja", "kr": "ko", "ph": "fil",
}

// mendTag says what to write instead of what is no language tag.
func mendTag(code string) string {
	if meant := meantLanguage(code); meant != "" {
		return "write " + meant
	}
	return "write a BCP 47 tag such as en, zh-Hans or th"
}

// meantLanguage is the tag that a text is likely meant to be, empty where none is known: LO, vn, zh, en-GB. Packs take it.
func meantLanguage(code string) string {
	if meant, ok := meantLanguages[strings.ToLower(code)]; ok {
		return meant
	}
	tag, err := language.Parse(code)
	if named, _, _ := tag.Raw(); err != nil || named == (language.Base{}) {
		return ""
	}
	base, _ := tag.Base()
	script, _ := tag.Script()
	meant, written := tag.String(), base.String()+"-"+script.String()
	switch {
	case base.String() == "zh":
		meant = written
	case strings.Contains(meant, "-") && meant != written:
		meant = base.String()
	}
	if meant == code {
		return ""
	}
	return meant
}
