package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"
)

// statements are those that a transaction runs again and again, each prepared once. Millions of rows go through them, and
// what database/sql does for each besides takes as long as the driver itself.
type statements struct {
	conn     *sqlite3.SQLiteConn
	prepared map[string]*sqlite3.SQLiteStmt // by query
	values   []driver.NamedValue
}

// statementsOf gives those of a connection, which must stay taken until they are closed and run nothing else meanwhile.
func statementsOf(conn *sql.Conn) (*statements, error) {
	s := &statements{prepared: map[string]*sqlite3.SQLiteStmt{}}
	return s, conn.Raw(func(driverConn any) error {
		s.conn, _ = driverConn.(*sqlite3.SQLiteConn)
		return nil
	})
}

// exec runs a query of one statement.
func (s *statements) exec(query string, args []any) error {
	statement, ok := s.prepared[query]
	if !ok {
		made, err := s.conn.Prepare(query)
		if err != nil {
			return err
		}
		statement, _ = made.(*sqlite3.SQLiteStmt)
		s.prepared[query] = statement
	}
	s.values = s.values[:0]
	for i, arg := range args {
		if number, ok := arg.(int); ok {
			arg = int64(number)
		}
		if !driver.IsValue(arg) {
			return fmt.Errorf("a value of type %T", arg)
		}
		s.values = append(s.values, driver.NamedValue{Ordinal: i + 1, Value: arg})
	}
	return run(statement, s.values)
}

func (s *statements) close() (err error) {
	for _, statement := range s.prepared {
		err = errors.Join(err, statement.Close())
	}
	return err
}
