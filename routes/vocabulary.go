package routes

import "slices"

// A Term is one code of a vocabulary, with the scheme it comes from and the scheme's own word for it, so that data can go
// back to where the terms come from.
type Term struct {
	Code   string `json:"code"`
	Scheme string `json:"scheme"`
	Term   string `json:"term"`
}

// Schemes that terms are taken from. Where no standard was found the list is [SchemeOwn].
const (
	SchemeHTCDS   = "HTCDS v2.0"
	SchemePalermo = "Palermo Protocol Art. 3"
	SchemeILO     = "ILO indicators of forced labour"
	SchemeCOMMIT  = "COMMIT regional training programme"
	SchemeOwn     = "Corridor"
)

// Role is what happens at a stop (HTCDS hte_Type and our own additions).
type Role string

// Means is the Palermo Protocol's "means" of a leg.
type Means string

// Purpose is the Palermo Protocol's "purpose".
type Purpose string

// Exploitation is HTCDS's type of exploitation.
type Exploitation string

// Evidence says whether a source tells of a leg or a reader infers it.
type Evidence string

// Transport is how people are moved along a leg.
type Transport string

// Crossing is how a leg crosses a border.
type Crossing string

// OrganisationType is HTCDS's org_Type, and our own addition.
type OrganisationType string

// Service is what a site gives (HTCDS SupportPlan.Type).
type Service string

// SiteKind is what a programme site is or does.
type SiteKind string

// MovementKind is what kind of flow a movement is.
type MovementKind string

// Unit is what a figure counts.
type Unit string

// StepKind is what a step of a lesson is for.
type StepKind string

// Module is the part of a training programme that a step belongs to.
type Module string

// Act is the Palermo Protocol's "act" of a stage.
type Act string

// Sign is what one could notice: an ILO indicator of forced labour.
type Sign string

// TranslationStatus says how far a language of a pack can be relied on.
type TranslationStatus string

// A vocabulary is a closed list of codes. Every coded type of the formats has one; the reader of packs and the JSON
// Schema both take the list from here.
type vocabulary interface{ Terms() []Term }

// The codes that the code itself speaks of.
const (
	NotStated = "not_stated"

	Documented Evidence = "documented"
	Inferred   Evidence = "inferred"

	OfficialCrossing Crossing = "official_crossing"
	InternalOnly     Crossing = "internal_only"

	Shelter                 SiteKind = "shelter"
	TransitCentre           SiteKind = "transit_centre"
	Reintegration           SiteKind = "reintegration"
	DropInCentre            SiteKind = "drop_in_centre"
	ChildrensActivityCentre SiteKind = "childrens_activity_centre"

	Return       MovementKind = "return"
	Repatriation MovementKind = "repatriation"

	People Unit = "people"

	Opening StepKind = "opening"
	Stage   StepKind = "stage"
	Topic   StepKind = "topic"
	Closing StepKind = "closing"

	Original TranslationStatus = "original"
	Reviewed TranslationStatus = "reviewed"
	Draft    TranslationStatus = "draft"
)

// Terms lists the roles of a stop.
func (Role) Terms() []Term {
	return slices.Concat(
		terms(SchemeHTCDS+" hte_Type", "recruitment", "Recruitment", "transit", "Transit", "exploitation", "Exploitation"),
		own("origin", "intended_destination", "identification", "return", "end"),
	)
}

// Terms lists the means of Art. 3 and not_stated. Means are not required where the person is a child.
func (Means) Terms() []Term {
	return append(terms(SchemePalermo,
		"threat_or_use_of_force", "threat or use of force", "other_coercion", "other forms of coercion",
		"abduction", "abduction", "fraud", "fraud", "deception", "deception", "abuse_of_power", "abuse of power",
		"abuse_of_vulnerability", "abuse of a position of vulnerability",
		"payments_or_benefits", "giving or receiving of payments or benefits to a person having control",
	), own(NotStated)...)
}

// Terms lists the purposes of Art. 3 and not_stated.
func (Purpose) Terms() []Term {
	return append(terms(SchemePalermo,
		"sexual_exploitation", "sexual exploitation", "forced_labour_or_services", "forced labour or services",
		"slavery_or_similar", "slavery or practices similar to slavery", "servitude", "servitude",
		"organ_removal", "removal of organs",
	), own(NotStated)...)
}

// Terms lists HTCDS's types of exploitation and not_stated.
func (Exploitation) Terms() []Term {
	return append(terms(SchemeHTCDS,
		"forced_labour", "ForcedLabour", "sexual_exploitation", "SexualExploitation", "child_labour", "ChildLabour",
		"forced_marriage", "ForcedMarriage", "servitude", "Servitude",
		"forced_military_by_non_state_actors", "ForcedMilitaryByNonStateActors", "organ_removal", "OrganRemoval",
		"forced_begging", "ForcedBegging", "forced_adoption", "ForcedAdoption", "surrogacy", "Surrogacy", "other", "Other",
	), own(NotStated)...)
}

// Terms lists what a leg rests on.
func (Evidence) Terms() []Term { return own(string(Documented), string(Inferred)) }

// Terms lists the ways of transport.
func (Transport) Terms() []Term {
	return own("foot", "motorcycle", "car_van", "bus", "truck", "rail", "river_boat", "sea_vessel", "air", "mixed", NotStated)
}

// Terms lists the ways of crossing a border.
func (Crossing) Terms() []Term {
	return own("official_crossing", "unofficial_land", "river", "sea", "air", string(InternalOnly), NotStated)
}

// Terms lists HTCDS's types of organisation and ours.
func (OrganisationType) Terms() []Term {
	return append(terms(SchemeHTCDS+" org_Type",
		"ngo", "NGO", "law_enforcement", "LawEnforcement", "health_service_organisation", "HealthServiceOrganisation",
		"central_government_organisation", "CentralGovernmentOrganisation",
		"local_government_organisation", "LocalGovernmentOrganisation", "immigration_service", "ImmigrationService",
		"legal_service", "LegalService", "corporate_business", "CorporateBusiness", "school_or_college", "SchoolOrCollege",
	), own("intergovernmental_organisation")...)
}

// Terms lists HTCDS's types of support.
func (Service) Terms() []Term {
	return terms(SchemeHTCDS+" SupportPlan.Type",
		"education", "Education", "financial", "Financial", "health", "Health",
		"labour_exploitation_rehabilitation", "LabourExploitationRehabilitation", "legal", "Legal", "livelihood", "Livelihood",
		"rights_based_training", "RightsBasedTraining",
		"sexual_exploitation_rehabilitation", "SexualExploitationRehabilitation", "social_care", "SocialCare",
	)
}

// Terms lists the kinds of programme sites.
func (SiteKind) Terms() []Term {
	return own("prevention", "training", "drop_in_centre", "childrens_activity_centre", "hotline", "helpdesk",
		"border_liaison_office", "transit_centre", "shelter", "legal_aid", "health", "vocational", "reintegration",
		"government_office", "policy", "awareness", "repatriation_support")
}

// Terms lists the kinds of movements.
func (MovementKind) Terms() []Term {
	return own("trafficking", string(Return), string(Repatriation), "migration", "onward_movement")
}

// Homeward says whether a movement of this kind is one of coming home, which must never look like trafficking.
func (k MovementKind) Homeward() bool { return k == Return || k == Repatriation }

// Terms lists what figures count.
func (Unit) Terms() []Term { return own(string(People), "centres", "areas", "plans", "practices") }

// Terms lists the kinds of steps: a stage tells of one stop or leg, a topic of something beside the route.
func (StepKind) Terms() []Term {
	return own(string(Opening), string(Stage), string(Topic), string(Closing))
}

// Terms lists the modules of COMMIT's training programme.
func (Module) Terms() []Term {
	return terms(SchemeCOMMIT,
		"A", "introduction", "B", "prevention", "C", "protection", "D", "prosecution", "E", "policy and cooperation")
}

// Terms lists the acts of Art. 3.
func (Act) Terms() []Term {
	return terms(SchemePalermo, "recruitment", "recruitment", "transportation", "transportation", "transfer", "transfer",
		"harbouring", "harbouring", "receipt", "receipt")
}

// Terms lists the eleven indicators.
func (Sign) Terms() []Term {
	return terms(SchemeILO,
		"abuse_of_vulnerability", "abuse of vulnerability", "deception", "deception",
		"restriction_of_movement", "restriction of movement", "isolation", "isolation",
		"physical_and_sexual_violence", "physical and sexual violence",
		"intimidation_and_threats", "intimidation and threats",
		"retention_of_identity_documents", "retention of identity documents",
		"withholding_of_wages", "withholding of wages", "debt_bondage", "debt bondage",
		"abusive_working_and_living_conditions", "abusive working and living conditions",
		"excessive_overtime", "excessive overtime")
}

// Terms lists the standings of a language in a pack.
func (TranslationStatus) Terms() []Term {
	return own(string(Original), string(Reviewed), string(Draft))
}

// codes gives the codes of a vocabulary in its own order.
func codes(v vocabulary) []string {
	list := make([]string, 0, len(v.Terms()))
	for _, t := range v.Terms() {
		list = append(list, t.Code)
	}
	return list
}

// terms pairs codes with a scheme's own words: code, term, code, term…
func terms(scheme string, pairs ...string) []Term {
	list := make([]Term, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, Term{Code: pairs[i], Scheme: scheme, Term: pairs[i+1]})
	}
	return list
}

func own(codes ...string) []Term {
	list := make([]Term, 0, len(codes))
	for _, c := range codes {
		list = append(list, Term{Code: c, Scheme: SchemeOwn, Term: c})
	}
	return list
}
