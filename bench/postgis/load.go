package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/geojson"
)

// collections are those of the generated set that have more than its places.
var collections = []string{"stops", "legs", "places"}

// importInto imports a set into a new database and says how long that took.
func (o options) importInto(ctx context.Context, db, set string) (time.Duration, error) {
	start := time.Now()
	command := exec.CommandContext(ctx, o.binary, "import", "--db", db, set)
	if out, err := command.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("import: %w: %s", err, out)
	}
	fmt.Printf("  %s: import took %.1f s, %.1f s of a processor, %d MB at most\n", filepath.Base(set), time.Since(start).Seconds(),
		(command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds(), mostMemory(command.ProcessState)>>20)
	return time.Since(start), nil
}

// runImports measures imports and COPY in turns; the last of each stays for the questions.
func runImports(ctx context.Context, o options, pg *cluster, db string) error {
	var ours, theirs, ratios []float64
	for round := range max(o.imports, 1) {
		fmt.Printf("imports, round %d, load %s\n", round+1, load())
		for _, file := range []string{db, db + "-wal", db + "-shm"} {
			if err := os.RemoveAll(file); err != nil {
				return err
			}
		}
		took, err := o.importInto(ctx, db, o.large)
		if err != nil || o.imports == 0 {
			return err
		}
		copied, err := pg.load(ctx, db, filepath.Dir(db))
		if err != nil {
			return err
		}
		ours, theirs = append(ours, took.Seconds()), append(theirs, copied.Seconds())
		ratios = append(ratios, took.Seconds()/copied.Seconds())
	}
	fmt.Printf("import of route documents: median %.1f s; COPY of the finished features with key and index: %.1f s; ratio %.2f (bound 3)\n",
		median(ours), median(theirs), median(ratios))
	return nil
}

// load copies the features of a database of Corridor into new tables and says how long COPY and the indexes took; the
// reading of ours before is not counted.
func (c *cluster) load(ctx context.Context, db, folder string) (took time.Duration, err error) {
	pg, err := pgx.Connect(ctx, c.address)
	if err != nil {
		return 0, err
	}
	defer pg.Close(ctx)
	var busy time.Duration
	for _, collection := range collections {
		rows := filepath.Join(folder, collection+".copy")
		if err := writeRows(ctx, db, collection, rows); err != nil {
			return 0, err
		}
		if _, err := pg.Exec(ctx, "DROP TABLE IF EXISTS "+collection); err != nil {
			return 0, err
		}
		start, before := time.Now(), processorOf(pg.PgConn().PID())
		if err := c.copyRows(ctx, pg, collection, rows); err != nil {
			return 0, err
		}
		took += time.Since(start)
		busy += processorOf(pg.PgConn().PID()) - before
		if err := os.Remove(rows); err != nil {
			return 0, err
		}
	}
	fmt.Printf("  COPY with key and index took %.1f s, %.1f s of a processor\n", took.Seconds(), busy.Seconds())
	for _, collection := range collections {
		if _, err := pg.Exec(ctx, "VACUUM ANALYZE "+collection); err != nil {
			return 0, err
		}
	}
	return took, nil
}

// processorOf is how long a process of the server and this one have had a processor, as far as the system says; the server's
// workers, its writer of the log and its checkpoints are not counted.
func processorOf(pid uint32) time.Duration {
	var own syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &own)
	busy := time.Duration(own.Utime.Nano() + own.Stime.Nano())
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, found := strings.Cut(string(raw), ") ") // after the name, which may hold anything
	fields := strings.Fields(rest)
	const user, system, tick = 11, 12, time.Second / 100
	if err != nil || !found || len(fields) <= system {
		return busy
	}
	for _, field := range []string{fields[user], fields[system]} {
		ticks, _ := strconv.Atoi(field)
		busy += time.Duration(ticks) * tick
	}
	return busy
}

func (c *cluster) copyRows(ctx context.Context, pg *pgx.Conn, collection, rows string) error {
	f, err := os.Open(rows)
	if err != nil {
		return err
	}
	defer f.Close()
	statement := "CREATE TABLE " + collection + " (id bigint NOT NULL, fid text NOT NULL, geom geometry(Geometry, 4326), properties text NOT NULL)"
	if _, err := pg.Exec(ctx, statement); err != nil {
		return err
	}
	if _, err := pg.PgConn().CopyFrom(ctx, f, "COPY "+collection+" FROM STDIN"); err != nil {
		return err
	}
	for _, statement := range []string{
		"ALTER TABLE " + collection + " ADD PRIMARY KEY (id)", "CREATE INDEX ON " + collection + " USING gist (geom)",
	} {
		if _, err := pg.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// writeRows writes a collection in the text format of COPY.
func writeRows(ctx context.Context, path, collection, file string) error {
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `SELECT f.id, f.fid, coalesce(f.geometry, s.geometry), f.properties
		FROM features f LEFT JOIN shapes s ON s.id = f.shape WHERE f.collection = ? AND f.bbox IS NOT NULL ORDER BY f.id`, collection)
	if err != nil {
		return err
	}
	defer rows.Close()
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriterSize(f, 1<<20)
	escape := strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`)
	for rows.Next() {
		var id int64
		var fid, properties string
		var text sql.RawBytes
		if err := rows.Scan(&id, &fid, &text, &properties); err != nil {
			return err
		}
		geometry, err := geojson.UnmarshalGeometry(text)
		if err != nil {
			return fmt.Errorf("%s %s: %w", collection, fid, err)
		}
		shape, err := wkb.Marshal(geometry.Geometry())
		if err != nil {
			return fmt.Errorf("%s %s: %w", collection, fid, err)
		}
		fmt.Fprintf(out, "%d\t%s\t%s\t%s\n", id, fid, hex.EncodeToString(shape), escape.Replace(properties))
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return out.Flush()
}
