package gazetteer

import (
	"cmp"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"sort"
	"strconv"
	"sync"
	"unsafe"

	"github.com/edsrzf/mmap-go"
	"github.com/paulmach/orb"
)

// ErrIndex means that a file is no index of this version, or is damaged.
var ErrIndex = errors.New("gazetteer: not a usable index; make it again with `make build`")

// Index is an opened index. It is read-only and safe for use by many goroutines.
type Index struct {
	sections [sectionCount][]byte
	mapped   mmap.MMap
	// What follows is told by the sections.
	records, keys int
	tagBits       int
	slots         uint32
	version       string
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
	if err := whole(f); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
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

// Lazily gives a function that opens an index file when it is first asked for and gives the same index then. Where that fails, as while
// the file is still being made, it is tried again the next time. Many may call it at once.
func Lazily(path string) func() (*Index, error) {
	var mutex sync.Mutex
	var opened *Index
	return func() (*Index, error) {
		mutex.Lock()
		defer mutex.Unlock()
		if opened != nil {
			return opened, nil
		}
		ix, err := Open(path)
		if err == nil {
			opened = ix
		}
		return ix, err
	}
}

// whole compares a file with its checksum. It reads the file, since going through the mapped pages takes several times as
// long.
func whole(f *os.File) error {
	var head [16]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return err
	}
	const buffer = 1 << 20
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	if _, err := io.CopyBuffer(sum, io.NewSectionReader(f, int64(len(head)), math.MaxInt64-int64(len(head))), make([]byte, buffer)); err != nil {
		return err
	}
	if sum.Sum32() != order.Uint32(head[12:]) {
		return ErrIndex
	}
	return nil
}

// read opens an index that is in memory and whole.
func read(b []byte) (*Index, error) {
	if len(b) < headerSize || string(b[:8]) != magic || order.Uint32(b[8:]) != version {
		return nil, ErrIndex
	}
	ix := &Index{}
	for i := range ix.sections {
		at, length := order.Uint64(b[16+16*i:]), order.Uint64(b[24+16*i:])
		if at > uint64(len(b)) || length > uint64(len(b))-at {
			return nil, ErrIndex
		}
		ix.sections[i] = b[at : at+length : at+length]
	}
	ix.records = len(ix.sections[sectionRecords]) / recordSize
	ix.keys = len(ix.sections[sectionFirstRefs])/4 - 1
	ix.slots = uint32(len(ix.sections[sectionSlots]) / 4)
	ix.tagBits = tagBitsOf(ix.keys)
	ix.version = strconv.FormatUint(uint64(order.Uint32(b[12:])), 36)
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

// Version names what the index holds: it changes with the file's content.
func (ix *Index) Version() string { return ix.version }

// Len is the number of records.
func (ix *Index) Len() int { return ix.records }

func (ix *Index) u32(section int, i uint32) uint32 {
	return order.Uint32(ix.sections[section][4*int(i):])
}

// key is a normalised name. It points into the mapped file and must not be given away.
func (ix *Index) key(i uint32) string {
	from, to := ix.u32(sectionKeyEnds, i), ix.u32(sectionKeyEnds, i+1)
	b := ix.sections[sectionKeys][from:to]
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// text copies, so that nothing given away points into the mapped file.
func (ix *Index) text(at uint32, length int) string {
	return string(ix.sections[sectionTexts][at : int(at)+length])
}

// record gives a record by its number, from 0 to [Index.Len].
func (ix *Index) record(id uint32) Record {
	r := ix.raw(id)
	return Record{
		Name:       ix.text(r.u32(atName), int(order.Uint16(r[atNameLength:]))),
		Code:       ix.code(id),
		Kind:       r.kind(),
		Country:    r.country(),
		Region:     ix.code(r.u32(atRegion)),
		Province:   ix.code(r.u32(atProvince)),
		District:   ix.code(r.u32(atDistrict)),
		Point:      r.point(),
		Population: r.population(),
		Origin:     Origin(r[atOrigin]),
		Unofficial: r[atFlags]&flagUnofficial != 0,
		Capital:    r[atFlags]&flagCapital != 0,
	}
}

// code is that of a record, empty for none.
func (ix *Index) code(id uint32) string {
	if id == none {
		return ""
	}
	r := ix.raw(id)
	return ix.text(r.u32(atCode), int(r[atCodeLength]))
}

// name is a record's own.
func (ix *Index) name(id uint32) string {
	r := ix.raw(id)
	return ix.text(r.u32(atName), int(order.Uint16(r[atNameLength:])))
}

// rawRecord is a record as it stands in the file.
type rawRecord []byte

func (ix *Index) raw(id uint32) rawRecord {
	return rawRecord(ix.sections[sectionRecords][int(id)*recordSize:][:recordSize])
}

func (r rawRecord) u32(at int) uint32   { return order.Uint32(r[at:]) }
func (r rawRecord) kind() Kind          { return Kind(r[atKind]) }
func (r rawRecord) population() uint32  { return r.u32(atPopulation) }
func (r rawRecord) importance() float64 { return float64(order.Uint16(r[atImportance:])) / 1000 }

func (r rawRecord) point() orb.Point {
	return pointOf(int32(r.u32(atLon)), int32(r.u32(atLat)))
}

func (r rawRecord) country() string {
	if r[atISO] == 0 {
		return ""
	}
	return string(r[atISO : atISO+2])
}

// area is the area of a record, nil where it has none.
func (ix *Index) area(id uint32) orb.MultiPolygon {
	at := ix.raw(id).u32(atGeometry)
	if at == none {
		return nil
	}
	if area := readArea(ix.sections[sectionGeometry][at:]); len(area) > 0 {
		return area
	}
	return nil
}

// hasArea says whether the data know the outline of a record.
func (ix *Index) hasArea(id uint32) bool {
	at := ix.raw(id).u32(atGeometry)
	if at == none {
		return false
	}
	r := varints{ix.sections[sectionGeometry][at:]}
	readExtent(&r)
	return r.unsigned() > 0
}

// extent is how far a record reaches; west is greater than east where it crosses the antimeridian. A settlement's is its
// point.
func (ix *Index) extent(id uint32) orb.Bound {
	r := ix.raw(id)
	at := r.u32(atGeometry)
	if at == none {
		return r.point().Bound()
	}
	return readExtent(&varints{ix.sections[sectionGeometry][at:]})
}

// ofKind gives the numbers of a kind's records: they stand together.
func (ix *Index) ofKind(k Kind) (first, last uint32) {
	from := sort.Search(ix.records, func(i int) bool { return ix.raw(uint32(i)).kind() >= k })
	to := sort.Search(ix.records, func(i int) bool { return ix.raw(uint32(i)).kind() > k })
	return uint32(from), uint32(to)
}

// nameIn is a record's name in a language where one is known, else its own.
func (ix *Index) nameIn(id uint32, lang uint16) string {
	if lang == 0 {
		return ix.name(id)
	}
	list := ix.sections[sectionNames]
	n := len(list) / nameSize
	i := sort.Search(n, func(i int) bool {
		b := list[i*nameSize:]
		return cmp.Or(cmp.Compare(order.Uint32(b), id), cmp.Compare(order.Uint16(b[4:]), lang)) >= 0
	})
	if i == n {
		return ix.name(id)
	}
	b := list[i*nameSize:]
	if order.Uint32(b) != id || order.Uint16(b[4:]) != lang {
		return ix.name(id)
	}
	return ix.text(order.Uint32(b[8:]), int(order.Uint16(b[6:])))
}

// liesIn says whether a record's own codes put it into another.
func (ix *Index) liesIn(id, within uint32) bool {
	r := ix.raw(id)
	switch ix.raw(within).kind() {
	case KindRegion:
		country := r.u32(atCountry)
		return r.u32(atRegion) == within ||
			country != none && (ix.raw(country).u32(atRegion) == within || ix.inRegion(ix.raw(country).u32(atRegion), within))
	case KindCountry:
		return r.u32(atCountry) == within
	case KindProvince:
		return r.u32(atProvince) == within
	case KindPrefecture, KindDistrict:
		return r.u32(atDistrict) == within
	case KindSettlement, KindCrossing:
	}
	return false
}

// inRegion says whether a region is a part of another.
func (ix *Index) inRegion(region, within uint32) bool {
	return region != none && ix.raw(region).u32(atRegion) == within
}
