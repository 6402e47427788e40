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
//	strings   names and codes, one after another, each once
//	records   recordSize bytes each, ordered by kind
//	names     nameSize bytes each: string offset u32, length u32, first reference u32; ordered by their bytes; one more
//	          closes the list
//	refs      u32 each: the record that bears the name
//	geometry  for each area: number of polygons; for each the number of rings; for each ring the number of positions
//	          and these as differences of 1e-6 degrees, all as varints
//
// The same records give the same bytes.
const (
	magic      = "CORRNAME"
	version    = 1
	recordSize = 44
	nameSize   = 12
	noGeometry = math.MaxUint32
	microDeg   = 1e6
)

const (
	sectionStrings = iota
	sectionRecords
	sectionNames
	sectionRefs
	sectionGeometry
	sectionCount
)

const headerSize = 16 + sectionCount*16

var order = binary.LittleEndian

func checksum(body []byte) uint32 { return crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)) }

func toMicro(degrees float64) int32    { return int32(math.Round(degrees * microDeg)) }
func fromMicro(micro int32) float64    { return float64(micro) / microDeg }
func pointOf(lon, lat int32) orb.Point { return orb.Point{fromMicro(lon), fromMicro(lat)} }

// appendArea writes an area in the form of the geometry section.
func appendArea(b []byte, area orb.MultiPolygon) []byte {
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

// readArea reads what appendArea wrote.
func readArea(b []byte) orb.MultiPolygon {
	r := varints{b}
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
