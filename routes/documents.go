// Package routes is the domain: sources, places, routes with their stops and legs, movements, programme sites and
// findings; how a content pack of YAML files is read and checked; and how it becomes GeoJSON features.
package routes

import "corridor/geo"

// Text is one text in several languages, by BCP 47 tag (en, zh-Hans, th, my). It is Markdown of paragraphs, emphasis,
// lists and links, and never HTML.
type Text map[string]string

// Citation is a source's id and a place in it: "08BEIJING4697 ¶5".
type Citation string

// Period is when something happened, as an ISO 8601 year or month or an interval of them with open ends: "2004",
// "2007-12", "1995/2008", "../2008".
type Period string

// Date is a day, a month or a year, as finely as it is known: 2008-12-31, 2008-12 or 2008.
type Date string

// Claim is what every statement carries: where it is said, and the year its source speaks of.
type Claim struct {
	// Where it is said: a source's id and a paragraph, such as 08BEIJING4697 ¶5. At least one.
	Citations []Citation `json:"citations" mend:"say where it stands: citations: [\"08BEIJING4697 ¶5\"]"`
	// The year the source speaks of, such as 2008.
	AsOf int `json:"as_of" mend:"add the year the source speaks of: as_of: 2008"`
	// The period told of, where the source states one: 2004, 2007-12, 1995/2008 or ../2008.
	Time Period `json:"time,omitempty"`
}

// Language is one language of a pack and how far its texts can be relied on.
type Language struct {
	// A BCP 47 tag: en, zh-Hans, th, my.
	Code string `json:"code"`
	// original, reviewed (a native speaker of the field has read it) or draft.
	Status TranslationStatus `json:"status"`
}

// NameException is a piece of text that looks like what must not be published, such as a person's name, a small count of people,
// coordinates or a phone number, and is none.
type NameException struct {
	// The text exactly as it stands in the pack.
	Text string `json:"text"`
	// Why it is none of these.
	Reason string `json:"reason"`
}

// About is what a pack says of itself (pack.yaml).
type About struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// What readers see the pack called.
	Title Text `json:"title"`
	// What the pack holds, in a few sentences.
	Summary Text `json:"summary"`
	// The licence of the content as an SPDX identifier, such as CC-BY-4.0, CC0-1.0 or ODbL-1.0; "All rights reserved" where nobody may
	// use it further, LicenseRef-NAME for terms of your own.
	Licence string `json:"licence"`
	// Whom to name when the content is used.
	Attribution string `json:"attribution"`
	// The languages of the pack; the first is the one it was written in.
	Languages []Language `json:"languages"`
	// Texts that look like a person's name, a small count of people, coordinates, an address or a phone number, and are none, each
	// reviewed.
	NameExceptions []NameException `json:"name_exceptions,omitempty"`
}

// Source is a document that claims are cited from, by paragraph.
type Source struct {
	// The identifier that citations begin with.
	ID string `json:"id"`
	// The document's own title, as it stands on it.
	Title string `json:"title"`
	// Who wrote it: an institution, never a person.
	Author Text `json:"author"`
	// When it was written, as finely as it says itself: a day, 2008-12-31, a month, 2008-12, or a year, 2008.
	Created Date `json:"created" mend:"write when it was written, as finely as it says itself: created: 2008-12-31, 2008-12 or 2008"`
	// What kind of document it is, and what can be expected of it.
	Nature Text `json:"nature"`
	// How it was marked and how it came to be public.
	Marking Text `json:"marking,omitempty"`
	// Whether its text names people. Then it is cited and never quoted, shipped or linked to.
	NamesPeople bool `json:"names_people"`
	// Where it can be read; refused where names_people is true.
	URL string `json:"url,omitempty"`
}

// Organisation is one that runs a programme or makes a statement. A voice that is no organisation, such as "a researcher",
// stands here too, without a type and without anything that describes it.
type Organisation struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// Its name, or what the voice is called.
	Title Text `json:"title"`
	// What kind of organisation it is; left out for a voice that is none.
	Type OrganisationType `json:"type,omitempty"`
	// What has to be known of it, in our words.
	Notes []Text `json:"notes,omitempty"`
}

// Place is a named piece of geography, found in the gazetteer.
type Place struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// What readers see the place called.
	Title Text `json:"title"`
	// A place expression: "Pingxiang, Guangxi, China", "border of Thailand and Malaysia", "prefectures of Yunnan",
	// "provinces of China except Yunnan", "Yunnan and Guangxi"; data/content/README.md lists every form. Left out where the precision is
	// unknown, and nowhere else.
	Query string `json:"query,omitempty" mend:"write a place expression; where the source names no place, leave query out and write precision: unknown"`
	// How finely the source states it; never finer than what the query finds. A border crossing is exact or, rounded, settlement.
	Precision geo.Precision `json:"precision"`
	// What has to be known of it, in our words.
	Notes []Text `json:"notes,omitempty"`
}

// Route is an ordered list of stops joined by legs, as one source tells it.
type Route struct {
	// A stable word of a-z, 0-9 and hyphens; it is part of the address of the route's page.
	ID string `json:"id"`
	// What readers see the route called.
	Title Text `json:"title"`
	// What the route is, in a few sentences.
	Summary Text `json:"summary"`
	// The organisation that tells of it.
	SaidBy string `json:"said_by"`
	Claim
	// What for, by the Palermo Protocol; not_stated where the source does not say.
	Purpose []Purpose `json:"purpose"`
	// Of what kind, by HTCDS; not_stated where the source does not say.
	Exploitation []Exploitation `json:"exploitation"`
	// At least two, in the order of the way.
	Stops []Stop `json:"stops"`
	// One between each two stops that follow each other, in order.
	Legs []Leg `json:"legs"`
	// What has to be known to read the route rightly.
	Notes []Text `json:"notes,omitempty"`
}

// Stop is a place where a route's people are for a time.
type Stop struct {
	// A stable word of a-z, 0-9 and hyphens; permalinks name it.
	ID string `json:"id"`
	// The id of a place.
	Place string `json:"place"`
	// A short title; the place's title where it is left out.
	Title Text `json:"title,omitempty"`
	// What happens here; at least one.
	Roles []Role `json:"roles"`
	// Whether the stop is somewhere in one or another of the place's parts, not in all of them.
	OneOf bool `json:"one_of,omitempty"`
	// What happens here, told plainly.
	Text Text `json:"text"`
	// Remarks that are ours and not the source's.
	Notes []Text `json:"notes,omitempty"`
	Claim
}

// Leg is the way from one stop to the next. It is never a path on the ground.
type Leg struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// The id of the stop it leaves.
	From string `json:"from"`
	// The id of the stop it reaches.
	To string `json:"to"`
	// Whether the source tells of the leg, or a reader infers it.
	Evidence Evidence `json:"evidence"`
	// How it crosses a border; internal_only where it crosses none.
	Crossing Crossing `json:"crossing"`
	// How people are moved.
	Transport Transport `json:"transport"`
	// By what means, by the Palermo Protocol; not_stated where the source does not say.
	Means []Means `json:"means"`
	// The id of the place where it crosses a border, where the source states it; at most a district unless the crossing
	// is an official one.
	CrossingPlace string `json:"crossing_place,omitempty"`
	// How people are moved, told plainly.
	Text Text `json:"text"`
	// Remarks that are ours and not the source's.
	Notes []Text `json:"notes,omitempty"`
	Claim
}

// Figure is a number that a source gives.
type Figure struct {
	// How many, a whole number to 2147483647; of people never fewer than 11.
	Count int `json:"count"`
	// What is counted.
	Unit Unit `json:"unit"`
	// Whether the source says "about".
	Approximate bool `json:"approximate,omitempty"`
	// Who or what is counted, in words.
	Text Text `json:"text"`
}

// Movement is a flow that a source tells of besides the main route. One without a place at both ends is told in text only.
type Movement struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// A short title.
	Title Text `json:"title"`
	// What kind of flow it is.
	Kind MovementKind `json:"kind"`
	// The id of the place it leaves; left out where the source states none.
	From string `json:"from,omitempty"`
	// The id of the place it reaches; left out where the source states none.
	To string `json:"to,omitempty"`
	// The ids of the routes beside which it is shown.
	Routes []string `json:"routes,omitempty"`
	// The organisation that tells of it.
	SaidBy string `json:"said_by"`
	// Numbers that the source gives.
	Figures []Figure `json:"figures,omitempty"`
	// What the source tells, plainly.
	Text Text `json:"text"`
	// Remarks that are ours and not the source's.
	Notes []Text `json:"notes,omitempty"`
	Claim
}

// Site is a programme's site or the area it works in.
type Site struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// A short title.
	Title Text `json:"title"`
	// What it is or does; how finely it may be shown depends on it.
	Kind SiteKind `json:"kind"`
	// The ids of the organisations that run it.
	Organisations []string `json:"organisations"`
	// The id of the place; left out where the source states none, and then the site stands in text only.
	Place string `json:"place,omitempty"`
	// The ids of the routes beside which it is shown.
	Routes []string `json:"routes,omitempty"`
	// What it gives.
	Services []Service `json:"services,omitempty"`
	// Numbers that the source gives.
	Figures []Figure `json:"figures,omitempty"`
	// What the source tells, plainly.
	Text Text `json:"text"`
	// Remarks that are ours and not the source's.
	Notes []Text `json:"notes,omitempty"`
	Claim
}

// Finding is a statement with who makes it.
type Finding struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// The organisation, or the unnamed voice, that makes it.
	SaidBy string `json:"said_by"`
	// The statement, plainly.
	Text Text `json:"text"`
	// The id of the place that it is about.
	Scope string `json:"scope"`
	// The ids of the routes beside which it is shown.
	Routes []string `json:"routes,omitempty"`
	// The ids of findings that say otherwise; each of them names this one too.
	DisagreesWith []string `json:"disagrees_with,omitempty"`
	// What has to be known to compare them, in our words.
	Notes []Text `json:"notes,omitempty"`
	Claim
}

// Pack is a whole content pack.
type Pack struct {
	About         About
	Sources       []Source
	Organisations []Organisation
	Places        []Place
	Routes        []Route
	Movements     []Movement
	Sites         []Site
	Findings      []Finding
	Lessons       []Lesson
	Contacts      []Contact
}
