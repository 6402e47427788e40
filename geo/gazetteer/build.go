package gazetteer

import (
	"cmp"
	"maps"
	"slices"

	"github.com/paulmach/orb"
)

// Builder gathers records and writes them as an index. The zero value is ready for use.
type Builder struct {
	entries []entry
}

type entry struct {
	record Record
	names  []string
	area   orb.MultiPolygon
}

// Add adds a record with the other names it bears and, where it has one, its area. Names that normalise to nothing are
// left out.
func (b *Builder) Add(r Record, otherNames []string, area orb.MultiPolygon) {
	b.entries = append(b.entries, entry{r, append([]string{r.Name}, otherNames...), area})
}

// Len is the number of records.
func (b *Builder) Len() int { return len(b.entries) }

// Bytes gives the index file. The order in which records were added does not matter.
func (b *Builder) Bytes() []byte {
	slices.SortStableFunc(b.entries, compareEntries)
	w := writer{at: map[string]uint32{}, refs: map[string][]uint32{}}
	for i, e := range b.entries {
		w.record(e)
		for _, n := range e.names {
			key := Normalise(n)
			if list := w.refs[key]; key != "" && !slices.Contains(list, uint32(i)) {
				w.refs[key] = append(list, uint32(i))
			}
		}
	}
	w.index()
	return w.file()
}

func compareEntries(a, b entry) int {
	return cmp.Or(
		cmp.Compare(a.record.Kind, b.record.Kind),
		cmp.Compare(a.record.Country, b.record.Country),
		cmp.Compare(b.record.Population, a.record.Population),
		cmp.Compare(a.record.Name, b.record.Name),
		cmp.Compare(a.record.Code, b.record.Code),
		cmp.Compare(a.record.Point[0], b.record.Point[0]),
		cmp.Compare(a.record.Point[1], b.record.Point[1]),
	)
}

type writer struct {
	at       map[string]uint32
	refs     map[string][]uint32
	sections [sectionCount][]byte
}

// text gives the offset of a string, written once.
func (w *writer) text(s string) uint32 {
	if at, ok := w.at[s]; ok {
		return at
	}
	at := uint32(len(w.sections[sectionStrings]))
	w.sections[sectionStrings] = append(w.sections[sectionStrings], s...)
	w.at[s] = at
	return at
}

func (w *writer) record(e entry) {
	r := e.record
	geometry := uint32(noGeometry)
	if len(e.area) > 0 {
		geometry = uint32(len(w.sections[sectionGeometry]))
		w.sections[sectionGeometry] = appendArea(w.sections[sectionGeometry], e.area)
	}
	var flags byte
	if r.Unofficial {
		flags = 1
	}
	country := [2]byte{}
	copy(country[:], r.Country)
	b := w.sections[sectionRecords]
	b = order.AppendUint32(b, w.text(r.Name))
	b = order.AppendUint32(b, w.text(r.Code))
	b = order.AppendUint32(b, w.text(r.Province))
	b = order.AppendUint32(b, w.text(r.Prefecture))
	b = order.AppendUint16(b, uint16(len(r.Name)))
	b = append(b, byte(len(r.Code)), byte(len(r.Province)), byte(len(r.Prefecture)), byte(r.Kind), byte(r.Origin), flags,
		country[0], country[1], 0, 0)
	b = order.AppendUint32(b, uint32(toMicro(r.Point[0])))
	b = order.AppendUint32(b, uint32(toMicro(r.Point[1])))
	b = order.AppendUint32(b, r.Population)
	w.sections[sectionRecords] = order.AppendUint32(b, geometry)
}

// index writes the sorted names with the records that bear them.
func (w *writer) index() {
	for _, key := range slices.Sorted(maps.Keys(w.refs)) {
		w.name(w.text(key), len(key))
		for _, ref := range w.refs[key] {
			w.sections[sectionRefs] = order.AppendUint32(w.sections[sectionRefs], ref)
		}
	}
	w.name(0, 0)
}

func (w *writer) name(at uint32, length int) {
	b := order.AppendUint32(w.sections[sectionNames], at)
	b = order.AppendUint32(b, uint32(length))
	w.sections[sectionNames] = order.AppendUint32(b, uint32(len(w.sections[sectionRefs])/4))
}

func (w *writer) file() []byte {
	var directory, body []byte
	for _, s := range w.sections {
		directory = order.AppendUint64(directory, uint64(headerSize+len(body)))
		directory = order.AppendUint64(directory, uint64(len(s)))
		body = append(body, s...)
	}
	rest := slices.Concat(directory, body)
	out := order.AppendUint32([]byte(magic), version)
	out = order.AppendUint32(out, checksum(rest))
	return append(out, rest...)
}
