package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"corridor/routes"
)

// Routes gives every route with what its pack says of itself and its organisations and places, in the order of packs and
// of the routes in them: a routes.Pack for each pack that has a route, without movements, sites and findings.
func (v *View) Routes(ctx context.Context) ([]routes.Pack, error) { return v.FirstRoutes(ctx, -1) }

// FirstRoutes gives so many routes at most of each pack, as Routes does; all where the number is negative.
func (v *View) FirstRoutes(ctx context.Context, most int) ([]routes.Pack, error) {
	ids, err := v.packIDs(ctx)
	if err != nil {
		return nil, err
	}
	packs := make([]routes.Pack, 0, len(ids))
	for _, id := range ids {
		p := routes.Pack{}
		r, few := documentReader{v, id, "", -1}, documentReader{v, id, "", most}
		for _, step := range []func() error{
			func() error { return r.about(ctx, &p.About) },
			func() error { return readAll(ctx, r, kindOrganisation, &p.Organisations) },
			func() error { return readAll(ctx, r, kindPlace, &p.Places) },
			func() error { return readAll(ctx, few, kindRoute, &p.Routes) },
			func() error { return readAll(ctx, r, kindContact, &p.Contacts) },
		} {
			if err := step(); err != nil {
				return nil, err
			}
		}
		packs = append(packs, p)
	}
	return packs, nil
}

// Route gives one route with everything that is told beside it, as a pack that holds no other route. The error is
// [ErrNotFound] where there is none.
func (v *View) Route(ctx context.Context, id string) (routes.Pack, error) {
	var p routes.Pack
	pack, err := v.packOf(ctx, id)
	if err != nil {
		return p, err
	}
	r := documentReader{v, pack, id, -1}
	for _, step := range []func() error{
		func() error { return r.about(ctx, &p.About) },
		func() error { return readAll(ctx, r, kindSource, &p.Sources) },
		func() error { return readAll(ctx, r, kindOrganisation, &p.Organisations) },
		func() error { return readAll(ctx, r, kindPlace, &p.Places) },
		func() error { return readAll(ctx, r, kindRoute, &p.Routes) },
		func() error { return readAll(ctx, r, kindMovement, &p.Movements) },
		func() error { return readAll(ctx, r, kindSite, &p.Sites) },
		func() error { return readAll(ctx, r, kindFinding, &p.Findings) },
		func() error { return readAll(ctx, r, kindLesson, &p.Lessons) },
		func() error { return readAll(ctx, r, kindContact, &p.Contacts) },
	} {
		if err := step(); err != nil {
			return p, err
		}
	}
	return p, nil
}

// RoutesAfter gives so many routes at most whose ids come after one, in the order of ids: each as a pack that holds the route and what
// the pack says of itself.
func (v *View) RoutesAfter(ctx context.Context, id string, most int) ([]routes.Pack, error) {
	abouts, err := v.Abouts(ctx)
	if err != nil {
		return nil, err
	}
	byPack := map[string]routes.About{}
	for _, about := range abouts {
		byPack[about.ID] = about
	}
	rows, err := v.tx.QueryContext(ctx, `SELECT pack, body FROM documents WHERE kind = 'route' AND id > ? ORDER BY id LIMIT ?`, id, most)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	defer rows.Close()
	var list []routes.Pack
	for rows.Next() {
		var pack, body string
		if err := rows.Scan(&pack, &body); err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		p := routes.Pack{About: byPack[pack], Routes: make([]routes.Route, 1)}
		if err := unmarshal(body, &p.Routes[0]); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return list, nil
}

// RouteIDs gives the ids of so many routes at most, in the order of ids, after so many that are passed over.
func (v *View) RouteIDs(ctx context.Context, offset, most int) ([]string, error) {
	return collect[string](ctx, v, `SELECT id FROM documents WHERE kind = 'route' ORDER BY id LIMIT ? OFFSET ?`, most, offset)
}

func (v *View) packIDs(ctx context.Context) ([]string, error) {
	return collect[string](ctx, v, `SELECT id FROM packs ORDER BY id`)
}

// FormerPacks gives the ids of the packs, in order, whose features a former version of the program has made: they are where and what it
// thought right, until the pack is imported again.
func (v *View) FormerPacks(ctx context.Context) ([]string, error) {
	return collect[string](ctx, v, `SELECT id FROM packs WHERE digest NOT LIKE ? || ':%' ORDER BY id`, featuresForm)
}

// KnowsRoute says with [ErrNotFound] that there is no such route.
func (v *View) KnowsRoute(ctx context.Context, id string) error {
	_, err := v.packOf(ctx, id)
	return err
}

func (v *View) packOf(ctx context.Context, route string) (string, error) {
	found, err := collect[string](ctx, v, `SELECT pack FROM documents WHERE kind = 'route' AND id = ?`, route)
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", fmt.Errorf("route %q: %w", route, ErrNotFound)
	}
	return found[0], nil
}

// languages are those of one version of the content.
type languages struct {
	version string
	tags    []string
}

// Languages gives the tags of every language that any pack has. Nobody changes the list.
func (v *View) Languages(ctx context.Context) ([]string, error) {
	if known := v.store.languages.Load(); known != nil && known.version == v.Version {
		return known.tags, nil
	}
	tags, err := collect[string](ctx, v, `SELECT DISTINCT l.value ->> 'code' FROM packs, json_each(packs.about, '$.languages') l ORDER BY 1`)
	if err == nil {
		v.store.languages.Store(&languages{v.Version, tags})
	}
	return tags, err
}

// documentReader reads documents of a pack, those that belong to one route where a route is set.
type documentReader struct {
	view        *View
	pack, route string
	most        int // how many documents, all where negative
}

func (r documentReader) about(ctx context.Context, into *routes.About) error {
	found, err := collect[string](ctx, r.view, `SELECT about FROM packs WHERE id = ?`, r.pack)
	if err != nil {
		return err
	}
	return unmarshal(found[0], into)
}

// of is the query for the documents of a kind, in their order.
func (r documentReader) of(kind string) (query string, args []any) {
	// The kind is one of this package's; where it stands in the query, SQLite finds the index of routes.
	query, args = `SELECT body FROM documents WHERE pack = ? AND kind = '`+kind+`'`, []any{r.pack}
	if r.route != "" {
		switch kind {
		case kindRoute:
			query, args = query+` AND id = ?`, append(args, r.route)
		case kindMovement, kindSite, kindFinding, kindLesson:
			query += ` AND id IN (SELECT id FROM document_routes WHERE route = ? AND kind = ? AND pack = ?)`
			args = append(args, r.route, kind, r.pack)
		}
	}
	return query + ` ORDER BY position LIMIT ?`, append(args, r.most)
}

func readAll[D any](ctx context.Context, r documentReader, kind string, into *[]D) error {
	query, args := r.of(kind)
	bodies, err := collect[string](ctx, r.view, query, args...)
	if err != nil {
		return err
	}
	*into = make([]D, len(bodies))
	for i, body := range bodies {
		if err := unmarshal(body, &(*into)[i]); err != nil {
			return err
		}
	}
	return nil
}

func unmarshal(body string, into any) error {
	if err := json.Unmarshal([]byte(body), into); err != nil {
		return fmt.Errorf("store: a document is damaged: %w", err)
	}
	return nil
}

// collect gives a query's single column.
func collect[T any](ctx context.Context, v *View, query string, args ...any) ([]T, error) {
	rows, err := v.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var one T
		if err := rows.Scan(&one); err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		list = append(list, one)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return list, nil
}

// FirstLessons gives so many lessons at most, in the order of packs and of ids: each as a pack that holds the lesson and what the pack
// says of itself.
func (v *View) FirstLessons(ctx context.Context, most int) ([]routes.Pack, error) {
	abouts, err := v.Abouts(ctx)
	if err != nil {
		return nil, err
	}
	var list []routes.Pack
	for _, about := range abouts {
		bodies, err := collect[string](ctx, v, `SELECT body FROM documents WHERE pack = ? AND kind = 'lesson' ORDER BY id LIMIT ?`, about.ID, most-len(list))
		if err != nil {
			return nil, err
		}
		for _, body := range bodies {
			p := routes.Pack{About: about, Lessons: make([]routes.Lesson, 1)}
			if err := unmarshal(body, &p.Lessons[0]); err != nil {
				return nil, err
			}
			list = append(list, p)
		}
	}
	return list, nil
}

// LessonsOf gives the ids of the lessons that the pages of routes offer first, by the routes' own; those that have none are left out.
func (v *View) LessonsOf(ctx context.Context, ids []string) (map[string]string, error) {
	wanted, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("store: routes with lessons: %w", err)
	}
	found, err := collect[string](ctx, v, firstLessons, string(wanted))
	if err != nil {
		return nil, err
	}
	lessons := make(map[string]string, len(found))
	for _, pair := range found {
		route, lesson, _ := strings.Cut(pair, " ") // ids have no spaces
		lessons[route] = lesson
	}
	return lessons, nil
}

// firstLessons pairs routes with their first lessons: with min() SQLite takes the other columns from the row that has it.
const firstLessons = `SELECT route || ' ' || id FROM (
	SELECT r.route, d.id, min(d.position) FROM json_each(?) wanted JOIN document_routes r ON r.route = wanted.value AND r.kind = 'lesson'
	JOIN documents d ON d.pack = r.pack AND d.kind = r.kind AND d.id = r.id GROUP BY r.route)`

const routeOfLesson = `SELECT body ->> 'route' FROM documents WHERE kind = 'lesson' AND id = ?`

// Lesson gives a lesson with its route and everything told beside it, as [View.Route] does, without the route's other
// lessons. The error is [ErrNotFound] where there is none.
func (v *View) Lesson(ctx context.Context, id string) (routes.Pack, error) {
	found, err := collect[string](ctx, v, routeOfLesson, id)
	if err != nil {
		return routes.Pack{}, err
	}
	if len(found) == 0 {
		return routes.Pack{}, fmt.Errorf("lesson %q: %w", id, ErrNotFound)
	}
	p, err := v.Route(ctx, found[0])
	p.Lessons = slices.DeleteFunc(p.Lessons, func(l routes.Lesson) bool { return l.ID != id })
	return p, err
}

// CountRoutes says how many routes there are.
func (v *View) CountRoutes(ctx context.Context) (int, error) {
	n, err := collect[int](ctx, v, `SELECT count(*) FROM documents WHERE kind = 'route'`)
	if err != nil {
		return 0, err
	}
	return n[0], nil
}
