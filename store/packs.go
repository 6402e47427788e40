package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"corridor/routes"
)

// document is one document of a pack as a row.
type document struct {
	kind, id string
	routes   []string
	body     []byte
}

// Kinds of documents.
const (
	kindSource       = "source"
	kindOrganisation = "organisation"
	kindPlace        = "place"
	kindRoute        = "route"
	kindMovement     = "movement"
	kindSite         = "site"
	kindFinding      = "finding"
	kindLesson       = "lesson"
	kindContact      = "contact"
)

// SavePack replaces a pack's documents and features, all in one transaction: after an error, or when the process dies,
// the former content is whole. It says whether anything changed. The error is [ErrConflict] where a route, a lesson or a
// feature of another pack has the same id.
func (s *Store) SavePack(ctx context.Context, pack routes.Pack, features []routes.Feature) (changed bool, err error) {
	documents, err := documentsOf(pack)
	if err != nil {
		return false, err
	}
	rows, err := featureRows(features)
	if err != nil {
		return false, err
	}
	about, err := json.Marshal(pack.About)
	if err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	digest := digestOf(about, documents, rows)
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	var former string
	err = tx.QueryRowContext(ctx, `SELECT digest FROM packs WHERE id = ?`, pack.About.ID).Scan(&former)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("store: %w", err)
	}
	if former == digest {
		return false, nil
	}
	w := packWriter{ctx, tx, pack.About.ID}
	for _, step := range []func() error{
		func() error { return w.savePack(digest, about) },
		func() error { return w.saveDocuments(documents) },
		func() error { return w.saveFeatures(rows) },
		w.saveVersion,
		tx.Commit,
	} {
		if err := step(); err != nil {
			return false, fmt.Errorf("store: save %s: %w", pack.About.ID, err)
		}
	}
	return true, nil
}

func documentsOf(p routes.Pack) ([]document, error) {
	var list []document
	var failed error
	add := func(kind, id string, beside []string, body any) {
		raw, err := json.Marshal(body)
		failed = errors.Join(failed, err)
		list = append(list, document{kind, id, beside, raw})
	}
	for _, d := range p.Sources {
		add(kindSource, d.ID, nil, d)
	}
	for _, d := range p.Organisations {
		add(kindOrganisation, d.ID, nil, d)
	}
	for _, d := range p.Places {
		add(kindPlace, d.ID, nil, d)
	}
	for _, d := range p.Routes {
		add(kindRoute, d.ID, nil, d)
	}
	for _, d := range p.Movements {
		add(kindMovement, d.ID, d.Routes, d)
	}
	for _, d := range p.Sites {
		add(kindSite, d.ID, d.Routes, d)
	}
	for _, d := range p.Findings {
		add(kindFinding, d.ID, d.Routes, d)
	}
	for _, d := range p.Lessons {
		add(kindLesson, d.ID, []string{d.Route}, d)
	}
	for _, d := range p.Contacts {
		add(kindContact, d.ID, nil, d)
	}
	return list, failed
}

// digestOf is the SHA-256 of all that an import would write.
func digestOf(about []byte, documents []document, rows []featureRow) string {
	h := sha256.New()
	part := func(b []byte) { fmt.Fprintf(h, "%d:", len(b)); h.Write(b) }
	part(about)
	for _, d := range documents {
		part([]byte(d.kind))
		part(d.body)
	}
	for _, r := range rows {
		r.write(h)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// write writes a row so that two different ones never give the same bytes.
func (r featureRow) write(w io.Writer) {
	fmt.Fprintf(w, "%q %q %d %q %q %q %q", r.Collection, r.ID, r.AsOf, r.PartOf, r.Default, r.Routes, r.geometry)
	for _, t := range r.texts {
		fmt.Fprintf(w, "%q %q", t.language, t.properties)
	}
}

type packWriter struct {
	ctx  context.Context //nolint:containedctx // it lives only as long as one call of SavePack
	tx   *sql.Tx
	pack string
}

func (w packWriter) exec(query string, args ...any) error {
	_, err := w.tx.ExecContext(w.ctx, query, args...)
	return err
}

func (w packWriter) savePack(digest string, about []byte) error {
	return w.exec(`INSERT INTO packs (id, digest, about) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, about = excluded.about`, w.pack, digest, string(about))
}

func (w packWriter) saveDocuments(documents []document) error {
	if err := w.exec(`DELETE FROM documents WHERE pack = ?`, w.pack); err != nil {
		return err
	}
	for i, d := range documents {
		if d.kind == kindRoute || d.kind == kindLesson { // their ids are addresses
			if err := w.free(`SELECT pack FROM documents WHERE kind = ? AND id = ?`, d.kind, d.id); err != nil {
				return fmt.Errorf("%s %q: %w", d.kind, d.id, err)
			}
		}
		err := w.exec(`INSERT INTO documents (pack, kind, id, position, body) VALUES (?, ?, ?, ?, ?)`,
			w.pack, d.kind, d.id, i, string(d.body))
		if err != nil {
			return fmt.Errorf("%s %q: %w", d.kind, d.id, err)
		}
		for _, route := range d.routes {
			err := w.exec(`INSERT OR IGNORE INTO document_routes (pack, kind, id, route) VALUES (?, ?, ?, ?)`, w.pack, d.kind, d.id, route)
			if err != nil {
				return fmt.Errorf("%s %q: %w", d.kind, d.id, err)
			}
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
