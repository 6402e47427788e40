package routes

import (
	"fmt"
	"regexp"
)

// A loaded wording hurts the people spoken of; the field has a better one.
type loadedWording struct {
	pattern *regexp.Regexp
	better  string
}

// wordings are what the field's language rules flag, by language. Sources: UNODC and IOM glossaries' preferred terms.
var wordings = map[string][]loadedWording{
	"en": {
		{regexp.MustCompile(`(?i)\bsex slaves?\b`), "person exploited in …"},
		{regexp.MustCompile(`(?i)\brescued? (?:girls?|women)\b`), "survivor"},
		{regexp.MustCompile(`(?i)\bchild prostitut(?:e|es|ion)\b`), "child exploited in …"},
		{regexp.MustCompile(`(?i)\billegal (?:im)?migrants?\b`), "person who migrates irregularly"},
		{regexp.MustCompile(`(?i)\bvictims?\b`), "trafficked person or survivor"},
	},
	"zh-Hans": {
		{regexp.MustCompile(`性奴`), "在……中受剥削的人"},
		{regexp.MustCompile(`非法移民`), "非正常移徙者"},
	},
	"th": {
		{regexp.MustCompile(`ทาสกาม`), "ผู้ถูกแสวงหาประโยชน์"},
		{regexp.MustCompile(`โสเภณีเด็ก`), "เด็กที่ถูกแสวงหาประโยชน์"},
	},
	"my": {
		{regexp.MustCompile(`လိင်ကျွန်`), "ခေါင်းပုံဖြတ်ခံရသူ"},
	},
}

// checkWording warns of wordings that the field avoids.
func (l *Loaded) checkWording(lang, text string, s spot) {
	for _, w := range wordings[lang] {
		if m := w.pattern.FindString(text); m != "" {
			l.warn(s, fmt.Sprintf("the field avoids %q", m), fmt.Sprintf("write %q", w.better))
		}
	}
}
