package routes_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"corridor/routes"
)

// inAllLanguages is the good pack with every language of the interface.
func inAllLanguages(t *testing.T) fstest.MapFS {
	t.Helper()
	return edit(t, "pack.yaml", "- {code: th, status: draft}", "- {code: th, status: draft}\n"+
		"  - {code: zh-Hans, status: draft}\n  - {code: my, status: draft}\n  - {code: lo, status: draft}\n  - {code: km, status: draft}\n"+
		"  - {code: vi, status: draft}\n  - {code: ms, status: draft}")
}

// problemsSaying gives the problems of the good pack with a text in it.
func problemsSaying(t *testing.T, lang, text string) routes.Problems {
	t.Helper()
	pack := inAllLanguages(t)
	texts := fmt.Sprintf("{en: It trains., %s: %q}", lang, text)
	if lang == "en" {
		texts = fmt.Sprintf("{en: %q}", text)
	}
	pack["sites.yaml"].Data = []byte(strings.Replace(string(pack["sites.yaml"].Data), "{en: It trains., th: ฝึกอบรม}", texts, 1))
	_, problems := routes.Load(pack)
	return problems
}

// said gives what is refused in a text of the good pack, each once.
func said(t *testing.T, lang, text string) routes.Problems {
	t.Helper()
	return problemsSaying(t, lang, text).Errors()
}

// Each text names or describes one person: what is found stands beside it, "" where it is harmless.
func TestPersonsAreRefusedInEachLanguage(t *testing.T) {
	tests := []struct{ lang, text, found string }{
		{"en", "Ms. Somebody told the story.", "Ms. Somebody"},
		{"en", "Dr Somebody leads it.", "Dr Somebody"},
		{"en", "Mr\u00a0Somebody, and nobody else.", "Mr Somebody"},
		{"en", "Mr. **Somebody** said so.", "Mr. Somebody"},
		{"en", "MR. SOMEBODY and mr Other", "MR. SOMEBODY"},
		{"en", "Dr.Somebody leads it.", "Dr.Somebody"},
		{"en", "Mister Somebody said so.", "Mister Somebody"},
		{"en", "Messrs Somebody and Other said so.", "Messrs Somebody"},
		{"en", "Mr van der Somebody said so.", "Mr van der Somebody"},
		{"en", "Ms al-Somebody said so.", "Ms al-Somebody"},
		{"en", "Mr “Somebody” said so.", "Mr “Somebody"},
		{"zh-Hans", "Ｍｒ Ｓｏｍｅｂｏｄｙ说。", "Mr Somebody"},
		{"en", "As Dr J Somebody and Prof. J. R. Somebody say", "Dr J Somebody"},
		{"en", "Inspector General Somebody said so.", "Inspector General Somebody"},
		{"en", "<div>Mr Somebody</div>", "Mr Somebody"},
		{"en", "M\u2061r Somebody", "Mr Somebody"},
		{"en", "M\u034fr Somebody", "Mr Somebody"},
		{"en", "M\ufe0fr Some\U000e0101body", "Mr Somebody"},
		{"en", "M\u200br Some\u200b\u200bbody", "Mr Somebody"},
		{"en", "M\u200dr Somebody", "Mr Somebody"},
		{"en", "M\u115fr\u3164 Somebody", "Mr Somebody"},
		{"en", "M&#8289;r Somebody", "Mr Somebody"},
		{"en", "Hands \u270b\ufe0f and \U0001f469\u200d\U0001f33e help.", ""},
		{"my", "က\u200cက က\u200bက", ""},
		{"en", "A 15-year-old from the hills.", "A 15-year-old"},
		{"en", "A fifteen-year-old was found.", "A fifteen-year-old"},
		{"en", "They met a twelve-year-old girl.", "a twelve-year-old"},
		{"en", "They met a girl aged 15 and others.", "a girl aged 15"},
		{"en", "A young Chinese woman, 19, was there.", "A young Chinese woman, 19,"},
		{"en", "The sir of the manor; a miss is as good as a mile.", ""},
		{"en", "Children aged 7 to 15 and young women. A child aged 7 to 15; a person aged 18 or over.", ""},
		{"en", "A programme for 15-year-old girls.", ""},
		{"en", "The General Assembly, the Inspector General of Police, the General Secretariat of ASEAN.", ""},
		{"en", "GENERAL ASSEMBLY; the General Assembly's resolution; Major Cities; DR Congo; Olofströms Kommun.", ""},
		{"en", "Told by Daw Khin Khin.", "Daw Khin"},
		{"en", "Told by Sister Maria and others.", "Sister Maria"},
		{"en", "Told by Pastor John Smith.", "Pastor John"},
		{"en", "Told by Judge Somsak.", "Judge Somsak"},
		{"en", "Told by Director Wang Fang.", "Director Wang"},
		{"en", "Told by Commander Li Wei.", "Commander Li"},
		{"en", "Told by Mme Dupont.", "Mme Dupont"},
		{"en", "Told by Fr. Paul and Sr Maria.", "Fr. Paul"},
		{"en", "DIRECTOR WANG said so.", "DIRECTOR WANG"},
		{"en", "Sister organisations, Sister Cities and the Sister organisation; the Judge in Chiang Mai; the Director of the programme.", ""},
		{"en", "The Director General; Executive Director UNICEF; Minister Counsellor; a mother and her brother; the Governor's Office.", ""},
		{"en", "Dawei, Directors and Judges meet; Sister Province Yunnan; EN FR ES.", ""},
		{"zh-Hans", "王女士说。", "王女士"},
		{"zh-Hans", "阮女士说。", "阮女士"},
		{"zh-Hans", "一名15岁女孩。", "一名15岁女孩"},
		{"zh-Hans", "一名十五岁女孩。", "一名十五岁女孩"},
		{"zh-Hans", "Dr Somebody说。", "Dr Somebody"},
		{"zh-Hans", "妇女和女孩接受培训。属于某路线。高级主任。各位女士。7至15岁的儿童。", ""},
		{"th", "นางสาวสมหญิง เล่าเรื่อง", "นางสาวสมหญิง"},
		{"th", "เล่าโดยนายสมชาย", "นายสมชาย"},
		{"th", "พ.ต.ท.สมชาย กล่าว", "พ.ต.ท.สมชาย"},
		{"th", "เด็กหญิงมาลี เล่า", "เด็กหญิงมาลี"},
		{"th", "นายจ้าง สัญญา ว่าจะให้งาน โดยนายหน้า", ""},
		{"th", "คุณภาพ ของ งาน ในปี พ.ศ. 2551 และ ค.ศ. 2008", ""},
		{"th", "เด็กหญิงและผู้หญิง เด็กหญิงอายุ 7 ถึง 15 ปี", ""},
		{"my", "ဒေါ်လှလှ ပြောသည်", "ဒေါ်လှလှ"},
		{"my", "ဦးဆောင်သော အဖွဲ့", ""},
		{"my", "လူ ၁၅ ဦး ရောက်လာသည်", ""}, // a classifier, no title
		{"lo", "ທ່ານ ສົມສັກ ເວົ້າ", "ທ່ານ ສົມສັກ"},
		{"lo", "ທ່ານສາມາດ ອ່ານ", ""},
		{"km", "លោក សុខា និយាយ", "លោក សុខា"},
		{"km", "ពិភពលោក ថ្មី ខែកញ្ញា ឆ្នាំ២០០៨", ""},
		{"vi", "Theo ông Nguyễn Văn An thì không.", "ông Nguyễn Văn An"},
		{"vi", "Bà Lan nói.", "Bà Lan"},
		{"vi", "Ở Bà Rịa và Vương quốc Anh Quốc.", ""},
		{"ms", "Menurut Encik Ahmad begitu.", "Encik Ahmad"},
		{"ms", "Tuan rumah itu.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			holds(t, said(t, tt.lang, tt.text), tt.found, "looks like a person's name or points to one person")
		})
	}
}

// U, Ma, Nang, Nong and Khun begin names of places too.
func TestTitlesThatBeginNamesOfPlacesAreAskedAbout(t *testing.T) {
	for text, found := range map[string]string{
		"Told by U Thein Sein.": "U Thein Sein", "Told by Ma Khin.": "Ma Khin", "Told by Khun Somchai.": "Khun Somchai",
		"Told by Nang Seng.": "Nang Seng", "Nong Ploy told it.": "Nong Ploy", "Maung Htay told it": "Maung Htay", "Said by Datuk Ahmad.": "Datuk Ahmad",
		"In U Minh, Ma'anshan, Nong Khai, Nang Rong, Khun Yuam, Nong Bua, Nong Bua Lam Phu, Da Nang City, Datuk Keramat and Maungdaw.": "",
		"Ban Nong Ploy, Nong Ploy District, in Nong Ploy and near Khun Somchai; a U Visa; from Ma Lin, Yunnan.":                        "",
	} {
		pack := edit(t, "sites.yaml", "en: It trains.", fmt.Sprintf("en: %q", text))
		pack["places.yaml"].Data = append(pack["places.yaml"].Data, "  - {id: ma-lin, title: {en: Ma Lin, th: มา}, query: 'Ma Lin, China', precision: settlement}\n"...)
		_, problems := routes.Load(pack)
		problems = slices.DeleteFunc(problems, func(p routes.Problem) bool { return p.File == "places.yaml" })
		want := fmt.Sprintf("sites.yaml:9:16: warning: %q may name a person, since it begins with a title: U, Ma, Maung, Nang, Nong, Khun or Datuk; leave it out; ", found)
		if found == "" && len(problems) > 0 || found != "" && !strings.Contains(problems.String(), want) {
			t.Errorf("%s: %s\nwant %s", text, problems, want)
		}
	}
}

// holds wants one thing found, or no problem at all.
func holds(t *testing.T, errs routes.Problems, found, what string) {
	t.Helper()
	switch {
	case found == "" && len(errs) > 0:
		t.Errorf("it is harmless and refused:\n%s", errs)
	case found != "" && !strings.Contains(errs.String(), fmt.Sprintf("%q %s", found, what)):
		t.Errorf("%q is not refused:\n%s", found, errs)
	}
}

// Each text counts a few people: what is found stands beside it.
func TestSmallCountsAreRefusedInEachLanguage(t *testing.T) {
	tests := []struct{ lang, text, found string }{
		{"en", "3 women were held.", "3 women"},
		{"en", "Three women and men.", "Three women and men"},
		{"en", "In 2007 10 women came.", "10 women"},
		{"en", "3 young Chinese girls were held.", "3 young Chinese girls"},
		{"en", "They met 3 Thai and Burmese women.", "3 Thai and Burmese women"},
		{"en", "**3** girls were held.", "3 girls"},
		{"en", "3\u00a0girls were held.", "3 girls"},
		{"en", "3\u200b\u00adgirls were held.", "3 girls"},
		{"en", "Held were 3 <b>girls</b>.", "3 girls"},
		{"en", "１ girl was held.", "1 girl"},
		{"en", "Three of the girls; two of the 12 women.", "two of the 12 women"},
		{"en", "Those held: girls (3), women.", "girls (3)"},
		{"en", "There were 3 workers.", "3 workers"},
		{"en", "Three girls in Bangkok.", "Three girls"},
		{"en", "3 girls in 2008.", "3 girls"},
		{"en", "3–4 women", "4 women"},
		{"en", "Of 200 people, 3 women.", "3 women"},
		{"en", "The two women's groups met two women.", "two women"},
		{"en", "five provinces three girls", "three girls"},
		{"zh-Hans", "3名妇女被扣押。", "3名"},
		{"zh-Hans", "三名女子。", "三名"},
		{"zh-Hans", "３个年轻的中国女孩。", "3个年轻的中国女孩"},
		{"zh-Hans", "其余三人。", "三人"},
		{"th", "ผู้หญิง 3 คนถูกกักขัง", "3 คน"},
		{"th", "๓ คน", "3 คน"},
		{"th", "ผู้หญิงสามคน", "สามคน"},
		{"th", "เจ้าหน้าที่ 3 นาย ได้", "3 นาย"},
		{"th", "ผู้หญิงอื่น ๆ 3 คน", "3 คน"},
		{"my", "အမျိုးသမီး ၃ ဦး", "3 ဦး"},
		{"my", "အမျိုးသမီး သုံးဦး", "သုံးဦး"},
		{"my", "ကလေးလေးယောက်", "လေးယောက်"},
		{"lo", "ແມ່ຍິງ 3 ຄົນ", "3 ຄົນ"},
		{"lo", "ແມ່ຍິງ ໓ ຄົນ", "3 ຄົນ"},
		{"km", "ស្ត្រី 3 នាក់", "3 នាក់"},
		{"km", "ស្ត្រី ៣ នាក់", "3 នាក់"},
		{"km", "ស្ត្រីប្រាំពីរនាក់", "ប្រាំពីរនាក់"},
		{"vi", "Có 3 phụ nữ.", "3 phụ nữ"},
		{"vi", "Có ba phụ nữ.", "ba phụ nữ"},
		{"ms", "Ada 3 wanita.", "3 wanita"},
		{"ms", "Ada tiga orang.", "tiga orang"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			holds(t, said(t, tt.lang, tt.text), tt.found, "counts fewer than 11 people")
		})
	}
}

// Each number and each word for people by itself: a text has any of them.
func TestEverySmallNumberOfEveryoneIsRefused(t *testing.T) {
	tests := []struct{ lang, text, words string }{
		{"en", "There were %s women.", "2|3|4|5|6|7|8|9|10|two|three|four|five|six|seven|eight|nine|ten|a pair of|a couple of|half a dozen|a half-dozen|one of the|one of those 12"},
		{"en", "They met three %s there.", "women|men|girls|boys|children|kids|people|persons|survivors|victims|migrants|returnees|refugees|workers|labourers|" +
			"minors|teenagers|teens|adolescents|youths|infants|babies|adults|females|males|brides|wives|mothers|fathers|sisters|brothers|daughters|sons|" +
			"students|pupils|orphans|individuals|nationals|villagers|detainees|traffickers|recruiters|smugglers|brokers|suspects|offenders"},
		{"en", "They met one %s there.", "woman|man|girl|boy|child|person|survivor|victim|migrant|returnee|refugee|worker|teenager|infant|baby|bride|wife|" +
			"mother|father|sister|brother|daughter|trafficker"},
		{"zh-Hans", "共有%s名妇女。", "2|9|10|两|二|三|四|五|六|七|八|九|十"},
		{"zh-Hans", "共有三个%s。", "女孩|男孩|孩子|女子|男子|妇女|女性|男性|女人|男人|儿童|少女|少年|青年|学生|工人|农民工|农民|受害者|受害人|幸存者|移民|人"},
		{"th", "ผู้หญิง %s คน", "2|9|10|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ"},
		{"th", "ผู้หญิง 3 %s", "คน|ราย|นาย|ท่าน"},
		{"lo", "ແມ່ຍິງ %s ຄົນ", "2|9|10|ສອງ|ສາມ|ສີ່|ຫ້າ|ຫົກ|ເຈັດ|ແປດ|ເກົ້າ|ສິບ"},
		{"lo", "ແມ່ຍິງ 3 %s", "ຄົນ|ທ່ານ|ນາຍ"},
		{"km", "ស្ត្រី %s នាក់", "2|9|10|ពីរ|បី|បួន|ប្រាំ|ប្រាំមួយ|ប្រាំពីរ|ប្រាំបី|ប្រាំបួន|ដប់"},
		{"my", "အမျိုးသမီး %s ဦး", "2|9|10|သုံး|လေး|ငါး|ခြောက်|ခုနစ်|ခုနှစ်|ရှစ်|ကိုး|တစ်ဆယ်|ဆယ်"},
		{"my", "အမျိုးသမီး သုံး%s", "ဦး|ယောက်"},
		{"vi", "Có %s phụ nữ.", "2|9|10|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"},
		{"vi", "Có ba %s.", "người|phụ nữ|trẻ|em gái|em bé|bé gái|bé trai|cô gái|cô dâu|cháu|nạn nhân|đàn ông|thanh niên|thiếu niên|thiếu nữ|công nhân|lao động|di dân"},
		{"ms", "Ada %s orang.", "2|9|10|dua|tiga|empat|lima|enam|tujuh|lapan|sembilan|sepuluh"},
		{"ms", "Ada tiga %s.", "orang|wanita|perempuan|lelaki|kanak-kanak|budak|gadis|remaja|bayi|mangsa|migran|pekerja|pelajar"},
	}
	for _, tt := range tests {
		for _, word := range strings.Split(tt.words, "|") {
			if text := fmt.Sprintf(tt.text, word); !strings.Contains(said(t, tt.lang, text).String(), "counts fewer than 11 people") {
				t.Errorf("%s: %q is not refused", tt.lang, text)
			}
		}
	}
}

// Each title by itself, before a name as the language writes it, and each word for one person whose age is told.
func TestEveryTitleBeforeANameIsRefused(t *testing.T) {
	tests := []struct{ lang, text, words string }{
		{"en", "We met %s Somchai there.", "Mr|Mr.|Mrs|Ms|Dr|Prof|Miss|Professor|Madam|Colonel|General|Major|Captain|Lieutenant|Sergeant|Officer|Inspector|" +
			"Commander|Judge|Director|Minister|Governor|Sister|Brother|Father|Pastor|Daw|Mme"},
		{"en", "They helped a %s aged 14.", "woman|man|girl|boy|child|teenager|adolescent|minor|person|migrant|survivor|victim|returnee|worker|student"},
		{"zh-Hans", "见到王芳%s。", "先生|女士|小姐|太太|博士|教授|主任|局长|科长|处长"},
		{"th", "พบ %sสมศรี ที่นี่", "นางสาว|นาย|นาง|ดร.|น.ส.|คุณ|เด็กหญิง|เด็กชาย"},
		{"my", "%sအောင်မြင့် ကို တွေ့သည်။", "ဒေါက်တာ|ဒေါ်|ဦး"},
		{"lo", "ພົບ %s ສົມສີ", "ທ່ານນາງ|ທ່ານ|ນາງສາວ|ນາງ|ທ້າວ"},
		{"km", "ជួប %s សុខា", "លោកជំទាវ|លោកស្រី|លោក|អ្នកស្រី|អ្នកនាង|កញ្ញា|បណ្ឌិត"},
		{"vi", "Họ gặp %s Lan ở đó.", "ông|bà|cô|chị|chú|bác|anh"},
		{"ms", "Jumpa %s Siti di sana.", "Encik|Puan|Cik|Datin|Tuan"},
	}
	for _, tt := range tests {
		for _, word := range strings.Split(tt.words, "|") {
			if text := fmt.Sprintf(tt.text, word); len(said(t, tt.lang, text)) == 0 {
				t.Errorf("%s: %q is not refused", tt.lang, text)
			}
		}
	}
}

// Numbers that have a small one in them, shares, and things that are named after people.
func TestWhatCountsNoFewPeopleIsNotRefused(t *testing.T) {
	for lang, list := range map[string][]string{
		"en": {
			"2 million people; five hundred children; ten thousand people; 1.5 million children; 10,000 people; 2,003 women.",
			"One in ten children; 1 in 10 women; three out of ten women; one woman in ten is; one of every ten women; per 10 people.",
			"Six children's activity centres; two women’s federations; two girls' schools; three women-run NGOs; four migrant schools.",
			"Article 5 Children; Articles 3 and 5 children; No. 5 Girls; figure 3 Migrants; one child protection unit.",
			"Twenty-three women; twenty three women; one hundred and five women; more than ten women; 0 women.",
			"In five provinces women work. Five villages where girls live. 5 per cent of women. 3 year old girls. On 8 March women march.",
			"Three or more persons. In groups of four to five people. One country to another woman. Children aged 7 to 10. Women too.",
			"- up to 10\n- children",
			"A couple of hundred people; a couple of years ago people came; a pair of shoes for children; half a dozen years; half a dozen children's books.",
		},
		"zh-Hans": {
			"3万人。五百人。十五人。二十人。三千名儿童。6000名儿童。数十人。十几人。超过10人。",
			"第三名。三人以上。每10人。十分之三人。四到五人一组。三八妇女节。一位研究者。",
			"三个儿童活动中心。两个妇女组织。三个人权项目。",
		},
		"th": {
			"สามพันคน 3 ล้านคน 3 พันคน สามสิบห้าคน สิบห้าคน ยี่สิบคน 6,000 คน 13 คน",
			"1 ใน 10 คน หนึ่งในสิบคน สามคนขึ้นไป กว่า 10 คน กลุ่มละสี่ถึงห้าคน 3 รายการ นักวิจัยคนหนึ่ง",
		},
		"my": {"ဆယ့်ငါးဦး နှစ်ဆယ်ဦး ငါးရာဦး", "ကလေးဦးရေ ၂၀၀၈ ခုနှစ်ဦးပိုင်း ဘယ်နှစ်ယောက် လေးယောက်မှ ငါးယောက်စီ သုတေသီတစ်ယောက်"},
		"lo": {"ສາມພັນຄົນ ສິບຫ້າຄົນ 3 ພັນ ຄົນ ສາມຄົນຂຶ້ນໄປ"},
		"km": {"ដប់ប្រាំនាក់ បីពាន់នាក់ សាមសិបបីនាក់ 3 ពាន់នាក់"},
		"vi": {
			"3 triệu người, ba nghìn phụ nữ, hai mươi ba phụ nữ, mười ba phụ nữ, hơn 10 người.",
			"Mỗi năm người dân; tháng 3 phụ nữ; một trong mười phụ nữ; 1 trong 10 phụ nữ; mỗi nhóm 4 đến 5 người; ba người trở lên.",
		},
		"ms": {"3 juta orang, tiga belas orang, dua puluh tiga orang, satu daripada sepuluh wanita, seorang wanita, lebih daripada 10 orang."},
	} {
		for _, text := range list {
			holds(t, said(t, lang, text), "", "")
		}
	}
}

// What is published and is in one language only.
func TestPeopleAreRefusedInEveryString(t *testing.T) {
	const person, count = ` "Mrs Nobody" looks like a person's name`, ` "3 girls" counts fewer than 11 people`
	tests := []struct{ file, old, replacement, at string }{
		{"sources.yaml", "title: A report", "title: Interview with Mrs Nobody, 3 girls", "sources.yaml:3:12:"},
		{"pack.yaml", "attribution: Corridor contributors", "attribution: Mrs Nobody, 3 girls", "pack.yaml:5:14:"},
		{"movements.yaml", "[REPORT1 ¶6]", `["REPORT1 ¶6, told by Mrs Nobody who met 3 girls"]`, "movements.yaml:12:17:"},
		{
			"places.yaml", "query: city of Bangkok, Thailand", "query: at 13.7 N, 100.5 E, precision settlement, source Survey by Mrs Nobody of 3 girls",
			"places.yaml:8:12:",
		},
		{"organisations.yaml", "{en: The teller, th: ผู้เล่า}", "{en: Mrs Nobody and 3 girls, th: ผู้เล่า}", "organisations.yaml:3:17:"},
	}
	for _, tt := range tests {
		_, problems := routes.Load(edit(t, tt.file, tt.old, tt.replacement))
		for _, want := range []string{person, count} {
			if !strings.Contains(problems.String(), tt.at+want) {
				t.Errorf("no %q at %s in:\n%s", want, tt.at, problems)
			}
		}
	}
}

func TestASourceThatNamesPeopleIsLinkedToNowhere(t *testing.T) {
	const what = "a source whose text names people is never linked to; delete "
	for replacement, at := range map[string]string{
		`nature: {en: "Leaked; [read it here](https://leaks.example/R1.html).", th: เรื่องเล่า}`: `sources.yaml:6:18: ` + what + `"https://leaks.example/R1.html"`,
		`nature: {en: An account., th: "[ที่นี่](R1.html)"}`:                                     `sources.yaml:6:35: ` + what + `"R1.html"`,
		`nature: {en: An account., th: เรื่อง}` + "\n    marking: {en: See leaks.example/R1}":    `sources.yaml:7:19: ` + what + `"leaks.example/R1"`,
		`nature: {en: An account at www.leaks.example, th: เรื่อง}`:                              `sources.yaml:6:18: ` + what + `"www.leaks.example"`,
		`nature: {en: "An account ![as it was](R1.png)", th: เรื่อง}`:                            `sources.yaml:6:18: ` + what + `"R1.png"`,
		`nature: {en: An account on leaks.org., th: เรื่อง}`:                                     `sources.yaml:6:18: ` + what + `"leaks.org"`,
	} {
		_, problems := routes.Load(edit(t, "sources.yaml", "nature: {en: An account., th: เรื่องเล่า}", replacement))
		if !strings.Contains(problems.String(), at) {
			t.Errorf("%s: no %q in:\n%s", replacement, at, problems)
		}
	}
	_, problems := routes.Load(edit(t, "sources.yaml", "title: A report", "title: A report (https://leaks.example)"))
	if !strings.Contains(problems.String(), "sources.yaml:3:12: "+what) {
		t.Errorf("the title links to it:\n%s", problems)
	}
	if _, problems = routes.Load(edit(t, "sources.yaml", "An account.", `"An account, etc./and para.5 of the U.S. and others"`)); len(problems) > 0 {
		t.Errorf("no link is refused:\n%s", problems)
	}
}

// exceptions lists texts as reviewed.
func exceptions(pack fstest.MapFS, texts ...string) fstest.MapFS {
	file := pack["pack.yaml"]
	file.Data = append(file.Data, "name_exceptions:\n"...)
	for _, text := range texts {
		file.Data = fmt.Appendf(file.Data, "  - {text: %q, reason: a test}\n", text)
	}
	return pack
}

func TestAReviewedExceptionIsNoPerson(t *testing.T) {
	pack := edit(t, "sites.yaml", "en: It trains.", "en: The Inspector Rivers reported of Three Sisters.")
	_, problems := routes.Load(pack)
	for _, want := range []string{
		`"Inspector Rivers" looks like a person's name or points to one person; leave it out; where it is no person, list the words among the name_exceptions`,
		`"Three Sisters" counts fewer than 11 people; write "a few", or leave the count out; where it counts no people, or more of them, ` +
			`list the words among the name_exceptions`,
	} {
		if !strings.Contains(problems.String(), want) {
			t.Fatalf("no %q in %s", want, problems)
		}
	}
	if _, problems = routes.Load(exceptions(pack, "The Inspector\u00a0Rivers", "Three Sisters")); len(problems.Errors()) > 0 {
		t.Errorf("the exception does not hold: %s", problems)
	}
}

func TestAReviewedExceptionHasTheSignsOfItsText(t *testing.T) {
	pack := edit(t, "sites.yaml", "en: It trains.", "en: Its index rose from 20.43，99.88 on.")
	if _, problems := routes.Load(pack); len(problems.Errors()) != 1 {
		t.Fatalf("two decimals are to be refused: %s", problems)
	}
	if _, problems := routes.Load(exceptions(pack, "20.43，99.88")); len(problems.Errors()) > 0 {
		t.Errorf("the exception does not hold: %s", problems)
	}
}

func TestAnExceptionHoldsForItsOwnWordsOnly(t *testing.T) {
	pack := edit(t, "sites.yaml", "en: It trains.", "en: The ship Inspector Rivers. So said Inspector Rivers.")
	if _, problems := routes.Load(exceptions(pack, "ship Inspector Rivers")); len(problems.Errors()) != 1 {
		t.Errorf("one of two is to be refused: %s", problems)
	}
}
