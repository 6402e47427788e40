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
		{needing(`性奴`, "Han"), "在……中受剥削的人"},
		{needing(`非法移民`, "Han"), "非正常移徙者"},
	},
	"th": {
		{needing(`ทาสกาม`, "Thai"), "ผู้ถูกแสวงหาประโยชน์"},
		{needing(`โสเภณีเด็ก`, "Thai"), "เด็กที่ถูกแสวงหาประโยชน์"},
	},
	"my": {
		{needing(`လိင်ကျွန်`, "Myanmar"), "ခေါင်းပုံဖြတ်ခံရသူ"},
	},
}

// checkWording warns of wordings that the field avoids.
func (l *Loaded) checkWording(lang string, r reading, s spot) {
	for _, w := range wordings[lang] {
		if !w.pattern.may(r.clues) {
			continue
		}
		if m := w.pattern.FindString(r.text); m != "" {
			l.warn(s.field(lang), fmt.Sprintf("the field avoids %q", m), fmt.Sprintf("write %q", w.better))
		}
	}
}
