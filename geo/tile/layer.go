package tile

import "encoding/binary"

// Layer collects features and writes the tile that holds them. Make one with [NewLayer].
type Layer struct {
	name           string
	keys           map[string]uint32
	values         map[any]uint32
	keyBytes       []byte
	valueBytes     []byte
	features       []byte
	tags           []uint32
	scratch, inner []byte
}

// NewLayer makes an empty layer.
func NewLayer(name string) *Layer {
	return &Layer{name: name, keys: map[string]uint32{}, values: map[any]uint32{}}
}

// Empty says that there is no feature.
func (l *Layer) Empty() bool { return len(l.features) == 0 }

// Set gives the next feature a property: a text, an int that is not negative, or a truth value.
func (l *Layer) Set(key string, value any) {
	k, ok := l.keys[key]
	if !ok {
		k = uint32(len(l.keys))
		l.keys[key] = k
		l.keyBytes = appendText(l.keyBytes, 3, key)
	}
	v, ok := l.values[value]
	if !ok {
		v = uint32(len(l.values))
		l.values[value] = v
		l.valueBytes = appendBytes(l.valueBytes, 4, l.value(value))
	}
	l.tags = append(l.tags, k, v)
}

func (l *Layer) value(value any) []byte {
	b := l.inner[:0]
	switch value := value.(type) {
	case string:
		b = appendText(b, 1, value)
	case int:
		b = appendNumber(b, 5, uint64(value))
	case bool:
		n := uint64(0)
		if value {
			n = 1
		}
		b = appendNumber(b, 7, n)
	}
	l.inner = b
	return b
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
