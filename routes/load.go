package routes

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"corridor/geo/gazetteer"
)

// Loaded is a pack as its files say it, with where each piece stands.
type Loaded struct {
	Pack
	reporter
	// spots are where each document begins, in the order of the pack's lists.
	spots documentSpots
	// places are those that may be named, by id.
	places map[string]Place
	// texts are how many each file has.
	texts map[string]int
	// unread are the files of which nothing could be read: whether they hold what others name is not known.
	unread []string
}

// documentSpots holds, for each list of a pack, where its documents stand; and where the pack speaks of itself, which is
// nowhere in most lines of a file of many.
type documentSpots struct {
	about                                                                                 spot
	sources, organisations, places, routes, movements, sites, findings, lessons, contacts []spot
}

// The files of a pack that hold a list.
type (
	sourcesFile struct {
		// The documents that claims are cited from.
		Sources []Source `json:"sources"`
	}
	organisationsFile struct {
		// Who runs programmes and who makes statements.
		Organisations []Organisation `json:"organisations"`
	}
	placesFile struct {
		// Every place that the other files name.
		Places []Place `json:"places"`
	}
	movementsFile struct {
		// Flows that a source tells of besides the route.
		Movements []Movement `json:"movements"`
	}
	sitesFile struct {
		// Programmes, and where the source puts them.
		Sites []Site `json:"sites"`
	}
	findingsFile struct {
		// Statements, each with who makes it.
		Findings []Finding `json:"findings"`
	}
)

// packFiles are the files of a pack, the routes and lessons apart.
func packFiles() []string {
	return []string{
		"pack.yaml", "sources.yaml", "organisations.yaml", "places.yaml", "movements.yaml", "sites.yaml", "findings.yaml", contactsName,
	}
}

// mayBeAbsent says whether a pack needs no file of this name: many sources tell of a route and of nothing beside it.
func mayBeAbsent(file string) bool {
	return slices.Contains([]string{"movements.yaml", "sites.yaml", "findings.yaml", contactsName}, file)
}

// Load reads a pack's YAML files and checks everything that can be said without a gazetteer: the form of the files, codes,
// references, and the rules of honesty and safety. All problems come back in one go; the pack is fit to be compiled
// only where none of them is an error. [Loaded.Resolve] adds what is wrong with its places in any case. Places that no document names are left out.
func Load(pack fs.FS) (*Loaded, Problems) {
	l := &Loaded{reporter: reporter{at: map[spot]position{}}}
	l.unknownFiles(pack)
	var sources sourcesFile
	var organisations organisationsFile
	var places placesFile
	var movements movementsFile
	var sites sitesFile
	var findings findingsFile
	var contacts contactsFile
	for i, into := range []any{&l.About, &sources, &organisations, &places, &movements, &sites, &findings, &contacts} {
		l.read(pack, packFiles()[i], into)
	}
	l.Sources, l.Organisations, l.Places = sources.Sources, organisations.Organisations, places.Places
	l.Movements, l.Sites, l.Findings, l.Contacts = movements.Movements, sites.Sites, findings.Findings, contacts.Contacts
	forgetFine(l.Places)
	l.spots.about = spot{packFiles()[0], ""}
	l.readRoutes(pack)
	l.readLessons(pack)
	l.spots.sources = listSpots("sources.yaml", "sources", len(l.Sources))
	l.spots.organisations = listSpots("organisations.yaml", "organisations", len(l.Organisations))
	l.spots.places = listSpots("places.yaml", "places", len(l.Places))
	l.spots.movements = listSpots("movements.yaml", "movements", len(l.Movements))
	l.spots.sites = listSpots("sites.yaml", "sites", len(l.Sites))
	l.spots.findings = listSpots("findings.yaml", "findings", len(l.Findings))
	l.spots.contacts = listSpots(contactsName, "contacts", len(l.Contacts))
	l.check()
	l.countTexts()
	l.dropUnnamed()
	l.problems.sort()
	return l, l.problems
}

// forgetFine coarsens the coordinates that places are written with before anything else reads them. A place is saved as it
// is written, so that finer ones would be published beside the geometry that hides them.
func forgetFine(places []Place) {
	for i := range places {
		places[i].Query = gazetteer.Coarsened(places[i].Query)
	}
}

func listSpots(file, list string, n int) []spot {
	spots := make([]spot, n)
	for i := range spots {
		spots[i] = spot{file, list}.item(i)
	}
	return spots
}

func (l *Loaded) readRoutes(pack fs.FS) {
	files, err := fs.Glob(pack, "routes/*.yaml")
	if err != nil || len(files) == 0 {
		l.refuse(spot{"routes", ""}, "the pack has no route", "write one as routes/ID.yaml")
	}
	for _, file := range files {
		var r Route
		l.read(pack, file, &r)
		l.Routes = append(l.Routes, r)
		l.spots.routes = append(l.spots.routes, spot{file, ""})
		l.named(file, "route", r.ID)
	}
}

func (l *Loaded) readLessons(pack fs.FS) {
	files, err := fs.Glob(pack, "lessons/*.yaml")
	if err != nil {
		return // the pattern is a constant and well-formed
	}
	for _, file := range files {
		var lesson Lesson
		l.read(pack, file, &lesson)
		l.Lessons = append(l.Lessons, lesson)
		l.spots.lessons = append(l.spots.lessons, spot{file, ""})
		l.named(file, "lesson", lesson.ID)
	}
}

// Apart refuses routes and lessons whose ids another pack has: they are addresses. Taken has the pack of each id that was seen before, and
// gets those of this one.
func (l *Loaded) Apart(taken map[string]string) Problems {
	r := reporter{locate: l.positions}
	one := func(kind, id string, s spot) {
		key := kind + " " + id
		if other, is := taken[key]; is && id != "" {
			r.refuse(s.field("id"), fmt.Sprintf("the pack %q has a %s of the id %q too", other, kind, id), "give one of them another id, and its file that name")
		}
		taken[key] = l.About.ID
	}
	for i, route := range l.Routes {
		one("route", route.ID, l.spots.routes[i])
	}
	for i, lesson := range l.Lessons {
		one("lesson", lesson.ID, l.spots.lessons[i])
	}
	return r.problems
}

// named wants a file to bear the id of its document.
func (l *Loaded) named(file, kind, id string) {
	if want := fileID(file); idForm.MatchString(id) && id != want && (kind != "route" || id != reservedRoute) {
		l.refuse(spot{file, "id"}, fmt.Sprintf("the %s is %q in a file named %q", kind, id, path.Base(file)),
			fmt.Sprintf("give the file the %s's id", kind))
	}
}

// fileID is the id that a document should have by its file's name.
func fileID(file string) string { return strings.TrimSuffix(path.Base(file), ".yaml") }

func (l *Loaded) read(pack fs.FS, file string, into any) {
	content, err := fs.ReadFile(pack, file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && mayBeAbsent(file):
		return
	case errors.Is(err, fs.ErrNotExist):
		l.refuse(spot{file, ""}, "the file is missing", "write it; data/content/README.md says how")
	case err != nil:
		l.refuse(spot{file, ""}, "the file cannot be read: "+err.Error(), "check its permissions")
	case decoder{&l.reporter, file, false}.decode(content, into):
		return
	}
	l.unread = append(l.unread, file)
}

// forget takes out of what is known the lists of which a file could not be read, so that nobody is told that their ids do not exist.
func (l *Loaded) forget(known *identifiers) {
	for _, file := range l.unread {
		switch {
		case file == "sources.yaml":
			known.sources = nil
		case file == "organisations.yaml":
			known.organisations = nil
		case file == "places.yaml":
			known.places = nil
		case path.Dir(file) == "routes":
			known.routes = nil
		}
	}
}

// unknownFiles refuses YAML files that nothing would read, in every folder but hidden ones.
func (l *Loaded) unknownFiles(pack fs.FS) {
	err := fs.WalkDir(pack, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(path.Base(file), ".") && file != ".":
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && isYAML(file) && !isRead(file):
			l.refuse(spot{file, ""}, "no file of a pack has this name",
				"name it one of "+strings.Join(packFiles(), ", ")+", routes/ID.yaml or lessons/ID.yaml")
		}
		return nil
	})
	if err != nil {
		l.refuse(spot{".", ""}, "the folder cannot be read: "+err.Error(), "check its permissions")
	}
}

func isYAML(file string) bool {
	suffix := strings.ToLower(path.Ext(file))
	return suffix == ".yaml" || suffix == ".yml"
}

// isRead says whether a pack has a file of this name, capitals told apart as most systems do.
func isRead(file string) bool {
	folder := path.Dir(file)
	return slices.Contains(packFiles(), file) || (folder == "routes" || folder == "lessons") && path.Ext(file) == ".yaml"
}
