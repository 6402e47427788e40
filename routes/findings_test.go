package routes_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"corridor/routes"
)

func TestCoordinatesAreRefusedInEachLanguage(t *testing.T) {
	tests := []struct{ lang, text, found string }{
		{"en", "The shelter is at 20.431234, 99.880123.", "20.431234, 99.880123"},
		{"en", "At 20.431234 99.880123 or so", "20.431234 99.880123"},
		{"en", "It lies at -8.650000/115.216667.", "-8.650000/115.216667"},
		{"en", "It lies at 20.43, 99.88.", "20.43, 99.88"},
		{"en", "It lies at 20,431234; 99,880123.", "20,431234; 99,880123"},
		{"en", "It lies at 20°25'52.4\"N 99°52'48.4\"E.", "20°25'"},
		{"en", "It lies at 20° 25′ 52″ N.", "20° 25′"},
		{"en", "It lies at 20.43°N, 99.88°E.", "20.43°N"},
		{"en", "It lies at 20.43 N, 99.88 E.", "20.43 N, 99.88 E"},
		{"en", "It lies at N 20.43 E 99.88.", "N 20.43 E 99.88"},
		{"en", "It lies at 20 25 52 N, 99 52 48 E.", "20 25 52 N, 99 52 48 E"},
		{"en", "It lies at 99 52 48E 20 25 52N.", "99 52 48E 20 25 52N"},
		{"en", "It lies at N20 25.866 E99 52.807.", "N20 25.866 E99 52.807"},
		{"en", "It lies at 20 25 north and 99 52 east.", "20 25 north and 99 52 east"},
		{"en", "It lies at 20-25-52N, 99-52-48E.", "20-25-52N, 99-52-48E"},
		{"en", "It lies at 20:25:52 N, 99:52:48 E.", "20:25:52 N, 99:52:48 E"},
		{"en", "It lies at 20d25m52s N, 99d52m48s E.", "20d25m52s N, 99d52m48s E"},
		{"en", "It lies at 20 25' 52\" N, 99 52' 48\" E.", "20 25' 52\" N, 99 52' 48\" E"},
		{"en", "It lies at 202552N 0995248E.", "202552N 0995248E"},
		{"en", "It lies at 20.4311 north, 99.8801 east.", "20.4311 north, 99.8801 east"},
		{"en", "It lies at 20.4311N099.8801E.", "20.4311N099.8801E"},
		{"en", "It lies at 20 degrees, 25 minutes.", "20 degrees, 25 min"},
		{"en", "It lies at 20° 25 52 N.", "20° 25 52 N"},
		{"en", "It lies at 20⁰ 25′ 52″ N, or 20ᵒ.", "20⁰ 25′"},
		{"en", "It lies at 20o25'52\"N.", "20o25'"},
		{"en", "It lies at (20.4311) (99.8801).", "20.4311) (99.8801"},
		{"en", "It lies at X: 99.8801 Y: 20.4311.", "99.8801 Y: 20.4311"},
		{"en", "It lies at 20,43112, 99,88012.", "20,43112, 99,88012"},
		{"en", "It lies at 20·4311, 99·8801.", "20.4311, 99.8801"},
		{"en", "It lies at UTM zone 47 591673 2258789.", "UTM zone 47 591673 2258789"},
		{"en", "It lies at 47Q 0591673 2258789.", "47Q 0591673 2258789"},
		{"en", "It lies at 7p7ccvjj+f3.", "7p7ccvjj+f3"},
		{"en", "[Map](https://maps.example/place/20%C2%B025'52.0%22N+99%C2%B052'48.0%22E)", "20°25'"},
		{"en", "[Map](https://maps.example/?q=20%2E4311,99%2E8801)", "20.4311,99.8801"},
		{"en", "[Map](https://map.baidu.com/@11119000.5,2312000.4,17z)", "@11119000.5,2312000.4,"},
		{"en", "[Map](https://surl.amap.com/Ab12)", "surl.amap.com/Ab12"},
		{"en", "[Map](https://www.google.com/maps?cid=1234567890)", "google.com/maps?cid=1234567890"},
		{"en", "Its latitude is 20.43 and more.", "latitude is 20.43"},
		{"en", "Grid 47QNB9167358789.", "47QNB9167358789"},
		{"en", "Grid 47Q NB 91673 58789.", "47Q NB 91673 58789"},
		{"en", "UTM 47Q 591673 2258789.", "47Q 591673 2258789"},
		{"en", "591673E 2258789N", "591673E 2258789N"},
		{"en", "Plus code 7P7CCVJJ+F3, or CVJJ+F3 Mae Sai.", "7P7CCVJJ+F3"},
		{"en", "Plus code CVJJ+F3 Mae Sai.", "CVJJ+F3"},
		{"en", "geo:20.43,99.88", "geo:20.43,99.88"},
		{"en", "[Map](https://maps.example/?q=20.431234,99.880123)", "20.431234,99.880123"},
		{"en", "[Map](https://maps.example/?q=20.4,99.9)", "?q=20.4,99"},
		{"en", "[Map](https://maps.example/?ll=20.43%2C99.88)", "?ll=20.43%2C99"},
		{"en", "[Map](https://maps.example/@20.4,99.9,17z)", "@20.4,99.9"},
		{"en", "[Map](https://maps.example/#map=17/20.431/99.881)", "#map=17/20.431/99"},
		{"en", "[Map](https://maps.app.goo.gl/Ab12)", "maps.app.goo.gl/Ab12"},
		{"en", "It is at ///filled.count.soap there.", "///filled.count.soap"},
		{"zh-Hans", "位于北纬20.43度", "北纬20.43"},
		{"zh-Hans", "位于北纬20度25分", "北纬20度2"},
		{"zh-Hans", "位于20.4312，99.8801。", "20.4312,99.8801"},
		{"zh-Hans", "位于２０．４３、９９．８８。", "20.43,99.88"},
		{"zh-Hans", "位于20.4312N， 99.8801E。", "20.4312N, 99.8801E"},
		{"zh-Hans", "北緯２０．４３度", "北緯20.43"},
		{"th", "พิกัด ๒๐.๔๓๑๒, ๙๙.๘๘๐๑", "20.4312, 99.8801"},
		{"th", "ละติจูด ๒๐.๔๓", "ละติจูด 20.43"},
		{"th", "๒๐ องศา ๒๕ ลิปดา", "20 องศา 25 ลิปดา"},
		{"vi", "20 độ 25 phút", "20 độ 25 phút"},
		{"my", "၂၀ ဒီဂရီ ၂၅ မိနစ်", "20 ဒီဂရီ 25 မိနစ်"},
		{"zh-Hans", "20度25分52秒", "20度25分52秒"},
		{"my", "၂၀.၄၃၁၂, ၉၉.၈၈၀၁", "20.4312, 99.8801"},
		{"lo", "໒໐.໔໓໑໒, ໙໙.໘໘໐໑", "20.4312, 99.8801"},
		{"km", "២០.៤៣១២, ៩៩.៨៨០១", "20.4312, 99.8801"},
		{"en", "𝟐𝟎.𝟒𝟑𝟏𝟐, 𝟗𝟗.𝟖𝟖𝟎𝟏", "20.4312, 99.8801"},
		{"vi", "vĩ độ 20.43", "vĩ độ 20.43"},
		{"en", "It rose from 12.5 to 13.75 per cent, 1.2345 times; 35.5 °C; 90°; the 17°N parallel; an area of 20 by 99 km.", ""},
		{"en", "Scores of 20.43, 99.88 per cent; $12.50, 99.99; 1,234,567; 2008-12-31; version 1.20.4312; chapters 2.1, 2.2 and 2.10.", ""},
		{"en", "08BEIJING4697 ¶5; A/RES/55/25; 4 N and 5 E; in 2008+ and 2345+67; [link](https://example.org/2012/05/31/a.html)", ""},
		{"en", "Laos lies at 14-23 N, 100-108 E; from 5 to 10 N; 12 15 N and 20 30 people; 5 10 south and 15 20 eastern districts; at 10:30 S, 11:45 E.", ""},
		{"en", "On 20-25 November 10-12 East Asian states; 20o clock; volumes 12,2008, 13,2009; 5%25 of girls; https://example.org/a%20b%2Fc.", ""},
		{"zh-Hans", "分别为20.43、99.88％，12.50，99.99元；3，5和8；2004—2008年，第20—25、30—35页。", ""},
		{"ms", "Dari 12.345, 13.456 orang.", ""},
		{"vi", "Từ 12.345, 13.456 người.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) { holds(t, said(t, tt.lang, tt.text), tt.found, "looks like coordinates") })
	}
}

// Where a number that could be called stands, what is found stands beside it.
func TestWaysToReachSomebodyAreRefusedInEachLanguage(t *testing.T) {
	tests := []struct{ lang, text, found string }{
		{"en", "Call the shelter at +66 81 234 5678 or 1300.", "+66 81 234 5678"},
		{"en", "It has +66812345678.", "+66812345678"},
		{"en", "It has ＋66 (0)81-234-5678.", "＋66 (0)81-234-5678"},
		{"en", "It has 081 234 5678.", "081 234 5678"},
		{"en", "It has (02) 123-4567.", "(02) 123-4567"},
		{"en", "It has 081.234.5678.", "081.234.5678"},
		{"en", "It has 0812345678.", "0812345678"},
		{"en", "It has 081‐234‐5678.", "081-234-5678"},
		{"en", "It has 081−234−5678.", "081-234-5678"},
		{"en", "[Write](https://telegram.me/somebody)", "telegram.me/somebody"},
		{"en", "It has 66-81-234-5678.", "66-81-234-5678"},
		{"en", "It has 400-123-4567 and 234-5678.", "400-123-4567"},
		{"en", "In 2008 081 234 5678.", "2008 081 234 5678"},
		{"en", "Call 1191.", "Call 1191"},
		{"en", "Call 110 or 1300.", "Call 110"},
		{"en", "The hotline number is 1300.", "hotline number is 1300"},
		{"en", "The hotline (1300) answers.", "hotline (1300"},
		{"en", "The 1300 hotline answers.", "1300 hotline"},
		{"en", "Tel: 123456", "Tel: 123456"},
		{"en", "Write to somebody.else@example.org now.", "somebody.else@example.org"},
		{"en", "Write to somebody [at] example [dot] org.", "somebody [at] example [dot] org"},
		{"en", "LINE id somchai99, and others.", "LINE id somchai99"},
		{"en", "Line ID: helpmekong", "Line ID: helpmekong"},
		{"en", "LINE @helpmekong", "LINE @helpmekong"},
		{"en", "WeChat: mekong_help", "WeChat: mekong_help"},
		{"en", "WhatsApp 66812345678", "WhatsApp 66812345678"},
		{"en", "[Write](https://wa.me/66812345678)", "wa.me/66812345678"},
		{"en", "[Write](https://line.me/ti/p/~abc)", "line.me/ti/p/~abc"},
		{"zh-Hans", "请拨打12338。", "拨打12338"},
		{"zh-Hans", "电话：110", "电话：110"},
		{"zh-Hans", "12338热线", "12338热线"},
		{"zh-Hans", "手机13812345678。", "手机13812345678"},
		{"zh-Hans", "有０８１－２３４－５６７８。", "081-234-5678"},
		{"zh-Hans", "发给somebody＠example．org。", "发给somebody＠example.org"},
		{"zh-Hans", "微信号：mekong123", "微信号：mekong123"},
		{"th", "โทร ๑๓๐๐", "โทร 1300"},
		{"th", "โทร. 081-234-5678", "081-234-5678"},
		{"th", "สายด่วน 1300", "สายด่วน 1300"},
		{"th", "ไลน์ไอดี helpmekong1", "ไลน์ไอดี helpmekong1"},
		{"my", "ဖုန်း ၁၉၉", "ဖုန်း 199"},
		{"my", "ဖုန်း ၀၉-၁၂၃ ၄၅၆ ၇၈၉", "09-123 456 789"},
		{"lo", "ໂທ ໑໑໙໑", "ໂທ 1191"},
		{"km", "ទូរស័ព្ទ ១២៨៨", "ទូរស័ព្ទ 1288"},
		{"km", "ហៅ 1288", "ហៅ 1288"},
		{"vi", "Gọi 111.", "Gọi 111"},
		{"vi", "Đường dây nóng: 111", "Đường dây nóng: 111"},
		{"vi", "Điện thoại 024 3926 1234", "024 3926 1234"},
		{"ms", "Hubungi 15999.", "Hubungi 15999"},
		{"ms", "Hubungi talian 15999.", "Hubungi talian 15999"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			holds(t, said(t, tt.lang, tt.text), tt.found, "looks like a phone number or another way to reach somebody")
		})
	}
}

func TestWhatNobodyCallsIsNotRefused(t *testing.T) {
	for lang, list := range map[string][]string{
		"en": {
			"From 2008-12-31 to 31 December 2008, 31.12.2008, 01/02/2008, 01-02-2008 and 2007-12/2008-01; in 2004-2008, 2004–2008, 2004 2005 2006.",
			"1,234,567 people, 1 234 567 people and 1.234.567; 2008 45 000 people; 6000000 people; 10,000,000 USD; THB 1234567; 1234567 baht.",
			"pp. 1234-1240; pages 987–1012; 12(3):1045-1067; paragraphs 4 to 7 and 14 to 16; ¶¶ 12-15; lines 1000-1200; §§ 1.2.3.4.5.6.7.",
			"ISBN 978-974-680-123-4; ISSN 0125-1234; doi:10.1080/01436597.2012.657444; A/RES/55/25; E/CN.15/2009/CRP.1; No. 0812345678; Case 02-1234567.",
			"Pi is 3.14159265; the 15-year plan of 2008; aged 15 to 17; 12.5 to 13.75; on 2 3 4 5 6 7 8; 08BEIJING4697.",
			"[A report](https://example.org/2012/0812345678.pdf); https://example.org/0812345678/a-0812345678.html",
			"The hotline took 1,191 calls; hotline calls in 2008: 1300 people; phone 120 households; the hotline of 2008; hotline 2008; call 1300 people.",
			"On line 3 and in lines 100 to 120; a line with an id; WhatsApp: people write there; Telegram and signal at 500; the WeChat account is closed.",
			"Women and men @ work; it calls for 2008; The 2008 hotline report; call it 2008; 1300 hotline calls.",
		},
		"zh-Hans": {"热线2008年开通。电话2000部。打100个电话。第12338号。二〇〇八年12月31日。热线接到1300个来电。"},
		"th":      {"โทรศัพท์ 120 เครื่อง สายด่วน 2551 ปี พ.ศ. 2551 เลขที่ 0812345678 หน้า 1234567 ค.ศ. 2008"},
		"my":      {"၂၀၀၈ ခုနှစ် ဖုန်း ၁၂၀ လုံး"},
		"vi":      {"Gọi 111 người. Điện thoại 120 chiếc. Năm 2008."},
		"ms":      {"Telefon 120 orang. Tahun 2008. Hubungi 120 orang."},
	} {
		for _, text := range list {
			holds(t, said(t, lang, text), "", "")
		}
	}
}

func TestAddressesOfHousesAreAskedAboutAndRefusedOfShelters(t *testing.T) {
	pack := func(lang, text, kind string) routes.Problems {
		p := edit(t, "pack.yaml", "- {code: th, status: draft}", "- {code: th, status: draft}\n"+
			"  - {code: zh-Hans, status: draft}\n  - {code: my, status: draft}\n  - {code: lo, status: draft}\n  - {code: km, status: draft}\n"+
			"  - {code: vi, status: draft}\n  - {code: ms, status: draft}")
		texts := fmt.Sprintf("{en: It trains., %s: %q}", lang, text)
		if lang == "en" {
			texts = fmt.Sprintf("{en: %q}", text)
		}
		sites := strings.Replace(string(p["sites.yaml"].Data), "{en: It trains., th: ฝึกอบรม}", texts, 1)
		p["sites.yaml"].Data = []byte(strings.Replace(sites, "kind: training", "kind: "+kind, 1))
		_, problems := routes.Load(p)
		return problems
	}
	for _, tt := range []struct{ lang, text, found string }{
		{"en", "It stands at 12/4 Soi 5, Phaholyothin Road, Mae Sai.", "12/4 Soi"},
		{"en", "99 Moo 4, and 99 Moo4", "99 Moo 4"},
		{"en", "Soi 5, Phaholyothin Road", "Soi 5, Phaholyothin Road"},
		{"en", "12 Phaholyothin Road", "12 Phaholyothin Road"},
		{"en", "No. 5, Jalan Ampang", "No. 5, Jalan"},
		{"th", "๙๙ หมู่ ๔ ซอย ๕", "99 หมู่ 4"},
		{"th", "บ้านเลขที่ 12/4", "บ้านเลขที่ 12"},
		{"th", "12/4 ซอย 5 ถนนพหลโยธิน", "12/4 ซอย"},
		{"zh-Hans", "景洪路12号", "路12号"},
		{"zh-Hans", "民族巷十二号", "巷十二号"},
		{"my", "အမှတ် ၁၂၊ ဗိုလ်ချုပ် လမ်း", "အမှတ် 12၊ ဗိုလ်ချုပ် လမ်း"},
		{"lo", "ເຮືອນເລກທີ 12", "ເຮືອນເລກທີ 12"},
		{"km", "ផ្ទះលេខ ១២", "ផ្ទះលេខ 12"},
		{"vi", "Ở số 12 ngõ 5", "số 12 ngõ"},
		{"ms", "Di No. 5, Lorong 3", "No. 5, Lorong"},
		{"ms", "Di Jalan Ampang No. 5", "Jalan Ampang No. 5"},
		{"en", "Stop 156, at Soi Dao; In 2008 Silk Road; Route 66 Road; in five Roads; 12 roads; the 1998 Burma Road; no. 5 of the lane; 3 M and 4 m.", ""},
		{"zh-Hans", "铁路3号。路线1号。第5号。", ""},
		{"my", "အမှတ် ၁ လမ်းကြောင်း", ""},
		{"vi", "3 đường dây; số 3 đường dây", ""},
	} {
		const what = `looks like the address of a house; leave it out, and tell the district or the province`
		problems := pack(tt.lang, tt.text, "training")
		holds(t, problems.Errors(), "", "")
		var warned routes.Problems
		for _, p := range problems {
			if strings.Contains(p.What, "address") {
				warned = append(warned, p)
			}
		}
		if want := fmt.Sprintf("warning: %q %s", tt.found, what); tt.found == "" && len(warned) > 0 || tt.found != "" && !strings.Contains(warned.String(), want) {
			t.Errorf("%s: %s\nwant %s", tt.text, warned, want)
		}
		for _, kind := range []string{"shelter", "transit_centre", "reintegration", "drop_in_centre"} {
			holds(t, pack(tt.lang, tt.text, kind).Errors(), tt.found, what)
		}
	}
}

// Where people are sheltered could be read beside the site too: in the name of its place, and in what is noted of that.
func TestNoAddressStandsAtThePlaceOfAShelter(t *testing.T) {
	const found, what = "12/4 Soi", "looks like the address of a house; leave it out, and tell the district or the province"
	for _, place := range []string{
		"title: {en: 'Yunnan, 12/4 Soi 5', th: ยูนนาน}",
		"title: {en: Yunnan, th: ยูนนาน}\n    notes: [{en: It lies at 12/4 Soi 5., th: ที่นี่}]",
	} {
		for _, kind := range routes.SiteKind("").Terms() {
			pack := edit(t, "sites.yaml", "kind: training", "kind: "+kind.Code)
			pack["places.yaml"] = edit(t, "places.yaml", "title: {en: Yunnan, th: ยูนนาน}", place)["places.yaml"]
			_, problems := routes.Load(pack)
			if !strings.Contains(problems.String(), "places.yaml:") || !strings.Contains(problems.String(), found) {
				t.Errorf("%s: nothing is said of %s:\n%s", kind.Code, place, problems)
			}
			switch kind.Code {
			case "shelter", "transit_centre", "reintegration", "drop_in_centre":
				holds(t, problems.Errors(), found, what)
			default:
				holds(t, problems.Errors(), "", "")
			}
		}
	}
}

// What is published and is in one language only, with where it stands; a place expression has coordinates, and what it says besides.
func TestWhatIsFoundIsRefusedInEveryString(t *testing.T) {
	const spot, phone = ` "20.431234, 99.880123" looks like coordinates`, ` "+66 81 234 5678" looks like a phone number`
	const both = "20.431234, 99.880123 or +66 81 234 5678"
	for _, tt := range []struct{ file, old, replacement, at string }{
		{"sources.yaml", "title: A report", "title: A report of " + both, "sources.yaml:3:12:"},
		{"pack.yaml", "attribution: Corridor contributors", "attribution: " + both, "pack.yaml:5:14:"},
		{"movements.yaml", "[REPORT1 ¶6]", `["REPORT1 20.431234, 99.880123, +66 81 234 5678"]`, "movements.yaml:12:17:"},
		{
			"places.yaml", "query: city of Bangkok, Thailand", "query: at 13.7 N, 100.5 E, precision settlement, source A survey, " + both,
			"places.yaml:8:12:",
		},
		{"organisations.yaml", "{en: The teller, th: ผู้เล่า}", "{en: '" + both + "', th: ผู้เล่า}", "organisations.yaml:3:17:"},
		{"lessons/talk.yaml", "    notes:", "    help: {en: '" + both + "', th: ความช่วยเหลือ}\n    notes:", "lessons/talk.yaml:"},
	} {
		_, problems := routes.Load(edit(t, tt.file, tt.old, tt.replacement))
		for _, want := range []string{spot, phone} {
			if said := problems.String(); !strings.Contains(said, want) || !strings.Contains(said, tt.at) {
				t.Errorf("no %q at %s in:\n%s", want, tt.at, problems)
			}
		}
	}
	pack := edit(t, "sources.yaml", "names_people: true", "names_people: false\n    url: https://maps.example/?q=20.4,99.9")
	if _, problems := routes.Load(pack); !strings.Contains(problems.String(), `sources.yaml:8:10: the address has coordinates in it: "?q=20.4,99"`) {
		t.Errorf("the address of a source: %s", problems)
	}
	for address, want := range map[string]string{
		"https://maps.example/place/20%C2%B025'52.0%22N+99%C2%B052'48.0%22E": `the address has coordinates in it: "20°25'"`,
		"https://wa.me/66812345678": `the address calls or writes somebody: "wa.me/66812345678"`,
	} {
		pack := edit(t, "sources.yaml", "names_people: true", "names_people: false\n    url: "+address)
		if _, problems := routes.Load(pack); !strings.Contains(problems.String(), "sources.yaml:8:10: "+want) {
			t.Errorf("%s: %s", address, problems)
		}
	}
	if _, problems := routes.Load(exceptions(edit(t, "sites.yaml", "en: It trains.", "en: 'At "+both+"'"), "At 20.431234, 99.880123", "+66 81 234 5678")); len(problems.Errors()) > 0 {
		t.Errorf("the exceptions do not hold: %s", problems)
	}
}

func TestContactsAreWhereNumbersStand(t *testing.T) {
	pack := goodPack(t)
	const contact = "contacts:\n  - {id: a, title: {en: Call 1300, th: โทร 1300}, kind: hotline, country: TH, languages: [th], phone: \"1300\", " +
		"hours: {en: HOURS, th: ทุกวัน}, source: the page of the line, verified: 2026-05-01}\n"
	pack["contacts.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(contact, "HOURS", "or +66 81 234 5678", 1))}
	if _, problems := routes.Load(pack); len(problems) > 0 {
		t.Errorf("numbers are refused: %s", problems)
	}
	pack["contacts.yaml"].Data = []byte(strings.Replace(contact, "source:", "url: 'https://maps.example/?q=20.4,99.9', source:", 1))
	if _, problems := routes.Load(pack); !strings.Contains(problems.String(), `contacts.yaml:2:148: the address has coordinates in it: "?q=20.4,99"`) {
		t.Errorf("the address of a contact: %s", problems)
	}
	pack["contacts.yaml"].Data = []byte(strings.Replace(contact, "HOURS", `"at 20.431234, 99.880123"`, 1))
	if _, problems := routes.Load(pack); !strings.Contains(problems.String(), "contacts.yaml:2:123: \"20.431234, 99.880123\" looks like coordinates") {
		t.Errorf("coordinates are not refused: %s", problems)
	}
}

// What is long and no number must take no longer by the digit: else this would not come to an end.
func TestLongRowsOfDigitsAreLookedAtOnce(t *testing.T) {
	for _, text := range []string{strings.Repeat("1", 1<<17), strings.Repeat("2008 ", 1<<14), strings.Repeat("1.2345 ", 1<<14) + "x", strings.Repeat("12/4 ", 1<<14)} {
		_ = said(t, "en", text)
	}
}

// A line of a file of many is held to the same, and its number is named.
func TestWhatIsFoundIsRefusedInLines(t *testing.T) {
	p, _ := routes.Load(goodPack(t))
	way := p.Routes[0]
	way.Summary = routes.Text{"en": "At 20.431234, 99.880123 call 1300 or 081 234 5678, 12/4 Soi 5.", "th": "ทาง"}
	_, problems := readLines(t, write(t, lineOf{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations, Places: p.Places}, lineOf{Route: &way}))
	for _, want := range []string{`"20.431234, 99.880123" looks like coordinates`, `"call 1300"`, `"081 234 5678"`, `warning: "12/4 Soi" looks like the address`} {
		if said := problems.String(); !strings.Contains(said, want) || !strings.Contains(said, "x.jsonl:2:") {
			t.Errorf("no %s in:\n%s", want, said)
		}
	}
}
