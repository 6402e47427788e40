package download

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"strconv"
)

// bufferSize is how much of a file is put together before it goes out, in bytes.
const bufferSize = 64 << 10

// writeGeoJSON writes a FeatureCollection, a feature a line. Without its last line it is no JSON.
func writeGeoJSON(w io.Writer, d Document, features iter.Seq2[Feature, error]) error {
	out := bufio.NewWriterSize(w, bufferSize)
	head, err := json.Marshal(struct {
		Type        string   `json:"type"`
		Name        string   `json:"name"`
		Title       string   `json:"title,omitempty"`
		Notes       []string `json:"notes,omitempty"`
		Licences    []string `json:"licences,omitempty"`
		Attribution string   `json:"attribution"`
		Address     string   `json:"source,omitempty"`
		Sources     []source `json:"sources,omitempty"`
	}{"FeatureCollection", d.Name, d.Title, d.Notes, d.Licences, d.Attribution, d.Address, d.sources()})
	if err != nil {
		return err
	}
	_, _ = out.Write(head[:len(head)-1]) // an error stays with the buffer and comes with its next flush
	_, _ = out.WriteString(`,"features":[`)
	var b []byte
	before := "\n"
	for f, err := range features {
		if err != nil {
			return err
		}
		b = f.appendGeoJSON(append(b[:0], before...), d.several())
		if _, err := out.Write(b); err != nil {
			return err
		}
		before = ",\n"
	}
	_, _ = out.WriteString("\n]}\n")
	return out.Flush()
}

// writeSequence writes a record for each feature: a record separator, the feature, a line feed.
func writeSequence(w io.Writer, d Document, features iter.Seq2[Feature, error]) error {
	const recordSeparator = '\x1e'
	out := bufio.NewWriterSize(w, bufferSize)
	var b []byte
	for f, err := range features {
		if err != nil {
			return err
		}
		b = append(f.appendGeoJSON(append(b[:0], recordSeparator), d.several()), '\n')
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	return out.Flush()
}

// appendGeoJSON appends the feature; one of several collections names its own.
func (f Feature) appendGeoJSON(b []byte, several bool) []byte {
	b = append(b, `{"type":"Feature","id":`...)
	b = strconv.AppendQuote(b, f.ID) // ids hold no character that JSON and Go quote differently
	if f.Geometry == "" {
		b = append(b, `,"geometry":null`...)
	} else {
		b = append(append(append(append(b, `,"bbox":`...), f.BBox...), `,"geometry":`...), f.Geometry...)
	}
	b = append(b, `,"properties":`...)
	if several {
		b = strconv.AppendQuote(append(b, `{"collection":`...), string(f.Collection))
		b = append(append(b, ','), f.Properties[1:]...)
	} else {
		b = append(b, f.Properties...)
	}
	return append(b, '}')
}
