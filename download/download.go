// Package download writes features as files for other programs: GeoJSON, CSV, KML and spreadsheets. Features come in one after
// the other and go out as they come, so that a file of any size takes the memory of one feature. It knows no HTTP and no database;
// words come in.
package download

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"corridor/routes"
)

// Format is a format of files; its value is what a command line calls it.
type Format string

// The formats. A GeoPackage is a database, which the store writes; what QGIS reads in it besides comes from here.
const (
	GeoJSON Format = "geojson"
	Seq     Format = "seq" // a GeoJSON text sequence, RFC 8142
	CSV     Format = "csv"
	XLSX    Format = "xlsx"
	KML     Format = "kml"
	GPKG    Format = "gpkg"
)

// form is what a format is called elsewhere.
type form struct {
	format                       Format
	name, extension, contentType string
}

// forms is the table of formats, in the order in which they are offered.
func forms() []form {
	return []form{
		{GeoJSON, "GeoJSON", "geojson", "application/geo+json"},
		{Seq, "GeoJSON Text Sequence", "geojsons", "application/geo+json-seq"},
		{CSV, "CSV", "csv", "text/csv; charset=utf-8; header=present"},
		{XLSX, "XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{KML, "KML", "kml", "application/vnd.google-earth.kml+xml"},
		{GPKG, "GeoPackage", "gpkg", "application/geopackage+sqlite3"},
	}
}

// Formats lists the formats in the order in which they are offered.
func Formats() []Format {
	var list []Format
	for _, f := range forms() {
		list = append(list, f.format)
	}
	return list
}

// ByExtension finds a format by the extension of its files, without the dot.
func ByExtension(extension string) (Format, bool) {
	for _, f := range forms() {
		if f.extension == extension {
			return f.format, true
		}
	}
	return "", false
}

func (f Format) form() form {
	i := slices.IndexFunc(forms(), func(one form) bool { return one.format == f })
	if i < 0 {
		return form{}
	}
	return forms()[i]
}

// Streams says whether the format goes out as features come; one that does not is made in a file.
func (f Format) Streams() bool { return f != GPKG }

// Compressed says whether its files are compressed in themselves.
func (f Format) Compressed() bool { return f == XLSX }

// Name is the format's name for people.
func (f Format) Name() string { return f.form().name }

// Extension is that of its files, without the dot.
func (f Format) Extension() string { return f.form().extension }

// ContentType is its media type.
func (f Format) ContentType() string { return f.form().contentType }

// Kind is what a column's values are.
type Kind int

// The kinds of columns.
const (
	Text Kind = iota
	Integer
	Number
	Truth
)

// Column is a property of features. Title says in the file's language what it means.
type Column struct {
	Name, Title string
	Kind        Kind
}

// Layer is a collection in a file.
type Layer struct {
	Collection routes.Collection
	// Title and Description are in the file's language.
	Title, Description string
	Columns            []Column
}

// Document is what a file says besides its features.
type Document struct {
	// Name is the file's without its extension.
	Name string
	// Title, Description and Notes are in the file's language; the notes warn of what the data is not.
	Title, Description string
	Notes              []string
	// Lang is the BCP 47 tag of all these.
	Lang string
	// Historical says in the file's language that a source is old, and Term gives the names of a vocabulary's codes.
	Historical string
	Term       func(list, code string) string
	// TooLong says in the file's language that a geometry is too long for a cell of a spreadsheet, and which files have it.
	TooLong string
	// Licences are SPDX identifiers of the content, or other words for what is allowed. Attribution says whom to name besides.
	Licences    []string
	Attribution string
	// Address is where the same can be had again, empty where that is not known.
	Address string
	// Sources are the documents from which the features are cited.
	Sources []routes.Source
	// Layers are in the order in which their features come.
	Layers []Layer
}

// Feature is a feature as it is stored.
type Feature struct {
	Collection routes.Collection
	ID         string
	// BBox is a GeoJSON array of degrees and Geometry a GeoJSON geometry; both are empty where the source gives no place.
	BBox, Geometry string
	// Properties are a JSON object without objects in it.
	Properties string
}

// ErrFormat means that there is no writer for a format.
var ErrFormat = errors.New("download: no such format")

// Write writes a file. What it has written when it gives an error is no complete file.
func Write(w io.Writer, format Format, d Document, features iter.Seq2[Feature, error]) error {
	var write func(io.Writer, Document, iter.Seq2[Feature, error]) error
	switch format {
	case GeoJSON:
		write = writeGeoJSON
	case Seq:
		write = writeSequence
	case CSV:
		write = writeCSV
	case XLSX:
		write = writeXLSX
	case KML:
		write = writeKML
	default:
		return fmt.Errorf("%w: %q", ErrFormat, format)
	}
	return write(w, d, features)
}

// several says whether a file mixes collections, whose features then name theirs.
func (d Document) several() bool { return len(d.Layers) > 1 }

// rights names the licence and whom to name.
func (d Document) rights() string {
	return strings.Join(append(slices.Clone(d.Licences), d.Attribution), ". ")
}
