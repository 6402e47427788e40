package tile

import (
	"encoding/binary"
	"slices"
)

// Layer collects features and writes the tile that holds them. Make one with [NewLayer].
type Layer struct {
	name           string
	keys           []string // few enough to be looked through
	texts          map[string]uint32
	numbers        map[uint64]uint32
	truth          uint32 // the number of the value true, plus one; 0 where nothing is true
	values         uint32
	keyBytes       []byte
	valueBytes     []byte
	features       []byte
	tags           []uint32
	scratch, inner []byte
}

// NewLayer makes an empty layer.
func NewLayer(name string) *Layer {
	return &Layer{name: name, texts: map[string]uint32{}, numbers: map[uint64]uint32{}}
}

// Empty says that there is no feature.
func (l *Layer) Empty() bool { return len(l.features) == 0 }

// SetText gives the next feature a property.
func (l *Layer) SetText(key, text string) {
	v, ok := l.texts[text]
	if !ok {
		l.inner = appendText(l.inner[:0], 1, text)
		v = l.value()
		l.texts[text] = v
	}
	l.tag(key, v)
}

// SetNumber gives the next feature a property.
func (l *Layer) SetNumber(key string, n uint64) {
	v, ok := l.numbers[n]
	if !ok {
		l.inner = appendNumber(l.inner[:0], 5, n)
		v = l.value()
		l.numbers[n] = v
	}
	l.tag(key, v)
}

// SetTrue gives the next feature a property that is true.
func (l *Layer) SetTrue(key string) {
	if l.truth == 0 {
		l.inner = appendNumber(l.inner[:0], 7, 1)
		l.truth = l.value() + 1
	}
	l.tag(key, l.truth-1)
}

// value adds the value in inner and gives its number.
func (l *Layer) value() uint32 {
	l.valueBytes = appendBytes(l.valueBytes, 4, l.inner)
	l.values++
	return l.values - 1
}

func (l *Layer) tag(key string, value uint32) {
	k := slices.Index(l.keys, key)
	if k < 0 {
		k = len(l.keys)
		l.keys = append(l.keys, key)
		l.keyBytes = appendText(l.keyBytes, 3, key)
	}
	l.tags = append(l.tags, uint32(k), value)
}

// Add adds a feature with the properties that were set since the one before.
func (l *Layer) Add(id int64, d Drawn) {
	b := appendNumber(l.scratch[:0], 1, uint64(id))
	b = l.packed(b, 2, l.tags)
	b = appendNumber(b, 3, d.kind)
	b = l.packed(b, 4, d.commands)
	l.features = appendBytes(l.features, 2, b)
	l.scratch, l.tags = b, l.tags[:0]
}

func (l *Layer) packed(b []byte, field int, list []uint32) []byte {
	inner := l.inner[:0]
	for _, n := range list {
		inner = binary.AppendUvarint(inner, uint64(n))
	}
	l.inner = inner
	return appendBytes(b, field, inner)
}

// Tile writes a tile of this layer alone.
func (l *Layer) Tile() []byte {
	b := make([]byte, 0, len(l.features)+len(l.keyBytes)+len(l.valueBytes)+64)
	b = appendNumber(b, 15, 2) // the version
	b = appendText(b, 1, l.name)
	b = append(append(append(b, l.features...), l.keyBytes...), l.valueBytes...)
	b = appendNumber(b, 5, Extent)
	return appendBytes(nil, 3, b)
}

func appendNumber(b []byte, field int, n uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(field)<<3), n)
}

func appendBytes(b []byte, field int, data []byte) []byte {
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(field)<<3|2), uint64(len(data)))
	return append(b, data...)
}

func appendText(b []byte, field int, text string) []byte {
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(field)<<3|2), uint64(len(text)))
	return append(b, text...)
}
