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
	return []string{"district", "county", "township", "municipality", "shi", "gun"}
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

// districtsNamed are the districts of whose name a key leaves out the word for it.
func (ix *Index) districtsNamed(key string) []candidate {
	var buffer [64]uint32
	var list []candidate
	for _, k := range districtKeys(key) {
		list = ix.asCandidates(list, ix.refs(buffer[:0], []byte(k)), match{})
	}
	return slices.DeleteFunc(list, func(c candidate) bool { return ix.raw(c.id).kind() != KindDistrict })
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

// withDistricts adds to the records that bear a name as it is written the districts that bear it otherwise, which come before
// those that bear one a few letters different.
func (ix *Index) withDistricts(list []candidate, key []byte) []candidate {
	exact := list
	if len(list) > 0 && list[0].distance > 0 {
		exact = nil
	}
	known := func(c candidate) bool {
		return slices.ContainsFunc(exact, func(o candidate) bool { return o.id == c.id })
	}
	more := slices.DeleteFunc(ix.districtsNamed(string(key)), known)
	if len(more) == 0 && !slices.ContainsFunc(exact, func(c candidate) bool { return ix.raw(c.id).kind() == KindDistrict }) {
		more = ix.districtsOf(exact)
	}
	if len(more) == 0 {
		return list
	}
	return append(slices.Clip(exact), more...)
}
