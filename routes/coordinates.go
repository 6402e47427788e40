package routes

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Coordinates as texts and links have them: a spot on the ground, which belongs in a place expression, where it is coarsened. What
// is as coarse as a whole degree, or one number alone, is none.
var coordinates = []finder{
	{pattern: signed(`(\d{1,3} ?` + degree + ` ?\d{1,2}(?:[.,]\d+)? ?['’′ʹ´])`), signs: degreeSign},
	{pattern: signed(`(\d{1,3} ?` + degree + ` ?` + minutes + `(?:[ ]` + minutes + `)? ?(?:["”″]|[NSEWnsew]\b))`), signs: degreeSign},
	{pattern: needing(`(\b\d{1,3} deg(?:rees?)?,? \d{1,2}(?:[.,]\d+)? ?min)`, "deg", "degree", "degrees"), signs: digitSign},
	// As they are copied, with a letter for the sign of degrees: 20o25'.
	{pattern: signed(`(\b\d{1,3}o` + minutes + ` ?['’′ʹ´])`), signs: degreeSign},
	{
		pattern: needing(`(\d{1,3} ?(?:องศา|độ|darjah|derajat|ອົງສາ|អង្សា|ដឺក្រេ|ဒီဂရီ),? ?`+minutes+` ?(?:ลิปดา|phút|minit|menit|ລິບດາ|ນາທີ|លិបដា|នាទី|မိနစ်))`,
			"Thai", "độ", "darjah", "derajat", "Lao", "Khmer", "Myanmar"),
		signs: digitSign,
	},
	{pattern: needing(`(\d{1,3}度\d{1,2}分\d{1,2}(?:[.,]\d+)?秒)`, "Han"), signs: digitSign},
	// Degrees, minutes and seconds with spaces, hyphens, colons or letters alone between them: only as a pair with both sides of the world.
	{
		pattern: signed(`(\b` + spaced + ` ?` + northern + beside + spaced + ` ?` + eastern + `\b|\b` + spaced + ` ?` + eastern + beside + spaced + ` ?` + northern + `\b|` +
			`\b[NS] ?` + spaced + beside + `[EW] ?` + spaced + `|\b[EW] ?` + spaced + beside + `[NS] ?` + spaced + `)`),
		signs: sideSign | gridSign,
	},
	{pattern: signed(`(\b\d{4}(?:\d\d)?(?:[.,]\d+)?[NS]` + beside + `[01]\d{4}(?:\d\d)?(?:[.,]\d+)?[EW]\b)`), signs: sideSign},
	{pattern: needing(`((?:北纬|北緯|南纬|南緯|东经|東經|西经|西經)[^\p{Han}\d\n]{0,3}\d{1,3}(?:[.,]\d+|[度°] ?\d))`, "Han"), signs: digitSign},
	{pattern: signed(`(` + decimal + ` ?(?:` + degree + `|degrees?|度) ?(?:[NSEWnsew]\b|[北南东東西]|(?i:north|south|east|west)))`), signs: decimalSign | degreeSign},
	{pattern: signed(`(\b[NSEW] ?` + decimal + ` ?` + degree + `)`), signs: degreeSign},
	{
		pattern: signed(`(` + parted + ` ?` + northern + beside + parted + ` ?` + eastern + `\b|` + parted + ` ?` + eastern + beside + parted + ` ?` + northern + `\b|` +
			`\b[NS] ?` + parted + beside + `[EW] ?` + parted + `|\b[EW] ?` + parted + beside + `[NS] ?` + parted + `)`),
		signs: decimalSign | degreeSign,
	},
	{pattern: signed(`(` + decimal + ` ?` + degree + beside + `[-−]?` + decimal + ` ?` + degree + `)`), signs: degreeSign},
	{
		pattern: signed(`([-−]?\b\d{1,3}\.\d{4,})` + apart + `[-−]?\d{1,3}\.\d{4,}`),
		signs:   decimalSign, unless: dotted,
	},
	{pattern: signed(`(\b\d{1,3},\d{4,}(?: ?[;/|] ?| )[-−]?\d{1,3},\d{4,}|\b\d{1,3},\d{5,}, ?[-−]?\d{1,3},\d{5,})`), signs: decimalSign},
	{
		// With fewer decimals, where the numbers can be of this part of the world.
		pattern: signed(`(\b[0-5]?\d\.\d{2,3}) ?(?:[,;/]|%2C) ?(?:7[3-9]|[89]\d|1[0-3]\d)\.\d{2,}\b`),
		signs:   decimalSign, before: money, after: share,
	},
	{
		pattern: signed(`(\b(?:7[3-9]|[89]\d|1[0-3]\d)\.\d{3}) ?(?:[,;/]|%2C) ?[0-5]?\d\.\d{3,}\b`),
		signs:   decimalSign, before: money, after: share,
	},
	{
		pattern: signed(`((?i:\b(?:lat|latitude|latitud|lon|lng|long[.:=]|longitude|longitud|lintang|bujur)\b|vĩ độ|kinh độ)|纬度|緯度|经度|經度|坐标|` +
			`ละติจูด|ลองจิจูด|พิกัด|လတ္တီတွဒ်|လောင်ဂျီတွဒ်|ເສັ້ນຂະໜານ|ເສັ້ນແວງ|ລະຕິຈູດ|ລອງຈິຈູດ|រយៈទទឹង|រយៈបណ្តោយ)[^\d\n]{0,16}\d{1,3}[.,]\d{2,}`),
		signs: decimalSign,
	},
	{pattern: signed(`(?i)(\bgeo:[-+]?\d)[\d.,;+-]*`), signs: linkSign},
	{pattern: signed(`(@-?\d{1,3}\.\d+,-?\d{1,3}\.\d+)`), signs: atSign},
	{pattern: signed(`(!3d-?\d{1,3}\.\d+)`), signs: decimalSign},
	{pattern: signed(`(@\d{7,8}(?:\.\d+)?,\d{6,7}(?:\.\d+)?,)`), signs: atSign}, // metres of a map of the world
	{
		pattern: signed(`(?i)([?&#/;](?:q|ll|sll|cbll|cent(?:er|re)|query|[ds]addr|destination|origin|mlat|lat|map|point|loc|pt|pin|markers?|coords?)=)` +
			`(?:[a-z]+:|\d{1,2}(?:\.\d+)?/)?[-+]?\d{1,3}\.\d+(?:,|%2C|/|&\w{1,9}=)[-+]?\d{1,3}`),
		signs: linkSign,
	},
	// Short addresses of maps, words that stand for squares of three metres, and numbers that map sites give to houses.
	{
		pattern: signed(`(?i)(\b(?:maps\.app\.goo\.gl/|goo\.gl/maps/|osm\.org/go/|what3words\.com/|w3w\.co/|plus\.codes/|geohash\.org/|` +
			`openstreetmap\.org/(?:node|way|relation)/|maps\.apple(?:\.com)?/p/|g\.page/|surl\.amap\.com/|j\.map\.baidu\.com/|` +
			`google\.[a-z.]+/(?:maps)?[^\s)>"]*[?&](?:cid=|ftid=|(?:query_)?place_id=|q=place_id:))|///\pL+\.\pL+\.\pL)[^\s)>"]+`),
		signs: linkSign,
	},
	// The military grid, UTM, and plus codes, of which one without a letter is a sum.
	{
		pattern: signed(`(\b(?:[1-9]|[0-5]\d|60) ?[C-HJ-NP-X] ?[A-HJ-NP-Z][A-HJ-NP-V] ?)(?:(?:\d\d){2,5}|\d\d \d\d|\d{3} \d{3}|\d{4} \d{4}|\d{5} \d{5})\b`),
		signs:   gridSign,
	},
	{
		pattern: signed(`(\b(?:[1-9]|[0-5]\d|60) ?[C-HJ-NP-X]\b[ ,:]{0,2}(?:E ?)?0?\d{6}(?:[.,]\d+)? ?(?:m ?)?E?[ ,;/]{1,2}(?:N ?)?\d{7}\b|` +
			`\b(?i:utm)\b[^\d\n]{0,16}(?:\d{1,2}[ ,:]{1,2})?0?\d{6}[ ,;/]{1,2}\d{7}\b|\b0?\d{6} ?m? ?E[ ,;/]{1,2}\d{7} ?m? ?N\b)`),
		signs: longSign,
	},
	{
		pattern: signed(`(\b[2-9CFGHJMPQRVWX])((?:[2-9CFGHJMPQRVWX]{3}|[2-9CFGHJMPQRVWX]{5}|[2-9CFGHJMPQRVWX]{7})[+＋][2-9CFGHJMPQRVWX]{2,3})\b`),
		signs:   plusSign, inside: regexp.MustCompile(`^[\d+＋]+$`),
	},
	{
		pattern: signed(`(\b[2-9cfghjmpqrvwx])([2-9cfghjmpqrvwx]{7}[+＋][2-9cfghjmpqrvwx]{2,3})\b`),
		signs:   plusSign, inside: regexp.MustCompile(`^[\d+＋]+$`),
	},
}

const (
	degree  = `[°º˚ᵒ⁰◦∘]`
	minutes = `[0-5]?\d(?:[.,]\d+)?`
	decimal = `\d{1,3}[.,]\d+`
	// parted is a number that has a part of a degree, or the sign of degrees.
	parted = `\d{1,3}(?:[.,]\d+ ?` + degree + `?| ?` + degree + `)`
	// spaced are degrees with minutes, and perhaps seconds, without the sign of degrees. Two numbers with a hyphen are a range.
	spaced = `(?:\d{1,3}(?: | ?d ?)` + minutes + `(?:(?: | ?m ?| ?['’′] ?)` + minutes + `)?|\d{1,3}-[0-5]?\d-` + minutes + `|\d{1,3}:[0-5]?\d:` + minutes + `)(?: ?(?:["”″]|''|[ms'’′]))?`
	// northern and eastern are the sides of the world.
	northern = `(?i:north|south|n|s)`
	eastern  = `(?i:east|west|e|w)`
	// beside stands between the two numbers of a pair.
	beside = ` ?(?:[,;/]|and)? ?`
	apart  = `(?i: ?(?:[,;/|]|%2c|and|&\w{1,9}=|!4d|[)\]],? ?[(\[]|[,;]? ?\b[xy] ?[:=]) ?| |\+)`
)

// money is the sign of a currency before an amount, or digits before it.
var money = regexp.MustCompile(`(?i)(?:[$€£¥฿₫៛₭]|\b(?:usd|thb|rmb|rm) ?)[\d.,]+$|\d[.,]\d+\.\d+$`)

// share is what a share or an amount has behind it, or the rest of a longer number.
var share = regexp.MustCompile(`(?i)^(?: ?[%％]| ?per ?cent|[.,]\d| ?(?:个百分点|個百分點|[万萬亿億元]))`)

// dotted says whether a pair of decimals is part of a longer number with dots, such as that of a version.
func dotted(text string, m []int) bool {
	return m[0] > 1 && text[m[0]-1] == '.' && isDigit(text[m[0]-2])
}

// positionBefore is what coordinates are written with in a place expression.
var positionBefore = regexp.MustCompile(`(?i)^\s*at\s[^,]*,[^,]*,\s*precision\s[^,]*,`)

// citedIn gives what a place expression says besides the coordinates that stand in it and are coarsened: where they are from.
func citedIn(query string) string { return query[len(positionBefore.FindString(query)):] }

// holdsCoordinates says whether a place expression has coordinates without the form in which they are read; the check of texts refuses them.
func (l *Loaded) holdsCoordinates(query string) bool {
	return !positionBefore.MatchString(query) && len(l.find(coordinates, read(Plain(query)), "")) > 0
}

// checkAddress looks for coordinates in an address, such as that of a map, also where it is written with percent signs.
func (l *Loaded) checkAddress(address string, s spot) {
	const what, mend = "the address has coordinates in it: %q", "leave it out: a place's coordinates stand in its query, where they are coarsened"
	plain := read(unescaped(address))
	list := l.find(coordinates, reading{text: address, signs: signsIn(address)}, plain.text)
	for _, found := range append(l.find(coordinates, plain, ""), list...) {
		l.refuse(s, fmt.Sprintf(what, found), mend)
	}
}

// escapes are characters as addresses have them: 20%C2%B025'52%22N is what maps give for 20°25'52"N.
var escapes = regexp.MustCompile(`(?:%[\da-fA-F]{2})+`)

// unescaped gives a text with the characters that are escaped in addresses within it; what is not of letters stays.
func unescaped(text string) string {
	if !strings.Contains(text, "%") {
		return text // most texts
	}
	return escapes.ReplaceAllStringFunc(text, func(escaped string) string {
		if plain, err := url.PathUnescape(escaped); err == nil && utf8.ValidString(plain) {
			return plain
		}
		return escaped
	})
}
