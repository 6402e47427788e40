package gazetteer

import "slices"

// Words by which the data call a district, normalised, before its name and after it. An author writes "district of Mae Sai";
// the data have Amphoe Mae Sai, Tachileik District, Muang Houayxay, Srŏk Poŭk.
func wordsBefore() []string {
	return []string{
		"amphoe", "king amphoe", "khet", "muang", "huyen", "quan", "thi xa", "thanh pho", "srok", "krong", "khan", "daerah",
		"bahagian", "kabupaten", "kota",
	}
}

func wordsAfter() []string {
	return []string{"district", "county", "township", "municipality", "shi", "diqu", "gun"}
}

// settlementKeys are the names under which the data may have a settlement, but for that which an author writes.
func settlementKeys(key string) []string {
	var keys []string
	for _, w := range []string{"muang", "mueang", "ban", "thi tran", "bandar", "kampung", "pekan", "ko", "pulau"} {
		keys = append(keys, w+" "+key)
	}
	for _, w := range []string{"zhen", "chengguanzhen", "town", "city"} {
		keys = append(keys, key+" "+w)
	}
	return keys
}

// districtKeys are the names under which the data may have a district, but for that which an author writes.
func districtKeys(key string) []string {
	keys := make([]string, 0, 24)
	for _, w := range wordsBefore() {
		keys = append(keys, w+" "+key)
	}
	for _, w := range wordsAfter() {
		keys = append(keys, key+" "+w)
	}
	return keys
}

// divisionsNamed are the districts or prefectures of whose name a key leaves out the word for it.
func (ix *Index) divisionsNamed(key string, kind Kind) []candidate {
	var buffer [64]uint32
	var list []candidate
	for _, k := range districtKeys(key) {
		list = ix.asCandidates(list, ix.refs(buffer[:0], []byte(k)), match{})
	}
	return slices.DeleteFunc(list, func(c candidate) bool { return ix.raw(c.id).kind() != kind })
}

// districtsOf are the districts that are called by the towns in them: แม่สาย is a name of the town alone.
func (ix *Index) districtsOf(towns []candidate) []candidate {
	var list []candidate
	for _, c := range towns {
		district := ix.raw(c.id).u32(atDistrict)
		if ix.raw(c.id).kind() != KindSettlement || district == none {
			continue
		}
		town, name := Normalise(ix.name(c.id)), Normalise(ix.name(district))
		called := func(key string) bool { return sameCompact(key, name) }
		if called(town) || slices.ContainsFunc(districtKeys(town), called) {
			list = ix.asCandidates(list, []uint32{district}, match{})
		}
	}
	return slices.DeleteFunc(list, func(c candidate) bool { return ix.raw(c.id).kind() != KindDistrict })
}

// withDivisions adds to the records that bear a name as it is written the districts or prefectures that bear it otherwise, which
// come before those that bear one a few letters different.
func (ix *Index) withDivisions(list []candidate, key []byte, kind Kind) []candidate {
	if kind != KindDistrict && kind != KindPrefecture {
		return list
	}

	exact := list
	if len(list) > 0 && list[0].distance > 0 {
		exact = nil
	}
	known := func(c candidate) bool {
		return slices.ContainsFunc(exact, func(o candidate) bool { return o.id == c.id })
	}
	more := slices.DeleteFunc(ix.divisionsNamed(string(key), kind), known)
	if len(more) == 0 && kind == KindDistrict && !slices.ContainsFunc(exact, func(c candidate) bool { return ix.raw(c.id).kind() == KindDistrict }) {
		more = ix.districtsOf(exact)
	}
	if len(more) == 0 {
		return list
	}
	return append(slices.Clip(exact), more...)
}
