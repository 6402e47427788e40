package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"corridor/geo/gazetteer"
)

// A provinceMend is a row of data/reference/provinces.csv: what Natural Earth has wrong of a province.
type provinceMend struct {
	province        string // Natural Earth's adm1_code
	property, value string // an empty value takes away what is wrong
	line            int
}

// languages as a property stands for the names in all languages: Natural Earth takes them from one page, which may be that
// of another place.
const languages = "languages"

// readProvinceMends reads province, property, value, reason and source of each row. The error names file and line.
func readProvinceMends(path string) ([]provinceMend, error) {
	known := []string{"iso_3166_2", "name", "name_alt", "name_en", "name_local", "woe_name", languages}
	var list []provinceMend
	err := readRows(path, []string{"province", "property", "value", "reason", "source"}, func(line int, row map[string]string) error {
		if row["province"] == "" || row["reason"] == "" || row["source"] == "" {
			return errors.New("write Natural Earth's adm1_code of a province, the reason and the source")
		}
		if !slices.Contains(known, row["property"]) {
			return fmt.Errorf("property %q is none of %s", row["property"], strings.Join(known, ", "))
		}
		list = append(list, provinceMend{row["province"], row["property"], row["value"], line})
		return nil
	})
	return list, err
}

// mendProvinces puts right what Natural Earth has wrong. The error names a row that mends nothing.
func mendProvinces(features []feature, mends []provinceMend) error {
	byCode := map[string]properties{}
	for _, f := range features {
		byCode[f.Properties.text("adm1_code")] = f.Properties
	}
	for _, m := range mends {
		p := byCode[m.province]
		if p == nil {
			return fmt.Errorf("provinces.csv:%d: no province has the adm1_code %q", m.line, m.province)
		}
		if m.property != languages {
			p[m.property] = m.value
			continue
		}
		for key := range p {
			if strings.HasPrefix(key, "name_") && key != "name_alt" && key != "name_local" {
				p[key] = m.value
			}
		}
	}
	return nil
}

// dropBorrowed takes from provinces the native names that are another's of their country: Natural Earth calls both Bangkok and
// Chiang Mai จังหวัดเชียงใหม่. Such a name stays with those to which the file of facts gives it, or else with those that have it
// in a language besides.
func dropBorrowed(features []feature, facts *nameFacts) {
	bearers := map[string][]properties{} // country and native name → the provinces that have it
	for _, f := range features {
		if country := f.Properties.text("adm0_a3"); country != "" {
			for name := range nativeNames(f.Properties) {
				bearers[country+" "+name] = append(bearers[country+" "+name], f.Properties)
			}
		}
	}
	for key, list := range bearers {
		_, name, _ := strings.Cut(key, " ")
		if len(list) < 2 || !slices.ContainsFunc(list, func(p properties) bool { return nativeNames(p)[name].local }) {
			continue
		}
		owns := func(p properties) bool { return facts.confirms(p.text("iso_3166_2"), name) }
		if !slices.ContainsFunc(list, owns) {
			owns = func(p properties) bool { n := nativeNames(p)[name]; return n.local && n.inLanguage }
		}
		for _, p := range list {
			if !owns(p) {
				p.drop(name)
			}
		}
	}
}

// native says where a province has a name: as that of its own language, in a language, or both.
type native struct{ local, inLanguage bool }

// nativeNames gives a province's name_local and names in languages, normalised.
func nativeNames(p properties) map[string]native {
	names := map[string]native{}
	for _, text := range strings.Split(p.text("name_local"), "|") {
		names[gazetteer.Normalise(text)] = native{local: true}
	}
	for _, lang := range nameLanguages() {
		key := gazetteer.Normalise(p.text("name_" + lang))
		names[key] = native{names[key].local, true}
	}
	delete(names, "")
	return names
}

// drop takes a normalised name from a province's native names.
func (p properties) drop(name string) {
	isIt := func(text string) bool { return gazetteer.Normalise(text) == name }
	p["name_local"] = strings.Join(slices.DeleteFunc(strings.Split(p.text("name_local"), "|"), isIt), "|")
	for _, lang := range nameLanguages() {
		if key := "name_" + lang; isIt(p.text(key)) {
			p[key] = ""
		}
	}
}

// confirms says whether a place has a name, with or without the word for what it is, in the file of facts.
func (f *nameFacts) confirms(place, normalised string) bool {
	return slices.ContainsFunc(f.byPlace[place], func(n nameFact) bool {
		return strings.Contains(normalised, gazetteer.Normalise(n.Text))
	})
}
