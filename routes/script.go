package routes

import (
	"fmt"
	"strings"
	"unicode"
)

// scripts are those of languages that are written in one of their own.
var scripts = map[string]*unicode.RangeTable{
	"th": unicode.Thai, "my": unicode.Myanmar, "km": unicode.Khmer, "lo": unicode.Lao, "zh-Hans": unicode.Han, "zh-Hant": unicode.Han,
}

// longestName is how many words a name has at most that stands in Latin letters in a text of another script too, such as an organisation's.
const longestName = 5

// checkScript warns of a text that is tagged as one language and has no letter of it: most often it was left as it was copied.
func (l *Loaded) checkScript(lang string, t Text, s spot) {
	script, text := scripts[lang], t[lang]
	if script == nil || !strings.ContainsFunc(text, unicode.IsLetter) || strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(script, r) }) {
		return
	}
	if words := len(strings.Fields(text)); words <= longestName && text == t[l.About.Original()] {
		return
	}
	l.warn(s.field(lang), fmt.Sprintf("the text tagged %s has no letter of that language's script", lang),
		"translate it, or leave it out, or tag it as the language that it is in")
}
