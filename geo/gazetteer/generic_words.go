package gazetteer

import "sync"

// A generic word tells what sort of place a name belongs to and may be left out of it. Those of languages written without
// spaces, and Vietnamese, Thai and other words that come first, say where they stand.
type generic struct {
	word  string // normalised; words of spaced scripts are whole words
	first bool   // whether it comes before the name
	glued bool   // whether no space parts it from the name
	kinds kinds
	most  uint32 // people in a place of this sort, 0 for any number
	kept  bool   // whether the data's names keep it: nobody calls Christmas Island Christmas
}

// genericWords lists the generic words of the languages of the region and of English, the longer before those they end in.
var genericWords = sync.OnceValue(func() (list []generic) {
	for _, set := range genericSets() {
		for _, word := range set.words {
			g := set.generic
			if g.word = word; g.glued {
				g.word = Normalise(word)
			}
			list = append(list, g)
		}
	}
	return list
})

// villagePeople is from how many people on no village is meant.
const villagePeople = 50_000

// What generic words mean.
const (
	ofCountry    = kinds(1 << KindCountry)
	ofProvince   = kinds(1 << KindProvince)
	ofPrefecture = kinds(1<<KindPrefecture | 1<<KindProvince)
	ofDistrict   = kinds(1<<KindDistrict | 1<<KindPrefecture)
	ofCity       = kinds(1<<KindSettlement | 1<<KindPrefecture | 1<<KindProvince)
	ofTown       = kinds(1 << KindSettlement)
	ofPart       = kinds(1<<KindSettlement | 1<<KindDistrict)
	ofIsland     = kinds(1<<KindSettlement | 1<<KindDistrict | 1<<KindProvince)
	// English keeps the city apart from its province, and 市 does not.
	ofEnglishCity = kinds(1<<KindSettlement | 1<<KindPrefecture)
)

// genericSet are generic words that have all but the word in common.
type genericSet struct {
	generic
	words []string
}

func genericSets() []genericSet {
	after := func(k kinds, words ...string) genericSet { return genericSet{generic{kinds: k}, words} }
	before := func(k kinds, words ...string) genericSet { return genericSet{generic{kinds: k, first: true}, words} }
	gluedAfter := func(k kinds, words ...string) genericSet { return genericSet{generic{kinds: k, glued: true}, words} }
	gluedBefore := func(k kinds, words ...string) genericSet {
		return genericSet{generic{kinds: k, first: true, glued: true}, words}
	}
	village := func(set genericSet) genericSet { set.most = villagePeople; return set }
	kept := func(set genericSet) genericSet { set.kept = true; return set }
	return []genericSet{
		after(ofPrefecture, "autonomous prefecture", "zizhizhou", "prefecture"),
		kept(after(ofIsland, "island")),
		after(ofProvince, "union territory", "federal territory", "special administrative region", "autonomous region", "capital territory", "province", "provinces", "state", "region",
			"governorate", "oblast", "krai", "changwat", "division", "pref"),
		after(ofDistrict, "autonomous county", "zizhixian", "district", "county", "municipality", "township", "amphoe", "subdistrict"),
		after(ofEnglishCity, "city", "metropolis"),
		after(ofCity, "municipality"),
		after(ofTown, "town", "town tract"),
		village(after(ofTown, "village")),
		before(ofCountry, "kingdom of", "republic of", "union of", "country of"),
		kept(before(ofIsland, "island of", "pulau", "ko")),
		before(ofProvince, "federal territory of", "union territory of", "wilayah persekutuan", "จ", "province of", "state of", "changwat", "provinsi", "negeri", "tinh", "khoueng", "khaet", "khett"),
		before(ofDistrict, "district of", "county of", "amphoe", "khet", "srok", "kabupaten", "huyen", "thi xa", "daerah", "อ", "เขต"),
		before(ofPart, "tambon", "khwaeng", "ต"),
		before(ofEnglishCity, "city of"),
		before(ofCity, "thanh pho", "kota", "krong", "municipality of"),
		before(ofTown, "town of", "village of", "ban", "muang", "mueang", "bandar", "kampung", "pekan"),
		gluedAfter(ofPrefecture, "自治州", "州", "地区", "府"),
		gluedAfter(ofProvince, "特别行政区", "特別行政區", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治區", "省", "邦"),
		gluedAfter(ofDistrict, "自治县", "县", "縣", "区", "區", "府"),
		gluedAfter(ofCity, "市"),
		gluedAfter(ofTown, "镇", "鎮", "乡"),
		village(gluedAfter(ofTown, "村")),
		gluedBefore(ofProvince, "จังหวัด", "มณฑล", "ແຂວງ", "ខេត្ត"),
		gluedBefore(ofPart, "ตำบล"),
		gluedBefore(ofPart|ofProvince, "แขวง"), // a part of Bangkok, and a province of Laos
		gluedBefore(ofDistrict, "อำเภอ", "เขต", "ເມືອງ", "ស្រុក"),
		gluedBefore(ofCity, "เทศบาลเมือง", "เมือง", "นคร", "ນະຄອນຫຼວງ", "រាជធានី", "ក្រុង"),
		gluedBefore(ofTown, "บ้าน", "ບ້ານ", "ភូមិ"),
		gluedBefore(ofCountry, "ประเทศ", "ປະເທດ", "ប្រទេស"),
		gluedAfter(ofCountry, "နိုင်ငံ"),
		gluedAfter(ofProvince, "တိုင်းဒေသကြီး", "ပြည်နယ်"),
		gluedAfter(ofDistrict, "ခရိုင်"),
		gluedAfter(ofTown, "မြို့", "ရွာ"),
	}
}
