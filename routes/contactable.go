package routes

import (
	"fmt"
	"regexp"
	"strings"
)

// Phone numbers, addresses of mail and ids of messengers in running text, where nobody says when they were verified and nothing
// hides them once they are old.
var reachable = []finder{
	{pattern: signed(`((?:[+＋] ?)?\(?\d(?:[ ().‑–-]{0,2}\d){6,})`), signs: longSign, unless: isNoPhone},
	// A short number too, where a word says what it is.
	labelled(`(?i:\b(?:dial|ring|call|calling|phone|telephone|tel|fax|sms|hotlines?|helplines?|whatsapp|viber|zalo|toll[- ]free)\b)`+
		`(?i: (?:us|them|the|police|free|numbers?|no\.?|at|on|is|are|our|centre|center|shelter|hotline|helpline))*[ :.(=]{1,3}`,
		`(?i)^(?: ?%|,\d|-\p{L}| (?:per ?cent|calls?|callers|interviews?|people|persons|women|men|girls|boys|children|times|hours|days|minutes|months|years|`+
			`countries|provinces|staff|workers|households|families|cases|baht|yuan|phones|numbers|million|thousand)\b)`,
		"dial", "ring", "call", "calling", "phone", "telephone", "tel", "fax", "sms", "hotline", "hotlines", "helpline", "helplines", "whatsapp",
		"viber", "zalo", "toll"),
	labelled(`(?:โทร(?:ศัพท์|\.)?|สายด่วน|ฮอตไลน์|เบอร์(?:โทร(?:ศัพท์)?)?|ติดต่อ)[ :.]{0,2}(?:(?:ไปที่|ไป|หา|หมายเลข|เบอร์|ที่|คือ|สายด่วน|ได้ที่)[ :.]{0,2})*`,
		`^(?: ?%| ?(?:คน|ราย|สาย|ครั้ง|บาท|นาย|ปี|เครื่อง|ชั่วโมง|วัน|นาที|แห่ง)|,\d)`, "Thai"),
	labelled(`(?:拨打|撥打|拨|致电|致電|来电|來電|电话|電話|热线|熱線|打|手机|手機|联系|聯繫)(?:号码|號碼|是|为|為|到|给|[ :：（(]){0,3}`,
		`^(?: ?%|,\d| ?(?:余|多)?[个個名位次人年部台元通小分天家条條个])`, "Han"),
	labelled(`(?:ဖုန်း|ဟော့လိုင်း)(?:နံပါတ်|ခေါ်ဆိုရန်|ခေါ်ရန်|ကို|[ :-]){0,4}`, `^(?: ?%|,\d| ?(?:ခု|ယောက်|ဦး|ကြိမ်|နာရီ|လုံး|နှစ်|ရက်))`, "Myanmar"),
	labelled(`(?:ໂທ(?:ລະສັບ|ຫາ)?|ສາຍດ່ວນ)(?:ເບີ|ໝາຍເລກ|ຫາ|[ :.]){0,4}`, `^(?: ?%|,\d| ?(?:ຄົນ|ຄັ້ງ|ກີບ|ປີ|ເຄື່ອງ|ຊົ່ວໂມງ))`, "Lao"),
	labelled(`(?:ទូរស័ព្ទ|ទូរសព្ទ|ហៅ|តេ)(?:ទៅ|លេខ|មក|[ :៖]){0,4}`, `^(?: ?%|,\d| ?(?:នាក់|ដង|រៀល|ឆ្នាំ|គ្រឿង|ម៉ោង))`, "Khmer"),
	labelled(`(?i:gọi|điện thoại|đường dây nóng|tổng đài|đt|sđt)(?i:[ :.]{1,2}(?:số|đến|tới|cho|điện thoại|là|qua|theo số|đường dây nóng|tổng đài))*[ :.]{1,2}`,
		`(?i)^(?: ?%|[,.]\d| (?:người|cuộc|lần|năm|giờ|phút|ngày|chiếc|máy|phụ nữ|trẻ|cán bộ))`, "gọi", "thoại", "nóng", "đài", "đt", "sđt"),
	labelled(`(?i:\b(?:hubungi|telefon|telepon|talian|panggil|hotline)\b)(?i: (?:hotline|talian|di|ke|nombor|nomor|no\.?|kami|ialah|adalah|bantuan|polis))*[ :.]{1,2}`,
		`(?i)^(?: ?%|[,.]\d| (?:orang|panggilan|kali|tahun|jam|minit|hari|wanita|kanak-kanak))`, "hubungi", "telefon", "telepon", "talian", "panggil", "hotline"),
	{
		pattern: needing(`(?i)\b(\d{3,5}) (?:(?:free|toll-free|national|government|police|emergency|24-hour) )?(?:hotline|helpline)\b`,
			"hotline", "helpline"),
		signs: digitSign, before: regexp.MustCompile(`(?:^|\D)(?:19|20)\d\d$|[.,/-]\d{3,5}$|\d{6}$`), after: regexp.MustCompile(`(?i)^(?:s\b| (?:calls?|staff|workers|cases))`),
	},
	{pattern: needing(`(\d{3,5}) ?(?:热线|熱線)`, "Han"), signs: digitSign, before: regexp.MustCompile(`[.,/-]\d{3,5}$|\d{6}$`), after: regexp.MustCompile(`^(?:电话)?(?:个|次)`)},
	{pattern: signed(`([\p{L}\d._%+-]+[@＠])[\p{L}\d-]+(?:\.[\p{L}\d-]+)+`), signs: atSign},
	{pattern: signed(`(?i)([a-z\d._%+-]+ ?[(\[] ?at ?[)\]] ?)[a-z\d-]+(?: ?[(\[] ?dot ?[)\]] ?|\.)[a-z]+`), signs: bracketSign},
	// Ids of messengers: after the word id they may be any, else they have a digit or a sign, which words have not.
	{
		pattern: needing(`(?i)(\b(?:line|wechat|weixin|whatsapp|telegram|viber|signal|skype|zalo|kakao(?:talk)?|imo|messenger|facebook|instagram)`+
			`(?: (?:official )?(?:id|account|user ?name|oa)(?: is)?[ :=]{1,3}|:? ?@| ?[:=] ?))([a-z\d._@+-]{3,})`,
			"line", "wechat", "weixin", "whatsapp", "telegram", "viber", "signal", "skype", "zalo", "kakao", "kakaotalk", "imo", "messenger", "facebook", "instagram"),
		unless: isNoID,
	},
	{pattern: needing(`((?:微信(?:号|號|ID)?|\bQQ(?:[号號]|群|[:： ]))[:： ]?)([A-Za-z\d][\w-]{4,})`, "Han", "qq"), after: regexp.MustCompile(`^ ?[年个個月]`)},
	{pattern: needing(`((?:ไอดีไลน์|ไลน์(?:ไอดี)?|วีแชท|เฟซบุ๊ก)[: ]{0,2})(@?[A-Za-z\d][\w.-]{2,})`, "Thai"), unless: isNoID},
	callingLink,
}

// callingLink is a link that calls or writes.
var callingLink = finder{
	pattern: signed(`(?i)(\b(?:wa\.me/|wa\.link/|line\.me/|lin\.ee/|t\.me/|telegram\.me/|m\.me/|messenger\.com/t/|zalo\.me/|signal\.(?:me|group)/|chat\.whatsapp\.com/|` +
		`api\.whatsapp\.com/|chats\.viber\.com/|u\.wechat\.com/|weixin\.qq\.com/r/|` +
		`tel:\+?\d|sms:\+?\d|mailto:|skype:|viber:/|whatsapp:/|weixin:/|line:/|tg:/)[^\s)>"]*)`),
	signs: linkSign,
}

// checkCalling refuses an address that calls or writes somebody.
func (l *Loaded) checkCalling(address string, s spot) {
	for _, found := range l.find([]finder{callingLink}, reading{text: address, signs: signsIn(address)}, "") {
		l.refuse(s, fmt.Sprintf("the address calls or writes somebody: %q", found),
			"leave it out, or write it into contacts.yaml with the day on which it was verified, after which it is hidden once it is old")
	}
}

// labelled finds a number of three digits or more after a word that says that it is called.
func labelled(label, after string, needs ...string) finder {
	return finder{
		pattern: needing(`(`+label+`)([+＋]?\(?\d(?:[ ().‑–-]{0,2}\d){2,})`, needs...), signs: digitSign,
		inside: regexp.MustCompile(`^(?:(?:1[89]|2[05])\d\d(?:[–‑ -]{1,3}(?:1[89]|2[05])\d\d)?|\d{4}-\d\d?(?:-\d\d?)?)$`), after: regexp.MustCompile(after),
	}
}

// isNoID says whether what follows the name of a messenger is a word of the sentence.
func isNoID(text string, m []int) bool {
	id := strings.TrimRight(text[m[4]:m[5]], ".-")
	if strings.ContainsAny(id, "0123456789@_") || strings.HasSuffix(text[m[2]:m[3]], "@") {
		return yearForm.MatchString(id)
	}
	switch strings.ToLower(id) {
	case "and", "are", "can", "card", "cards", "for", "has", "have", "may", "must", "not", "number", "numbers", "that", "the", "was", "were", "which", "with":
		return true
	}
	return !strings.Contains(strings.ToLower(text[m[2]:m[3]]), " ") || len(id) < 3 || !idWord.MatchString(text[m[2]:m[3]])
}

var (
	yearForm = regexp.MustCompile(`^(?:1[89]|2[05])\d\d$`)
	idWord   = regexp.MustCompile(`(?i)\b(?:id|user ?name)\b|account ?[:=]`)
)
