package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"corridor/routes"
)

// entriesForm names how entries are derived, cut and folded. Another one makes every database derive its entries anew
// when it is next opened.
const entriesForm = "1"

// kindBits is how far the place of an entry's kind is shifted in its id.
const kindBits = 40

// entryRecords are the entries of a pack that wait, by kind: the index of words is built several times as fast when ids
// only grow.
type entryRecords map[routes.EntryKind][]record

func newEntryRecords() entryRecords { return entryRecords{} }

// addEntries makes what a search finds of documents wait.
func (in *Intake) addEntries(documents routes.Pack) error {
	documents.About = in.said
	in.names.Add(documents)
	for _, e := range routes.Entries(documents, in.names) {
		title, err := json.Marshal(searchableIn(e.Title))
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		body, err := json.Marshal(searchableIn(e.Body))
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		r, err := in.spool.add(string(e.Kind), e.ID, e.Route, e.Stop, e.Place, string(title), string(body))
		if err != nil {
			return err
		}
		in.entries[e.Kind] = append(in.entries[e.Kind], r)
	}
	return nil
}

func searchableIn(t routes.Text) routes.Text {
	for lang, text := range t {
		t[lang] = searchable(text)
	}
	return t
}

// saveEntries replaces what a search finds of the pack.
func (w packWriter) saveEntries(in *Intake) error {
	if err := w.exec(`DELETE FROM entries WHERE pack = ?`, w.pack); err != nil {
		return err
	}
	for i, kind := range routes.EntryKinds() {
		id, err := w.lastEntry(i)
		if err != nil {
			return err
		}
		for _, r := range in.entries[kind] {
			fields, err := in.spool.read(r)
			if err != nil {
				return err
			}
			id++
			if err := w.saveEntry(id, fields); err != nil {
				return fmt.Errorf("entry of %s: %w", kind, err)
			}
		}
	}
	return nil
}

// lastEntry is the last id that a kind has, or the one before its first.
func (w packWriter) lastEntry(kind int) (id int64, err error) {
	err = w.tx.QueryRowContext(w.ctx, `SELECT coalesce(max(id), ?1 << ?2) FROM entries WHERE id BETWEEN ?1 << ?2 AND (?1 + 1 << ?2) - 1`,
		kind, kindBits).Scan(&id)
	return id, err
}

func (w packWriter) saveEntry(id int64, fields []string) error {
	if len(fields) != 7 {
		return errSpool
	}
	args := []any{id, w.pack}
	for _, f := range fields {
		args = append(args, f)
	}
	err := w.exec(`INSERT INTO entries (id, pack, kind, entry, route, stop, place, title, body)
		VALUES (?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?)`, args...)
	if err != nil {
		return err
	}
	title, err := words(fields[5])
	if err != nil {
		return err
	}
	body, err := words(fields[6])
	if err != nil {
		return err
	}
	return w.exec(`INSERT INTO entry_words (rowid, title, body) VALUES (?, ?, ?)`, id, title, body)
}

// words writes a text of several languages for the index.
func words(text string) (string, error) {
	var t routes.Text
	if err := unmarshal(text, &t); err != nil {
		return "", err
	}
	var b strings.Builder
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		b.WriteString(indexed(segment(t[lang])))
	}
	return b.String(), nil
}

// refreshEntries derives the entries of every pack from its documents where they were derived otherwise or never.
func (s *Store) refreshEntries(ctx context.Context) error {
	var form string
	err := s.writer.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = 'entries'`).Scan(&form)
	if err == nil && form == entriesForm || err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	v := &View{tx: tx}
	packs, err := v.packIDs(ctx)
	if err != nil {
		return err
	}
	for _, pack := range packs {
		if err := s.deriveEntries(ctx, v, pack); err != nil {
			return fmt.Errorf("entries of %s: %w", pack, err)
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO meta (key, value) VALUES ('entries', ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, entriesForm)
	if err != nil {
		return err
	}
	return tx.Commit()
}

// deriveEntries derives the entries of one pack from its documents.
func (s *Store) deriveEntries(ctx context.Context, v *View, pack string) error {
	r := documentReader{v, pack, ""}
	var about routes.About
	if err := r.about(ctx, &about); err != nil {
		return err
	}
	in, err := s.Intake(about)
	if err != nil {
		return err
	}
	defer in.Close()
	// What others name is first in this order, and routes, of which there may be many, come one by one.
	for _, kind := range []string{kindPlace, kindOrganisation, kindSource, kindMovement, kindSite, kindFinding, kindLesson, kindRoute} {
		rows, err := v.tx.QueryContext(ctx, `SELECT body FROM documents WHERE pack = ? AND kind = ? ORDER BY position`, pack, kind)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var body string
			if err := rows.Scan(&body); err != nil {
				return err
			}
			one, err := packWith(kind, body)
			if err != nil {
				return err
			}
			if err := in.addEntries(one); err != nil {
				return err
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return packWriter{ctx, v.tx, pack}.saveEntries(in)
}

// packWith gives a pack of one document.
func packWith(kind, body string) (p routes.Pack, err error) {
	switch kind {
	case kindSource:
		p.Sources, err = one[routes.Source](body)
	case kindOrganisation:
		p.Organisations, err = one[routes.Organisation](body)
	case kindPlace:
		p.Places, err = one[routes.Place](body)
	case kindRoute:
		p.Routes, err = one[routes.Route](body)
	case kindMovement:
		p.Movements, err = one[routes.Movement](body)
	case kindSite:
		p.Sites, err = one[routes.Site](body)
	case kindFinding:
		p.Findings, err = one[routes.Finding](body)
	case kindLesson:
		p.Lessons, err = one[routes.Lesson](body)
	}
	return p, err
}

func one[D any](body string) ([]D, error) {
	list := make([]D, 1)
	return list, unmarshal(body, &list[0])
}
