package server

import (
	"html/template"

	"corridor/static"
)

// Page is what every page's template gets.
type Page struct {
	// Lang is the page's BCP 47 tag; Strings are the interface's texts in it.
	Lang    string
	Strings static.Strings
	// Title and Description are plain text for the head.
	Title, Description string
	Languages          []LanguageLink
	Assets             static.Assets
	// Many is set where the map draws tiles instead of single features.
	Many *ManyView
	// MapScript is the address of the script of a page's map, which another brings when it is wanted.
	MapScript string
	// Script names the page's script, one of Assets.Scripts; empty for a page without. Style names one of Assets.Styles.
	Script, Style string
	// FontsFirst is a script within the page, for a language that many devices lack a font for: it shows the page when the
	// font is there. Empty for other languages; a page that has no script has not this one either.
	FontsFirst template.JS
	// Counts are how many movements and sites the map shows, 0 where the script will tell.
	Counts struct{ Movements, Sites int }
	// MapAttribution is whom an operator's own basemap wants named, without links; empty for the program's.
	MapAttribution string
	// Client is what the front end's script reads, written as JSON into the page.
	Client ClientData
	// Years is the span of the sources' years in view, such as "2008".
	Years string
	// History is the key of what is said of the sources' age: that all in view, or some of them, are older than ten years; empty for none.
	History string
	// Responsible is whom readers may write to, nil where the site names nobody.
	Responsible *ResponsibleView
	// HasDrafts says that the page shows draft translations.
	HasDrafts bool
	// Folder says that the page is a file in a folder, so that nothing of a server is there. Policy is then the policy for its
	// content, which a server sends as a header.
	Folder bool
	Policy string
	// StandIn names, in the page's language, the language that the content stands in because it has none of the page's;
	// empty where it has.
	StandIn string
	// Found is what the page tells those who find it; nil for pages that are not to be found.
	Found *FoundView
	// Leave is where the quick exit goes; empty for pages without one.
	Leave   string
	Privacy *PrivacyView
	// Find is the box of the search; nil for pages without one.
	Find *FindView
	// Results are what a search found; nil for pages that are none of it.
	Results *ResultsView
	// Help is where help is to be had, as the content says it; empty where it says nothing that is recent enough.
	Help   []ContactView
	Home   *HomeView
	Route  *RouteView
	Embed  *EmbedView
	Lesson *LessonView
	// File holds what a lesson in one file brings along.
	File    *FileView
	Failure *FailureView
	Handout *HandoutView
	Guide   *GuideView
	// Data is what a page of the API shows.
	Data *DataView
	// Live is a session that an audience follows.
	Live *LiveView
}

// Follows says whether an audience can follow the lesson on the page: that needs a server.
func (p Page) Follows() bool { return p.File == nil && !p.Folder }

// T gives the interface's text for a key in the page's language, with {name} replaced from the pairs name, value…
func (p Page) T(key string, pairs ...any) string { return p.Strings.Format(key, pairs...) }

// Number writes a number as the page's language does.
func (p Page) Number(n int) string { return p.Strings.Number(n) }

// Dir is the value of the page's attribute dir where it is not the usual "ltr"; else empty.
func (p Page) Dir() string {
	if dir := p.Strings.Direction(); dir != "ltr" {
		return dir
	}
	return ""
}

// Term gives the name of a vocabulary's code in the page's language: Term "role" "transit".
func (p Page) Term(list, code string) string { return p.Strings.Format("term." + list + "." + code) }

// LanguageLink is one entry of the language switch.
type LanguageLink struct {
	Code, Name string
	// URL is relative and keeps the reader's place; Alternate is the page's absolute address in the language, empty where it is
	// not known.
	URL, Alternate string
	Current        bool
}

// ClientData is the part of a page that its script needs.
type ClientData struct {
	// Page says what the page is, such as "handout". By it the script of the map tells "home" and "route" from others.
	Page string `json:"page"`
	Lang string `json:"lang"`
	// Route is the id of the page's route; empty on the map of everything.
	Route   string        `json:"route,omitempty"`
	Basemap ClientBasemap `json:"basemap"`
	// Addresses are those that the script asks for or links to.
	Addresses ClientAddresses `json:"addresses"`
	Strings   static.Strings  `json:"strings"`
	// Letters tell routes apart on a map of several, by their ids.
	Letters map[string]string `json:"letters,omitempty"`
	// Embed is for the script of an embed.
	Embed *ClientEmbed `json:"embed,omitempty"`
	// Data are the features that a page of the API shows.
	Data *ClientFeatures `json:"data,omitempty"`
	// Many is set where the map draws tiles of the data.
	Many *ClientMany `json:"many,omitempty"`
	// Live is the session that the page follows.
	Live *LiveClient `json:"live,omitempty"`
}

// ClientBasemap says where the tiles of the map below the routes are; it spares the script the TileJSON.
type ClientBasemap struct {
	// Tiles is the address of a tile with {z}, {x} and {y} in it.
	Tiles string `json:"tiles"`
	// Vector says that the tiles are vector tiles; else they are pictures.
	Vector  bool `json:"vector"`
	MinZoom int  `json:"minzoom"`
	MaxZoom int  `json:"maxzoom"`
	// Boxes are the columns and rows of the tiles that are there, for each zoom from MinZoom; nil for all.
	Boxes []tileBox `json:"boxes,omitempty"`
}

// ClientAddresses are addresses with {collection}, {pack}, {place} or {route} to be filled in.
type ClientAddresses struct {
	// Items is that of a collection's features, of the page's route where it has one; Parts that of the parts of a place.
	Items string `json:"items"`
	Parts string `json:"parts"`
	// Route is that of a route's page.
	Route string `json:"route"`
}

// HomeView is the map of everything and the list of routes.
type HomeView struct {
	Routes []RouteCard
	// More is how many other routes there are.
	More int
	// Picture is the still map, which a moving one follows; without sources where a picture cannot show all routes.
	Picture StillPictures
}

// RouteCard is a route in a list.
type RouteCard struct {
	ID, URL string
	// Letter tells the route from others on the map; empty where there is no need.
	Letter         string
	Title, Summary Words
	SaidBy         Words
	AsOf           int
	Historical     bool
	// Stops are the stops' short titles in order.
	Stops []Words
	// Present is the address of the presenter of its lesson; empty for a route that has none.
	Present string
}

// ClaimView is who says something, as of when, and where.
type ClaimView struct {
	// SaidBy is empty (Plain == "") where the claim does not say it itself.
	SaidBy     Words
	AsOf       int
	Historical bool
	// Time is the period told of, empty where not stated: "2004", "1995/2008".
	Time      string
	Citations []CitationView
}

// CitationView is a citation and the address of its source on the page.
type CitationView struct {
	Text, Href string
}

// RouteView is one route with everything told beside it.
type RouteView struct {
	ID string
	// Letter is that of [RouteCard].
	Letter         string
	Title, Summary Words
	// Years and History are those of [Page], of this route alone.
	Years, History string
	Claim          ClaimView
	Purpose        []string
	Exploitation   []string
	Stops          []StopView
	Notes          []Words
	Movements      []MovementView
	Sites          []SiteView
	// Findings are in groups: a group of more than one holds findings that disagree, to be shown side by side.
	Findings []FindingGroup
	Sources  []SourceView
	Lessons  []LessonLink
	Licence  string
	// Attribution is whom to name when the content is used.
	Attribution string
	// JSON is the address of the route's document.
	JSON string
	// Picture is the still map, which a moving one follows, and what other sites show of the page.
	Picture PictureView
	// Share is for those who pass the page on.
	Share *ShareView
}

// LessonLink is a lesson that tells a route.
type LessonLink struct {
	Title Words
	// Present is the address of its presenter, Handout that of its handout, File that of the lesson in one file.
	Present, Handout, File string
}

// LessonView is a lesson as its presenter's page shows it without a script.
type LessonView struct {
	// View is "present" or "notes".
	ID, Route, View string
	// Kit is the address of all that the script needs.
	Kit string
	// Notes is the address of the speaker's view.
	Notes string
	Title Words
	Claim ClaimView
	Steps []HandoutStepView
	Quiz  []HandoutQuestionView
	// Sources are those that the lesson and its route cite.
	Sources []SourceView
}

// FileView is what a lesson in one file brings along; all of it is our own or JSON.
type FileView struct {
	Style  template.CSS
	Script template.JS
	Kit    lessonKit
	// Tiles are the basemap's tiles by z/x/y, gzipped and in base64.
	Tiles map[string]string
}

// StepView is one step of a lesson.
type StepView struct {
	Seq              int
	ID               string
	Title, Narration Words
	Notes, Decision  Words
	Questions        []Words
	// Minutes is the time planned.
	Minutes int
}

// PictureView is a still picture of a route.
type PictureView struct {
	StillPictures
	// Social is an absolute address, for the cards of other sites.
	Social SizedPicture
}

// SizedPicture is the address of a picture and its size in pixels.
type SizedPicture struct {
	URL           string
	Width, Height int
}

// StopView is one stop, and the leg that leaves it.
type StopView struct {
	Seq       int
	ID        string
	Title     Words
	Place     Words
	Precision string
	OneOf     bool
	Roles     []string
	Text      Words
	Notes     []Words
	Claim     ClaimView
	// Leg leaves the stop; nil at the last one.
	Leg *LegView
}

// LegView is the way between two stops.
type LegView struct {
	ID       string
	From, To Words
	Evidence string
	Crossing string
	// CrossingPlace is where a border is crossed, nil where that is not stated.
	CrossingPlace *Words
	// Transport is a code; Means are codes.
	Transport string
	Means     []string
	Text      Words
	Notes     []Words
	Claim     ClaimView
}

// FigureView is a number with what it counts.
type FigureView struct {
	Count       int
	Approximate bool
	Text        Words
}

// MovementView is a flow told of besides the route.
type MovementView struct {
	ID    string
	Title Words
	Kind  string
	// From and To are nil where the source states no place.
	From, To *Words
	// Drawn says whether the map shows it.
	Drawn   bool
	Figures []FigureView
	Text    Words
	Notes   []Words
	Claim   ClaimView
}

// SiteView is a programme's site or area.
type SiteView struct {
	ID            string
	Title         Words
	Kind          string
	Organisations []Words
	// Place is nil where the source states none; then the site stands in text only.
	Place     *Words
	Precision string
	Services  []string
	Figures   []FigureView
	Text      Words
	Notes     []Words
	Claim     ClaimView
}

// FindingView is a statement with who makes it (Claim.SaidBy) and what it is about.
type FindingView struct {
	ID    string
	Text  Words
	Scope Words
	Notes []Words
	Claim ClaimView
}

// FindingGroup is one finding, or several that disagree.
type FindingGroup struct {
	Findings []FindingView
}

// SourceView is a source in the list at a page's end; its anchor is "source-" + ID.
type SourceView struct {
	ID, Title, Created string
	Author             Words
	Nature, Marking    Words
	// URL is empty where the source is never linked to.
	URL string
	// NamesPeople says why it is not linked to.
	NamesPeople bool
}

// FailureView is a page for people about something that went wrong.
type FailureView struct {
	Status int
	// Key names the interface's text: "failure.notFound", "failure.badRequest", "failure.internal".
	Key string
	// Detail is plain text, such as which parameter was wrong; may be empty.
	Detail string
}
