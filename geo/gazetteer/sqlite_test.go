package gazetteer

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	_ "github.com/mattn/go-sqlite3" // the reference of the benchmark
)

// BenchmarkAgainstSQLite compares look-ups with those of SQLite over the same normalised names, in turns within one run:
// exact against an index, prefix (best ten, ranked) against FTS5 (any ten), misspelt against FTS5's trigrams. It reports the
// ratio of medians; normalisation is included on our side only.
func BenchmarkAgainstSQLite(b *testing.B) {
	ix := openReal(b)
	ref := newReference(b, ix)
	const queries = 2000
	all := sampleKeys(ix, queries, 4, 60)
	long := sampleKeys(ix, queries, 8, 60)
	random := rand.New(rand.NewPCG(3, 3))
	once, twice := make([]string, queries), make([]string, queries)
	prefixes := make([]string, queries)
	for i := range queries {
		once[i] = misspelt(random, all[i])
		twice[i] = misspelt(random, misspelt(random, long[i]))
		prefixes[i] = firstRunes(all[i], 4)
	}
	var buffer [64]byte
	var refs [64]uint32
	compare(b, "exact", all, 2000, func(q string) { ix.refs(refs[:0], appendKey(buffer[:0], q)) }, ref.exact)
	compare(b, "prefix", prefixes, 400, func(q string) { ix.Complete(q, defaultLimit) }, ref.prefix)
	compare(b, "fuzzy 1", once, 100, func(q string) { ix.guess(appendKey(buffer[:0], q), 1) }, ref.fuzzy)
	compare(b, "fuzzy 2", twice, 100, func(q string) { ix.guess(appendKey(buffer[:0], q), 2) }, ref.fuzzy)
}

// compare runs a batch of ours and of the reference in turn and reports medians of the time a query takes.
func compare(b *testing.B, name string, queries []string, batch int, ours, theirs func(string)) {
	b.Run(name, func(b *testing.B) {
		var own, other, each []time.Duration
		at := 0
		for b.Loop() {
			list := make([]string, batch)
			for i := range list {
				list[i] = queries[(at+i)%len(queries)]
			}
			at += batch
			own = append(own, took(ours, list))
			other = append(other, took(theirs, list))
			for _, q := range list {
				each = append(each, took(ours, []string{q}))
			}
		}
		b.ReportMetric(float64(percentile(own, 0.5)), "ns/ours")
		b.ReportMetric(float64(percentile(other, 0.5)), "ns/SQLite")
		b.ReportMetric(float64(percentile(other, 0.5))/float64(percentile(own, 0.5)), "times")
		b.ReportMetric(float64(percentile(each, 0.99)), "ns/p99")
		b.ReportMetric(0, "ns/op")
	})
}

// took is the time a query takes.
func took(ask func(string), queries []string) time.Duration {
	start := time.Now()
	for _, q := range queries {
		ask(q)
	}
	return time.Since(start) / time.Duration(len(queries))
}

func percentile(list []time.Duration, p float64) time.Duration {
	slices.Sort(list)
	return list[int(p*float64(len(list)-1))]
}

func sampleKeys(ix *Index, n, shortest, longest int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	var list []string
	for len(list) < n {
		key := strings.Clone(ix.key(random.Uint32N(uint32(ix.keys))))
		if c := utf8.RuneCountInString(key); c >= shortest && c <= longest {
			list = append(list, key)
		}
	}
	return list
}

// misspelt makes one edit.
func misspelt(random *rand.Rand, word string) string {
	r := []rune(word)
	i := random.IntN(len(r) - 1)
	letter := rune('a' + random.IntN(26))
	switch random.IntN(4) {
	case 0:
		return string(slices.Delete(r, i, i+1))
	case 1:
		return string(slices.Insert(r, i, letter))
	case 2:
		r[i], r[i+1] = r[i+1], r[i]
	default:
		r[i] = letter
	}
	return string(r)
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return strings.TrimSpace(string(r[:min(n, len(r))]))
}

// A reference is the names in SQLite.
type reference struct {
	b                      *testing.B
	byName, words, trigram *sql.Stmt
}

func newReference(b *testing.B, ix *Index) reference {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.TempDir(), "names.db")+"?_journal_mode=OFF&_synchronous=OFF")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	for _, table := range []string{
		"CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
		"CREATE VIRTUAL TABLE words USING fts5(name, content='', tokenize='unicode61 remove_diacritics 0')",
		"CREATE VIRTUAL TABLE trigrams USING fts5(name, content='', tokenize='trigram')",
	} {
		if _, err := db.Exec(table); err != nil {
			b.Fatal(err)
		}
	}
	for _, table := range []string{"names (id, name)", "words (rowid, name)", "trigrams (rowid, name)"} {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		insert, err := tx.Prepare("INSERT INTO " + table + " VALUES (?, ?)")
		if err != nil {
			b.Fatal(err)
		}
		for i := range uint32(ix.keys) {
			if _, err := insert.Exec(i+1, ix.key(i)); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	for _, last := range []string{"CREATE INDEX by_name ON names (name)", "ANALYZE", "INSERT INTO words(words) VALUES ('optimize')", "INSERT INTO trigrams(trigrams) VALUES ('optimize')"} {
		if _, err := db.Exec(last); err != nil {
			b.Fatal(err)
		}
	}
	r := reference{b: b}
	for statement, query := range map[**sql.Stmt]string{
		&r.byName:  "SELECT id FROM names WHERE name = ?",
		&r.words:   "SELECT rowid FROM words WHERE words MATCH ? LIMIT 10",
		&r.trigram: "SELECT rowid FROM trigrams WHERE trigrams MATCH ? ORDER BY rank LIMIT 24",
	} {
		if *statement, err = db.Prepare(query); err != nil {
			b.Fatal(err)
		}
	}
	return r
}

func (r reference) ask(statement *sql.Stmt, query string) {
	rows, err := statement.Query(query)
	if err != nil {
		r.b.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var id int64
	for rows.Next() {
		if err := rows.Scan(&id); err != nil {
			r.b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		r.b.Fatalf("%s: %v", query, err)
	}
}

func (r reference) exact(q string)  { r.ask(r.byName, q) }
func (r reference) prefix(q string) { r.ask(r.words, fmt.Sprintf(`"%s"*`, q)) }

func (r reference) fuzzy(q string) {
	runes := []rune(q)
	var trigrams []string
	for i := 0; i+3 <= len(runes); i++ {
		trigrams = append(trigrams, `"`+string(runes[i:i+3])+`"`)
	}
	if len(trigrams) > 0 {
		r.ask(r.trigram, strings.Join(trigrams, " OR "))
	}
}
