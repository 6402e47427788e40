package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"

	"github.com/mattn/go-sqlite3"

	"corridor/routes"
)

// connector makes the connections of a pool.
type connector struct {
	address string
	driver  *sqlite3.SQLiteDriver
}

// Connect opens one connection more.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.address) }

// Driver is SQLite's.
func (c connector) Driver() driver.Driver { return c.driver }

// openPool opens a pool of connections to a file; the options are the driver's, and hold for each of them.
func openPool(path string, options url.Values) *sql.DB {
	options.Set("_foreign_keys", "true")
	if !options.Has("_busy_timeout") {
		options.Set("_busy_timeout", "120000") // a large import writes in one transaction, whose end others must await
	}
	options.Set("_stmt_cache_size", "64")
	if whole, err := filepath.Abs(path); err == nil {
		path = whole // SQLite takes some short names, such as :memory:, for databases that are gone with the connection
	}
	address := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: options.Encode()}
	known := &outlines{}
	hook := func(c *sqlite3.SQLiteConn) error { return prepareConnection(c, known) }
	return sql.OpenDB(connector{address.String(), &sqlite3.SQLiteDriver{ConnectHook: hook}})
}

// prepareConnection teaches a connection the functions that queries and migrations use, and lets it read the file through
// memory that the system shares among all.
func prepareConnection(c *sqlite3.SQLiteConn, known *outlines) error {
	functions := map[string]any{
		"wkb": wkbOf, "first_day": firstDay, "last_day": lastDay, "json_number": jsonNumber,
		"meets": meets, "outline_meets": known.meets, "read_outline_meets": known.readAndMeets,
	}
	for name, function := range functions {
		if err := c.RegisterFunc(name, function, true); err != nil {
			return err
		}
	}
	// SQLite has a limit of its own below the size of the map. The log of a large import is cut when it is written back.
	_, err := c.Exec("PRAGMA mmap_size = 1099511627776; PRAGMA journal_size_limit = 67108864", nil)
	return err
}

// waiting does something on a connection that waits so many milliseconds for others, where it waits for longer otherwise.
func waiting(ctx context.Context, conn *sql.Conn, milliseconds int, do func() error) (err error) {
	unending := context.WithoutCancel(ctx)
	var former int
	if err := conn.QueryRowContext(unending, "PRAGMA busy_timeout").Scan(&former); err != nil {
		return err
	}
	wait := func(milliseconds int) error {
		_, err := conn.ExecContext(unending, fmt.Sprintf("PRAGMA busy_timeout = %d", milliseconds))
		return err
	}
	if err := wait(milliseconds); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, wait(former)) }()
	return do()
}

// firstDay is the day on which what a statement tells of begins, NULL where that is open. The time may be NULL.
func firstDay(time any) any {
	first, _ := periodOf(time).Days()
	return orNull(first)
}

// lastDay is the day on which what a statement tells of ends, NULL where that is open. The time may be NULL.
func lastDay(time any) any {
	_, last := periodOf(time).Days()
	return orNull(last)
}

// jsonNumber writes a number as JSON, NULL where there is none.
func jsonNumber(value any) any {
	number, ok := value.(float64)
	if !ok {
		return nil
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

func periodOf(value any) routes.Period {
	switch value := value.(type) {
	case string:
		return routes.Period(value)
	case []byte:
		return routes.Period(value)
	}
	return ""
}

// orNull is NULL for no value.
func orNull[T comparable](value T) any {
	var none T
	if value == none {
		return nil
	}
	return value
}
