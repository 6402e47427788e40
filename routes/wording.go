package routes

import (
	"fmt"
)

// A loaded wording hurts the people spoken of; the field has a better one.
type loadedWording struct {
	pattern pattern
	better  string
}

// wordings are what the field's language rules flag, by language. Sources: UNODC and IOM glossaries' preferred terms.
var wordings = map[string][]loadedWording{
	"en": {
		{needing(`(?i)\bsex slaves?\b`, "slave", "slaves"), "person exploited in …"},
		{needing(`(?i)\brescued? (?:girls?|women)\b`, "rescue", "rescued"), "survivor"},
		{needing(`(?i)\bchild prostitut(?:e|es|ion)\b`, "prostitute", "prostitutes", "prostitution"), "child exploited in …"},
		{needing(`(?i)\billegal (?:im)?migrants?\b`, "illegal"), "person who migrates irregularly"},
		{needing(`(?i)\bvictims?\b`, "victim", "victims"), "trafficked person or survivor"},
	},
	"zh-Hans": {
		{always(`性奴`), "在……中受剥削的人"},
		{always(`非法移民`), "非正常移徙者"},
	},
	"th": {
		{always(`ทาสกาม`), "ผู้ถูกแสวงหาประโยชน์"},
		{always(`โสเภณีเด็ก`), "เด็กที่ถูกแสวงหาประโยชน์"},
	},
	"my": {
		{always(`လိင်ကျွန်`), "ခေါင်းပုံဖြတ်ခံရသူ"},
	},
}

// checkWording warns of wordings that the field avoids, in a text with these of the needed words.
func (l *Loaded) checkWording(lang, text string, words []string, s spot) {
	for _, w := range wordings[lang] {
		if !w.pattern.may(words) {
			continue
		}
		if m := w.pattern.FindString(text); m != "" {
			l.warn(s.field(lang), fmt.Sprintf("the field avoids %q", m), fmt.Sprintf("write %q", w.better))
		}
	}
}
