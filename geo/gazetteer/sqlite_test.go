package gazetteer

import (
	"context"
	"database/sql"
	"errors"
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
	compare(b, "exact", batches{all, 2000}, func(q string) { ix.refs(refs[:0], appendKey(buffer[:0], q)) }, ref.exact)
	compare(b, "prefix", batches{prefixes, 400}, func(q string) { complete(ix, q, defaultLimit) }, ref.prefix)
	compare(b, "fuzzy 1", batches{once, 100}, func(q string) { ix.guess(appendKey(buffer[:0], q), 1) }, ref.fuzzy)
	compare(b, "fuzzy 2", batches{twice, 100}, func(q string) { ix.guess(appendKey(buffer[:0], q), 2) }, ref.fuzzy)
}

// batches are queries, so many of which are asked at a time.
type batches struct {
	queries []string
	size    int
}

// compare runs a batch of ours and of the reference in turn and reports medians of the time a query takes.
func compare(b *testing.B, name string, q batches, ours, theirs func(string)) {
	b.Run(name, func(b *testing.B) {
		var own, other, each []time.Duration
		at := 0
		for b.Loop() {
			list := make([]string, q.size)
			for i := range list {
				list[i] = q.queries[(at+i)%len(q.queries)]
			}
			at += q.size
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
	ctx := b.Context()
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
		if _, err := db.ExecContext(ctx, table); err != nil {
			b.Fatal(err)
		}
	}
	for _, table := range []string{"names (id, name)", "words (rowid, name)", "trigrams (rowid, name)"} {
		if err := fill(ctx, db, table, ix); err != nil {
			b.Fatal(err)
		}
	}
	for _, last := range []string{"CREATE INDEX by_name ON names (name)", "ANALYZE", "INSERT INTO words(words) VALUES ('optimize')", "INSERT INTO trigrams(trigrams) VALUES ('optimize')"} {
		if _, err := db.ExecContext(ctx, last); err != nil {
			b.Fatal(err)
		}
	}
	r := reference{b: b}
	for statement, query := range map[**sql.Stmt]string{
		&r.byName:  "SELECT id FROM names WHERE name = ?",
		&r.words:   "SELECT rowid FROM words WHERE words MATCH ? LIMIT 10",
		&r.trigram: "SELECT rowid FROM trigrams WHERE trigrams MATCH ? ORDER BY rank LIMIT 24",
	} {
		//nolint:sqlclosecheck // closed with the database
		if *statement, err = db.PrepareContext(ctx, query); err != nil {
			b.Fatal(err)
		}
	}
	return r
}

// fill writes every key into a table, in one transaction.
func fill(ctx context.Context, db *sql.DB, table string, ix *Index) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO "+table+" VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range uint32(ix.keys) {
		if _, err := insert.ExecContext(ctx, i+1, ix.key(i)); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

func (r reference) ask(statement *sql.Stmt, query string) {
	rows, err := statement.QueryContext(r.b.Context(), query)
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

// BenchmarkDocuments resolves the names of documents of twenty names each, as a batch does.
func BenchmarkDocuments(b *testing.B) {
	ix := openReal(b)
	const names = 20
	documents := make([][]string, 200)
	for i := range documents {
		for j := range names {
			documents[i] = append(documents[i], ix.Sample(i*names+j))
		}
	}
	resolved := 0
	for b.Loop() {
		for _, d := range documents {
			resolved += len(ix.ResolveNames(d, ""))
		}
	}
	b.ReportMetric(float64(resolved)/b.Elapsed().Seconds(), "names/s")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkHostile asks what is hardest to answer, and reports the time of the query that takes longest: its median, since
// single runs also wait for the machine.
func BenchmarkHostile(b *testing.B) {
	ix := openReal(b)
	queries := []string{
		strings.Repeat("a", maxName), strings.Repeat("a ", maxName/2), "San Jose, Califrnia", "Springfield, Xyzzyqqq", "border of Russia", "San Antonio de los",
		"border of Russia and China", "provinces of Russia", "s", "san", "王", "a, b, c, d, e, f, g, h", strings.Repeat("anera", 10), "Sant Maria de la Conception",
	}
	times := make([][]time.Duration, len(queries))
	for b.Loop() {
		for i, q := range queries {
			times[i] = append(times[i], took(func(q string) { ix.Search(Query{Text: q}) }, []string{q}))
		}
	}
	longest := time.Duration(0)
	for _, list := range times {
		longest = max(longest, percentile(list, 0.5))
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms/longest")
	b.ReportMetric(0, "ns/op")
}

// complete gives the numbers of the records of which a name, or a word in one, begins with a text, the most important
// first, at most limit of them.
func complete(ix *Index, text string, limit int) []uint32 {
	var buffer [64]byte
	out := make([]uint32, 0, limit)
	for _, s := range ix.begin(appendKey(buffer[:0], text), 2*limit) {
		id := ix.u32(sectionRefs, ix.u32(sectionFirstRefs, s.key)) &^ weakRef
		if len(out) < limit && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
