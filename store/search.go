package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"corridor/routes"
)

// SearchQuery asks for what the content says of something.
type SearchQuery struct {
	// Text is what a reader wrote, in any language. All of it must be found, the last word also as the beginning of one.
	Text string
	// Lang is the BCP 47 tag of the language in which results are shown, where the content has it.
	Lang  string
	Limit int
	// Offset is how many hits are passed over.
	Offset int
}

// Found is a page of what a search found.
type Found struct {
	Hits []Hit
	// More says that others follow.
	More bool
}

// Hit is an entry that a search found.
type Hit struct {
	Kind routes.EntryKind
	// ID is the document's; of a stop its route's and its own: yunnan.bangkok.
	ID string
	// Told is where a page tells of it.
	Told Telling
	// AsOf is the year that its source speaks of, 0 where there is none.
	AsOf  int
	Title Passage
	// Text is what was found, or the beginning of the entry's text where that is in the title; it may be empty. It is in
	// another language than the title where only that says what was looked for.
	Text Passage
}

// Telling is an entry that stands on the page of a route: most often the one that was found itself.
type Telling struct {
	Kind routes.EntryKind
	// Route is empty where no page of a route tells of it.
	ID, Route, Stop string
}

// Search gives what a text finds: titles before what stands below them, then in the order of kinds, then what has just this text as its
// title in one language, then by how well it fits. It finds nothing for a text without a letter or a digit.
func (v *View) Search(ctx context.Context, q SearchQuery) (found Found, err error) {
	list := want(q.Text)
	if len(list) == 0 {
		return found, nil
	}
	first := min(q.Offset, 3*considered) // no more are compared: whole titles, in titles and everywhere
	ids, err := v.best(ctx, wholly(q.Text), expression(list), first+q.Limit+1)
	if err != nil {
		return found, err
	}
	found.More = len(ids) > first+q.Limit
	s := searcher{view: v, list: list, lang: q.Lang, packs: map[string]routes.About{}}
	for _, id := range ids[min(len(ids), first):min(len(ids), first+q.Limit)] {
		hit, err := s.hit(ctx, id)
		if err != nil {
			return found, fmt.Errorf("store: search: %w", err)
		}
		found.Hits = append(found.Hits, hit)
	}
	return found, nil
}

// considered is how many of the entries that have what is looked for are compared. They come in the order of kinds, so where
// there are more, it is some of a kind that are left out.
const considered = 2000

// MostCounted is what [View.CountFound] counts to.
const MostCounted = considered

// CountFound counts what a text finds, to [MostCounted]: to compare and to show it takes longer by far.
func (v *View) CountFound(ctx context.Context, text string) (n int, err error) {
	list := want(text)
	if len(list) == 0 {
		return 0, nil
	}
	err = v.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM entry_words WHERE entry_words MATCH ? LIMIT ?)`,
		expression(list), MostCounted).Scan(&n)
	return n, err
}

// best gives the ids of the best entries that have what is looked for, at most so many: those with it in the title first, and of
// these, in each kind, those of which it is the title.
func (v *View) best(ctx context.Context, wholly, everywhere string, most int) ([]int64, error) {
	ids, err := v.titled(ctx, wholly, "{title} : ("+everywhere+")", most)
	if err != nil || len(ids) == most {
		return ids, err
	}
	more, err := v.matching(ctx, everywhere, most+len(ids))
	if err != nil {
		return nil, err
	}
	inTitle := len(ids)
	for _, id := range more {
		if !slices.Contains(ids[:inTitle], id) {
			ids = append(ids, id)
		}
	}
	return ids[:min(len(ids), most)], nil
}

// titled is [View.matching] with those first, in each kind, that another expression finds too. FTS5's rank alone would put them behind: it
// divides by the length of a text in all its languages, and takes the beginning of a word for the word.
func (v *View) titled(ctx context.Context, wholly, expression string, limit int) ([]int64, error) {
	return collect[int64](ctx, v, `WITH whole AS MATERIALIZED (SELECT rowid AS id FROM entry_words WHERE entry_words MATCH ?1 LIMIT ?3),
			other AS MATERIALIZED (SELECT rowid AS id, bm25(entry_words, 10.0, 1.0) AS score FROM entry_words WHERE entry_words MATCH ?2 LIMIT ?3)
		SELECT id FROM (SELECT id, 0 AS part, 0 AS score FROM whole UNION ALL SELECT id, 1, score FROM other WHERE id NOT IN (SELECT id FROM whole))
		ORDER BY id >> ?4, part, score, id LIMIT ?5`, wholly, expression, considered, kindBits, limit)
}

// matching gives the ids of entries that FTS5 finds, the best first. A title counts ten times.
func (v *View) matching(ctx context.Context, expression string, limit int) ([]int64, error) {
	return collect[int64](ctx, v, `SELECT id FROM (
			SELECT rowid AS id, bm25(entry_words, 10.0, 1.0) AS score FROM entry_words WHERE entry_words MATCH ? LIMIT ?)
		ORDER BY id >> ?, score, id LIMIT ?`, expression, considered, kindBits, limit)
}

// searcher shows what one search found.
type searcher struct {
	view  *View
	list  []wanted
	lang  string
	packs map[string]routes.About
}

func (s searcher) hit(ctx context.Context, id int64) (h Hit, err error) {
	var pack, place, titles, bodies string
	told := &h.Told
	err = s.view.tx.QueryRowContext(ctx, `SELECT pack, kind, entry, coalesce(route, ''), coalesce(stop, ''), coalesce(place, ''), as_of, title, body
		FROM entries WHERE id = ?`, id).Scan(&pack, &h.Kind, &h.ID, &told.Route, &told.Stop, &place, &h.AsOf, &titles, &bodies)
	if err != nil {
		return h, err
	}
	told.Kind, told.ID = h.Kind, h.ID
	if told.Route == "" && (h.Kind == routes.PlaceEntry || h.Kind == routes.SourceEntry) {
		if err := s.findTelling(ctx, pack, place, told); err != nil {
			return h, err
		}
	}
	about, known := s.packs[pack]
	if !known {
		if err := (documentReader{s.view, pack, "", -1}).about(ctx, &about); err != nil {
			return h, err
		}
		s.packs[pack] = about
	}
	var title, body routes.Text
	if err := unmarshal(titles, &title); err != nil {
		return h, err
	}
	if err := unmarshal(bodies, &body); err != nil {
		return h, err
	}
	s.show(&h, about, title, body)
	return h, nil
}

const firstRoute = `SELECT id FROM documents WHERE pack = ? AND kind = 'route' ORDER BY position LIMIT 1`

// findTelling finds what tells of a place: the first, which for most is a stop. A source, and a place of which nothing
// tells by itself, is on the page of the pack's first route.
func (s searcher) findTelling(ctx context.Context, pack, place string, t *Telling) error {
	err := s.view.tx.QueryRowContext(ctx, `SELECT kind, entry, route, coalesce(stop, '') FROM entries
		WHERE pack = ? AND place = ? AND route IS NOT NULL ORDER BY id LIMIT 1`, pack, place).Scan(&t.Kind, &t.ID, &t.Route, &t.Stop)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	err = s.view.tx.QueryRowContext(ctx, firstRoute, pack).Scan(&t.Route)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// show chooses the languages of an entry's passages: the title's is the reader's, and so is the text's unless another one
// says more of what was looked for.
func (s searcher) show(h *Hit, about routes.About, title, body routes.Text) {
	shown := about.In(title, s.lang)
	h.Title = passageOf(shown, whole(shown.Text, s.in(shown.Text)))
	best := s.best(shown.Lang, about.Original(), title, body)
	text := body[best]
	units := segment(text)
	found, _ := spans(s.list, units)
	if len(found) == 0 && best != shown.Lang { // it is the title in another language that was found
		text = title[best]
		units = segment(text)
		found, _ = spans(s.list, units)
	}
	if text != "" {
		h.Text = passageOf(about.In(routes.Text{best: text}, best), around(text, units, found))
	}
}

func passageOf(w routes.Wording, list []Piece) Passage { return Passage{list, w.Lang, w.Draft} }

func (s searcher) in(text string) []span {
	found, _ := spans(s.list, segment(text))
	return found
}

// best is the language in which an entry has most of what was looked for, the reader's before the original.
func (s searcher) best(shown, original string, title, body routes.Text) string {
	best, least := shown, len(s.list)+1
	others := slices.Sorted(maps.Keys(title))
	for lang := range body {
		if !slices.Contains(others, lang) {
			others = append(others, lang)
		}
	}
	for _, lang := range append([]string{shown, original}, others...) {
		if _, missing := spans(s.list, segment(title[lang]+"\n"+body[lang])); missing < least {
			best, least = lang, missing
		}
	}
	return best
}
