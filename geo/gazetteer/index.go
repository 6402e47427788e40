package gazetteer

import (
	"errors"
	"fmt"
	"os"
	"sort"

	"github.com/edsrzf/mmap-go"
	"github.com/paulmach/orb"
)

// ErrIndex means that a file is no index of this version, or is damaged.
var ErrIndex = errors.New("gazetteer: not a usable index; make it again with `make build`")

// Index is an opened index. It is read-only and safe for use by many goroutines.
type Index struct {
	sections [sectionCount][]byte
	mapped   mmap.MMap
}

// Open maps an index file into memory. The error is [ErrIndex] where the file is no index, of another version or damaged.
func Open(path string) (*Index, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w; make the index with `make build`", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() < headerSize {
		return nil, fmt.Errorf("%s: %w", path, ErrIndex)
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("gazetteer: map %s: %w", path, err)
	}
	ix, err := read(m)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), m.Unmap())
	}
	ix.mapped = m
	return ix, nil
}

// Read opens an index that is already in memory.
func read(b []byte) (*Index, error) {
	if len(b) < headerSize || string(b[:8]) != magic || order.Uint32(b[8:]) != version {
		return nil, ErrIndex
	}
	if checksum(b[16:]) != order.Uint32(b[12:]) {
		return nil, ErrIndex
	}
	ix := &Index{}
	for i := range ix.sections {
		at, length := order.Uint64(b[16+16*i:]), order.Uint64(b[24+16*i:])
		if at > uint64(len(b)) || length > uint64(len(b))-at {
			return nil, ErrIndex
		}
		ix.sections[i] = b[at : at+length]
	}
	return ix, nil
}

// Close unmaps the file; the index and what it gave must not be used afterwards.
func (ix *Index) Close() error {
	if ix.mapped == nil {
		return nil
	}
	if err := ix.mapped.Unmap(); err != nil {
		return fmt.Errorf("gazetteer: %w", err)
	}
	return nil
}

// Len is the number of records, Names the number of distinct normalised names.
func (ix *Index) Len() int { return len(ix.sections[sectionRecords]) / recordSize }

// Names is the number of distinct normalised names.
func (ix *Index) Names() int { return len(ix.sections[sectionNames])/nameSize - 1 }

// Lookup gives the records that bear a name, exactly but for what [Normalise] forgives, the largest kind first.
func (ix *Index) Lookup(name string) []Record {
	var out []Record
	for _, id := range ix.refs(Normalise(name)) {
		out = append(out, ix.record(id))
	}
	return out
}

// refs gives the records that bear a normalised name.
func (ix *Index) refs(key string) []uint32 {
	n := ix.Names()
	i := sort.Search(n, func(i int) bool { return ix.name(i) >= key })
	if key == "" || i == n || ix.name(i) != key {
		return nil
	}
	first, last := ix.firstRef(i), ix.firstRef(i+1)
	out := make([]uint32, 0, last-first)
	for r := first; r < last; r++ {
		out = append(out, order.Uint32(ix.sections[sectionRefs][4*r:]))
	}
	return out
}

// name is the i-th normalised name in order.
func (ix *Index) name(i int) string {
	b := ix.sections[sectionNames][i*nameSize:]
	return ix.text(order.Uint32(b), int(order.Uint32(b[4:])))
}

func (ix *Index) firstRef(i int) uint32 {
	return order.Uint32(ix.sections[sectionNames][i*nameSize+8:])
}

// text copies, so that nothing given away points into the mapped file.
func (ix *Index) text(at uint32, length int) string {
	return string(ix.sections[sectionStrings][at : int(at)+length])
}

func (ix *Index) record(id uint32) Record {
	b := ix.raw(id)
	country := ""
	if b[24] != 0 {
		country = string(b[24:26])
	}
	return Record{
		Name:       ix.text(order.Uint32(b), int(order.Uint16(b[16:]))),
		Code:       ix.text(order.Uint32(b[4:]), int(b[18])),
		Province:   ix.text(order.Uint32(b[8:]), int(b[19])),
		Prefecture: ix.text(order.Uint32(b[12:]), int(b[20])),
		Kind:       Kind(b[21]),
		Origin:     Origin(b[22]),
		Unofficial: b[23] == 1,
		Country:    country,
		Point:      rawPoint(b),
		Population: rawPopulation(b),
	}
}

func (ix *Index) raw(id uint32) []byte {
	return ix.sections[sectionRecords][int(id)*recordSize:][:recordSize]
}

func rawPoint(b []byte) orb.Point {
	return pointOf(int32(order.Uint32(b[28:])), int32(order.Uint32(b[32:])))
}

func rawPopulation(b []byte) uint32 { return order.Uint32(b[36:]) }

// area is the area of a record, nil where it has none.
func (ix *Index) area(id uint32) orb.MultiPolygon {
	at := order.Uint32(ix.raw(id)[40:])
	if at == noGeometry {
		return nil
	}
	return readArea(ix.sections[sectionGeometry][at:])
}

// ofKind gives the ids of a kind's records: they stand together.
func (ix *Index) ofKind(k Kind) (first, last uint32) {
	kind := func(i int) Kind { return Kind(ix.raw(uint32(i))[21]) }
	from := sort.Search(ix.Len(), func(i int) bool { return kind(i) >= k })
	to := sort.Search(ix.Len(), func(i int) bool { return kind(i) > k })
	return uint32(from), uint32(to)
}
