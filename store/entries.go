package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"unicode/utf8"

	"corridor/routes"
)

// entriesForm names how entries are derived, cut and folded. Another one makes every database derive its entries anew
// when it is next opened.
const entriesForm = "5"

// kindBits is how far the place of an entry's kind is shifted in its id.
const kindBits = 40

// entryRow is an entry as it is stored, with its words.
type entryRow struct {
	fields                []string // kind, id, route, stop, place and year
	title, body           string   // JSON objects
	titleWords, bodyWords string
}

// entryFrom reads the record of an entry, as [recordWriter.entries] writes it, and cuts its texts into words.
func entryFrom(fields []string) (row entryRow, err error) {
	const fixed = 8
	if len(fields) < fixed {
		return row, errSpool
	}
	languages, err := strconv.Atoi(fields[fixed-1])
	texts := fields[fixed:]
	if err != nil || languages < 0 || len(texts) < 2*languages || len(texts)%2 != 0 {
		return row, errSpool
	}
	row.fields = fields[:fixed-2]
	row.title, row.titleWords = storedText(texts[:2*languages], appendTitle)
	row.body, row.bodyWords = storedText(texts[2*languages:], appendWords)
	if cited := fields[fixed-2]; cited != "" { // the same in every language
		row.bodyWords = string(appendWords([]byte(row.bodyWords), searchable(cited)))
	}
	if kind, id := fields[0], fields[1]; kind == string(routes.SourceEntry) { // what cites it has its id too, and comes behind it
		row.titleWords = string(appendTitle([]byte(row.titleWords), searchable(id)))
	}
	return row, nil
}

// storedText gives a text, each language before what is said in it, as JSON, and its words in every language for the index, as a function
// appends them.
func storedText(texts []string, appendWords func([]byte, string) []byte) (stored, words string) {
	length := 2
	for _, text := range texts {
		length += len(text) + 4
	}
	raw, cut := append(make([]byte, 0, length), '{'), make([]byte, 0, 2*length) // a pair of clusters has its first twice
	for pair := range slices.Chunk(texts, 2) {
		text := searchable(pair[1])
		if len(raw) > 1 {
			raw = append(raw, ',')
		}
		raw = appendJSON(append(appendJSON(raw, pair[0]), ':'), text)
		cut = appendWords(cut, text)
	}
	return string(append(raw, '}')), string(cut)
}

// appendJSON appends a text as encoding/json writes it.
func appendJSON(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			raw, _ := json.Marshal(text) // a text always can be written
			return append(b, raw...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
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
		if err := w.saveEntriesOf(kind, id, in); err != nil {
			return fmt.Errorf("entry of %s: %w", kind, err)
		}
	}
	return nil
}

// forgetWords takes the words of entries that were deleted out of the index, which only marks them otherwise, as long as it is not merged.
func (w packWriter) forgetWords() error {
	return w.exec(`INSERT INTO entry_words (entry_words) VALUES ('optimize')`)
}

// saveEntriesOf writes those of a kind, with the ids after the last one.
func (w packWriter) saveEntriesOf(kind routes.EntryKind, last int64, in *Intake) error {
	list := in.entries[kind]
	read := func(i int) (entryRow, error) {
		fields, err := in.spool.read(list[i])
		if err != nil {
			return entryRow{}, err
		}
		return entryFrom(fields)
	}
	for entry, err := range ahead(w.ctx, counted(len(list), read)) {
		if err := cmp.Or(err, w.stopped()); err != nil {
			return err
		}
		last++
		if err := w.saveEntry(last, entry); err != nil {
			return err
		}
	}
	return nil
}

// firstEntry is the id before the first one of a kind.
func firstEntry(kind int) int64 { return int64(kind) << kindBits }

// lastEntry is the last id that a kind has, or the one before its first.
func (w packWriter) lastEntry(kind int) (id int64, err error) {
	err = w.tx.QueryRowContext(w.ctx, `SELECT coalesce(max(id), ?1 << ?2) FROM entries WHERE id BETWEEN ?1 << ?2 AND (?1 + 1 << ?2) - 1`,
		kind, kindBits).Scan(&id)
	return id, err
}

func (w packWriter) saveEntry(id int64, entry entryRow) error {
	args := []any{id, w.pack}
	for _, f := range entry.fields {
		args = append(args, orNull(f))
	}
	err := w.exec(`INSERT INTO entries (id, pack, kind, entry, route, stop, place, as_of, title, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, append(args, entry.title, entry.body)...)
	if err != nil {
		return err
	}
	return w.exec(`INSERT INTO entry_words (rowid, title, body) VALUES (?, ?, ?)`, id, entry.titleWords, entry.bodyWords)
}

// refreshEntries derives the entries of every pack from its documents where they were derived otherwise or never.
func (s *Store) refreshEntries(ctx context.Context) error {
	return s.refresh(ctx, "entries", entriesForm, func(ctx context.Context, tx *sql.Tx) error {
		v := &View{tx: tx, store: s}
		packs, err := v.packIDs(ctx)
		if err != nil {
			return err
		}
		for _, pack := range packs {
			if err := s.deriveEntries(ctx, v, pack); err != nil {
				return fmt.Errorf("entries of %s: %w", pack, err)
			}
		}
		return nil
	})
}

// deriveEntries derives the entries of one pack from its documents.
func (s *Store) deriveEntries(ctx context.Context, v *View, pack string) error {
	r := documentReader{v, pack, "", -1}
	var about routes.About
	if err := r.about(ctx, &about); err != nil {
		return err
	}
	in, err := NewIntake(filepath.Dir(s.path), about)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it is a temporary file
	var named routes.Pack
	for _, step := range []func() error{
		func() error { return readAll(ctx, r, kindPlace, &named.Places) },
		func() error { return readAll(ctx, r, kindOrganisation, &named.Organisations) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	names := routes.NamesOf(named)
	rows, err := v.tx.QueryContext(ctx, `SELECT kind, body FROM documents WHERE pack = ? ORDER BY position`, pack)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // one by one, since there may be many
		var kind, body string
		if err := rows.Scan(&kind, &body); err != nil {
			return err
		}
		document, err := packWith(kind, body)
		if err != nil {
			return err
		}
		document.About = about
		if err := in.Add(prepareEntries(document, names)); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return packWriter{context.WithoutCancel(ctx), ctx.Err, v.tx, pack, nil}.saveEntries(in)
}

// packWith gives a pack of one document.
func packWith(kind, body string) (p routes.Pack, err error) {
	switch kind {
	case kindSource:
		p.Sources, err = one[routes.Source](body)
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
