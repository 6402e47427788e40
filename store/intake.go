package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"slices"

	"corridor/routes"
)

// An Intake takes a pack in piece by piece, so that a pack of any size needs little memory. What is added waits in a
// temporary file, and [Store.Save] writes all of it in one transaction. Of a new database see [NewIntakeFor].
type Intake struct {
	pack      string
	about     []byte
	path      string // of the database, where it is known
	fresh     *fresh // nil where the database is there already
	spool     *spool
	digest    hash.Hash // of all that an import would write
	documents []record
	features  []spooled
	shapes    sharedShapes
	// entries are in the order of kinds: the index of words is built several times as fast when ids only grow.
	entries map[routes.EntryKind][]record
	// Progress is told how many features are written, where it is set.
	Progress func(done int)
	// MayWithdraw says that routes and lessons which the pack had before may be gone; else [Store.Save] refuses that.
	MayWithdraw bool
	// Withdrawn is after a save what the pack had before and has no longer.
	Withdrawn Withdrawn
}

// spooled is a feature that waits, with what its id is chosen by.
type spooled struct {
	record
	place
	id    int64
	known bool // whether the database has the feature already, under the id
}

// NewIntake begins to take in a pack of which this is said. The temporary file is made in a folder, best that of the
// database; it is as large as what is added.
func NewIntake(folder string, about routes.About) (*Intake, error) {
	raw, err := json.Marshal(about)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	waiting, err := newSpool(folder)
	if err != nil {
		return nil, err
	}
	in := &Intake{pack: about.ID, about: raw, spool: waiting, digest: sha256.New(), entries: map[routes.EntryKind][]record{}}
	in.shapes.records = map[int64]record{}
	in.digest.Write(appendField(nil, raw))
	return in, nil
}

// Add adds documents and features.
func (in *Intake) Add(p Prepared) error {
	rest := p.written.records
	next := func(length int) (encoded []byte) {
		encoded, rest = rest[:length], rest[length:]
		return encoded
	}
	for _, length := range p.documents {
		encoded := next(length)
		in.digest.Write(encoded)
		if err := in.addDocument(encoded); err != nil {
			return err
		}
	}
	for _, e := range p.entries {
		if err := in.addEntry(e.kind, next(e.length)); err != nil {
			return err
		}
	}
	for _, shape := range p.shapes {
		if err := in.shapes.add(in.spool, shape); err != nil {
			return err
		}
	}
	for _, f := range p.features {
		encoded := next(f.row + f.shown)
		in.digest.Write(encoded[:f.row])
		r, err := in.spool.add(encoded)
		if err != nil {
			return err
		}
		in.features = append(in.features, spooled{record: r, place: f.place})
	}
	p.written.free()
	return nil
}

func (in *Intake) addDocument(encoded []byte) error {
	if in.fresh != nil {
		return in.fresh.saveDocument(encoded)
	}
	r, err := in.spool.add(encoded)
	in.documents = append(in.documents, r)
	return err
}

func (in *Intake) addEntry(kind routes.EntryKind, encoded []byte) error {
	if in.fresh != nil {
		return in.fresh.addEntry(kind, encoded)
	}
	r, err := in.spool.add(encoded)
	in.entries[kind] = append(in.entries[kind], r)
	return err
}

// Save replaces a pack's documents and features with what was taken in, all in one transaction: after an error, or when the
// process dies, the former content is whole. It says whether anything changed. The error is [ErrConflict] where a route, a
// lesson or a feature of another pack has the same id, a [*WithdrawalError] where routes or lessons would be gone and nobody said that this
// is meant, and [ErrKept], though all is saved, where what was there before could not be overwritten.
func (s *Store) Save(ctx context.Context, in *Intake) (changed bool, err error) {
	changed, err = s.replace(ctx, in)
	if err == nil {
		const wait = 100 // milliseconds
		err = s.overwrite(ctx, s.mostRewritten, wait)
	}
	return changed, err
}

// replace is Save without what is done after its transaction.
func (s *Store) replace(ctx context.Context, in *Intake) (changed bool, err error) {
	t, err := s.begin(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, t.end()) }()
	var former string
	err = t.conn.QueryRowContext(ctx, `SELECT digest FROM packs WHERE id = ?`, in.pack).Scan(&former)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("store: %w", err)
	}
	digest := in.sum()
	if former == digest {
		return false, nil
	}
	w, known := t.writer(ctx, in.pack), former != ""
	before, err := w.documentIDs()
	if err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	beside := []step{func() error { return w.saveEntries(in) }}
	if known {
		beside = append(beside, w.forgetWords)
	}
	return true, w.save(ctx, in, known, []step{
		func() error { return w.savePack(digest, in.about) },
		func() error { return w.saveDocuments(in) },
		func() error { return w.noteWithdrawn(in, before) },
	}, beside)
}

// featuresForm names how features are made of documents and places. They cannot be made anew when a database is opened, since that needs
// the index of names; another form lets an import of the same pack make them anew, and [View.FormerPacks] says where that is due.
const featuresForm = "2"

// sum is the digest of all that was added, behind the form of its features.
func (in *Intake) sum() string { return featuresForm + ":" + hex.EncodeToString(in.digest.Sum(nil)) }

// Close drops what waits, and a new database that was not saved.
func (in *Intake) Close() error {
	err := in.spool.Close()
	if in.fresh != nil {
		err = errors.Join(err, in.fresh.drop())
	}
	return err
}

// querier is a transaction, or the connection that is in one.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

type packWriter struct {
	ctx context.Context //nolint:containedctx // it lives only as long as one transaction
	// stopped gives the reason to stop, nil to go on.
	stopped func() error
	tx      querier
	pack    string
	// prepared are the transaction's statements, nil where few rows are written.
	prepared *statements
}

// step is one of the steps of a save.
type step func() error

// save writes what was taken in and ends the transaction. Some steps come before the features; others need none of them, and are done while
// tiles are drawn. Those of a database's first pack are gathered along with its features, others once all of it is written.
func (w packWriter) save(ctx context.Context, in *Intake, known bool, before, beside []step) error {
	drawing, stop := context.WithCancel(ctx)
	defer stop()
	tiles, touched := newGatherings(drawing), touchedRuns{}
	var indexes takenIndexes
	var former map[int64]onTiles
	along := tiles
	for _, step := range slices.Concat(before, []step{
		func() (err error) {
			if others, err := w.hasOthers(); err != nil || !others && !known {
				return err
			}
			along = nil
			former, err = w.shownOfPack()
			return err
		},
		func() error { return w.saveShapes(in) },
		func() (err error) { indexes, err = w.saveFeatures(in, known, touched, along); return err },
		func() error {
			if along != nil {
				along.end()
			}
			return indexes.putBack(w)
		},
		func() error { return w.refreshRuns(touched) },
		func() error {
			if along != nil {
				return nil
			}
			return w.gatherChanged(tiles, former)
		},
		func() error { return w.dropShapes(known) },
	}, beside, []step{
		func() error { return w.saveTiles(tiles.drawn) },
		func() error {
			if !known {
				return nil
			}
			return w.noteReplaced()
		},
		w.saveVersion,
		func() error { return w.exec("COMMIT") },
	}) {
		if err := step(); err != nil {
			return fmt.Errorf("store: save %s: %w", in.pack, err)
		}
	}
	return nil
}

// hasOthers says whether the database has packs but the writer's own.
func (w packWriter) hasOthers() (others bool, err error) {
	err = w.tx.QueryRowContext(w.ctx, `SELECT EXISTS (SELECT 1 FROM packs WHERE id <> ?)`, w.pack).Scan(&others)
	return others, err
}

func (w packWriter) exec(query string, args ...any) error {
	if w.prepared != nil {
		return w.prepared.exec(query, args)
	}
	_, err := w.tx.ExecContext(w.ctx, query, args...)
	return err
}

func (w packWriter) savePack(digest string, about []byte) error {
	return w.exec(`INSERT INTO packs (id, digest, about) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, about = excluded.about`, w.pack, digest, string(about))
}

func (w packWriter) saveDocuments(in *Intake) error {
	if err := w.exec(`DELETE FROM documents WHERE pack = ?`, w.pack); err != nil {
		return err
	}
	position := 0
	for fields, err := range ahead(w.ctx, counted(len(in.documents), func(i int) ([]string, error) { return in.spool.read(in.documents[i]) })) {
		if err := cmp.Or(err, w.stopped()); err != nil {
			return err
		}
		if err := w.saveDocument(position, fields); err != nil {
			return err
		}
		position++
	}
	return nil
}

// saveDocument writes a document of its record, see [recordWriter.document].
func (w packWriter) saveDocument(position int, fields []string) error {
	const fixed = 3
	if len(fields) < fixed {
		return errSpool
	}
	d := document{kind: fields[0], id: fields[1], body: fields[2], routes: fields[fixed:]}
	if err := w.insertDocument(position, d); err != nil {
		return fmt.Errorf("%s %q: %w", d.kind, d.id, err)
	}
	return nil
}

func (w packWriter) insertDocument(position int, d document) error {
	// The ids of routes and lessons are addresses; an index holds those of routes apart.
	free := func() error { return w.free(`SELECT pack FROM documents WHERE kind = ? AND id = ?`, d.kind, d.id) }
	if d.kind == kindLesson {
		if err := free(); err != nil {
			return err
		}
	}
	err := w.exec(`INSERT INTO documents (pack, kind, id, position, body) VALUES (?, ?, ?, ?, ?)`,
		w.pack, d.kind, d.id, position, d.body)
	if isUnique(err) {
		return cmp.Or(free(), err)
	}
	if err != nil {
		return err
	}
	for _, route := range d.routes {
		err := w.exec(`INSERT OR IGNORE INTO document_routes (pack, kind, id, route) VALUES (?, ?, ?, ?)`, w.pack, d.kind, d.id, route)
		if err != nil {
			return err
		}
	}
	return nil
}

// free says with [ErrConflict] that a query finds a row of another pack.
func (w packWriter) free(query string, args ...any) error {
	var owner string
	err := w.tx.QueryRowContext(w.ctx, query, args...).Scan(&owner)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && owner == w.pack:
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("%w, %q; give it another", ErrConflict, owner)
}

// saveVersion derives the version from the content, so that the same content has the same version everywhere.
func (w packWriter) saveVersion() error {
	rows, err := w.tx.QueryContext(w.ctx, `SELECT digest FROM packs ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	h := sha256.New()
	for rows.Next() {
		var digest string
		if err := rows.Scan(&digest); err != nil {
			return err
		}
		fmt.Fprintln(h, digest)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	const digits = 16
	return w.exec(`UPDATE meta SET value = ? WHERE key = 'content_version'`, hex.EncodeToString(h.Sum(nil))[:digits])
}
