package routes

import "regexp"

// Counts of people under fewestPeople, as texts write them: a number, then who is counted; in Thai, Lao, Khmer and Burmese the
// word that people are counted with. Larger numbers, shares, articles and legal thresholds have small numbers in them and are
// none.
var smallCounts = []finder{
	{
		pattern: needing(`(?i)\b(10|[2-9]|`+small+`|a (?:pair|couple) of|half[ -](?:a )?dozen|(?:1|one)(?:`+ofThese+`))(?:`+ofThese+`)? ((?:`+adjective+`){0,3})(?:`+counted+`)\b`,
			firstWords(counted)...),
		before: beforeEnglish, inside: noAdjective,
		after: regexp.MustCompile(`(?i)^(?:` + otherwise + `)`),
	},
	{
		pattern: needing(`(?i)\b(1|one) ((?:`+adjective+`){0,3})(?:`+countedOne+`)\b`, firstWords(countedOne)...),
		before:  beforeEnglish, inside: noAdjective,
		after: regexp.MustCompile(`(?i)^(?:` + otherwise + `| (?:by|over|to|from|against|for) another\b| (?:` + afterOne + `)\b)`),
	},
	{pattern: needing(`(?im)\b(`+counted+`) ?[(:=] ?(?:n ?= ?)?(?:10|[1-9]|one|`+small+`)(?:\)|[.,;]?$|[.,;] )`, firstWords(counted)...)},
	{
		pattern: needing(`(`+digits+`|`+hanSmall+`) ?[名位]`, "Han"),
		before:  beforeHan,
		after:   regexp.MustCompile(`^(?:以上|[数數]|一[体體组組])`),
	},
	{
		pattern: needing(`(`+digits+`|`+hanSmall+`) ?[个個]?(?:`+hanAdjective+`)*(?:`+hanCounted+`)`, "Han"),
		before:  beforeHan,
		after:   regexp.MustCompile(`^(?:` + afterHan + `)`),
	},
	{
		pattern: needing(`(`+digits+`|`+thaiSmall+`) ?(?:คน|ราย|นาย|ท่าน)`, "Thai"),
		before: largerNumber(thaiSmall, thaiSmall+`|หนึ่ง|ยี่|ร้อย|พัน|หมื่น|แสน|ล้าน`, `ใน`,
			`ทุก|ทุก ?ๆ|กลุ่มละ|มาตรา|ข้อ|วรรค|หมวด|หน้า|ครั้งที่|อันดับที่|วันที่|บทที่`, `(?:กว่า|เกิน) ?(?:10|สิบ)`),
		after: regexp.MustCompile(`^(?: ?ขึ้นไป|การ|งาน|ชื่อ|ละเอียด|จ่าย)`),
	},
	{
		pattern: needing(`(`+digits+`|`+laoSmall+`) ?(?:ຄົນ|ທ່ານ|ນາຍ)`, "Lao"),
		before: largerNumber(laoSmall, laoSmall+`|ໜຶ່ງ|ຊາວ|ຮ້ອຍ|ພັນ|ໝື່ນ|ແສນ|ລ້ານ`, `ໃນ`,
			`ທຸກ|ທຸກ ?ໆ|ກຸ່ມລະ|ມາດຕາ|ຂໍ້|ໜ້າ|ຄັ້ງທີ|ວັນທີ|ບົດທີ`, `(?:ກວ່າ|ເກີນ) ?(?:10|ສິບ)`),
		after: regexp.MustCompile(`^ ?ຂຶ້ນໄປ`),
	},
	{
		pattern: needing(`(`+digits+`|`+khmerSmall+`) ?នាក់`, "Khmer"),
		before: largerNumber(khmerSmall, `មួយ|ពីរ|ដប់|ម្ភៃ|សិប|រយ|ពាន់|ម៉ឺន|សែន|លាន`, `ក្នុងចំណោម`,
			`រាល់|មាត្រា|ជំពូក|ទំព័រ|លើកទី|ថ្ងៃទី`, `(?:ជាង|លើស|លើសពី) ?(?:10|ដប់)`),
		after: regexp.MustCompile(`^ ?ឡើង`),
	},
	{
		pattern: needing(`(`+digits+`|`+burmeseSmall+`) ?(?:ဦး|ယောက်)`, "Myanmar"),
		before: largerNumber(burmeseSmall, `ဆယ့်|ရာ့|ရာ|ထောင့်|ထောင်|သောင်း|သိန်း|သန်း`, `ဦးတွင်|ယောက်တွင်`, `ပုဒ်မ|အခန်း|စာမျက်နှာ`,
			// Twenty, a year, how many, children.
			`(?:`+burmeseSmall+`)ဆယ်|\d ?(?:ခု)?နှစ်|ဘယ် ?နှစ်|ကလေး`),
		after: regexp.MustCompile(`^(?:\p{M}|ဆောင်|စီး|တည်|စား|နှောက်|ခေါင်း|ချေ|ညွှတ်|ထုပ်|ရေ|ပိုင်း|နှစ်ဖက်|တွင် ?\d| ?နှင့်အထက်|` +
			`(?:မှ ?(?:\d+|` + burmeseSmall + `) ?(?:ဦး|ယောက်))?စီ)`),
	},
	{
		pattern: needing(`(?i)(?:^|[^\p{L}\d])(`+digits+`|`+vietnameseSmall+`) (?:`+vietnameseCounted+`)`, firstWords(vietnameseCounted)...),
		before: largerNumber(vietnameseSmall, `một |mươi |mười |trăm |nghìn |ngàn |triệu |linh |lẻ `, `trong|trên|trong số|trong mỗi`,
			`thứ|tháng|ngày|điều|khoản|mục|chương|bảng|trang|mỗi|cứ|mỗi nhóm|các nhóm|thành nhóm`,
			// More than ten, and years.
			`(?:hơn|trên) (?:10|mười)|(?:hàng|hằng|trong|cả|nhiều|những|các|từng|đầu|cuối|một|qua) năm`),
		after: regexp.MustCompile(`^(?:\p{L}| trở lên| ta(?:$|[^\p{L}]))`),
	},
	{
		pattern: needing(`(?i)\b(10|[1-9]|`+malaySmall+`) (?:`+malayCounted+`)\b`, firstWords(malayCounted)...),
		before: largerNumber(malaySmall, `satu |puluh |ratus |ribu |juta `, `dalam|daripada`,
			`setiap|tiap|per|setiap kumpulan|perkara|seksyen|bab|fasal|pasal|artikel|jadual`, `(?:lebih|daripada|melebihi) (?:10|sepuluh)`),
		after: regexp.MustCompile(`(?i)^(?:-\p{L}| atau lebih| ke atas)`),
	},
}

// largerNumber finds, at the end of a text, a small number that is part of a larger one, comes after the sign of a share or after a
// label (each group of four to five), or is otherwise no count.
func largerNumber(small, larger, share, labels, otherwise string) *regexp.Regexp {
	inShare := `(?:\d|` + larger + `|` + small + `) ?(?:` + share + `) ?`
	labelled := `(?:` + labels + `) ?(?:(?:\d+|` + small + `) ?(?:` + upTo + `) ?)?`
	return regexp.MustCompile(`(?i)(?:\d[.,/]|` + inShare + `|` + labelled + `)(?:\d+|` + small + `)$|` +
		`(?:` + larger + `)(?:` + small + `)$|(?:` + otherwise + `)$`)
}

// A figure of something else than people may count people all the same: its text says whom, first or last as its language has it.
var countedInFigures = regexp.MustCompile(`^(?:ผู้หญิง|หญิง|เด็ก|สตรี|ผู้|ແມ່ຍິງ|ເດັກ|ຄົນ|ຜູ້|ស្ត្រី|ក្មេង|កុមារ|មនុស្ស|អ្នក)|` +
	`(?:妇女|婦女|女性|男性|女孩|男孩|儿童|兒童|孩子|的人|[人名]数|受害者|幸存者|移民)$|(?:အမျိုးသမီး|မိန်းကလေး|ကလေး|လူ)(?:များ)?$`)

const (
	digits = `\b(?:10|[1-9])`
	// upTo stands between the ends of a range.
	upTo  = `-|–|ถึง|หรือ|ຫາ|ເຖິງ|ຫຼື|ទៅ|ដល់|ឬ|đến|tới|hoặc|hingga|atau`
	small = `two|three|four|five|six|seven|eight|nine|ten`
	// counted are whom English texts count.
	counted = `women|men|girls|boys|children|kids|people|persons|survivors|victims|migrants|returnees|refugees|workers|labourers|laborers|` +
		`minors|teenagers|teens|adolescents|youths|infants|babies|adults|females|males|brides|wives|mothers|fathers|sisters|brothers|daughters|sons|` +
		`students|pupils|orphans|individuals|nationals|villagers|detainees|traffickers|recruiters|smugglers|brokers|suspects|offenders`
	countedOne = `woman|man|girl|boy|child|person|survivor|victim|migrant|returnee|refugee|worker|teenager|infant|baby|bride|wife|` +
		`mother|father|sister|brother|daughter|trafficker`
	ofThese = ` of(?: (?:the|these|those|our|their|his|her|its|all))+(?: \d[\d,]*)?`
	// adjective is a word that may stand before whom is counted: no plural, since another thing is counted then.
	adjective = `[\p{L}-]*(?:[a-rt-zà-öø-ÿ]|ous|less|seas),? `
	// otherwise is what makes another thing of whom is counted: women's, women-led, girls' schools, three or more, one in ten.
	otherwise = `-\p{L}|['’](?:s\b| \p{L})| or (?:more|fewer|less)\b|` +
		` (?:in|out of) (?:every )?(?:\d{1,3}|` + small + `|twenty|fifty|a hundred|a thousand)(?:[^\p{L}\d ]|$| (?:is|are|was|were|has|have|had)\b)`
	// afterOne are things that are named after one person: a child protection unit.
	afterOne = `trafficking|protection|labou?r|rights|support|welfare|care|safety|health|centre|center|school|home|shelter|camp|hotline|` +
		`programme|program|project|unit|policy|marriage|network|organi[sz]ation|group|agency|city|office`
	hanSmall     = `[两兩二三四五六七八九十]`
	hanAdjective = `年轻|年幼|未成年|被拐卖|被贩运|中国|缅甸|越南|老挝|泰国|柬埔寨|当地|外国|农村|的`
	hanCounted   = `女孩|男孩|孩子|女子|男子|妇女|婦女|女性|男性|女人|男人|儿童|兒童|少女|少年|青年|学生|學生|工人|农民工|农民|受害者|受害人|幸存者|移民|人`
	// afterHan are what makes another thing of these: 3个儿童活动中心, 三个人权项目, 三人以上.
	afterHan = `以上|一[组組]|[权權口类類民力道]|们?的?(?:活动|活動|中心|组织|組織|团体|联合会|權利|保护|项目|学校|之家|` +
		`福利|问题|工作|贩运|拐卖|协会|机构|小组|基金|公约|热线|劳动|劳工|剥削|节|節)`

	thaiSmall         = `สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ`
	laoSmall          = `ສອງ|ສາມ|ສີ່|ຫ້າ|ຫົກ|ເຈັດ|ແປດ|ເກົ້າ|ສິບ`
	khmerSmall        = `ពីរ|បី|បួន|ប្រាំមួយ|ប្រាំពីរ|ប្រាំបី|ប្រាំបួន|ប្រាំ|ដប់`
	burmeseSmall      = `ခုနစ်|ခုနှစ်|နှစ်|သုံး|လေး|ငါး|ခြောက်|ရှစ်|ကိုး|တစ်ဆယ်|ဆယ်`
	burmeseNumbers    = burmeseSmall + `|တစ်|ရာ|ထောင်|သောင်း|သိန်း|သန်း`
	vietnameseSmall   = `hai|ba|bốn|năm|sáu|bảy|tám|chín|mười`
	vietnameseCounted = `người|phụ nữ|trẻ|em gái|em bé|bé gái|bé trai|bé|cô gái|cô dâu|cháu|đứa trẻ|nạn nhân|đàn ông|nam giới|nữ giới|` +
		`thanh niên|thiếu niên|thiếu nữ|công nhân|lao động|con gái|di dân`
	malaySmall   = `dua|tiga|empat|lima|enam|tujuh|lapan|delapan|sembilan|sepuluh`
	malayCounted = `orang|wanita|perempuan|lelaki|kanak-kanak|budak|gadis|remaja|bayi|mangsa|migran|pekerja|pelajar`
)

var (
	// beforeEnglish is what makes another thing of a number: 1.5, twenty-three, one hundred and five, one in ten, per ten, Article 5,
	// more than ten.
	beforeEnglish = regexp.MustCompile(`(?i)(?:\d[.,/:]|\p{L}-|[¶§#№] ?|` +
		`\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)(?: and)? |` +
		`(?:\d|\b(?:one|` + small + `)) (?:in|out of)(?: every| each)? |\b(?:per|every) |\bgroups of (?:(?:\d+|` + small + `)(?: to | or |-|–))?|` +
		`\b(?:articles?|sections?|chapters?|figures?|figs?\.|tables?|annex|appendix|clauses?|rules?|paragraphs?|paras?\.?|pages?|pp?\.|nos?\.|` +
		`volumes?|vol\.|box|modules?|goals?|targets?|principles?|protocol|ages?|aged) (?:\d+(?:,| and|, and| to|-|–)? ?)*)` +
		`(?:\d+|one|` + small + `)(?:` + ofThese + `)?$|` +
		`\b(?:more than|over) (?:1|10|one|ten)$`)
	// noAdjective are words that stand before no one who is counted, and those that make a number larger.
	noAdjective = regexp.MustCompile(`(?i)(?:^| )(?:hundred|thousand|million|billion|trillion|lakh|crore|dozen|score|per|percent|cent|` +
		`an?|the|in|on|at|to|for|from|by|with|of|into|out|than|that|which|who|whom|where|when|while|if|but|so|or (?:more|fewer)|` +
		`are|were|be|been|have|had|do|did|can|could|may|might|will|would|must|not|no|each|every|said|say|told|tell|` +
		`year|month|week|day|hour|minute|kilometre|kilometer|mile|km|time|one|` + small + `|` +
		`january|february|march|april|may|june|july|august|september|october|november|december),? `)
	beforeHan = regexp.MustCompile(`(?:\d[.,/·]|第 ?|[每之])(?:\d+|` + hanSmall + `)$|[零〇二三四五六七八九十两百千万萬亿億]` + hanSmall + `$|[一几幾数數][十二两]$|(?:超过|超過|多于|逾) ?(?:10|十)$`)
)
