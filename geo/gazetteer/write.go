package gazetteer

import (
	"cmp"
	"maps"
	"math"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// A writer gathers the sections of an index file.
type writer struct {
	sections [sectionCount][]byte
	texts    map[string]uint32
	numbers  map[Kind]map[string]uint32 // records by kind and key
	refs     map[string][]ref           // by key
	sorted   []string                   // the keys in order
	weights  []byte                     // of the keys
}

// A ref says that a record bears a key.
type ref struct {
	id         uint32
	weak       bool
	importance uint16
}

func newWriter(entries []entry) *writer {
	w := &writer{texts: map[string]uint32{}, numbers: map[Kind]map[string]uint32{}, refs: map[string][]ref{}}
	for i, e := range entries {
		k := e.record.Kind
		if w.numbers[k] == nil {
			w.numbers[k] = map[string]uint32{}
		}
		if _, ok := w.numbers[k][e.record.key()]; !ok && e.record.key() != "" {
			w.numbers[k][e.record.key()] = uint32(i)
		}
	}
	return w
}

// text gives the offset of a string, written once.
func (w *writer) text(s string) uint32 {
	if at, ok := w.texts[s]; ok {
		return at
	}
	at := uint32(len(w.sections[sectionTexts]))
	w.sections[sectionTexts] = append(w.sections[sectionTexts], s...)
	w.texts[s] = at
	return at
}

func (w *writer) number(code string, kinds ...Kind) uint32 {
	for _, k := range kinds {
		if id, ok := w.numbers[k][code]; ok && code != "" {
			return id
		}
	}
	return none
}

func (w *writer) put(section int, n uint32) {
	w.sections[section] = order.AppendUint32(w.sections[section], n)
}

func (w *writer) record(id uint32, e entry) {
	r := e.record
	b := make([]byte, recordSize)
	order.PutUint32(b[atName:], w.text(r.Name))
	order.PutUint32(b[atCode:], w.text(r.Code))
	order.PutUint32(b[atRegion:], w.number(r.Region, KindRegion))
	order.PutUint32(b[atCountry:], w.number(r.Country, KindCountry))
	order.PutUint32(b[atProvince:], w.number(r.Province, KindProvince))
	order.PutUint32(b[atDistrict:], w.number(r.District, KindPrefecture, KindDistrict))
	order.PutUint32(b[atLon:], uint32(toMicro(r.Point[0])))
	order.PutUint32(b[atLat:], uint32(toMicro(r.Point[1])))
	order.PutUint32(b[atPopulation:], r.Population)
	order.PutUint32(b[atGeometry:], none)
	if !math.IsInf(e.extent.Min[0], 1) {
		order.PutUint32(b[atGeometry:], uint32(len(w.sections[sectionGeometry])))
		w.sections[sectionGeometry] = appendArea(w.sections[sectionGeometry], e.extent, e.area)
	}
	order.PutUint16(b[atNameLength:], uint16(len(r.Name)))
	b[atCodeLength], b[atKind], b[atOrigin] = byte(len(r.Code)), byte(r.Kind), byte(r.Origin)
	if r.Unofficial {
		b[atFlags] |= flagUnofficial
	}
	if r.Capital {
		b[atFlags] |= flagCapital
	}
	order.PutUint16(b[atImportance:], e.importance)
	copy(b[atISO:atISO+2], r.Country)
	w.sections[sectionRecords] = append(w.sections[sectionRecords], b...)
	w.bear(id, e)
}

// bear notes the keys that a record bears, and its names in languages.
func (w *writer) bear(id uint32, e entry) {
	inLanguage := map[uint16]string{}
	for _, n := range e.names {
		if key := Normalise(n.Text); key != "" {
			w.refer(key, ref{id, n.Weak, e.importance})
			for _, short := range withoutGeneric(key, e.record.Kind) {
				w.refer(short, ref{id, n.Weak, e.importance})
			}
		}
		if code := languageCode(n.Lang); code != 0 && inLanguage[code] == "" {
			inLanguage[code] = n.Text
		}
	}
	for _, code := range slices.Sorted(maps.Keys(inLanguage)) {
		text := inLanguage[code]
		w.put(sectionNames, id)
		w.sections[sectionNames] = order.AppendUint16(w.sections[sectionNames], code)
		w.sections[sectionNames] = order.AppendUint16(w.sections[sectionNames], uint16(len(text)))
		w.put(sectionNames, w.text(text))
	}
}

func (w *writer) refer(key string, r ref) {
	list := w.refs[key]
	for i := range list {
		if list[i].id == r.id {
			list[i].weak = list[i].weak && r.weak
			return
		}
	}
	w.refs[key] = append(list, r)
}

// languageCode is a number for a language, 0 for none: its base language, so that zh-Hans and zh-CN are one.
func languageCode(tag string) uint16 {
	if tag == "" {
		return 0
	}
	t, err := language.Parse(tag)
	if err != nil {
		return 0
	}
	base, _ := t.Base()
	s := base.String()
	if len(s) != 2 {
		return 0
	}
	return uint16(s[0])<<8 | uint16(s[1])
}

// weightOf brings an importance into a byte.
func weightOf(importance uint16) byte { return byte(min(importance/100, math.MaxUint8)) }

// weakCost is what an alternate name takes from an importance, in its thousandths.
const weakCost = 4000

func (r ref) weight() uint16 {
	if r.weak {
		return r.importance - min(r.importance, weakCost)
	}
	return r.importance
}

// keys writes the normalised names in order, what bears them, and the table of their hashes.
func (w *writer) keys() {
	w.sorted = slices.Sorted(maps.Keys(w.refs))
	slots := make([]uint32, 1<<bits.Len(uint(len(w.sorted)*4/3))) // at most three quarters full
	tagBits := tagBitsOf(len(w.sorted))
	for i, key := range w.sorted {
		list := w.refs[key]
		slices.SortStableFunc(list, func(a, b ref) int {
			return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a.id, b.id))
		})
		w.weights = append(w.weights, weightOf(list[0].weight()))
		w.put(sectionKeyEnds, uint32(len(w.sections[sectionKeys])))
		w.put(sectionFirstRefs, uint32(len(w.sections[sectionRefs])/4))
		w.sections[sectionKeys] = append(w.sections[sectionKeys], key...)
		for _, r := range list {
			id := r.id
			if r.weak {
				id |= weakRef
			}
			w.put(sectionRefs, id)
		}
		h := compactHash(key)
		at := h & uint32(len(slots)-1)
		for slots[at] != 0 {
			at = (at + 1) & uint32(len(slots)-1)
		}
		slots[at] = h>>tagBits<<tagBits | uint32(i+1)
	}
	w.put(sectionKeyEnds, uint32(len(w.sections[sectionKeys])))
	w.put(sectionFirstRefs, uint32(len(w.sections[sectionRefs])/4))
	for _, s := range slots {
		w.put(sectionSlots, s)
	}
}

// starts writes where words begin, for search while typing.
func (w *writer) starts() {
	type start struct {
		rest string
		key  uint32
		at   uint8
	}
	var list []start
	for i, key := range w.sorted {
		for _, at := range wordStarts(key) {
			list = append(list, start{key[at:], uint32(i), uint8(at)})
		}
	}
	slices.SortFunc(list, func(a, b start) int {
		return cmp.Or(cmp.Compare(a.rest, b.rest), cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at))
	})
	for i, s := range list {
		if i%startsPerHead == 0 {
			w.sections[sectionHeads] = order.AppendUint64(w.sections[sectionHeads], headOf(s.rest))
		}
		w.put(sectionStarts, s.key)
		w.sections[sectionStarts] = append(w.sections[sectionStarts], s.at)
		w.sections[sectionWeights] = append(w.sections[sectionWeights], w.weights[s.key])
	}
	for block := range slices.Chunk(w.sections[sectionWeights], startsPerHead) {
		w.sections[sectionPeaks] = append(w.sections[sectionPeaks], slices.Max(block))
	}
}

// wordStarts are the bytes at which somebody may begin to type a name: each word, and each Han character.
func wordStarts(key string) []int {
	var at []int
	begins := true
	for i, r := range key {
		if i > math.MaxUint8 {
			break
		}
		if begins || unicode.Is(unicode.Han, r) {
			at = append(at, i)
		}
		begins = r == ' '
	}
	return at
}

// shapes writes what a search for misspelt names looks through.
func (w *writer) shapes() {
	buckets := make([][]uint32, (longestGuess+1)*sketches)
	for i, key := range w.sorted {
		if n := utf8.RuneCountInString(key); n <= longestGuess {
			b := n*sketches + int(sketchOf(key))
			buckets[b] = append(buckets[b], uint32(i))
		}
	}
	for _, keys := range buckets {
		w.put(sectionBuckets, uint32(len(w.sections[sectionShaped])/4))
		for _, key := range keys {
			w.sections[sectionShapes] = order.AppendUint64(w.sections[sectionShapes], uint64(shapeOf(w.sorted[key])))
			w.put(sectionShaped, key)
		}
	}
	w.put(sectionBuckets, uint32(len(w.sections[sectionShaped])/4))
}

// cells writes the settlements and crossings by square degree.
func (w *writer) cells(entries []entry) {
	byCell := make([][]uint32, cellRows*cellColumns)
	for i, e := range entries {
		if k := e.record.Kind; k == KindSettlement || k == KindCrossing {
			c := cellOf(e.record.Point)
			byCell[c] = append(byCell[c], uint32(i))
		}
	}
	for _, ids := range byCell {
		w.put(sectionCells, uint32(len(w.sections[sectionCelled])/4))
		for _, id := range ids {
			w.put(sectionCelled, id)
		}
	}
	w.put(sectionCells, uint32(len(w.sections[sectionCelled])/4))
}

func (w *writer) file() []byte {
	var directory []byte
	at := headerSize
	for _, s := range w.sections {
		at = (at + 7) &^ 7 // sections begin at a multiple of eight, so that numbers lie whole in a cache line
		directory = order.AppendUint64(directory, uint64(at))
		directory = order.AppendUint64(directory, uint64(len(s)))
		at += len(s)
	}
	out := make([]byte, 0, at)
	out = append(out, magic...)
	out = order.AppendUint32(out, version)
	out = order.AppendUint32(out, 0)
	out = append(out, directory...)
	for _, s := range w.sections {
		for len(out)%8 != 0 {
			out = append(out, 0)
		}
		out = append(out, s...)
	}
	order.PutUint32(out[12:], checksum(out[16:]))
	return out
}
