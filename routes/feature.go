package routes

import "github.com/paulmach/orb"

// Collection names one of the published collections of features.
type Collection string

// The collections.
const (
	Stops     Collection = "stops"
	Legs      Collection = "legs"
	Sites     Collection = "sites"
	Movements Collection = "movements"
	Places    Collection = "places"
)

// Collections lists the collections in the order in which they are published.
func Collections() []Collection { return []Collection{Stops, Legs, Sites, Movements, Places} }

// Feature is one GeoJSON feature, with its properties in each language of its pack.
type Feature struct {
	Collection Collection
	// ID is unique in the collection and stable: it is made of the documents' ids.
	ID string
	// Routes are the ids of the routes it belongs to or is shown beside.
	Routes []string
	// AsOf is the year its source speaks of, 0 for a place.
	AsOf int
	// Time is the period told of, empty where the source states none.
	Time Period
	// PartOf is the id of the place that a place is one part of; empty for all else.
	PartOf string
	// From and To are the ids of the places between which a line lies; of what is at one place, From is it and To is empty.
	From, To string
	// Geometry is in longitude-latitude degrees; nil for what the source gives no place for.
	Geometry orb.Geometry
	// Properties are flat structs by BCP 47 tag; Default is the tag of the pack's own language.
	Properties map[string]any
	Default    string
}

// Common are the properties that features of every collection have.
type Common struct {
	Title string `json:"title"`
	// Lang is the BCP 47 tag of the texts; Draft says that they are translations that nobody has reviewed.
	Lang  string `json:"lang"`
	Draft bool   `json:"draft"`
	Pack  string `json:"pack"`
}

// Cited are the properties of what a source says.
type Cited struct {
	AsOf     int    `json:"as_of"`
	Time     string `json:"time,omitempty"`
	Citation string `json:"citation"`
	SaidBy   string `json:"said_by,omitempty"`
	Licence  string `json:"licence"`
}

// Label is a point, in degrees, where a label of an area or a line may be drawn. It is chosen for legibility and is not a
// location.
type Label struct {
	Lon *float64 `json:"label_lon,omitempty"`
	Lat *float64 `json:"label_lat,omitempty"`
}

// StopProperties are the properties of a stop. Lists of codes and of notes are joined by "; " and by line breaks.
type StopProperties struct {
	Route string `json:"route"`
	Stop  string `json:"stop"`
	Seq   int    `json:"seq"`
	Common
	Place     string `json:"place"`
	PlaceID   string `json:"place_id"`
	Role      string `json:"role"`
	Precision string `json:"precision"`
	OneOf     bool   `json:"one_of"`
	// Parts is of how many areas the place is made, which are features of places with this place as part_of.
	Parts int    `json:"parts,omitempty"`
	Text  string `json:"text"`
	Notes string `json:"notes,omitempty"`
	Cited
	Label
}

// LegProperties are the properties of a leg. Schematic says that an end of the drawn line lies in an area or before a
// border and has no meaning.
type LegProperties struct {
	Route string `json:"route"`
	Leg   string `json:"leg"`
	Seq   int    `json:"seq"`
	Common
	From          string `json:"from"`
	To            string `json:"to"`
	FromPrecision string `json:"from_precision"`
	ToPrecision   string `json:"to_precision"`
	FromOneOf     bool   `json:"from_one_of"`
	Evidence      string `json:"evidence"`
	Schematic     bool   `json:"schematic"`
	Crossing      string `json:"crossing"`
	// CrossingPlace is the name of the place where a border is crossed, CrossingID its id.
	CrossingPlace string `json:"crossing_place,omitempty"`
	CrossingID    string `json:"crossing_place_id,omitempty"`
	Transport     string `json:"transport"`
	Means         string `json:"means"`
	Text          string `json:"text"`
	Notes         string `json:"notes,omitempty"`
	Cited
}

// FigureProperties are the first figure of a movement or a site; the text of the others stands in figures.
type FigureProperties struct {
	Count       *int   `json:"count,omitempty"`
	CountUnit   string `json:"count_unit,omitempty"`
	CountText   string `json:"count_text,omitempty"`
	Approximate bool   `json:"approximate,omitempty"`
	Figures     string `json:"figures,omitempty"`
}

// MovementProperties are the properties of a movement.
type MovementProperties struct {
	Route    string `json:"route,omitempty"`
	Movement string `json:"movement"`
	Kind     string `json:"kind"`
	Common
	From          string `json:"from,omitempty"`
	To            string `json:"to,omitempty"`
	FromTitle     string `json:"from_title,omitempty"`
	ToTitle       string `json:"to_title,omitempty"`
	FromPrecision string `json:"from_precision,omitempty"`
	ToPrecision   string `json:"to_precision,omitempty"`
	Schematic     bool   `json:"schematic"`
	FigureProperties
	Text  string `json:"text"`
	Notes string `json:"notes,omitempty"`
	Cited
}

// SiteProperties are the properties of a programme site.
type SiteProperties struct {
	Route string `json:"route,omitempty"`
	Site  string `json:"site"`
	Kind  string `json:"kind"`
	Common
	Organisations string `json:"organisations"`
	Place         string `json:"place,omitempty"`
	PlaceID       string `json:"place_id,omitempty"`
	Precision     string `json:"precision,omitempty"`
	Parts         int    `json:"parts,omitempty"`
	Services      string `json:"services,omitempty"`
	FigureProperties
	Text  string `json:"text"`
	Notes string `json:"notes,omitempty"`
	Cited
	Label
}

// PlaceProperties are the properties of a place, or of one of the parts of a place.
type PlaceProperties struct {
	Place string `json:"place"`
	// PartOf is the id of the place that this is one part of.
	PartOf string `json:"part_of,omitempty"`
	Common
	Precision string `json:"precision"`
	Query     string `json:"query,omitempty"`
	// Origin names the data sets of the geometry.
	Origin string `json:"origin"`
	Notes  string `json:"notes,omitempty"`
	Label
}

// TileProperties are what tiles tell of a feature, in the pack's own language.
type TileProperties struct {
	Title string `json:"title"`
	// Kind is by which features of a collection look different: of a leg the evidence, of a movement or a site the kind, of a
	// stop or a place the precision.
	Kind      string `json:"kind"`
	Schematic bool   `json:"schematic"`
	Label
}

// Tile gives what tiles tell of a feature; false where its properties are none of this package.
func (f Feature) Tile() (TileProperties, bool) {
	switch p := f.Properties[f.Default].(type) {
	case StopProperties:
		return TileProperties{p.Title, p.Precision, false, p.Label}, true
	case LegProperties:
		return TileProperties{p.Title, p.Evidence, p.Schematic, Label{}}, true
	case MovementProperties:
		return TileProperties{p.Title, p.Kind, p.Schematic, Label{}}, true
	case SiteProperties:
		return TileProperties{p.Title, p.Kind, false, p.Label}, true
	case PlaceProperties:
		return TileProperties{p.Title, p.Precision, false, p.Label}, true
	}
	return TileProperties{}, false
}
