package routes

import (
	"fmt"
	"regexp"
)

// Coordinates as texts and links have them: a spot on the ground, which belongs in a place expression, where it is coarsened. What
// is as coarse as a whole degree, or one number alone, is none.
var coordinates = []finder{
	{pattern: signed(`(\d{1,3} ?` + degree + ` ?\d{1,2}(?:[.,]\d+)? ?['’′ʹ´])`), signs: degreeSign},
	{pattern: needing(`(\b\d{1,3} deg(?:rees?)? \d{1,2}(?:[.,]\d+)? ?min)`, "deg", "degree", "degrees"), signs: digitSign},
	{pattern: needing(`((?:北纬|北緯|南纬|南緯|东经|東經|西经|西經)[^\p{Han}\d\n]{0,3}\d{1,3}(?:[.,]\d+|[度°] ?\d))`, "Han"), signs: digitSign},
	{pattern: signed(`(` + decimal + ` ?(?:` + degree + `|degrees?|度) ?(?:[NSEWnsew]\b|[北南东東西]|(?i:north|south|east|west)))`), signs: decimalSign | degreeSign},
	{pattern: signed(`(\b[NSEW] ?` + decimal + ` ?` + degree + `)`), signs: degreeSign},
	{
		pattern: signed(`(` + parted + ` ?[NSns]\b` + beside + parted + ` ?[EWew]\b|` + parted + ` ?[EWew]\b` + beside + parted + ` ?[NSns]\b|` +
			`\b[NS] ?` + parted + beside + `[EW] ?` + parted + `|\b[EW] ?` + parted + beside + `[NS] ?` + parted + `)`),
		signs: decimalSign | degreeSign,
	},
	{pattern: signed(`(` + decimal + ` ?` + degree + beside + `[-−]?` + decimal + ` ?` + degree + `)`), signs: degreeSign},
	{
		pattern: signed(`([-−]?\b\d{1,3}\.\d{4,})` + apart + `[-−]?\d{1,3}\.\d{4,}`),
		signs:   decimalSign, unless: dotted,
	},
	{pattern: signed(`(\b\d{1,3},\d{4,})(?: ?[;/|] ?| )[-−]?\d{1,3},\d{4,}`), signs: decimalSign},
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
	{
		pattern: signed(`(?i)([?&#/;](?:q|ll|sll|cbll|cent(?:er|re)|query|[ds]addr|destination|origin|mlat|lat|map|point|loc|pt|pin|markers?|coords?)=)` +
			`(?:[a-z]+:|\d{1,2}(?:\.\d+)?/)?[-+]?\d{1,3}\.\d+(?:,|%2C|/|&\w{1,9}=)[-+]?\d{1,3}`),
		signs: linkSign,
	},
	// Short addresses of maps, words that stand for squares of three metres, and numbers that map sites give to houses.
	{
		pattern: signed(`(?i)(\b(?:maps\.app\.goo\.gl/|goo\.gl/maps/|osm\.org/go/|what3words\.com/|w3w\.co/|plus\.codes/|geohash\.org/|` +
			`openstreetmap\.org/(?:node|way|relation)/)|///\pL+\.\pL+\.\pL)[^\s)>"]+`),
		signs: linkSign,
	},
	// The military grid, UTM, and plus codes, of which one without a letter is a sum.
	{
		pattern: signed(`(\b(?:[1-9]|[0-5]\d|60) ?[C-HJ-NP-X] ?[A-HJ-NP-Z][A-HJ-NP-V] ?)(?:(?:\d\d){2,5}|\d\d \d\d|\d{3} \d{3}|\d{4} \d{4}|\d{5} \d{5})\b`),
		signs:   gridSign,
	},
	{
		pattern: signed(`(\b(?:[1-9]|[0-5]\d|60) ?[C-HJ-NP-X]\b[ ,:]{0,2}(?:E ?)?\d{6}(?:[.,]\d+)? ?(?:m ?)?E?[ ,;/]{1,2}(?:N ?)?\d{7}\b|` +
			`\b\d{6} ?m? ?E[ ,;/]{1,2}\d{7} ?m? ?N\b)`),
		signs: longSign,
	},
	{
		pattern: signed(`(\b[2-9CFGHJMPQRVWX])((?:[2-9CFGHJMPQRVWX]{3}|[2-9CFGHJMPQRVWX]{5}|[2-9CFGHJMPQRVWX]{7})[+＋][2-9CFGHJMPQRVWX]{2,3})\b`),
		signs:   plusSign, inside: regexp.MustCompile(`^[\d+＋]+$`),
	},
}

const (
	degree  = `[°º˚]`
	decimal = `\d{1,3}[.,]\d+`
	// parted is a number that has a part of a degree, or the sign of degrees.
	parted = `\d{1,3}(?:[.,]\d+ ?` + degree + `?| ?` + degree + `)`
	// beside stands between the two numbers of a pair.
	beside = ` ?(?:[,;/]|and)? ?`
	apart  = `(?i: ?(?:[,;/|]|%2c|and|&\w{1,9}=|!4d) ?| |\+)`
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
	return !positionBefore.MatchString(query) && len(l.find(coordinates, read(blocksOf(query)), "")) > 0
}

// checkAddress looks for coordinates in an address, such as that of a map.
func (l *Loaded) checkAddress(address string, s spot) {
	const what, mend = "the address has coordinates in it: %q", "leave it out: a place's coordinates stand in its query, where they are coarsened"
	for _, found := range l.find(coordinates, reading{text: address, signs: signsIn(address)}, "") {
		l.refuse(s, fmt.Sprintf(what, found), mend)
	}
}
