package tiles

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	// The driver registers itself as "sqlite3".
	_ "github.com/mattn/go-sqlite3"
)

// mbtiles is an archive by the MBTiles specification 1.3. Its rows count from the south.
type mbtiles struct {
	db   *sql.DB
	read *sql.Stmt
}

func openMBTiles(ctx context.Context, path string) (source, error) {
	db, err := sql.Open("sqlite3", address(path, url.Values{"mode": {"ro"}, "immutable": {"true"}, "_query_only": {"true"}}))
	if err != nil {
		return nil, err
	}
	if err := openAll(ctx, db, max(2, runtime.NumCPU())); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := readable(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	read, err := db.PrepareContext(ctx, `SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?`)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("it is SQLite and no MBTiles: %w", err), db.Close())
	}
	return mbtiles{db, read}, nil
}

// openAll opens every connection at once and keeps them: one that is opened later would read another file where that was put in
// the place of this one meanwhile, and give its tiles under this one's version.
func openAll(ctx context.Context, db *sql.DB, connections int) error {
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	for range connections {
		c, err := db.Conn(ctx)
		if err != nil {
			return fmt.Errorf("the file is damaged: %w", err)
		}
		defer c.Close() // gives it back
	}
	return nil
}

// address makes the driver's address of a file.
func address(path string, options url.Values) string {
	a := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: options.Encode()}
	return a.String()
}

// readable refuses a file that was cut short or damaged where it shows at once: SQLite notes in the head how long it is.
func readable(ctx context.Context, db *sql.DB) error {
	var tables int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return fmt.Errorf("the file is damaged: %w", err)
	}
	return nil
}

func (m mbtiles) Close() error { return errors.Join(m.read.Close(), m.db.Close()) }

func (m mbtiles) tile(ctx context.Context, z, x, y int) ([]byte, error) {
	var data []byte
	err := m.read.QueryRowContext(ctx, z, x, 1<<z-1-y).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrEmpty
	}
	return data, err
}

func (m mbtiles) sample(ctx context.Context) ([]byte, error) {
	var data []byte
	err := m.db.QueryRowContext(ctx, `SELECT tile_data FROM tiles LIMIT 1`).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrEmpty
	}
	if err != nil {
		return nil, fmt.Errorf("the file is damaged: %w", err)
	}
	return data, nil
}

func (m mbtiles) info(ctx context.Context) (Info, error) {
	about := Info{Bounds: world}
	said, err := m.metadata(ctx)
	if err != nil {
		return about, err
	}
	about.Name, about.Description, about.Attribution = said["name"], said["description"], said["attribution"]
	switch said["format"] {
	case "pbf", "mvt":
		about.Format = MVT
	case "jpeg":
		about.Format = JPEG
	default:
		about.Format = Format(said["format"])
	}
	row := m.db.QueryRowContext(ctx, `SELECT coalesce(min(zoom_level), 0), coalesce(max(zoom_level), 0) FROM tiles`)
	if err := row.Scan(&about.MinZoom, &about.MaxZoom); err != nil {
		return about, fmt.Errorf("the file is damaged: %w", err)
	}
	if bounds := said["bounds"]; bounds != "" {
		if about.Bounds, err = boundsOf(bounds); err != nil {
			return about, err
		}
	}
	if about.Format == MVT {
		var inner struct {
			VectorLayers json.RawMessage `json:"vector_layers"`
		}
		if err := json.Unmarshal([]byte(said["json"]), &inner); err != nil {
			return about, fmt.Errorf("its metadata have no JSON with the vector layers: %w", err)
		}
		about.VectorLayers = inner.VectorLayers
	}
	return about, nil
}

func (m mbtiles) metadata(ctx context.Context) (map[string]string, error) {
	rows, err := m.db.QueryContext(ctx, `SELECT name, value FROM metadata`)
	if err != nil {
		return nil, fmt.Errorf("it is SQLite and no MBTiles: %w", err)
	}
	defer rows.Close()
	said := map[string]string{}
	for rows.Next() {
		var name string
		var value sql.NullString
		if err := rows.Scan(&name, &value); err != nil {
			return nil, fmt.Errorf("its metadata are damaged: %w", err)
		}
		said[name] = value.String
	}
	return said, rows.Err()
}

// world is the whole of Web Mercator: west, south, east, north in degrees.
var world = [4]float64{-180, -85.0511, 180, 85.0511}

func boundsOf(text string) (bounds [4]float64, err error) {
	parts := strings.Split(text, ",")
	if len(parts) != len(bounds) {
		return world, fmt.Errorf("its bounds are %q, not west,south,east,north", text)
	}
	for i, part := range parts {
		if bounds[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil {
			return world, fmt.Errorf("its bounds are %q: %w", text, err)
		}
	}
	return bounds, nil
}
