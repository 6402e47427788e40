package gazetteer

import "strings"

// kinds is a set of kinds, one bit each; 0 is any.
type kinds uint16

func kindsOf(list ...Kind) kinds {
	var k kinds
	for _, kind := range list {
		k |= 1 << kind
	}
	return k
}

func (k kinds) holds(kind Kind) bool { return k == 0 || k&(1<<kind) != 0 }

// without takes the generic word off a key; ok is false where it does not hold it or is nothing else.
func (g generic) without(key string) (core string, ok bool) {
	word := g.word
	switch {
	case g.first && g.glued:
		core, ok = strings.CutPrefix(key, word)
	case g.first:
		core, ok = strings.CutPrefix(key, word+" ")
	case g.glued:
		core, ok = strings.CutSuffix(key, word)
	default:
		core, ok = strings.CutSuffix(key, " "+word)
	}
	core = strings.TrimSpace(core)
	return core, ok && core != ""
}

// autonomous says whether the word is for an area that is called by nationalities.
func (g generic) autonomous() bool {
	return strings.HasPrefix(g.word, "autonomous") || strings.Contains(g.word, "自治") || strings.HasPrefix(g.word, "zizhi")
}

// statedKinds are the kinds that the generic words of a key state, 0 for any.
func statedKinds(key string) kinds {
	var k kinds
	for _, g := range genericWords() {
		if _, ok := g.without(key); ok {
			k |= g.kinds
		}
	}
	return k
}

// isSort says whether a name tells only a sort of place, as "the border" does. That towns are called Village does not make
// the word a name where nothing else is written with it.
func (n name) isSort() bool {
	if n.kind != 0 || len(n.parents) > 0 || n.country != "" {
		return false
	}
	words := strings.Fields(Normalise(n.own))
	for _, w := range words {
		switch w {
		case "the", "a", "border", "frontier", "crossing", "checkpoint", "country", "state", "region", "province", "prefecture", "district", "county",
			"township", "municipality", "city", "town", "village", "island", "river":
		default:
			return false
		}
	}
	return len(words) > 0
}

// A variant is another key under which a name may stand, and the kinds of place it then means, of at most so many people.
type variant struct {
	key   string
	kinds kinds
	most  uint32
	// country is the code of the country in which it lies, empty for any.
	country string
}

// cores gives what is left of a key without each of its generic words, and without the nationalities that an autonomous area is
// called by: 沧源佤族自治县 is 沧源.
func cores(key string) []variant {
	var list []variant
	for _, g := range genericWords() {
		core, ok := g.without(key)
		if !ok {
			continue
		}
		list = append(list, variant{key: core, kinds: g.kinds, most: g.most})
		if bare := withoutNationalities(core); bare != core && g.autonomous() {
			list = append(list, variant{key: bare, kinds: g.kinds, country: "CN"})
		}
	}
	return list
}

// mended gives a key with its first or last word as the generic word that is a letter different.
func mended(key string) []string {
	const shortest = 5 // letters of a word that is told by all but one
	first, rest, _ := strings.Cut(key, " ")
	end := strings.LastIndexByte(key, ' ') + 1
	var list []string
	for _, g := range genericWords() {
		if g.glued || len(g.word) < shortest || rest == "" {
			continue
		}
		if g.first && editDistance(first, g.word, 1) == 1 {
			list = addOnce(list, g.word+" "+rest)
		}
		if !g.first && editDistance(key[end:], g.word, 1) == 1 {
			list = addOnce(list, key[:end]+g.word)
		}
	}
	return list
}

// variants gives the keys to look up where the data do not know a name as it is written: without its generic word, with
// the word that the data use, with "Saint" for "St" and the like.
func variants(key string) []variant {
	var list []variant
	keys := []string{key}
	if whole := spelledOut(key); whole != key {
		keys = append(keys, whole)
		list = append(list, variant{key: whole})
	}
	for _, k := range keys {
		for _, v := range cores(k) {
			list = append(list, v)
			var words []string
			switch {
			case v.kinds.holds(KindDistrict):
				words = []string{v.key + " district", v.key + " county", "amphoe " + v.key}
			case v.kinds.holds(KindPrefecture) && !v.kinds.holds(KindSettlement):
				words = []string{v.key + " shi", v.key + " diqu"}
			}
			for _, w := range words {
				list = append(list, variant{key: w, kinds: v.kinds})
			}
		}
	}
	return list
}

// spellings are words as people write them, and as the data do.
var spellings = map[string]string{
	"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point", "saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "point": "pt",
	"koh": "ko", "haad": "hat", "baan": "ban", "klong": "khlong", "nakorn": "nakhon", "sungei": "sungai", "kampong": "kampung", "kg": "kampung",
	"amphur": "amphoe", "ampher": "amphoe", "changwad": "changwat",
}

// spelledOut writes abbreviated words of names in full, those in full as abbreviations, and transcribed ones as the data do.
func spelledOut(key string) string {
	words := strings.Fields(key)
	for i, w := range words {
		if as, ok := spellings[w]; ok && (i < len(words)-1 || len(as) < len(w)) {
			words[i] = as
		}
	}
	if len(words) == 1 && words[0] == "กทม" {
		return "กรุงเทพมหานคร"
	}
	return strings.Join(words, " ")
}

// withoutGeneric gives the shorter keys that a division bears too: people seldom say "Province".
func withoutGeneric(key string, kind Kind) []string {
	if kind != KindProvince && kind != KindPrefecture {
		return nil
	}
	var list []string
	for _, g := range genericWords() {
		if core, ok := g.without(key); ok && g.kinds.holds(kind) && !g.kept {
			list = append(list, core)
		}
	}
	return list
}
