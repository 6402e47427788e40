package server

import (
	"strconv"
	"strings"

	"corridor/static"
)

// DataView is what a page of the API shows.
type DataView struct {
	// Crumbs lead from the API's beginning to the page, which is the last.
	Crumbs []LinkView
	// Formats are the addresses of the same for programs.
	Formats []LinkView
	// Files are the addresses of all of it as files; empty where the page is of no collection.
	Files []LinkView
	// Tiles is the address of the description of its vector tiles; empty where the page is of no collection.
	Tiles string
	// Sources is the address of the document that lists what the page is cited from; empty where there is none.
	Sources string
	// Licences are those of the content, some without an address, and Attribution is whom to name; empty where the page does not say it.
	Licences    []LinkView
	Attribution string
	// Classes are what the API conforms to.
	Classes     []string
	Collections []CollectionView
	// Collection is that of the page; nil where the page is of none.
	Collection *CollectionView
	Items      *ItemsView
	Feature    *FeatureView
	// Address is where programs begin.
	Address string
}

// LinkView is a link with its words.
type LinkView struct{ Title, URL string }

// CollectionView is a collection in words.
type CollectionView struct {
	ID, Title, About string
	// URL is that of its page, ItemsURL that of its features'.
	URL, ItemsURL string
	// SchemaURL is that of the page that says what its features have.
	SchemaURL string
	Count     int
	// Files are the addresses of all of it as files, and Tiles that of the description of its vector tiles; empty where the page is its own.
	Files []LinkView
	Tiles string
	// Bounds are west, south, east and north in degrees; empty where it is empty.
	Bounds string
	// Time is the time told of, empty where none is stated.
	Time       string
	Properties []PropertyView
}

// PropertyView is a property and its meaning, or its value.
type PropertyView struct {
	Name, About string
	// Type is one of text, code, integer, number, truth.
	Type  string
	Value CellView
	// Codes are those that its value can be made of, on the page of the schema; empty for a property without.
	Codes []OptionView
}

// CellView is a value as a page shows it. Lang is the language of what is text, empty for all else; Code says that it is an id
// or a code and no word of any language.
type CellView struct {
	Text, Lang string
	Code       bool
}

// ItemsView is a page of a collection.
type ItemsView struct {
	Columns []ColumnView
	Rows    []RowView
	// Matched is how many there are on all pages, -1 where that is not known.
	Matched     int
	First, Next string
	// Filters narrow what the page shows.
	Filters []FilterView
	// Kept are the parameters that stay when filters change.
	Kept []LinkView
	// Box, Datetime and Route are what these parameters say, empty where they are left out.
	Box, Datetime, Route string
	// Active are the filters for which the page does not show everything.
	Active []ActiveFilterView
}

// ActiveFilterView is a filter that narrows a page, with the address of the page without it.
type ActiveFilterView struct{ Name, About, Value, Off string }

// ColumnView is a column of the table: its property, and the address that sorts by it.
type ColumnView struct {
	Name, About, URL string
	// Sorted is ascending, descending or none, as aria-sort says it.
	Sorted string
}

// RowView is a feature in the table.
type RowView struct {
	URL   string
	Title CellView
	Draft bool
	Cells []CellView
}

// FilterView is a property of which one value can be chosen.
type FilterView struct {
	Name, About string
	Options     []OptionView
}

// OptionView is a code with its name.
type OptionView struct {
	Code, Name string
	Selected   bool
}

// FeatureView is one feature.
type FeatureView struct {
	ID         string
	Title      CellView
	Draft      bool
	Historical bool
	AsOf       int
	Citation   string
	Properties []PropertyView
}

// typeName is the name of a kind of values in addresses of texts.
func (p property) typeName() string {
	switch p.kind {
	case aCode, codes:
		return "code"
	case anInteger:
		return "integer"
	case aNumber:
		return "number"
	case aTruth:
		return "truth"
	default:
		return "text"
	}
}

// cell writes a value for readers. A code stands with its name in the page's language; what is not there is empty.
func (p property) cell(value any, texts static.Strings, lang string) CellView {
	switch v := value.(type) {
	case bool:
		return CellView{Text: texts.Format("data." + strconv.FormatBool(v))}
	case float64:
		return CellView{Text: strconv.FormatFloat(v, 'f', -1, 64)}
	case string:
		if p.list == "" || v == "" {
			own := p.languageOf(lang)
			return CellView{v, own, own == "" && p.name != "time" && p.name != "citation"}
		}
		var names []string
		for code := range strings.SplitSeq(v, "; ") {
			names = append(names, texts.Format("term."+p.list+"."+code))
		}
		return CellView{Text: strings.Join(names, "; ")}
	}
	return CellView{}
}

// languageOf is the language of a text, empty for words that are the same in every language.
func (p property) languageOf(lang string) string {
	switch p.name {
	case "title", "place", "crossing_place", "from_title", "to_title", "organisations", "text", "notes", "count_text", "figures", "said_by":
		return lang
	case "origin": // names of data sets
		return "en"
	}
	return ""
}
