package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// rowInserter inserts rows of a table, several with each statement. Values are those of [driver.Value].
type rowInserter struct {
	one, many *sqlite3.SQLiteStmt
	columns   int
	waiting   []driver.NamedValue // of rows that are not inserted yet
}

// newRowInserter inserts into a table and columns such as "t (a, b)", or "t" for all of them.
func newRowInserter(conn *sqlite3.SQLiteConn, into string, columns int) (*rowInserter, error) {
	const atOnce = 16
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", columns), ", ") + ")"
	i := &rowInserter{columns: columns, waiting: make([]driver.NamedValue, 0, atOnce*columns)}
	for statement, rows := range map[**sqlite3.SQLiteStmt]int{&i.one: 1, &i.many: atOnce} {
		made, err := conn.Prepare("INSERT INTO " + into + " VALUES " + strings.TrimSuffix(strings.Repeat(row+", ", rows), ", "))
		if err != nil {
			return nil, errors.Join(err, i.close())
		}
		*statement, _ = made.(*sqlite3.SQLiteStmt)
	}
	return i, nil
}

// add inserts a row, or keeps it until there are more.
func (i *rowInserter) add(values ...driver.Value) error {
	for _, v := range values {
		i.waiting = append(i.waiting, driver.NamedValue{Ordinal: len(i.waiting) + 1, Value: v})
	}
	if len(i.waiting) < cap(i.waiting) {
		return nil
	}
	err := run(i.many, i.waiting)
	i.waiting = i.waiting[:0]
	return err
}

// flush inserts what waits.
func (i *rowInserter) flush() error {
	for at := 0; at < len(i.waiting); at += i.columns {
		row := i.waiting[at : at+i.columns]
		for n := range row {
			row[n].Ordinal = n + 1
		}
		if err := run(i.one, row); err != nil {
			return err
		}
	}
	i.waiting = i.waiting[:0]
	return nil
}

// run runs a statement. The driver brings the values of a query to SQLite at once, and those of what it executes one by one.
func run(s *sqlite3.SQLiteStmt, values []driver.NamedValue) error {
	rows, err := s.QueryContext(context.Background(), values) // one that can end would be watched for each statement
	if err != nil {
		return err
	}
	return rows.Close()
}

func (i *rowInserter) close() (err error) {
	for _, s := range []*sqlite3.SQLiteStmt{i.one, i.many} {
		if s != nil {
			err = errors.Join(err, s.Close())
		}
	}
	return err
}
