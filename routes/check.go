package routes

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// monthForm is a year or a month.
const monthForm = `\d{4}(?:-(?:0[1-9]|1[0-2]))?`

// dateForm is a year, a month or a day, as schemas have it: that the calendar has the day is looked at apart.
const dateForm = `^` + monthForm + `$|^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$`

var (
	idForm     = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	sourceForm = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)
	// periodForm wants one end at least to be known.
	periodForm = regexp.MustCompile(`^(?:` + monthForm + `(?:/(?:` + monthForm + `|\.\.))?|\.\./` + monthForm + `)$`)
)

// check does all that needs no gazetteer.
func (l *Loaded) check() {
	known := l.ids()
	l.checkAbout()
	l.checkSources()
	l.checkPlaces()
	for i, r := range l.Routes {
		l.checkRoute(r, l.spots.routes[i], known)
	}
	for i, m := range l.Movements {
		s := l.spots.movements[i]
		l.claim(m.Claim, s, known)
		l.refer(m.SaidBy, s.field("said_by"), known.organisations)
		l.refer(m.From, s.field("from"), known.places)
		l.refer(m.To, s.field("to"), known.places)
		l.townAtFinest("an end of a movement", m.From, s.field("from"))
		l.townAtFinest("an end of a movement", m.To, s.field("to"))
		l.referAll(m.Routes, s.field("routes"), known.routes)
		l.figures(m.Figures, s)
	}
	for i, p := range l.Sites {
		s := l.spots.sites[i]
		l.claim(p.Claim, s, known)
		filled(l, p.Organisations, s.field("organisations"), "the site has no organisation", "write the id of at least one that runs it")
		l.referAll(p.Organisations, s.field("organisations"), known.organisations)
		eachOnce(l, p.Services, s.field("services"))
		l.refer(p.Place, s.field("place"), known.places)
		l.referAll(p.Routes, s.field("routes"), known.routes)
		l.figures(p.Figures, s)
		l.sitePrecision(p, s)
	}
	for i, f := range l.Findings {
		s := l.spots.findings[i]
		l.claim(f.Claim, s, known)
		l.refer(f.SaidBy, s.field("said_by"), known.organisations)
		l.refer(f.Scope, s.field("scope"), known.places)
		l.townAtFinest("the scope of a finding", f.Scope, s.field("scope"))
		l.referAll(f.Routes, s.field("routes"), known.routes)
		l.disagreements(f, s)
	}
	lessons := map[string]bool{}
	for i, lesson := range l.Lessons {
		l.id(lesson.ID, idForm, l.spots.lessons[i].field("id"), lessons)
		l.checkLesson(lesson, l.spots.lessons[i], known)
	}
	l.checkContacts()
	l.checkTexts()
}

// identifiers are the ids that references may name; nil where a file that may hold more could not be read.
type identifiers struct {
	sources                       map[string]Source
	organisations, places, routes map[string]bool
}

// ids gathers the ids of every list and refuses those that are ill-formed or stand twice.
func (l *Loaded) ids() identifiers {
	known := identifiers{
		sources: map[string]Source{}, organisations: map[string]bool{}, places: map[string]bool{}, routes: map[string]bool{},
	}
	sources := map[string]bool{}
	for i, s := range l.Sources {
		l.id(s.ID, sourceForm, l.spots.sources[i].field("id"), sources)
		known.sources[s.ID] = s
	}
	for i, o := range l.Organisations {
		l.id(o.ID, idForm, l.spots.organisations[i].field("id"), known.organisations)
	}
	l.places = map[string]Place{}
	for i, p := range l.Places {
		l.id(p.ID, idForm, l.spots.places[i].field("id"), known.places)
		l.places[p.ID] = p
	}
	for i, r := range l.Routes {
		l.routeID(r.ID, l.spots.routes[i].field("id"), known.routes)
	}
	for _, s := range l.spots.routes { // of a route whose id is refused others may speak by its file's name
		known.routes[fileID(s.file)] = true
	}
	for i, list := range [][]string{idsOf(l.Movements), idsOf(l.Sites), idsOf(l.Findings)} {
		seen := map[string]bool{}
		spots := [][]spot{l.spots.movements, l.spots.sites, l.spots.findings}[i]
		for j, id := range list {
			l.id(id, idForm, spots[j].field("id"), seen)
		}
	}
	l.forget(&known)
	return known
}

func idsOf[D Movement | Site | Finding | Stop | Leg](list []D) []string {
	ids := make([]string, len(list))
	for i, d := range list {
		ids[i] = reflect.ValueOf(d).FieldByName("ID").String()
	}
	return ids
}

func (l *Loaded) id(id string, form *regexp.Regexp, s spot, seen map[string]bool) {
	switch {
	case id == "":
		return // reported as missing
	case !form.MatchString(id):
		l.refuse(s, illFormed(id), mendID(id, form))
	case seen[id]:
		l.refuse(s, fmt.Sprintf("the id %q stands twice", id), "give each its own")
	}
	seen[id] = true
}

func illFormed(id string) string { return fmt.Sprintf("the id %q is ill-formed", id) }

var noIDSign = regexp.MustCompile(`[^a-z0-9]+`)

// mendID says how an id is formed, and names the one that is meant where that is plain.
func mendID(id string, form *regexp.Regexp) string {
	if form == sourceForm {
		return mendOf(id, "write 1 to 64 of A-Z, a-z, 0-9 and hyphens")
	}
	mend := "write 1 to 64 of a-z, 0-9 and hyphens"
	if meant := strings.Trim(noIDSign.ReplaceAllString(strings.ToLower(id), "-"), "-"); form.MatchString(meant) {
		mend += ", such as " + meant
	}
	return mendOf(id, mend)
}

// IsRouteID says whether a route may have this id.
func IsRouteID(id string) bool { return idForm.MatchString(id) && id != reservedRoute }

// reservedRoute is what addresses name all routes by.
const reservedRoute = "all"

func (l *Loaded) routeID(id string, s spot, seen map[string]bool) {
	l.id(id, idForm, s, seen)
	if id == reservedRoute {
		l.refuse(s, strconv.Quote(id)+" is reserved", "choose another id")
	}
}

func (l *Loaded) refer(id string, s spot, known map[string]bool) {
	switch {
	case id == "" || known == nil || known[id]:
	case mistyped(id) != "":
		l.refuse(s, fmt.Sprintf("nothing has the id %q", id), mistyped(id))
	case illFormedAlike(id, known): // that one is refused where it stands
	case listSome(known) == "":
		l.refuse(s, fmt.Sprintf("nothing has the id %q", id), "list it first")
	default:
		l.refuse(s, fmt.Sprintf("nothing has the id %q", id), "write one of "+listSome(known))
	}
}

// illFormedAlike says whether an id is there but for its capitals and signs, which are wrong where it is told and not here.
func illFormedAlike(id string, known map[string]bool) bool {
	for other := range known {
		if !idForm.MatchString(other) && alike(other, id) {
			return true
		}
	}
	return false
}

// citesIllFormed says whether a citation names a source by an id that is ill-formed, which ends at its first space, or by what is meant by it.
func citesIllFormed(c Citation, known map[string]Source) bool {
	for other := range known {
		if !sourceForm.MatchString(other) && (alike(other, c.Source()) || other != "" && strings.HasPrefix(string(c), other+" ")) {
			return true
		}
	}
	return false
}

// alike says whether two ids have the same letters and digits.
func alike(one, other string) bool {
	bare := func(id string) string { return noIDSign.ReplaceAllString(strings.ToLower(id), "") }
	return bare(one) != "" && bare(one) == bare(other)
}

func (l *Loaded) referAll(ids []string, s spot, known map[string]bool) {
	eachOnce(l, ids, s)
	for i, id := range ids {
		l.refer(id, s.item(i), known)
	}
}

// listSome lists ids that are well-formed, a few of them where there are many.
func listSome(known map[string]bool) string {
	list := make([]string, 0, len(known))
	for id := range known {
		if idForm.MatchString(id) {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	const most = 12
	if len(list) > most {
		return strings.Join(list[:most], ", ") + " …"
	}
	return strings.Join(list, ", ")
}

func (l *Loaded) checkAbout() {
	root := l.spots.about
	if l.About.ID != "" && !idForm.MatchString(l.About.ID) {
		l.refuse(root.field("id"), illFormed(l.About.ID), mendID(l.About.ID, idForm))
	}
	l.checkLicence(root.field("licence"))
	seen := map[string]bool{}
	for i, lang := range l.About.Languages {
		s := root.field("languages").item(i)
		if lang.Code == "la" {
			l.warn(s.field("code"), `"la" is Latin`, "write lo if Lao is meant")
		}
		if what, mend := languageCode(lang.Code); what != "" {
			l.refuse(s.field("code"), what, mend)
		} else if seen[lang.Code] && lang.Code != "" {
			l.refuse(s.field("code"), fmt.Sprintf("the language %q stands twice", lang.Code), "list each once")
		}
		seen[lang.Code] = true
		if first := i == 0; lang.Status != "" && first != (lang.Status == Original) {
			l.refuse(s.field("status"), "the first language, and no other, is the original", "put the language of writing first")
		}
	}
	if len(l.About.Languages) == 0 && !l.misread(root.field("languages")) && !slices.Contains(l.unread, root.file) {
		l.refuse(root.field("languages"), "the pack names no language", "list them, the language of writing first")
	}
}

// languageCode says what is wrong with the code of a language of a pack. Readers choose a language, and a script where it has
// several; nobody would be shown what is written in that of a region.
func languageCode(code string) (what, mend string) {
	tag, err := language.Parse(code)
	base, _ := tag.Base()
	script, _ := tag.Script()
	written, _, _ := tag.Raw()
	switch {
	case code == "": // reported as missing
	case meantLanguages[code] != "":
		return fmt.Sprintf("%q is the code of a country", code), "write the language, such as " + meantLanguages[code]
	case err == nil && strings.EqualFold(tag.String(), code) && tag.String() != code:
		return fmt.Sprintf("%q is no language tag", code), "write " + tag.String()
	case err != nil || tag.String() != code || written == language.Base{}:
		return fmt.Sprintf("%q is no language tag", code), mendTag(code)
	case base.String() == "zh" && code != "zh-"+script.String():
		return fmt.Sprintf("%q does not say the script", code), "write zh-" + script.String()
	case strings.Contains(code, "-") && code != base.String()+"-"+script.String():
		return fmt.Sprintf("%q is the language of a region", code), "write " + base.String()
	}
	return "", ""
}

func (l *Loaded) checkSources() {
	for i, src := range l.Sources {
		s := l.spots.sources[i]
		if src.NamesPeople {
			l.unlinked(src, s)
		}
		if src.URL != "" && !strings.HasPrefix(src.URL, "https://") {
			l.refuse(s.field("url"), "the address is not an https one", "write https://…")
		}
		switch {
		case src.Created == "":
		case !src.Created.isDate():
			l.refuse(s.field("created"), fmt.Sprintf("%q is no day, month or year", src.Created),
				"write it as finely as the source says: 2008-12-31, 2008-12 or 2008")
		case src.Created.first() > today():
			l.refuse(s.field("created"), fmt.Sprintf("%q is a time to come", src.Created), "write when the source was written")
		}
	}
}

// checkTexts checks all that the pack says in words.
func (l *Loaded) checkTexts() {
	l.checkShelters()
	l.eachText(visitor{l.checkText, func(words string, s spot) {
		if strings.HasSuffix(s.path, ".query") {
			words = citedIn(words)
		}
		l.checkSaid(words, func() spot { return s })
	}})
	for i, src := range l.Sources {
		l.checkAddress(src.URL, l.spots.sources[i].field("url"))
		l.checkCalling(src.URL, l.spots.sources[i].field("url"))
	}
	for i, c := range l.Contacts {
		l.checkAddress(c.URL, l.spots.contacts[i].field("url"))
	}
}

// mendLanguage says what to do about a language that a pack does not have. One that no pack may have would be refused where it is listed.
func mendLanguage(code string, has []string) string {
	const list = "list it among the languages of the pack"
	what, mend := languageCode(code)
	meant := meantLanguage(code)
	switch {
	case what == "":
		return list
	case meant == "":
		return mend
	case slices.Contains(has, meant):
		return "write " + meant
	}
	return fmt.Sprintf("write %s, and %s", meant, list)
}

// refusedTag says of a language of a pack that its tag is refused: texts in it may have the tag that is meant.
func refusedTag(tag string) bool {
	what, _ := languageCode(tag)
	return tag == "" || what != ""
}

// checkText checks a text's languages and what it says.
func (l *Loaded) checkText(t Text, s spot) {
	tags := l.About.Tags()
	if l.texts == nil {
		l.texts = map[string]int{}
	}
	l.texts[s.file]++
	for lang, text := range t {
		if len(tags) > 0 && !slices.Contains(tags, lang) && !slices.ContainsFunc(tags, refusedTag) {
			l.refuse(s.field(lang), fmt.Sprintf("the pack has no language %q", lang), mendLanguage(lang, tags))
		}
		shown := l.checkSaid(text, func() spot { return s.field(lang) })
		l.checkWording(lang, shown, s)
		l.checkScript(lang, t, s)
	}
	for i, tag := range tags {
		switch {
		case t[tag] != "", refusedTag(tag):
		case i == 0:
			l.refuse(s, fmt.Sprintf("the text has no %s, the language the pack is written in", tag), fmt.Sprintf("add %s: …", tag))
		default:
			l.lack(s, tag, fmt.Sprintf("add %s: …, or readers see %s", tag, tags[0]))
		}
	}
}
