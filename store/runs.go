package store

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"corridor/geo"
	"corridor/routes"
)

// Ids come in runs of 64 and groups of 64 runs. A group's features are of one collection and of one class of extent.
const (
	runBits   = 6
	groupBits = 12
)

// mixed is the class of extent of imports that fit in a run: there is nothing to gain by their order, so they keep that of
// their documents.
const mixed = 0

// classes of extents end at these degrees; the last has no end. One large feature would give its run a box in which
// everything lies.
var extents = [...]float64{0.5, 2, 8, 32}

// place is where a new feature belongs in the order of ids. There may be a million, so it has no pointer.
type place struct {
	collection int8   // its number in the order of names
	extent     int8   // its class, from 1
	along      uint32 // the Hilbert curve
}

// collectionNames are the collections in the order of names.
var collectionNames = slices.Sorted(slices.Values(routes.Collections()))

func (p place) name() string { return string(collectionNames[p.collection]) }

// placeOf tells it of a feature in a box.
func placeOf(f routes.Feature, b orb.Bound) place {
	p := place{collection: int8(slices.Index(collectionNames, f.Collection)), extent: 1}
	if f.Geometry == nil {
		return p
	}
	p.along = geo.Hilbert(b.Center())
	for _, end := range extents {
		if max(b.Right()-b.Left(), b.Top()-b.Bottom()) > end {
			p.extent++
		}
	}
	return p
}

// arrange puts features in the order of ids: those that have one, then the new ones, which get theirs. A feature that
// stays keeps its id, so that paging through a collection while it is imported skips and repeats nothing.
func (w packWriter) arrange(features []spooled) error {
	count := make([]int, len(collectionNames))
	for _, f := range features {
		if !f.known {
			count[f.collection]++
		}
	}
	for i := range features {
		if !features[i].known && count[features[i].collection] <= 1<<runBits {
			features[i].place = place{collection: features[i].collection, extent: mixed}
		}
	}
	slices.SortFunc(features, func(a, b spooled) int {
		if a.known != b.known {
			if a.known {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.collection, b.collection), cmp.Compare(a.extent, b.extent), cmp.Compare(a.along, b.along),
			cmp.Compare(a.offset, b.offset)) // as they were added
	})
	last := place{collection: -1}
	next := int64(0)
	for i := range features {
		f := &features[i]
		if f.known {
			continue
		}
		var err error
		if f.collection != last.collection || f.extent != last.extent {
			next, err = w.nextID(f.name(), f.extent)
		} else if next&(1<<groupBits-1) == 0 {
			next, err = w.newGroup(f.name(), f.extent)
		}
		if err != nil {
			return err
		}
		f.id, last = next, f.place
		next++
	}
	return nil
}

// nextID is the id after the last one of a class of features.
func (w packWriter) nextID(collection string, extent int8) (int64, error) {
	var group, last int64
	err := w.tx.QueryRowContext(w.ctx, `SELECT n,
			(SELECT coalesce(max(id), (n << ?1) - 1) FROM features WHERE id BETWEEN n << ?1 AND (n + 1 << ?1) - 1)
		FROM feature_groups WHERE collection = ?2 AND extent = ?3 ORDER BY n DESC LIMIT 1`,
		groupBits, collection, extent).Scan(&group, &last)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (last+1)>>groupBits != group {
		return w.newGroup(collection, extent)
	}
	return last + 1, err
}

// newGroup opens a group and gives its first id.
func (w packWriter) newGroup(collection string, extent int8) (int64, error) {
	var group int64
	err := w.tx.QueryRowContext(w.ctx, `INSERT INTO feature_groups (collection, n, extent)
		VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM feature_groups), ?) RETURNING n`, collection, extent).Scan(&group)
	return group << groupBits, err
}

// touchedRuns are those in which something changed, by number, each with its new box where that is known.
type touchedRuns map[int64]*orb.Bound

// touch notes that something in the run of an id changed.
func (t touchedRuns) touch(id int64) { t[id>>runBits] = nil }

// wrote notes a feature that was written, and the sides of its box, which are nil where it has none. Ids are written in their
// order, and new ones follow those of the run before: so where the first of a run is new, and nothing was dropped from it, all are.
func (t touchedRuns) wrote(f spooled, sides [4]any) {
	run := f.id >> runBits
	_, dropped := t[run]
	if first := f.id&(1<<runBits-1) == 0; first && !f.known && !dropped {
		t[run] = &orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	}
	box := t[run]
	if box == nil || f.known {
		t[run] = nil
		return
	}
	for i, side := range sides {
		v, ok := side.(float64)
		switch {
		case !ok:
		case i < 2:
			box.Min[i] = math.Min(box.Min[i], v)
		default:
			box.Max[i-2] = math.Max(box.Max[i-2], v)
		}
	}
}

// refreshRuns brings the boxes and the bundles of runs in which something changed up to date, and the boxes of their groups. The
// bundles of runs whose box is known were written with their features.
func (w packWriter) refreshRuns(runs touchedRuns) error {
	groups := map[int64]bool{}
	for _, run := range slices.Sorted(maps.Keys(runs)) {
		groups[run>>(groupBits-runBits)] = true
		err := w.exec(`DELETE FROM feature_runs WHERE n = ?`, run)
		if err != nil {
			return err
		}
		if err := w.saveBox(run, runs[run]); err != nil {
			return err
		}
		if runs[run] == nil {
			if err := w.refreshRun(run); err != nil {
				return fmt.Errorf("run %d: %w", run, err)
			}
		}
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		err := w.exec(`UPDATE feature_groups SET (west, south, east, north) =
			(SELECT min(west), min(south), max(east), max(north) FROM feature_runs WHERE n BETWEEN ?1 << ?2 AND (?1 + 1 << ?2) - 1)
			WHERE n = ?1`, group, groupBits-runBits)
		if err != nil {
			return fmt.Errorf("group %d: %w", group, err)
		}
	}
	return nil
}

// saveBox writes a run's box, which is worked out from its features where it is not known.
func (w packWriter) saveBox(run int64, box *orb.Bound) error {
	if box == nil || box.IsEmpty() {
		return w.exec(`INSERT INTO feature_runs (n, west, south, east, north)
			SELECT id >> ?1, min(west), min(south), max(east), max(north) FROM features
			WHERE id BETWEEN ?2 << ?1 AND (?2 + 1 << ?1) - 1 GROUP BY 1`, runBits, run)
	}
	return w.exec(`INSERT INTO feature_runs (n, west, south, east, north) VALUES (?, ?, ?, ?, ?)`,
		run, box.Left(), box.Bottom(), box.Right(), box.Top())
}
