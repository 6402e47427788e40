package main

import (
	"strings"
	"testing"
)

// namedProvince is a province as Natural Earth has it, without an outline.
func namedProvince(code, iso string, names map[string]string) feature {
	p := properties{"adm0_a3": iso[:2], "adm1_code": code, "iso_3166_2": iso}
	for key, name := range names {
		p[key] = name
	}
	return feature{Properties: p}
}

func TestANativeNameStaysWithTheProvinceWhoseItIs(t *testing.T) {
	features := []feature{
		namedProvince("1", "TH-10", map[string]string{"name_local": "จังหวัดเชียงใหม่", "name_en": "Bangkok"}),
		namedProvince("2", "TH-50", map[string]string{"name_local": "จังหวัดเชียงใหม่", "name_en": "Chiang Mai"}),
		namedProvince("3", "DZ-15", map[string]string{"name_local": "ولاية غليزان", "name_ar": "ولاية تيزي وزو"}),
		namedProvince("4", "DZ-48", map[string]string{"name_local": "ولاية غليزان", "name_ar": "ولاية غليزان"}),
		namedProvince("5", "RU-AL", map[string]string{"name_local": "Республика Алтай", "name_ru": "Республика Алтай"}),
		namedProvince("6", "RU-ALT", map[string]string{"name_local": "Алтайский край", "name_ru": "Республика Алтай"}),
		namedProvince("7", "AR-B", map[string]string{"name_es": "Buenos Aires"}),
		namedProvince("8", "AR-C", map[string]string{"name_es": "Buenos Aires"}),
		namedProvince("9", "BR-AL", map[string]string{"name_local": "Республика Алтай"}),
	}
	facts, err := readNames(tableOf(t, "names.csv", namesHead+"TH-10,th,กรุงเทพมหานคร,current,x\nTH-50,th,เชียงใหม่,current,x\n"))
	if err != nil {
		t.Fatal(err)
	}
	dropBorrowed(features, facts)
	for i, want := range []string{
		"|Bangkok", "จังหวัดเชียงใหม่|Chiang Mai", "|ولاية تيزي وزو", "ولاية غليزان|ولاية غليزان", "Республика Алтай|Республика Алтай",
		"Алтайский край|", "|Buenos Aires", "|Buenos Aires", "Республика Алтай|",
	} {
		p := features[i].Properties
		if got := p.text("name_local") + "|" + p.text("name_en") + p.text("name_ar") + p.text("name_ru") + p.text("name_es"); got != want {
			t.Errorf("%s has %q, want %q", p.text("iso_3166_2"), got, want)
		}
	}
}

func TestMendsOfProvincesSayWhatIsWrong(t *testing.T) {
	const head, good = "province,property,value,reason,source\n", "VNM-497,languages,,another place's,x\nVNM-497,name,Đồng Nai,another place's,x\n"
	mended := func(rows string) (properties, error) {
		f := namedProvince("VNM-497", "VN-39", map[string]string{"name": "Đông Nam Bộ", "name_vi": "Đông Nam Bộ", "name_alt": "Dong Nai"})
		list, err := readProvinceMends(tableOf(t, "provinces.csv", head+rows))
		if err != nil {
			return nil, err
		}
		return f.Properties, mendProvinces([]feature{f}, list)
	}
	if p, err := mended(good); err != nil || p.text("name") != "Đồng Nai" || p.text("name_vi") != "" || p.text("name_alt") != "Dong Nai" {
		t.Errorf("%v, %v", p, err)
	}
	for from, tt := range map[string]struct{ to, says string }{
		"another place's,x\nVNM": {",x\nVNM", ":2: write Natural Earth's adm1_code"},
		"497,name":               {"497,area", `:3: property "area" is none of iso_3166_2`},
		"VNM-497,name":           {"VNM-1,name", `provinces.csv:3: no province has the adm1_code "VNM-1"`},
	} {
		if _, err := mended(strings.Replace(good, from, tt.to, 1)); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", tt.to, err, tt.says)
		}
	}
}
