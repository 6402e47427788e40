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

	"corridor/routes"
)

// An Intake takes a pack in piece by piece, so that a pack of any size needs little memory. What is added waits in a
// temporary file, and [Store.Save] writes all of it in one transaction.
type Intake struct {
	pack      string
	about     []byte
	spool     *spool
	digest    hash.Hash // of all that an import would write
	documents []record
	features  []spooled
	// entries are in the order of kinds: the index of words is built several times as fast when ids only grow.
	entries map[routes.EntryKind][]record
	// Progress is told how many features are written, where it is set.
	Progress func(done int)
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
	in.digest.Write(appendField(nil, raw))
	return in, nil
}

// Add adds documents and features.
func (in *Intake) Add(p Prepared) error {
	rest := p.preparer.records
	take := func(length int) (encoded []byte, r record, err error) {
		encoded, rest = rest[:length], rest[length:]
		r, err = in.spool.add(encoded)
		return encoded, r, err
	}
	for _, length := range p.documents {
		encoded, r, err := take(length)
		if err != nil {
			return err
		}
		in.digest.Write(encoded)
		in.documents = append(in.documents, r)
	}
	for _, e := range p.entries {
		_, r, err := take(e.length)
		if err != nil {
			return err
		}
		in.entries[e.kind] = append(in.entries[e.kind], r)
	}
	for _, f := range p.features {
		encoded, r, err := take(f.row + f.shown)
		if err != nil {
			return err
		}
		in.digest.Write(encoded[:f.row])
		in.features = append(in.features, spooled{record: r, place: f.place})
	}
	p.preparer.free()
	return nil
}

// Save replaces a pack's documents and features with what was taken in, all in one transaction: after an error, or when the
// process dies, the former content is whole. It says whether anything changed. The error is [ErrConflict] where a route, a
// lesson or a feature of another pack has the same id.
func (s *Store) Save(ctx context.Context, in *Intake) (changed bool, err error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	defer conn.Close()
	// database/sql would end a transaction of its own as soon as the context ends, and rows would go on being written outside it.
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	unending := context.WithoutCancel(ctx)
	defer func() { _, _ = conn.ExecContext(unending, "ROLLBACK") }() // after a commit there is nothing to undo
	prepared, err := statementsOf(conn)
	if err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	defer func() { err = errors.Join(err, prepared.close()) }()
	var former string
	err = conn.QueryRowContext(ctx, `SELECT digest FROM packs WHERE id = ?`, in.pack).Scan(&former)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("store: %w", err)
	}
	digest := hex.EncodeToString(in.digest.Sum(nil))
	if former == digest {
		return false, nil
	}
	// The driver watches a context that can end with a goroutine for each statement: millions of them. So the loops look.
	w := packWriter{unending, ctx.Err, conn, in.pack, prepared}
	tiles := gatherings{}
	drawing, stop := context.WithCancel(ctx)
	defer stop()
	var drawn *drawnTiles
	for _, step := range []func() error{
		func() error { return w.savePack(digest, in.about) },
		func() error { return w.saveDocuments(in) },
		func() error { return w.saveFeatures(in, former != "", tiles) },
		func() error { return w.gatherOthers(tiles) },
		func() error { drawn = tiles.draw(drawing); return w.saveEntries(in) },
		func() error { return w.saveTiles(drawn) },
		w.saveVersion,
		func() error { return w.exec("COMMIT") },
	} {
		if err := step(); err != nil {
			return false, fmt.Errorf("store: save %s: %w", in.pack, err)
		}
	}
	return true, nil
}

// Close drops what waits.
func (in *Intake) Close() error { return in.spool.Close() }

// querier is a transaction, or the connection that is in one.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

type packWriter struct {
	ctx context.Context //nolint:containedctx // it lives only as long as one call of Save
	// stopped gives the reason to stop, nil to go on.
	stopped func() error
	tx      querier
	pack    string
	// prepared are the transaction's statements, nil where few rows are written.
	prepared *statements
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
	position := -1
	for fields, err := range ahead(len(in.documents), func(i int) ([]string, error) { return in.spool.read(in.documents[i]) }) {
		if err := cmp.Or(err, w.stopped()); err != nil {
			return err
		}
		if len(fields) < 3 {
			return errSpool
		}
		position++
		d := document{kind: fields[0], id: fields[1], body: fields[2], routes: fields[3:]}
		if err := w.saveDocument(position, d); err != nil {
			return fmt.Errorf("%s %q: %w", d.kind, d.id, err)
		}
	}
	return nil
}

func (w packWriter) saveDocument(position int, d document) error {
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
	return fmt.Errorf("%w, %q", ErrConflict, owner)
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
