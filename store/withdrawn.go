package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Withdrawn are the documents of a pack that were in the database and that an import does not bring again: their ids by kind.
type Withdrawn map[string][]string

// WithdrawalError means that an import would withdraw documents that readers can link to, and that nobody said that this is meant. Nothing
// was changed.
type WithdrawalError struct {
	Pack      string
	Withdrawn Withdrawn
}

// Error says what would be gone.
func (e *WithdrawalError) Error() string {
	return fmt.Sprintf("this withdraws what the pack %q had before: %s", e.Pack, e.Withdrawn)
}

// linked says whether pages of their own are among them, whose addresses others may have written down.
func (w Withdrawn) linked() bool { return len(w[kindRoute])+len(w[kindLesson]) > 0 }

// String names routes and lessons, and counts what stands beside them.
func (w Withdrawn) String() string {
	const most = 5
	var parts []string
	for _, kind := range []string{kindRoute, kindLesson} {
		ids := w[kind]
		if len(ids) == 0 {
			continue
		}
		quoted := make([]string, 0, most)
		for _, id := range ids[:min(len(ids), most)] {
			quoted = append(quoted, strconv.Quote(id))
		}
		named := plural(kind, len(ids)) + " " + strings.Join(quoted, ", ")
		if len(ids) > most {
			named += fmt.Sprintf(" and %d others", len(ids)-most)
		}
		parts = append(parts, "the "+named)
	}
	for _, kind := range []string{kindMovement, kindSite, kindFinding, kindContact, kindPlace, kindOrganisation, kindSource} {
		if n := len(w[kind]); n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+plural(kind, n))
		}
	}
	return strings.Join(parts, ", ")
}

func plural(kind string, n int) string {
	if n == 1 {
		return kind
	}
	return kind + "s"
}

// documentIDs gives the ids of the pack's documents by kind, in order.
func (w packWriter) documentIDs() (Withdrawn, error) {
	rows, err := w.tx.QueryContext(w.ctx, `SELECT kind, id FROM documents WHERE pack = ? ORDER BY kind, id`, w.pack)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	ids := Withdrawn{}
	for rows.Next() {
		var kind, id string
		if err := rows.Scan(&kind, &id); err != nil {
			return nil, err
		}
		ids[kind] = append(ids[kind], id)
	}
	return ids, rows.Err()
}

// withdrawn gives what was among the pack's documents before and no longer is.
func (w packWriter) withdrawn(before Withdrawn) (Withdrawn, error) {
	now, err := w.documentIDs()
	if err != nil {
		return nil, err
	}
	gone := Withdrawn{}
	for kind, ids := range before {
		for _, id := range ids {
			if _, stays := slices.BinarySearch(now[kind], id); !stays {
				gone[kind] = append(gone[kind], id)
			}
		}
	}
	return gone, nil
}

// noteWithdrawn notes what the pack loses, and refuses to let routes and lessons go unless that is meant: a pack that was copied and kept
// the id of the first would take its place, and addresses that readers have would lead nowhere.
func (w packWriter) noteWithdrawn(in *Intake, before Withdrawn) error {
	gone, err := w.withdrawn(before)
	if err != nil {
		return err
	}
	if gone.linked() && !in.MayWithdraw {
		return &WithdrawalError{w.pack, gone}
	}
	in.Withdrawn = gone
	return nil
}
