package gazetteer

import (
	"encoding/binary"
	"hash/crc32"
	"math"

	"github.com/paulmach/orb"
)

// The index file, all numbers little-endian:
//
//	magic (8 bytes), version u32, CRC-32C u32 of everything that follows
//	for each section: offset u64, length u64
//	texts      names and codes of records, one after another, each once
//	records    recordSize bytes each, ordered by kind
//	keys       the normalised names, one after another, ordered by their bytes
//	keyEnds    u32 for each key: where it begins in keys; one more closes the list
//	firstRefs  u32 for each key: its first reference; one more closes the list
//	refs       u32 each: the record that bears the name, with weakRef set where the name is of a list of alternates;
//	           those of one key ordered by importance
//	slots      u32 each, a power of two of them: an open-addressing hash table of keys without their spaces. 0 is empty,
//	           else the number of the key plus one, under bits of its hash
//	starts     u32 + u8 each: a key and where in it a word begins, ordered by the rest of the key from there
//	heads      u64 for every startsPerHead-th start: its first eight bytes, the first the most significant
//	weights    u8 for each start: the importance of the most important record that bears the key
//	peaks      u8 for every startsPerHead starts: the greatest of their weights
//	buckets    u32 for each length in characters up to longestGuess and each of the sketches: the first of its keys in
//	           shapes; one more closes the list
//	shapes     u64 each: which characters a key holds, ordered by the key's length in characters, its sketch and number
//	shaped     u32 for each shape: its key
//	names      for each name in a language: record u32, language u16, length u16, offset in texts u32; ordered
//	cells      u32 for each square degree, rows of 360 from the south-west: its first settlement in celled; one more
//	celled     u32 each: settlements by square degree
//	borders    borderSize bytes for each two countries that share edges, ordered: their records u32, a point on the longest
//	           stretch and the extent as degrees × 1e6, the length in metres u32
//	waters     waterSize bytes for each name of a river or lake, ordered by name: offset in texts u32 and length u16 of the
//	           normalised name without spaces, what it is u8, one byte unused
//	geometry   for each area: its extent as west, south, east, north; number of polygons; for each the number of rings;
//	           for each ring the number of positions and these as differences; degrees × 1e6, all as varints
//
// The same records give the same bytes.
const (
	magic         = "CORRNAME"
	version       = 4
	recordSize    = 52
	startSize     = 5
	startsPerHead = 64
	nameSize      = 12
	waterSize     = 8
	none          = math.MaxUint32 // no record, no geometry
	microDeg      = 1e6
	weakRef       = 1 << 31
)

const (
	sectionTexts = iota
	sectionRecords
	sectionKeys
	sectionKeyEnds
	sectionFirstRefs
	sectionRefs
	sectionSlots
	sectionStarts
	sectionHeads
	sectionWeights
	sectionPeaks
	sectionBuckets
	sectionShapes
	sectionShaped
	sectionNames
	sectionCells
	sectionCelled
	sectionBorders
	sectionWaters
	sectionGeometry
	sectionCount
)

// Offsets in a record. Texts are an offset in texts; their lengths stand at the end.
const (
	atName       = 0
	atCode       = 4
	atRegion     = 8 // this and the next three are numbers of records
	atCountry    = 12
	atProvince   = 16
	atDistrict   = 20
	atLon        = 24 // degrees × 1e6
	atLat        = 28
	atPopulation = 32
	atGeometry   = 36
	atNameLength = 40 // u16
	atCodeLength = 42
	atKind       = 43
	atOrigin     = 44
	atFlags      = 45
	atImportance = 46
	atISO        = 48 // two letters
)

const (
	flagUnofficial = 1 << iota
	flagCapital
)

const headerSize = 16 + sectionCount*16

var order = binary.LittleEndian

func checksum(body []byte) uint32 { return crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)) }

func toMicro(degrees float64) int32    { return int32(math.Round(degrees * microDeg)) }
func fromMicro(micro int32) float64    { return float64(micro) / microDeg }
func pointOf(lon, lat int32) orb.Point { return orb.Point{fromMicro(lon), fromMicro(lat)} }

// appendArea writes an extent and an area in the form of the geometry section.
func appendArea(b []byte, extent orb.Bound, area orb.MultiPolygon) []byte {
	for _, degrees := range []float64{extent.Min[0], extent.Min[1], extent.Max[0], extent.Max[1]} {
		b = binary.AppendVarint(b, int64(toMicro(degrees)))
	}
	b = binary.AppendUvarint(b, uint64(len(area)))
	for _, polygon := range area {
		b = binary.AppendUvarint(b, uint64(len(polygon)))
		for _, ring := range polygon {
			b = binary.AppendUvarint(b, uint64(len(ring)))
			var lon, lat int32
			for _, p := range ring {
				x, y := toMicro(p[0]), toMicro(p[1])
				b = binary.AppendVarint(b, int64(x-lon))
				b = binary.AppendVarint(b, int64(y-lat))
				lon, lat = x, y
			}
		}
	}
	return b
}

// readExtent reads the first part of what appendArea wrote.
func readExtent(r *varints) orb.Bound {
	var n [4]float64
	for i := range n {
		n[i] = fromMicro(int32(r.signed()))
	}
	return orb.Bound{Min: orb.Point{n[0], n[1]}, Max: orb.Point{n[2], n[3]}}
}

// readArea reads the area that appendArea wrote.
func readArea(b []byte) orb.MultiPolygon {
	r := varints{b}
	readExtent(&r)
	area := make(orb.MultiPolygon, r.unsigned())
	for i := range area {
		area[i] = make(orb.Polygon, r.unsigned())
		for j := range area[i] {
			ring := make(orb.Ring, r.unsigned())
			var lon, lat int32
			for k := range ring {
				lon += int32(r.signed())
				lat += int32(r.signed())
				ring[k] = pointOf(lon, lat)
			}
			area[i][j] = ring
		}
	}
	return area
}

// holds says whether a point lies in what appendArea wrote. It compares the point with the edges as they come, which takes half the time of
// reading the area first and none of its memory.
func holds(b []byte, p orb.Point) bool {
	r := varints{b}
	e := readExtent(&r)
	inside := e.Min[0] <= p[0] && p[0] <= e.Max[0]
	if e.Min[0] > e.Max[0] { // across the antimeridian
		inside = p[0] >= e.Min[0] || p[0] <= e.Max[0]
	}
	if !inside || p[1] < e.Min[1] || p[1] > e.Max[1] {
		return false
	}
	inside = false
	x, y := int64(toMicro(p[0])), int64(toMicro(p[1]))
	for range r.unsigned() {
		for range r.unsigned() {
			positions := r.unsigned()
			var lon, lat int64
			for i := range positions {
				nextLon, nextLat := lon+r.signed(), lat+r.signed()
				if i > 0 && (lat > y) != (nextLat > y) && float64(x-lon) < float64(nextLon-lon)*float64(y-lat)/float64(nextLat-lat) {
					inside = !inside
				}
				lon, lat = nextLon, nextLat
			}
		}
	}
	return inside
}

type varints struct{ rest []byte }

func (v *varints) unsigned() uint64 {
	n, size := binary.Uvarint(v.rest)
	v.rest = v.rest[size:]
	return n
}

func (v *varints) signed() int64 {
	n, size := binary.Varint(v.rest)
	v.rest = v.rest[size:]
	return n
}
