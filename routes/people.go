package routes

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// titles are those of persons, in English.
const titles = `Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Madam|Madame|Sir|Col|Colonel|Gen|General|Maj|Major|Capt|Captain|Lt|Sgt|Officer|Inspector`

// The formats have no field for persons. These patterns find a person's title with a name, or a description of one
// person, in running text. They err on the side of asking: what they find and is none goes into the pack's reviewed list
// of exceptions.
var (
	englishTitle  = needing(`\b(?:`+titles+`)\.?\s+\p{Lu}[\p{L}'’-]+`, strings.Split(strings.ToLower(titles), "|")...)
	englishPerson = needing(`(?i)\b(?:a|an|the|one)\s+(?:\d{1,2}|[a-z]+teen)[- ]year[- ]old\b`, "year")
	smallCount    = needing(`(?i)\b(?:[1-9]|10|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\p{L}+\s+)?(?:women|men|girls|boys|children|people|persons|survivors|migrants|victims|returnees)\b`,
		"men", "girls", "boys", "children", "people", "persons", "survivors", "migrants", "victims", "returnees")
	chineseTitle  = regexp.MustCompile(`[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤]\p{Han}{0,2}(?:先生|女士|小姐|太太|博士|教授|主任|局长|科长|处长|某)`)
	chinesePerson = regexp.MustCompile(`[一名某]位?\d{1,2}岁的?(?:女孩|男孩|女子|男子|少女|妇女)`)
	thaiTitle     = regexp.MustCompile(`(?:^|[\s"“(])(?:นางสาว|นาย|นาง|คุณ|ดร\.|น\.ส\.|ด\.ช\.|ด\.ญ\.|พ\.ต\.อ\.|พล\.ต\.)\s?(\p{Thai}+)`)
	burmeseTitle  = regexp.MustCompile(`(?:^|[\s"“(၊။])(?:ဒေါက်တာ|ဒေါ်|ဦး)\s?(\p{Myanmar}+)`)
)

// A pattern is tried only where a text has one of the words that a match needs: to look for these takes a hundredth of the
// time. Words are what Go's \b parts.
type pattern struct {
	*regexp.Regexp
	needs []string // in lower case
}

// needed are the words that any pattern needs.
var needed = map[string]bool{}

func needing(expression string, needs ...string) pattern {
	for _, word := range needs {
		needed[word] = true
	}
	return pattern{regexp.MustCompile(expression), needs}
}

// always makes a pattern that is quick to try.
func always(expression string) pattern { return pattern{regexp.MustCompile(expression), nil} }

// may says whether a text with these of the needed words can match at all.
func (p pattern) may(words []string) bool {
	return p.needs == nil || slices.ContainsFunc(words, func(word string) bool { return slices.Contains(p.needs, word) })
}

// neededWords gives those words of a text that any pattern needs, in lower case.
func neededWords(text string) (words []string) {
	start := -1
	for i := range len(text) + 1 {
		if i < len(text) && isWordByte(text[i]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			if word := strings.ToLower(text[start:i]); needed[word] {
				words = append(words, word)
			}
		}
		start = -1
	}
	return words
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// ordinaryWords are what follows a title's letters where they begin an ordinary word: นายจ้าง is an employer, ဦးဆောင် is
// to lead.
var ordinaryWords = map[string][]string{
	"th": {"จ้าง", "หน้า", "ทุน", "กรัฐมนตรี", "ทหาร", "แพทย์", "อำเภอ", "ทะเบียน", "แบบ", "พยาบาล", "ภาพ", "ค่า", "สมบัติ", "ธรรม", "ลักษณะ", "วุฒิ", "ประโยชน์"},
	"my": {"ဆောင်", "စီး", "တည်", "စား", "ရေ", "နှောက်", "ခေါင်း", "ဌာန", "ချေ", "ညွှတ်", "ထုပ်", "လာ"},
}

// checkPeople holds rule 5 in running text with these of the needed words.
func (l *Loaded) checkPeople(lang, text string, words []string, s spot) {
	for _, found := range peopleIn(lang, text, words) {
		if l.excepted(found, text) {
			continue
		}
		l.refuse(s.field(lang), fmt.Sprintf("%q looks like a person's name or points to one person", found),
			"leave it out; where it is no person, list the words among the name_exceptions of the pack with the reason")
	}
	if !smallCount.may(words) {
		return
	}
	if m := smallCount.FindString(text); m != "" && !l.excepted(m, text) {
		l.refuse(s.field(lang), fmt.Sprintf("%q counts fewer than %d people", m, fewestPeople), "write \"a few\", or leave the count out")
	}
}

// excepted says whether the pack lists a text around what was found as reviewed.
func (l *Loaded) excepted(found, text string) bool {
	for _, e := range l.About.NameExceptions {
		if e.Text != "" && strings.Contains(e.Text, strings.TrimSpace(found)) && strings.Contains(text, e.Text) {
			return true
		}
	}
	return false
}

// peopleIn gives what looks like a person. The Latin patterns are tried in every language, since names stay in Latin
// letters there.
func peopleIn(lang, text string, words []string) []string {
	var found []string
	for _, p := range []pattern{englishTitle, englishPerson} {
		if p.may(words) {
			found = append(found, p.FindAllString(text, -1)...)
		}
	}
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "zh":
		found = append(found, chineseTitle.FindAllString(text, -1)...)
		found = append(found, chinesePerson.FindAllString(text, -1)...)
	case "th":
		found = append(found, titled(thaiTitle, text, ordinaryWords["th"])...)
	case "my":
		found = append(found, titled(burmeseTitle, text, ordinaryWords["my"])...)
	}
	return found
}

// titled gives the matches whose rest begins with none of the ordinary words and is long enough for a name.
func titled(pattern *regexp.Regexp, text string, ordinary []string) []string {
	var found []string
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		name := m[1]
		if utf8.RuneCountInString(name) < 2 || startsWithAny(name, ordinary) || unicode.IsDigit([]rune(name)[0]) {
			continue
		}
		found = append(found, strings.TrimSpace(m[0]))
	}
	return found
}

func startsWithAny(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
