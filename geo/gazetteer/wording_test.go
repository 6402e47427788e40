package gazetteer

import (
	"slices"
	"strings"
	"testing"
)

func TestGenericWordsOfTheRegion(t *testing.T) {
	ix := openReal(t)
	for written, want := range map[string]string{
		"Langkawi Island":                              "district of Langkawi, Kedah, Malaysia",
		"Pulau Langkawi":                               "district of Langkawi, Kedah, Malaysia",
		"Hainan Island":                                "province of Hainan, China",
		"Khet Khlong Toei":                             "district of Khlong Toei, Bangkok Metropolis, Thailand",
		"Khet Klong Toei":                              "district of Khlong Toei, Bangkok Metropolis, Thailand",
		"เขตคลองเตย":                                   "district of Khlong Toei, Bangkok Metropolis, Thailand",
		"อำเภอแม่สาย":                                  "district of Amphoe Mae Sai, Chiang Rai, Thailand",
		"อ.แม่สาย":                                     "district of Amphoe Mae Sai, Chiang Rai, Thailand",
		"จ.ตาก":                                        "province of Tak, Thailand",
		"กทม.":                                         "city of Bangkok, Thailand",
		"Federal Territory of Kuala Lumpur":            "province of Kuala Lumpur, Malaysia",
		"Nakorn Ratchasima":                            "province of Nakhon Ratchasima, Thailand",
		"Sungei Golok":                                 "city of Su-ngai Kolok, Thailand",
		"Kg. Wang Kelian, Perlis":                      "city of Wang Kelian, Malaysia",
		"Qiandongnan":                                  "prefecture of Qiandongnan Miao and Dong Autonomous Prefecture, China",
		"Liangshan Yi Autonomous Prefecture":           "prefecture of Liangshan Yizu Zizhizhou, China",
		"Xinjiang Uyghur Autonomous Region":            "province of Xinjiang, China",
		"Đồng Văn, Hà Giang":                           "city of Thị Trấn Đồng Văn, Vietnam",
		"prefecture of Baise":                          "prefecture of Baise Shi, China",
		"Kenthao":                                      "city of Muang Kènthao, Xaignabouri, Lao PDR",     // a word of the data's is not written
		"河口瑶族自治县":                                      "district of Hekou County, Honghe, Yunnan, China", // not the province of Gabon that bears 河口: the Yao live in China
		"孟连傣族拉祜族佤族自治县":                                 "district of Menglian County, Pu'er, Yunnan, China",
		"Qiannan Buyei and Miao Autonomous Prefecture": "prefecture of Qiannan Bouyeizu Miaozu Zizhizhou, China",
	} {
		a := ix.Geocode(Query{Text: written, Whole: true})
		if a.Decision != Accept || !sameAddress(a.Candidates[0].Write, want) || !strings.HasPrefix(a.Candidates[0].Write, want[:8]) {
			t.Errorf("%s: %s %+v, want %s", written, a.Decision, a.Candidates, want)
		}
	}
	for written, first := range map[string]string{
		"Yunnan County": "Yunnan",
	} {
		if a := ix.Geocode(Query{Text: written, Whole: true}); a.Decision != Ask || a.Candidates[0].Record.Name != first {
			t.Errorf("%s: %s %+v, want to ask for %s", written, a.Decision, a.Candidates, first)
		}
	}
	for _, written := range []string{"?", "n/a", "na", "", "自治县"} { // with a word before or after, they would be other names
		if a := ix.Geocode(Query{Text: written, Whole: true}); a.Decision == Accept {
			t.Errorf("%s: %+v", written, a)
		}
	}
	if a := ix.Geocode(Query{Text: "Red River", Whole: true}); a.Decision == Accept {
		t.Errorf("a river is taken for the county of its name: %+v", a)
	}
}

// The index gives divisions shorter names too.
func TestDivisionsAreCalledWithoutTheirGenericWords(t *testing.T) {
	for _, tt := range []struct {
		name string
		kind Kind
		want string // empty for none
	}{
		{"Chiang Rai Province", KindProvince, "chiang rai"},
		{"北京市", KindProvince, "北京"},
		{"Dehong Daizu Jingpozu Zizhizhou", KindPrefecture, "dehong daizu jingpozu"},
		{"Christmas Island", KindProvince, ""},
		{"Pulau Natal", KindProvince, ""},
		{"Basel City", KindProvince, ""}, // which is the city's name
		{"Mae Sai District", KindDistrict, ""},
	} {
		got := withoutGeneric(Normalise(tt.name), tt.kind)
		if (len(got) > 0) != (tt.want != "") || tt.want != "" && !slices.Contains(got, tt.want) {
			t.Errorf("%s is called %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNationalitiesAreLeftOut(t *testing.T) {
	for key, want := range map[string]string{
		"liangshan yi": "liangshan", "honghe hani and yi": "honghe", "沧源佤族": "沧源", "孟连傣族拉祜族佤族": "孟连", "yi": "yi", "佤族": "佤族", "dali": "dali",
		"mae sai": "mae sai",
	} {
		if got := withoutNationalities(key); got != want {
			t.Errorf("%q is %q, want %q", key, got, want)
		}
	}
	for words, want := range map[string]bool{
		"yizu zizhizhou": true, "miao and dong autonomous prefecture": true, "zizhizhou": true, "county": false, "yizu": false, "city autonomous prefecture": false,
	} {
		if isAutonomous(words) != want {
			t.Errorf("%q is autonomous: %t", words, !want)
		}
	}
}
