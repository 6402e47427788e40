package routes

import (
	"regexp"
	"strconv"
	"strings"
)

// Addresses of houses as texts have them: a number with a lane, a road or a village's number. Those of shelters and their like must
// not be found; elsewhere the check asks, since an office's own is known to all.
var houses = []finder{
	{
		pattern: needing(`(?i)(\b\d{1,4}[a-z]?(?:[/-]\d+)?),? (?:(?:village )?(?:moo|mu|m\.) ?\d+|(?-i:(?:\p{Lu}\p{L}+ ){0,2})(?:soi|thanon|trok|ngo|hem)\b)`,
			"moo", "mu", "m", "soi", "thanon", "trok", "ngo", "hem"),
		signs: digitSign,
	},
	{
		pattern: needing(`(\b(?:Soi|soi|Trok|Lane) )(?:\p{Lu}\p{L}+ ){0,2}\d+(?:/\d+)?,? (?:\p{Lu}\p{L}+ ){1,3}(?:Road|Rd|Street|St)\b`, "soi", "trok", "lane"),
		signs:   digitSign,
	},
	{
		pattern: needing(`(\b\d{1,4}[A-Za-z]?(?:[/-]\d+)?),? (?:\p{Lu}[\p{L}'’-]+ ){1,3}(?:Road|Rd|Street|St|Lane|Avenue|Ave|Alley)\b`,
			"road", "rd", "street", "st", "lane", "avenue", "ave", "alley"),
		signs: digitSign, before: regexp.MustCompile(`(?i)(?:^|\D)(?:1[89]|20)\d\d$|(?:routes?|highways?|articles?|nos?\.|pages?|pp?\.|[¶§,./-]) ?\d+$`),
	},
	{
		pattern: needing(`(?i)(\bno(?:\. ?| )\d+[a-z]?(?:[/-]\d+)?),? (?:jalan|jln|jl|lorong|lrg|lebuh|persiaran|kampung|kg|taman|(?-i:(?:\p{Lu}\p{L}+ ){1,3})(?:road|street|lane))\b`,
			"no"),
		signs: digitSign,
	},
	{
		pattern: needing(`(\b\d+[A-Z]?(?:[/-]\d+)?,? (?:Jalan|Jln|Jl|Lorong|Lrg|Lebuh|Persiaran)\b\.? [\p{Lu}\d]\pL*|`+
			`\b(?:Jalan|Jln|Jl|Lorong|Lrg)\b\.? [\p{Lu}\d][\p{L}\d /]{0,40}?,? No\.? ?\d+)`, "jalan", "jln", "jl", "lorong", "lrg", "lebuh", "persiaran"),
		signs: digitSign,
	},
	{
		pattern: needing(`(\b\d+(?:/\d+)? ?(?:หมู่(?:ที่|บ้าน)? ?\d+|ม\. ?\d+|ซอย|ซ\.|ถนน|ถ\.|ตรอก)|บ้านเลขที่ ?\d+)`, "Thai"),
		signs:   digitSign,
	},
	{pattern: needing(`((?:ซอย|ซ\.)\p{Thai}{0,30} ?\d+(?:/\d+)? ?)(?:\p{Thai}{0,20} ?)?(?:ถนน|ถ\.)`, "Thai"), signs: digitSign},
	{pattern: needing(`((?:路|街|巷|弄|胡同|大道) ?)(?:\d+|[一二三四五六七八九十百零〇]+) ?(?:[号號](?:[楼樓院室])?|[弄巷])`, "Han"), before: regexp.MustCompile(`[铁鐵公航道思]路$`)},
	{
		pattern: needing(`(အမှတ်[ (]{0,2}\d+(?:/\d+)?)[^\n။]{0,40}?လမ်း`, "Myanmar"),
		signs:   digitSign, after: regexp.MustCompile(`^(?:ကြောင်း|ညွှန်|ဆုံ)`),
	},
	{pattern: needing(`((?:ເຮືອນ|ບ້ານ)ເລກທີ ?\d+|ເລກທີ ?\d+[^\n]{0,20}?(?:ຖະໜົນ|ຮ່ອມ))`, "Lao"), signs: digitSign},
	{pattern: needing(`(ផ្ទះ(?:លេខ)? ?\d+|លេខ ?\d+[^\n។]{0,20}?(?:ផ្លូវ|វិថី))`, "Khmer"), signs: digitSign},
	{
		pattern: needing(`(?i)(?:^|[^\p{L}])(số (?:nhà )?\d+[a-z]?(?:/\d+)*,? (?:ngõ|ngách|hẻm|kiệt|đường|phố)|(?:ngõ|ngách|hẻm|kiệt) \d+)`,
			"số", "ngõ", "ngách", "hẻm", "kiệt"),
		signs: digitSign, after: regexp.MustCompile(`^ dây`),
	},
}

// hidden says whether a node is of what must not be found: a site where people are sheltered, the place it is at, or a contact
// of one.
func (l *Loaded) hidden(s spot) bool {
	list, rest, is := strings.Cut(s.path, "[")
	number, _, _ := strings.Cut(rest, "]")
	i, err := strconv.Atoi(number)
	if !is || err != nil {
		return false
	}
	switch {
	case list == "sites" && i < len(l.Sites):
		return l.Sites[i].Kind.sheltered()
	case list == "contacts" && i < len(l.Contacts):
		return l.Contacts[i].Kind.sheltered()
	case list == "places" && i < len(l.Places):
		for _, site := range l.Sites {
			if site.Place == l.Places[i].ID && site.Kind.sheltered() {
				return true
			}
		}
	}
	return false
}
