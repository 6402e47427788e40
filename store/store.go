// Package store keeps the content: the documents of packs, the GeoJSON features derived from them, and a version that
// changes with the content. It is SQLite in one file; nothing outside this package may know that.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"runtime"
	"sync/atomic"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNotFound means that there is no document or feature of that id.
var ErrNotFound = errors.New("store: not found")

// ErrConflict means that an id is taken by another pack.
var ErrConflict = errors.New("the id belongs to another pack")

// ErrNewer means that the file was written by a later version of Corridor.
var ErrNewer = errors.New("store: the database is of a newer version of Corridor; upgrade this one")

// ErrNameless means that a database was named by an empty name.
var ErrNameless = errors.New("store: the name of the database is empty; name its file")

// Store is an open database: one connection that writes, a pool that can only read, and another for reads that take as long
// as a reader of what is read takes.
type Store struct {
	path                 string
	writer, reader, slow *sql.DB
	shapes               memory[int64, string] // texts, by id: what has one never changes
	languages            atomic.Pointer[languages]
	mostRewritten        int64 // bytes, see the constant
}

// Open opens or creates the database file and brings its tables up to date. Another process may have it open too. The error is
// [ErrForeign] where the file is the database of another program, to which nothing is written, [ErrReadOnly] where nothing can be,
// [ErrLogLeft] where the log beside it is of a database that was there before, and [ErrNameless] where no file is named.
func Open(ctx context.Context, path string) (*Store, error) {
	if path == "" {
		return nil, ErrNameless
	}
	if err := noLogLeft(path); err != nil { // before SQLite reads it
		return nil, err
	}
	if err := refuseForeign(ctx, path); err != nil {
		return nil, err
	}
	s, err := openWriter(ctx, path, url.Values{
		"mode":          {"rwc"},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"}, // the driver's own choice in WAL mode loses acknowledged writes in a power cut
		"_txlock":       {"immediate"},
		"_cache_size":   {"-65536"}, // KiB at most: the indexes of a bulk import stay in memory
		// What was withdrawn, since it may expose somebody, must not stay in the file; a new database has nothing of the kind.
		"_secure_delete": {"true"},
	})
	if err != nil {
		return nil, unwritable(path, err)
	}
	s.openReaders(func() url.Values { return url.Values{"mode": {"ro"}, "_query_only": {"true"}} })
	return s, nil
}

// openReaders opens the pools that read.
func (s *Store) openReaders(options func() url.Values) {
	connections := max(4, runtime.NumCPU()*2)
	s.reader, s.slow = openPool(s.path, options()), openPool(s.path, options())
	s.reader.SetMaxOpenConns(connections)
	s.reader.SetMaxIdleConns(connections)
	s.slow.SetMaxIdleConns(0)
}

// openWriter opens a database with nothing to read it by, and brings its tables up to date.
func openWriter(ctx context.Context, path string, options url.Values) (*Store, error) {
	writer := openPool(path, options)
	writer.SetMaxOpenConns(1)
	s := &Store{path: path, writer: writer, mostRewritten: mostRewritten}
	for _, step := range []func() error{
		func() error { return migrate(ctx, writer) },
		func() error { return s.refreshEntries(ctx) },
		func() error { return s.refreshBundles(ctx) },
		func() error { return s.refreshTiles(ctx) },
	} {
		if err := step(); err != nil {
			return nil, errors.Join(fmt.Errorf("store: %s: %w", path, err), writer.Close())
		}
	}
	return s, nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	for {
		have, want, err := p.GetVersions(ctx)
		if err != nil {
			return err
		}
		if have > want {
			return ErrNewer
		}
		_, failed := p.Up(ctx)
		if failed == nil {
			return nil
		}
		// Another process may have been faster with a step, such as a server that was begun together with an import: then this one found
		// it done, and goes on after it.
		if now, _, err := p.GetVersions(ctx); err != nil || now == have {
			return failed
		}
	}
}

// Close closes every connection.
func (s *Store) Close() error { return errors.Join(s.slow.Close(), s.reader.Close(), s.writer.Close()) }

// Ping says whether the content can be read: a connection that is open says nothing of what the file has become.
func (s *Store) Ping(ctx context.Context) error {
	return s.View(ctx, func(*View) error { return nil })
}

// View is one unchanging state of the content: whatever is imported meanwhile, all that is read through it belongs
// together.
type View struct {
	tx    querier
	store *Store
	// Version changes whenever the content does.
	Version string
}

// View reads from one state of the content.
func (s *Store) View(ctx context.Context, read func(*View) error) error {
	return s.view(ctx, s.reader, read)
}

// SlowView is a [Store.View] on a connection of its own, for reads that wait for somebody. The caller limits how many there are.
func (s *Store) SlowView(ctx context.Context, read func(*View) error) error {
	return s.view(ctx, s.slow, read)
}

func (s *Store) view(ctx context.Context, pool *sql.DB, read func(*View) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer conn.Close()
	unending := unwatched(ctx)
	if _, err := conn.ExecContext(unending, "BEGIN"); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer func() { // a read has nothing to lose, but a connection that stays in its state must not be used again
		if _, err := conn.ExecContext(unending, "ROLLBACK"); err != nil {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		}
	}()
	v := &View{tx: conn, store: s}
	if err := conn.QueryRowContext(unending, `SELECT value FROM meta WHERE key = 'content_version'`).Scan(&v.Version); err != nil {
		return fmt.Errorf("store: content version: %w", err)
	}
	return read(v)
}

// unwatched is for what is read sooner than somebody could leave: where a state begins, a row of which the key is known, a page
// that leaves little out. database/sql watches a context that can end with a goroutine, which takes a tenth of such a page's time.
func unwatched(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }
