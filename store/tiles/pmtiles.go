package tiles

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"sync"
)

// pmtiles is an archive by the PMTiles specification 3: a head, directories, and tiles along a Hilbert curve.
type pmtiles struct {
	file   *os.File
	head   pmHead
	root   []pmEntry
	mutex  sync.Mutex
	leaves map[uint64][]pmEntry // by offset
}

// Sizes and numbers of the specification.
const (
	pmHeadBytes  = 127
	pmVersion    = 3
	pmNone       = 1
	pmGzip       = 2
	pmDepth      = 4
	pmMaxLeaves  = 64
	pmMaxSection = 64 << 20
)

// pmHead is the part of the head that is read here. Offsets and lengths are in bytes.
type pmHead struct {
	root, metadata, leaves, data section
	inner, outer, kind           byte
	minZoom, maxZoom             byte
	bounds                       [4]float64
}

type section struct{ offset, length uint64 }

// pmEntry is a run of tiles with one content, or with run 0 a leaf directory.
type pmEntry struct {
	id, offset uint64
	length     uint32
	run        uint32
}

func openPMTiles(_ context.Context, path string) (source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	p := &pmtiles{file: f, leaves: map[uint64][]pmEntry{}}
	if err := p.begin(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return p, nil
}

func (p *pmtiles) begin() error {
	raw := make([]byte, pmHeadBytes)
	if _, err := p.file.ReadAt(raw, 0); err != nil {
		return fmt.Errorf("the head of the PMTiles file is cut short: %w", err)
	}
	if raw[7] != pmVersion {
		return fmt.Errorf("it is PMTiles version %d; convert it to version %d", raw[7], pmVersion)
	}
	p.head = headOf(raw)
	stat, err := p.file.Stat()
	if err != nil {
		return err
	}
	for _, s := range []section{p.head.root, p.head.metadata, p.head.leaves, p.head.data} {
		if s.offset > uint64(stat.Size()) || s.length > uint64(stat.Size())-s.offset {
			return fmt.Errorf("the file is cut short: it has %d bytes and speaks of %d from %d on", stat.Size(), s.length, s.offset)
		}
	}
	if p.head.outer != pmNone && p.head.outer != pmGzip && p.head.kind == 1 {
		return errors.New("its tiles are compressed by another way than gzip; convert it")
	}
	p.root, err = p.directory(p.head.root)
	return err
}

func headOf(raw []byte) pmHead {
	at := func(i int) section {
		return section{binary.LittleEndian.Uint64(raw[i:]), binary.LittleEndian.Uint64(raw[i+8:])}
	}
	degrees := func(i int) float64 { return float64(int32(binary.LittleEndian.Uint32(raw[i:]))) / 1e7 }
	return pmHead{
		root: at(8), metadata: at(24), leaves: at(40), data: at(56),
		inner: raw[97], outer: raw[98], kind: raw[99], minZoom: raw[100], maxZoom: raw[101],
		bounds: [4]float64{degrees(102), degrees(106), degrees(110), degrees(114)},
	}
}

// section reads a part of the file and unpacks it as directories and metadata are packed.
func (p *pmtiles) section(s section) ([]byte, error) {
	if s.length > pmMaxSection {
		return nil, fmt.Errorf("the file is damaged: a part of %d bytes", s.length)
	}
	raw := make([]byte, s.length)
	if _, err := p.file.ReadAt(raw, int64(s.offset)); err != nil && (s.length > 0 || !errors.Is(err, io.EOF)) {
		return nil, fmt.Errorf("the file is damaged: %w", err)
	}
	switch p.head.inner {
	case pmNone:
		return raw, nil
	case pmGzip:
		out, err := Unzip(raw)
		if err != nil {
			return nil, fmt.Errorf("the file is damaged: %w", err)
		}
		return out, nil
	}
	return nil, errors.New("its directories are compressed by another way than gzip; convert it")
}

func (p *pmtiles) directory(s section) ([]pmEntry, error) {
	raw, err := p.section(s)
	if err != nil {
		return nil, err
	}
	return entriesOf(raw)
}

// entriesOf decodes a directory: four columns of variable-length numbers.
func entriesOf(raw []byte) ([]pmEntry, error) {
	r := bytes.NewReader(raw)
	count, err := binary.ReadUvarint(r)
	if err != nil || count > uint64(len(raw)) {
		return nil, errors.New("the file is damaged: a directory does not say how long it is")
	}
	entries := make([]pmEntry, count)
	var id uint64
	for _, set := range []func(i int, n uint64){
		func(i int, n uint64) { id += n; entries[i].id = id },
		func(i int, n uint64) { entries[i].run = uint32(n) },
		func(i int, n uint64) { entries[i].length = uint32(n) },
		func(i int, n uint64) {
			if n == 0 && i > 0 {
				entries[i].offset = entries[i-1].offset + uint64(entries[i-1].length)
			} else {
				entries[i].offset = n - 1
			}
		},
	} {
		for i := range entries {
			n, err := binary.ReadUvarint(r)
			if err != nil {
				return nil, errors.New("the file is damaged: a directory is cut short")
			}
			set(i, n)
		}
	}
	return entries, nil
}

func (p *pmtiles) Close() error { return p.file.Close() }

func (p *pmtiles) info(context.Context) (Info, error) {
	about := Info{MinZoom: int(p.head.minZoom), MaxZoom: int(p.head.maxZoom), Bounds: p.head.bounds}
	switch p.head.kind {
	case 1:
		about.Format = MVT
	case 2:
		about.Format = PNG
	case 3:
		about.Format = JPEG
	case 4:
		about.Format = WebP
	}
	raw, err := p.section(p.head.metadata)
	if err != nil {
		return about, err
	}
	var said struct {
		Name, Description, Attribution string
		VectorLayers                   json.RawMessage `json:"vector_layers"`
	}
	if err := json.Unmarshal(raw, &said); err != nil {
		return about, fmt.Errorf("its metadata are damaged: %w", err)
	}
	about.Name, about.Description, about.Attribution, about.VectorLayers = said.Name, said.Description, said.Attribution, said.VectorLayers
	return about, nil
}

func (p *pmtiles) tile(_ context.Context, z, x, y int) ([]byte, error) {
	return p.find(hilbert(z, x, y))
}

func (p *pmtiles) sample(context.Context) ([]byte, error) {
	entries := p.root
	for range pmDepth {
		if len(entries) == 0 {
			return nil, ErrEmpty
		}
		if entries[0].run > 0 {
			return p.read(entries[0])
		}
		var err error
		if entries, err = p.leaf(entries[0]); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the file is damaged: its directories have no end")
}

// find goes down the directories to a tile.
func (p *pmtiles) find(id uint64) ([]byte, error) {
	entries := p.root
	for range pmDepth {
		i := sort.Search(len(entries), func(i int) bool { return entries[i].id > id }) - 1
		if i < 0 {
			return nil, ErrEmpty
		}
		e := entries[i]
		if e.run > 0 {
			if id-e.id >= uint64(e.run) {
				return nil, ErrEmpty
			}
			return p.read(e)
		}
		var err error
		if entries, err = p.leaf(e); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the file is damaged: its directories have no end")
}

func (p *pmtiles) read(e pmEntry) ([]byte, error) {
	if e.length > maxTile || e.offset > p.head.data.length || uint64(e.length) > p.head.data.length-e.offset {
		return nil, errors.New("the file is damaged: a tile lies outside of it")
	}
	data := make([]byte, e.length)
	if _, err := p.file.ReadAt(data, int64(p.head.data.offset+e.offset)); err != nil {
		return nil, fmt.Errorf("the file is damaged: %w", err)
	}
	return data, nil
}

// leaf reads a leaf directory, or takes it from the few that are kept.
func (p *pmtiles) leaf(e pmEntry) ([]pmEntry, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if kept, ok := p.leaves[e.offset]; ok {
		return kept, nil
	}
	entries, err := p.directory(section{p.head.leaves.offset + e.offset, uint64(e.length)})
	if err != nil {
		return nil, err
	}
	if len(p.leaves) >= pmMaxLeaves {
		clear(p.leaves)
	}
	p.leaves[e.offset] = entries
	return entries, nil
}

// hilbert numbers a tile: all of the smaller zooms first, then along the Hilbert curve of its own.
func hilbert(z, x, y int) uint64 {
	id := (uint64(1)<<(2*z) - 1) / 3
	for a := z - 1; a >= 0; a-- {
		s := 1 << a
		rx, ry := x>>a&1, y>>a&1
		id += uint64(s) * uint64(s) * uint64(3*rx^ry)
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-x&(s-1), s-1-y&(s-1)
			}
			x, y = y, x
		}
		x, y = x&(s-1), y&(s-1)
	}
	return id
}
