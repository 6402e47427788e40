package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"corridor/geo"
	"corridor/routes"
)

// Prepared are documents and features as they are stored. They can be added once.
type Prepared struct {
	written   *recordWriter // whose records these are, one behind the other
	documents []int         // how long each is
	entries   []preparedEntry
	features  []preparedFeature
	shapes    []shapeTexts // that features share
}

// preparedEntry is an entry of the search, which is so many bytes long.
type preparedEntry struct {
	kind   routes.EntryKind
	length int
}

type preparedFeature struct {
	place
	// row is how long the row is, shown what tiles tell of it, which follows from the row.
	row, shown int
}

// A Preparer brings documents and features to the form in which they are stored. It may be used by several goroutines.
type Preparer struct {
	areas areaTexts
}

// areaTexts are those of areas, by place: many stops are in the same ones, which have many positions.
type areaTexts struct{ memory[string, shapeTexts] }

// Prepare prepares documents, which are those of a pack or some of them, and features. The names are those of the whole pack. This
// is most of the work before a save and needs no database, so it may be done for several parts of a pack at the same time.
func (prepare *Preparer) Prepare(documents routes.Pack, names routes.Names, features []routes.Feature) (Prepared, error) {
	w := newRecordWriter()
	p := Prepared{written: w}
	err := documentsOf(documents, func(d document) error {
		start := len(w.records)
		if err := w.document(d); err != nil {
			return fmt.Errorf("store: %w", err)
		}
		p.documents = append(p.documents, len(w.records)-start)
		return nil
	})
	if err != nil {
		return p, err
	}
	p.entries = w.entries(documents, names)
	for _, f := range features {
		prepared, shape, err := w.feature(f, &prepare.areas)
		if err != nil {
			return p, fmt.Errorf("store: %s %s: %w", f.Collection, f.ID, err)
		}
		p.features = append(p.features, prepared)
		if shape.id != 0 && !slices.ContainsFunc(p.shapes, func(s shapeTexts) bool { return s.id == shape.id }) {
			p.shapes = append(p.shapes, shape)
		}
	}
	return p, nil
}

// prepareEntries prepares what a search finds of documents alone.
func prepareEntries(documents routes.Pack, names routes.Names) Prepared {
	w := newRecordWriter()
	return Prepared{written: w, entries: w.entries(documents, names)}
}

// A recordWriter writes records. It is used again, with the memory that it has.
type recordWriter struct {
	records []byte
	json    bytes.Buffer
	encoder *json.Encoder // into json
	other   shapeTexts    // of what is no area
}

// mostAreas is how many bytes of areas an import keeps in memory, in each of two forms.
const mostAreas = 16 << 20

var recordWriters = sync.Pool{New: func() any {
	w := &recordWriter{}
	w.encoder = json.NewEncoder(&w.json)
	return w
}}

func newRecordWriter() *recordWriter {
	w, _ := recordWriters.Get().(*recordWriter)
	w.records = w.records[:0]
	return w
}

// free gives the memory back when the records are no longer needed.
func (w *recordWriter) free() {
	const most = 1 << 20
	if cap(w.records) <= most {
		recordWriters.Put(w)
	}
}

// marshal gives a value as JSON, good until the next one.
func (w *recordWriter) marshal(value any) ([]byte, error) {
	w.json.Reset()
	err := w.encoder.Encode(value)
	return bytes.TrimSuffix(w.json.Bytes(), []byte{'\n'}), err
}

func (w *recordWriter) document(d document) error {
	body, err := w.marshal(d.body)
	w.records = appendFields(w.records, d.kind, d.id)
	w.records = appendField(w.records, body)
	w.records = appendFields(w.records, d.routes...)
	return err
}

// feature writes the row of a feature, see [rowFrom], and what tiles tell of it. It gives its geometry too, which is not in the row
// where it may be shared.
func (w *recordWriter) feature(f routes.Feature, areas *areaTexts) (p preparedFeature, shape shapeTexts, err error) {
	if f.Geometry != nil {
		if shape, err = w.shape(f, areas); err != nil {
			return p, shape, err
		}
	}
	start := len(w.records)
	first, last := f.Time.Days()
	b := appendFields(w.records, string(f.Collection), f.ID, strconv.Itoa(f.AsOf), first, last, f.PartOf, f.Default)
	b = appendField(b, shape.box)
	if shape.id == 0 {
		b = appendField(appendField(appendFields(b, ""), shape.geometry), shape.wkb)
	} else {
		b = appendFields(b, strconv.FormatInt(shape.id, 10), "", "")
	}
	b = appendFields(b, f.From, f.To, strconv.Itoa(len(f.Routes)))
	b = appendFields(b, f.Routes...)
	for _, lang := range slices.Sorted(maps.Keys(f.Properties)) {
		raw, err := w.marshal(f.Properties[lang])
		if err != nil {
			return p, shape, err
		}
		b = appendField(appendFields(b, lang), raw)
	}
	p.place, p.row = placeOf(f, shape.bound), len(b)-start
	shown, err := shownOf(f)
	w.records = appendFields(b, shown.fields()...)
	p.shown = len(w.records) - start - p.row
	return p, shape, err
}

// shapeTexts are a geometry in the forms in which it is stored.
type shapeTexts struct {
	id                 int64 // in the table of shapes, 0 for one that stands in the feature's own row
	of                 orb.Geometry
	box, geometry, wkb []byte
	bound              orb.Bound
}

// leastShared is how many bytes of text a shape must have to be stored apart.
const leastShared = 512

// shape gives the geometry of a feature, good until the next one.
func (w *recordWriter) shape(f routes.Feature, areas *areaTexts) (shapeTexts, error) {
	if f.Geometry.Dimensions() == 2 && f.To == "" && f.From != "" {
		return areas.of(f.From, f.Geometry)
	}
	err := w.other.set(f.Geometry)
	return w.other, err
}

// of gives the geometry of a place. Nobody changes it.
func (areas *areaTexts) of(place string, geometry orb.Geometry) (shapeTexts, error) {
	if known, ok := areas.get(place); ok && orb.Equal(known.of, geometry) {
		return known, nil
	}
	var made shapeTexts
	if err := made.set(geometry); err != nil {
		return made, err
	}
	if len(made.geometry) >= leastShared {
		made.id = shapeID(made.geometry)
	}
	made.geometry, made.wkb = bytes.Clone(made.geometry), bytes.Clone(made.wkb) // without the room to grow
	areas.keep(place, made, len(made.geometry)+len(made.wkb), mostAreas)
	return made, nil
}

// shapeID is the id of a shape by its text: never 0.
func shapeID(text []byte) int64 {
	sum := sha256.Sum256(text)
	return int64(binary.BigEndian.Uint64(sum[:])>>1) | 1
}

// set writes a geometry, over the former one.
func (s *shapeTexts) set(g orb.Geometry) (err error) {
	if s.geometry, err = appendGeometry(s.geometry[:0], g); err != nil {
		return err
	}
	binary := bytes.NewBuffer(s.wkb[:0])
	if err = wkb.NewEncoder(binary).Encode(g); err != nil {
		return err
	}
	s.of, s.wkb, s.bound, s.box = g, binary.Bytes(), g.Bound(), append(s.box[:0], '[')
	box := geo.Extent(g)
	for i, v := range []float64{box.Left(), box.Bottom(), box.Right(), box.Top()} {
		if i > 0 {
			s.box = append(s.box, ',')
		}
		s.box = appendDegrees(s.box, v)
	}
	s.box = append(s.box, ']')
	return nil
}

// entries writes what a search finds of documents.
func (w *recordWriter) entries(documents routes.Pack, names routes.Names) []preparedEntry {
	list := routes.Entries(documents, names)
	prepared := make([]preparedEntry, len(list))
	for i, e := range list {
		start := len(w.records)
		w.records = appendFields(w.records, string(e.Kind), e.ID, e.Route, e.Stop, e.Place, strconv.Itoa(e.AsOf), e.Cited, strconv.Itoa(len(e.Title)))
		w.records = appendText(appendText(w.records, e.Title), e.Body)
		prepared[i] = preparedEntry{e.Kind, len(w.records) - start}
	}
	return prepared
}

// appendText appends a text as fields, each language before what is said in it.
func appendText(b []byte, t routes.Text) []byte {
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		b = appendFields(b, lang, t[lang])
	}
	return b
}

// appendFields appends fields of a record, which no other fields have.
func appendFields(b []byte, fields ...string) []byte {
	for _, f := range fields {
		b = appendField(b, f)
	}
	return b
}

func appendField[F string | []byte](b []byte, field F) []byte {
	return append(binary.AppendUvarint(b, uint64(len(field))), field...)
}
