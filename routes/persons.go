package routes

import (
	"regexp"
	"strings"
)

// titles are those of persons, in English.
const titles = `Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Madam|Madame|Sir|Col|Colonel|Gen|General|Maj|Major|Capt|Captain|Lt|Sgt|Officer|Inspector`

// The formats have no field for persons. These patterns find a person's title with a name, or a description of one
// person. They err on the side of asking: what they find and is none goes into the pack's reviewed list of exceptions.
var persons = []finder{
	{pattern: needing(`\b(`+titles+`)\.? (\p{Lu}[\p{L}'’-]+)`, firstWords(titles)...)},
	{pattern: needing(`(?i)\b(a|an|the|one) (?:\d{1,2}|[a-z]+teen)[- ]year[- ]old\b`, "year")},
	{pattern: needing(`([王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤])`+
		`\p{Han}{0,2}(?:先生|女士|小姐|太太|博士|教授|主任|局长|科长|处长|某)`, "Han")},
	{pattern: needing(`([一名某]位?)\d{1,2}岁的?(?:女孩|男孩|女子|男子|少女|妇女)`, "Han")},
	{
		pattern: needing(`(?:^|[\s"“(])(นางสาว|นาย|นาง|คุณ|ดร\.|น\.ส\.|ด\.ช\.|ด\.ญ\.|พ\.ต\.อ\.|พล\.ต\.)( ?\p{Thai}{2,})`, "Thai"),
		inside:  regexp.MustCompile(`^ ?(?:จ้าง|หน้า|ทุน|กรัฐมนตรี|ทหาร|แพทย์|อำเภอ|ทะเบียน|แบบ|พยาบาล|ภาพ|ค่า|สมบัติ|ธรรม|ลักษณะ|วุฒิ|ประโยชน์)`),
	},
	{
		pattern: needing(`(?:^|[^\p{Myanmar}]|[၊။])(ဒေါက်တာ|ဒေါ်|ဦး)( ?\p{Myanmar}{2,})`, "Myanmar"),
		before:  regexp.MustCompile(`(?:\d|` + burmeseNumbers + `) ?ဦး$`), // as one counts people
		inside:  regexp.MustCompile(`^ ?(?:ဆောင်|စီး|တည်|စား|ရေ|နှောက်|ခေါင်း|ဌာန|ချေ|ညွှတ်|ထုပ်|လာ|စွာ)`),
	},
}

// firstWords gives the first word of each alternative in lower case.
func firstWords(alternatives string) []string {
	words := strings.Split(strings.ToLower(alternatives), "|")
	for i, w := range words {
		words[i] = strings.FieldsFunc(w, func(r rune) bool { return r == ' ' || r == '-' })[0]
	}
	return words
}
