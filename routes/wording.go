package routes

import (
	"fmt"
	"strings"
)

// A loaded wording hurts the people spoken of; the field has a better one.
type loadedWording struct {
	pattern pattern
	better  string
}

// wordings are what the field's language rules flag, by language. Sources: UNODC and IOM glossaries' preferred terms.
var wordings = map[string][]loadedWording{
	"en": {
		{needing(`(?i)\bsex slaves?\b`, "sex slave"), "person exploited in …"},
		{needing(`(?i)\brescued? (?:girls?|women)\b`, "rescue"), "survivor"},
		{needing(`(?i)\bchild prostitut(?:e|es|ion)\b`, "child prostitut"), "child exploited in …"},
		{needing(`(?i)\billegal (?:im)?migrants?\b`, "illegal"), "person who migrates irregularly"},
		{needing(`(?i)\bvictims?\b`, "victim"), "trafficked person or survivor"},
	},
	"zh-Hans": {
		{needing(`性奴`, "性奴"), "在……中受剥削的人"},
		{needing(`非法移民`, "非法移民"), "非正常移徙者"},
	},
	"th": {
		{needing(`ทาสกาม`, "ทาสกาม"), "ผู้ถูกแสวงหาประโยชน์"},
		{needing(`โสเภณีเด็ก`, "โสเภณีเด็ก"), "เด็กที่ถูกแสวงหาประโยชน์"},
	},
	"my": {
		{needing(`လိင်ကျွန်`, "လိင်ကျွန်"), "ခေါင်းပုံဖြတ်ခံရသူ"},
	},
}

// checkWording warns of wordings that the field avoids.
func (l *Loaded) checkWording(lang, text string, s spot) {
	lower := strings.ToLower(text)
	for _, w := range wordings[lang] {
		if !w.pattern.may(lower) {
			continue
		}
		if m := w.pattern.FindString(text); m != "" {
			l.warn(s, fmt.Sprintf("the field avoids %q", m), fmt.Sprintf("write %q", w.better))
		}
	}
}
