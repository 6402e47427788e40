package gazetteer

import (
	"strings"
	"testing"
)

func TestNamesAreReadAsTheyMayBeMeant(t *testing.T) {
	ix := openReal(t)
	for written, want := range map[string]string{
		"Mae Sai (Thailand)": "city of Mae Sai, Thailand", "Mae Sai（Thailand）": "city of Mae Sai, Thailand", "Mae Sai in Chiang Rai": "city of Mae Sai, Thailand",
		"in Mae Sai": "city of Mae Sai, Thailand", "From Bangkok": "city of Bangkok, Thailand", "Thailand, Chiang Rai": "province of Chiang Rai, Thailand",
		"China, Yunnan, Ruili": "city of Mengmao, China", "泰国清莱府": "province of Chiang Rai, Thailand", "云南省西双版纳州景洪市": "city of Jinghong, China",
		"广西凭祥市": "city of Pingxiang, China", "缅甸掸邦大其力": "city of Tachilek, Myanmar", "อำเภอแม่สอด จังหวัดตาก": "district of Amphoe Mae Sot, Thailand",
		"จังหวัดตาก อำเภอแม่สอด": "district of Amphoe Mae Sot, Thailand", "อ.แม่สาย จ.เชียงราย": "district of Amphoe Mae Sai, Thailand",
		"မြဝတီ၊ ကရင်ပြည်နယ်": "city of Myawaddy, Myanmar",
	} {
		for _, a := range []Answer{ix.Geocode(Query{Text: written, Whole: true}), ix.ResolveNames([]string{written}, "")[0]} {
			if a.Decision != Accept || !sameAddress(a.Candidates[0].Write, want) || !strings.HasPrefix(a.Candidates[0].Write, want[:6]) {
				t.Errorf("%s: %s %+v, want %s", written, a.Decision, a.Candidates, want)
			}
		}
	}
	for written, why := range map[string]string{
		"San Sai, Phrao, Chiang Mai": "a seat is in no other district, and no town stands before what lies near it",
		"Mae Sai (Laos)":             "there is none in Laos",
		"Laos, Mae Sai":              "there is none in Laos",
		"中国清莱府":                      "it is in Thailand",
		"Mae Sai ()":                 "",
		"(Thailand":                  "",
		"（":                          "",
	} {
		a := ix.Geocode(Query{Text: written, Whole: true})
		if a.Decision == Accept && len(a.Candidates) > 0 && why != "" {
			t.Errorf("%s (%s): %+v", written, why, a.Candidates)
		}
	}
	if _, err := ix.Resolve("Thailand, Chiang Rai"); err == nil {
		t.Error("a pack takes what its grammar does not have")
	}
}
