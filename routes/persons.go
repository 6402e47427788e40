package routes

import (
	"regexp"
	"slices"
	"strings"
)

// The formats have no field for persons. These patterns find a person's title with a name, or a description of one
// person. They err on the side of asking: what they find and is none goes into the pack's reviewed list of exceptions.
var persons = []finder{
	{
		pattern: needing(`\b(`+shortTitles+`)(?:\.? |\.)(["“'‘]?`+initials+particles+`(?:\p{Lu}`+nameLetter+`*|`+unicased+`+))`,
			"mr", "mrs", "ms", "mx", "dr", "prof", "mister", "messrs"),
		before: regexp.MustCompile(`\p{Latin}(?:` + shortTitles + `)$`), // \b knows no letters beyond ASCII
	},
	{
		pattern: needing(`\b((?:(?:`+ranks+`|`+shortRanks+`|`+strings.ToUpper(ranks)+`)(?:\.? |\.))+)(`+initials+`(?:\p{Lu}`+nameLetter+`+|`+unicased+`{2,}))`,
			firstWords(strings.ToLower(ranks+`|`+shortRanks))...),
		inside: regexp.MustCompile(`(?i)^(?:` + afterRanks + `)(?:['’]s)?$`),
	},
	{
		pattern: needing(`(?i)\b(`+oneOf+`) ((?:`+adjective+`)?)(?:\d{1,2}|`+ageWords+`)[- ]year[- ]old\b`, "year"),
		inside:  noAdjective,
	},
	{
		pattern: needing(`(?i)\b(`+oneOf+`) ((?:`+adjective+`){0,3})(?:`+onePerson+`)`+
			`(?:,? aged? (?:\d{1,2}|`+ageWords+`)\b| of \d{1,2}\b|(?:, ?| ?\()\d{1,2}[,)])`, firstWords(onePerson)...),
		inside: noAdjective,
		after:  regexp.MustCompile(`(?i)^(?:(?: or| and)? (?:over|above|older|under|below|younger|up|more)\b| (?:to|or|and) \d|[–-]\d)`),
	},
	{
		pattern: needing(`((?:`+surnames+`))(\p{Han}{0,2})(?:先生|女士|小姐|太太|博士|教授|主任|局[长長]|科[长長]|[处處][长長]|某)`, "Han"),
		before:  regexp.MustCompile(`[属屬位处對对关關由在基至等低高大小限出介终源用见居归陷]于$`),
		inside:  regexp.MustCompile(`^[级級等层層案何]`),
	},
	{
		pattern: needing(`([一这這那该該某][名位个個]?)(?:\d{1,2}|[一二三四五六七八九十]{1,3})[岁歲]的?`+
			`(?:女孩|男孩|女子|男子|少女|少年|妇女|婦女|女童|男童|儿童|孩子)`, "Han"),
		before: regexp.MustCompile(`[十百千万]一[名位个個]?$`),
	},
	{
		pattern: needing(`(?:^|[^\p{Thai}.]|`+thaiBefore+`)(นางสาว|นาย|นาง|ดร\.|น\.ส\.|ด\.ช\.|ด\.ญ\.|นพ\.|พญ\.|ผศ\.|รศ\.)`+
			`( ?\p{Thai}{2,})`, "Thai"),
		before: regexp.MustCompile(`\d ?นาย$`), // as one counts officers
		inside: regexp.MustCompile(`^ ?(?:จ้าง|หน้า|ทุน|กรัฐมนตรี|ทหาร|แพทย์|อำเภอ|ทะเบียน|แบบ|พยาบาล|ธรรม|งาม|กเทศ|กสมาคม|กองค์|ฯ)`),
	},
	{
		pattern: needing(`(?:^|[^\p{Thai}.])(คุณ)( ?\p{Thai}{2,})`, "Thai"),
		inside:  regexp.MustCompile(`^ ?(?:ภาพ|ค่า|สมบัติ|ธรรม|ลักษณะ|วุฒิ|ประโยชน์)`),
	},
	{pattern: needing(`((?:พล\.(?:ต\.)?|พ\.(?:ต\.)?|ร\.(?:ต\.)?|จ\.ส\.|ส\.)[อทต]\.|ด\.ต\.)( ?\p{Thai}{2,})`, "Thai")},
	{
		// A girl or a boy too: only what follows at once is a name, where it is no word of the sentence.
		pattern: needing(`(เด็กหญิง|เด็กชาย)(\p{Thai}{2,})`, "Thai"),
		inside:  regexp.MustCompile(`^(?:` + afterThaiChild + `)`),
	},
	{
		pattern: needing(`(?:^|[^\p{Myanmar}]|[၊။])(ဒေါက်တာ|ဒေါ်|ဦး)( ?\p{Myanmar}{2,})`, "Myanmar"),
		before:  regexp.MustCompile(`(?:\d|` + burmeseNumbers + `) ?ဦး$`), // as one counts people
		inside:  regexp.MustCompile(`^ ?(?:ဆောင်|စီး|တည်|စား|ရေ|နှောက်|ခေါင်း|ဌာန|ချေ|ညွှတ်|ထုပ်|လာ|စွာ)`),
	},
	{
		pattern: needing(`(?:^|[^\p{Lao}])(ທ່ານນາງ|ທ່ານ|ນາງສາວ|ນາງ|ທ້າວ|ດຣ\.?)( ?\p{Lao}{2,})`, "Lao"),
		inside:  regexp.MustCompile(`^ ?(?:` + afterLaoTitle + `)`),
	},
	{
		pattern: needing(`(?:^|[^\p{Khmer}])(លោកជំទាវ|លោកស្រី|លោក|អ្នកស្រី|អ្នកនាង|កញ្ញា|បណ្ឌិត)( ?\p{Khmer}{2,})`, "Khmer"),
		inside:  regexp.MustCompile(`^ ?(?:` + afterKhmerTitle + `)`),
	},
	{
		pattern: needing(`(?:^|[^\p{L}])((?i:ông|bà|cô|chị|chú|bác|anh)) (\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*)`,
			"ông", "bà", "cô", "chị", "chú", "bác", "anh"),
		before: regexp.MustCompile(`[^\s.!?:;"“(] (?:Ông|Bà|Cô|Chị|Chú|Bác|Anh)$`), // within a place's name, or England
		inside: regexp.MustCompile(`^(?:Rịa|Nà|Đen|Điểm|Chiểu|Triệu|Trưng|Tô|Ái)$`),
	},
	{
		pattern: needing(`\b((?i:encik|puan|cik|datin) |Tuan |(?:En|Pn)\. ?)(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*)`,
			"encik", "puan", "cik", "datin", "tuan", "en", "pn"),
		inside: regexp.MustCompile(`^(?:Rumah|Puan)\b`),
	},
}

// mayBePersons have a title that names of places begin with too, so that the check can only ask.
var mayBePersons = []finder{
	{
		pattern: needing(`\b(U|Ma|Maung|Nang|Nong|Khun|Datuk)( \p{Lu}\p{Ll}`+nameLetter+`*(?: \p{Lu}\p{Ll}`+nameLetter+`*)*)`,
			"u", "ma", "maung", "nang", "nong", "khun", "datuk"),
		before: regexp.MustCompile(`(?:\b(?:in|near|at|around|Da|Nha|Bang|Ban|Baan|Tambon|Amphoe|Tha|Wat|Khlong|Muang|Huai|Doi|Don|Mae|Pa|Pak|Sop)|Đà) (?:U|Ma|Maung|Nang|Nong|Khun|Datuk)$|` +
			// Within a longer name, or a word: Doem Bang Nang Buat.
			`(?:\p{L}[.'’&-] ?|[^\x00-\x7f ]|[\p{L}\d,] \p{Lu}\pL+ )(?:U|Ma|Maung|Nang|Nong|Khun|Datuk)$`),
		inside: regexp.MustCompile(`^ (?:` + afterPlacesTitle + `)(?:$|[^\p{L}])| (?i:` + ofPlaces + `)$`),
		after:  regexp.MustCompile(`(?i)^,? (?:` + ofPlaces + `)\b`),
	},
}

// isPlaceHere says whether words stand in the query of one of the pack's places, which must find a place to be taken.
func isPlaceHere(l *Loaded, words string) bool {
	return slices.ContainsFunc(l.Places, func(p Place) bool { return strings.Contains(p.Query, words) })
}

const (
	// ofPlaces are words of places that stand after their names.
	ofPlaces = `province|prefecture|district|sub-?district|township|village|town|city|commune|county|river|stream|road|` +
		`island|market|bridge|border|checkpoint|airport|station|school|hospital|temple|camp|tsuen|wan|shan`
	// afterPlacesTitle are what follows in the names of towns and districts, and in words of other things.
	afterPlacesTitle = `Keramat|Minh|Thong|Bein|Turns?|Visas?|Cao|On|Wan|Rong|Yuam|Han|Tan|Khai|Bua|Bun|Chok|Chang|Chik|Don|Haet|Het|Hi|Hin|Hoi|Hong|` +
		`Kha|Khae|Khaem|Khayang|Ki|Kung|Mamong|Muang|Na|Nak|Phai|Phok|Pho|Prue|Ruea|Saeng|Sang|Sarai|Song|Suea|Thale|Wua|Ya`
	// shortTitles are written with or without a dot; not so MS, which is a company's name too, and DR, which is part of a country's.
	shortTitles = `[Mm]r|MR|[Mm]rs|MRS|Ms|MS\.|Mx|MX|[Dd]r|DR\.|Prof|PROF|Mister|Messrs`
	// ranks are words too, and begin a name only where both have a capital.
	ranks = `Miss|Professor|Madam|Madame|Sir|Colonel|Col|General|Gen|Major|Maj|Captain|Capt|Lieutenant|Lt|Sergeant|Sgt|Officer|Inspector|` +
		`Commander|Superintendent|Commissioner|Judge|Director|President|Minister|Governor|Ambassador|Mayor|Sister|Brother|Father|Pastor|` +
		`Reverend|Bishop|Venerable|Imam|Ustaz|Sayadaw|Ajarn|Daw|Mme|Mlle|Monsieur|Herr|Frau`
	// shortRanks are no titles in capitals, where other words are written so: FR, SR.
	shortRanks = `Fr|Sr|Rev|Ven`
	// initials may stand before a surname.
	initials = `(?:\p{Lu}(?:\. ?| ))*`
	// particles are small words within surnames.
	particles  = `(?:(?:van|von|de|der|den|da|di|du|del|la|le|al|el|bin|binti|ibn|ter|ten)[ -])*`
	nameLetter = `[\p{Lu}\p{Ll}\p{M}'’-]`
	// unicased are letters of scripts without capitals.
	unicased = `[\p{Lo}\p{M}]`
	// afterRanks are what follows a rank's word where it belongs to an office, an assembly or a heading.
	afterRanks = `assembly|secretary|secretariat|general|departments?|administration|administrative|offices?|officers?|directorate|council|` +
		`conference|hospital|elections?|labou?r|customs|agreement|comments?|recommendations?|staff|headquarters|public|data|` +
		`statistics?|federation|union|prosecutor|procuratorate|bureau|provisions?|principles?|orders?|police|managers?|directors?|` +
		`inspectorate|information|debate|motors|electric|education|affairs|security|population|overview|introduction|conclusions?|` +
		`notes?|remarks|help|instructions|terms|conditions|guidelines|considerations|measures|situation|objectives?|aims?|context|` +
		`background|trends?|training|corps|academy|schools?|candidates?|cities|towns|countries|provinces|` +
		`groups?|crimes?|economies|powers|routes?|roads?|events?|findings?|donors?|programmes?|projects?|problems?|challenges?|` +
		`issues?|concerns?|changes?|developments?|transit|trafficking|smuggling|source|destinations?|border|world|universe|` +
		`city|province|county|district|village|company|companies|organi[sz]ations?|agency|agencies|ministry|ministries|counsel+ors?|deputy|mercy|` +
		`church|parish|temple|fund|foundation|committees?|commissions?|board|courts?|justice|advocate|executive|vice|assistant|acting|` +
		`hotel|bridge|house|days?|christmas|industries|regional|international|national|provincial|local|children|child|women|girls|` +
		`asian?|thai|thailand|chinese|china|yunnan|burmese|myanmar|burma|laos?|cambodian?|vietnam|vietnamese|malaysian?|` +
		`january|february|march|april|may|june|july|august|september|october|november|december|` +
		`un|unicef|undp|unodc|uniap|unhcr|unesco|unfpa|ilo|iom|who|wfp|ngos?|asean|usaid|eu|us|uk|prc|` +
		`z(?: .*)?|of|in|on|for|and|or|the|to|at|from|by|with|is|was`
	ageWords = `(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|` +
		`ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|one|two|three|four|five|six|seven|eight|nine`
	oneOf     = `a|an|the|one|this|that|her|his|another`
	onePerson = `woman|man|girl|boy|child|teenager|adolescent|minor|person|migrant|survivor|victim|returnee|worker|student|` +
		`daughter|son|sister|brother|bride|wife`
	surnames = `[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤阮裴` +
		`張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔錢嚴湯]`
	// thaiBefore are words after which a title may stand without a space.
	thaiBefore     = `โดย|และ|กับ|ของ|ว่า|ชื่อ|คือ|แก่|จาก|หรือ|ให้|พบ`
	afterThaiChild = `อายุ|ที่|ซึ่ง|และ|หรือ|กับ|จาก|ใน|ชาว|ถูก|ได้|ไม่|มีอายุ|มีความ|มีสิทธิ|เป็น|จะ|วัย|คน|หลาย|บาง|ทุก|กลุ่ม|` +
		`ของ|ให้|ต้อง|เข้า|กลับ|เหล่า|นี้|นั้น|ผู้|ยัง|อาจ|ควร|ก็|แต่|ต่อ|ตาม|เพื่อ|ว่า|มัก|มาจาก|ไป|อยู่|เอง|ทั้ง|สอง|สาม|ราย|จำนวน|หนึ่ง|` +
		`สามารถ|เล่า|กล่าว|พูด|บอก|ทำ|เดิน|ข้าม|หนี|ไทย|จีน|พม่า|ลาว|เมียน|เวียด|กัมพูชา|ไร้|พลัด|ย้าย|โต|ตัว|เล็ก|ด้วย|แล้ว|` +
		`ขึ้น|ลง|ออก|เหมือน|เช่น|โดย|เมื่อ|ก่อน|หลัง|ระหว่าง|ขาย|เสี่ยง`
	afterLaoTitle = `ສາມາດ|ຕ້ອງ|ຈະ|ໄດ້|ບໍ່|ຄວນ|ອາດ|ມີ|ເຫັນ|ຮູ້|ຄິດ|ແລະ|ຫຼື|ກຳລັງ|ເອງ|ທີ່|ຢູ່|ເປັນ|ຢາກ|ຊ່ວຍ|ໃຊ້|ອື່ນ|ທັງ|ປະທານ|ລັດຖະມົນຕີ|` +
		`ຟ້າ|ແບບ|ພະຍາບານ|ງາມ|ເຄີຍ|ຍັງ|ກໍ່|ໃດ|ໃນ|ເລືອກ|ເຮັດ|ໄປ|ມາ|ເວົ້າ|ບອກ|ຖືກ`
	afterKhmerTitle = `អ្នក|ខាង|តា|យាយ|ពូ|មីង|គ្រូ|ប្រធាន|រដ្ឋមន្ត្រី|អភិបាល|ត្រូវ|មាន|បាន|នឹង|អាច|ជា|ទាំង|កំពុង|សូម|ក៏|មិន|ដែល|សភា|ឆ្នាំ|ខែ|ស្រី`
)

// firstWords gives the first word of each alternative in lower case.
func firstWords(alternatives string) []string {
	words := strings.Split(strings.ToLower(alternatives), "|")
	for i, w := range words {
		words[i] = strings.FieldsFunc(w, func(r rune) bool { return r == ' ' || r == '-' })[0]
	}
	return words
}
