package tiles_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"corridor/store/tiles"
)

var layers = json.RawMessage(`[{"id":"earth","fields":{}}]`)

func zipped(t testing.TB, raw string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(raw))
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// written writes an archive with one tile for each address z/x/y, whose content is the address.
func written(t testing.TB, vectorLayers json.RawMessage, addresses ...[3]int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "map.mbtiles")
	w, err := tiles.Create(t.Context(), path, tiles.Info{Name: "Test", Attribution: "Nobody", MaxZoom: 2, VectorLayers: vectorLayers, Bounds: [4]float64{-180, -85, 180, 85}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if err := w.Add(t.Context(), a[0], a[1], a[2], zipped(t, fmt.Sprint(a))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return path
}

func opened(t testing.TB, path string) *tiles.Archive {
	t.Helper()
	a, err := tiles.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

// holds says whether an archive gives back what was put at an address.
func holds(t testing.TB, a *tiles.Archive, z, x, y int) error {
	t.Helper()
	tile, err := a.Tile(t.Context(), z, x, y)
	if err != nil {
		return err
	}
	raw, err := tiles.Unzip(tile.Data)
	if err != nil || !tile.Gzipped || string(raw) != fmt.Sprint([3]int{z, x, y}) {
		t.Errorf("%d/%d/%d: %q, %v", z, x, y, raw, err)
	}
	return err
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	a := opened(t, written(t, layers, [3]int{0, 0, 0}, [3]int{2, 1, 3}))
	about := a.Info()
	if about.Name != "Test" || about.Attribution != "Nobody" || about.Format != tiles.MVT || about.MinZoom != 0 || about.MaxZoom != 2 || about.Version == "" {
		t.Errorf("%+v", about)
	}
	for range 2 { // from the file, then from memory
		for _, at := range [][3]int{{0, 0, 0}, {2, 1, 3}} {
			if err := holds(t, a, at[0], at[1], at[2]); err != nil {
				t.Errorf("%v: %v", at, err)
			}
		}
		for at, want := range map[[3]int]error{
			{2, 1, 0}: tiles.ErrEmpty, {1, 0, 0}: tiles.ErrEmpty,
			{3, 0, 0}: tiles.ErrOutOfRange, {2, 4, 0}: tiles.ErrOutOfRange, {2, 0, -1}: tiles.ErrOutOfRange, {-1, 0, 0}: tiles.ErrOutOfRange,
		} {
			if err := holds(t, a, at[0], at[1], at[2]); !errors.Is(err, want) {
				t.Errorf("%v: %v, want %v", at, err, want)
			}
		}
	}
}

func TestTheSameTilesAreTheSameBytes(t *testing.T) {
	addresses := [][3]int{{0, 0, 0}, {1, 0, 0}, {1, 1, 1}}
	a, err := os.ReadFile(written(t, layers, addresses...))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(written(t, layers, addresses...))
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two files differ (%v)", err)
	}
}

func TestTheVersionFollowsTheContent(t *testing.T) {
	a := opened(t, written(t, layers, [3]int{0, 0, 0})).Info().Version
	b := opened(t, written(t, layers, [3]int{0, 0, 0}, [3]int{1, 0, 0})).Info().Version
	if a == b {
		t.Errorf("both are %s", a)
	}
}

func TestNothingIsThereBeforeTheEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.mbtiles")
	w, err := tiles.Create(t.Context(), path, tiles.Info{VectorLayers: layers})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Discard(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) > 0 {
		t.Errorf("%v is left (%v)", left, err)
	}
}

func TestTwoBuildsAtOnceDoNotWriteIntoOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map.mbtiles")
	var writers [2]*tiles.Writer
	for i := range writers {
		w, err := tiles.Create(t.Context(), path, tiles.Info{VectorLayers: layers})
		if err != nil {
			t.Fatal(err)
		}
		writers[i] = w
	}
	if err := errors.Join(writers[0].Add(t.Context(), 0, 0, 0, zipped(t, "[0 0 0]")), writers[0].Close(t.Context())); err != nil {
		t.Fatal(err)
	}
	if err := holds(t, opened(t, path), 0, 0, 0); err != nil {
		t.Errorf("what the first wrote is not there while the second writes: %v", err)
	}
	if err := writers[1].Discard(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("%v are left (%v)", left, err)
	}
}

// An operator puts a newer file into the place of one that is served: what was opened stays what it was, as its version says.
func TestAFileThatIsReplacedIsReadToTheEnd(t *testing.T) {
	const side, readers = 32, 8
	var all [][3]int
	for i := range side * side {
		all = append(all, [3]int{5, i % side, i / side})
	}
	path := written(t, layers, all...)
	a := opened(t, path)
	if err := os.Rename(written(t, layers, [3]int{5, 0, 0}), path); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for r := range readers {
		wait.Go(func() {
			for i := r; i < len(all); i += readers {
				if err := holds(t, a, all[i][0], all[i][1], all[i][2]); err != nil {
					t.Errorf("%v: %v", all[i], err)
					return
				}
			}
		})
	}
	wait.Wait()
}

func file(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// database makes a SQLite file by statements.
func database(t testing.TB, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.db")
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

const (
	metadataTable = `CREATE TABLE metadata (name TEXT, value TEXT)`
	tilesTable    = `CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)`
)

func TestBrokenAndForeignFilesAreRefusedWithTheReason(t *testing.T) {
	whole, err := os.ReadFile(written(t, layers, [3]int{0, 0, 0}, [3]int{1, 0, 0}, [3]int{1, 1, 0}))
	if err != nil {
		t.Fatal(err)
	}
	pm := archive(t, pmGzip, `{"vector_layers":[{"id":"earth"}]}`, [3]int{0, 0, 0})
	old := bytes.Clone(pm)
	old[7] = 2
	for name, c := range map[string]struct{ path, says string }{
		"missing":          {filepath.Join(t.TempDir(), "none"), "no such file"},
		"a folder":         {t.TempDir(), "is a directory"},
		"empty":            {file(t, nil), "the file is empty; name"},
		"text":             {file(t, []byte("<html>not found, sorry</html>")), "neither MBTiles nor PMTiles"},
		"cut MBTiles":      {file(t, whole[:len(whole)/2]), "damaged"},
		"another database": {database(t, `CREATE TABLE routes (id TEXT)`), "no MBTiles"},
		"no metadata":      {database(t, tilesTable), "no MBTiles"},
		"no tiles":         {database(t, tilesTable, metadataTable, `INSERT INTO metadata VALUES ('format', 'png')`), "it has no tiles"},
		"other tiles":      {database(t, tilesTable, metadataTable, `INSERT INTO metadata VALUES ('format', 'png')`, `INSERT INTO tiles VALUES (0, 0, 0, 'GIF89a')`), "cannot draw"},
		"other layers":     {written(t, json.RawMessage(`[{"id":"transportation"}]`), [3]int{0, 0, 0}), "layers are transportation"},
		"damaged tile":     {database(t, tilesTable, metadataTable, `INSERT INTO metadata VALUES ('format', 'pbf'), ('json', '{"vector_layers":[{"id":"earth"}]}')`, `INSERT INTO tiles VALUES (0, 0, 0, x'1f8b0000')`), "a tile is damaged"},
		"absurd zoom":      {database(t, tilesTable, metadataTable, `INSERT INTO metadata VALUES ('format', 'png')`, `INSERT INTO tiles VALUES (99, 0, 0, 'x')`), "cannot be"},
		"cut PMTiles":      {file(t, pm[:len(pm)-3]), "cut short"},
		"head of PMTiles":  {file(t, pm[:40]), "cut short"},
		"old PMTiles":      {file(t, old), "version 2; convert it to version 3"},
		"brotli PMTiles":   {file(t, archive(t, 3, `{}`, [3]int{0, 0, 0})), "convert it"},
	} {
		a, err := tiles.Open(t.Context(), c.path)
		if err == nil {
			_ = a.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func TestPicturesAreRead(t *testing.T) {
	path := database(t, tilesTable, metadataTable, `INSERT INTO metadata VALUES ('format', 'png'), ('bounds', '90, 0, 110, 30')`,
		`INSERT INTO tiles VALUES (3, 6, 4, x'89504e470d0a1a0a00')`)
	a := opened(t, path)
	if about := a.Info(); about.Format != tiles.PNG || about.MinZoom != 3 || about.Bounds != [4]float64{90, 0, 110, 30} {
		t.Errorf("%+v", about)
	}
	if tile, err := a.Tile(t.Context(), 3, 6, 3); err != nil || tile.Gzipped { // rows of MBTiles count from the south
		t.Errorf("%v, %v", tile, err)
	}
}

const pmGzip = 2

// archive makes a PMTiles file by the specification, its tiles in the order of their numbers, some of them in a leaf.
func archive(t testing.TB, compression byte, metadata string, addresses ...[3]int) []byte {
	t.Helper()
	var data []byte
	type entry struct{ id, length, offset uint64 }
	var entries []entry
	for _, a := range addresses {
		tile := zipped(t, fmt.Sprint(a))
		entries = append(entries, entry{tiles.HilbertID(a[0], a[1], a[2]), uint64(len(tile)), uint64(len(data))})
		data = append(data, tile...)
	}
	directory := func(list []entry, run uint64) []byte {
		b := binary.AppendUvarint(nil, uint64(len(list)))
		last := uint64(0)
		for _, e := range list {
			b = binary.AppendUvarint(b, e.id-last)
			last = e.id
		}
		for range list {
			b = binary.AppendUvarint(b, run)
		}
		for _, e := range list {
			b = binary.AppendUvarint(b, e.length)
		}
		for _, e := range list {
			b = binary.AppendUvarint(b, e.offset+1)
		}
		return zipped(t, string(b))
	}
	leaf := directory(entries, 1)
	root := directory([]entry{{entries[0].id, uint64(len(leaf)), 0}}, 0)
	meta := zipped(t, metadata)
	head := make([]byte, 127)
	copy(head, "PMTiles\x03")
	at := uint64(len(head))
	var body []byte
	for i, part := range [][]byte{root, meta, leaf, data} {
		binary.LittleEndian.PutUint64(head[8+16*i:], at)
		binary.LittleEndian.PutUint64(head[16+16*i:], uint64(len(part)))
		at += uint64(len(part))
		body = append(body, part...)
	}
	head[97], head[98], head[99], head[100], head[101] = 2, compression, 1, 0, 5
	return append(head, body...)
}

func TestPMTilesAreRead(t *testing.T) {
	addresses := [][3]int{{0, 0, 0}, {1, 0, 0}, {1, 1, 1}, {5, 17, 12}}
	a := opened(t, file(t, archive(t, pmGzip, `{"name":"Extract","attribution":"OSM","vector_layers":[{"id":"earth"},{"id":"roads"}]}`, addresses...)))
	if about := a.Info(); about.Name != "Extract" || about.Attribution != "OSM" || about.MaxZoom != 5 || about.Format != tiles.MVT {
		t.Errorf("%+v", about)
	}
	for _, at := range addresses {
		if err := holds(t, a, at[0], at[1], at[2]); err != nil {
			t.Errorf("%v: %v", at, err)
		}
	}
	if _, err := a.Tile(t.Context(), 5, 1, 1); !errors.Is(err, tiles.ErrEmpty) {
		t.Errorf("%v, want %v", err, tiles.ErrEmpty)
	}
}

// The numbers are those of the specification's examples and of its reference implementation.
// pmDirectory is a PMTiles file that is made by its root directory alone: how many entries, then the four columns.
func pmDirectory(t testing.TB, numbers ...uint64) []byte {
	t.Helper()
	var b []byte
	for _, n := range numbers {
		b = binary.AppendUvarint(b, n)
	}
	root, meta := zipped(t, string(b)), zipped(t, `{"vector_layers":[{"id":"earth"}]}`)
	content := make([]byte, 127)
	copy(content, "PMTiles\x03")
	for i, part := range [][]byte{root, meta, nil, zipped(t, "[0 0 0]")} {
		binary.LittleEndian.PutUint64(content[8+16*i:], uint64(len(content)))
		binary.LittleEndian.PutUint64(content[16+16*i:], uint64(len(part)))
		content = append(content, part...)
	}
	content[97], content[98], content[99] = pmGzip, pmGzip, 1
	return content
}

// In a directory 0 says that a tile follows the one before. The first has none before it, and such a file is damaged.
func TestADirectoryThatCannotBeIsRefused(t *testing.T) {
	for name, numbers := range map[string][]uint64{
		"the first follows nothing":        {1, 0, 1, 20, 0},
		"the first of two follows nothing": {2, 0, 1, 1, 1, 20, 20, 0, 0},
		"a leaf that follows nothing":      {1, 0, 0, 20, 0},
		"behind the end":                   {1, 0, 1, 20, 1 << 40},
		"its own leaf":                     {1, 0, 0, 20, 1},
		"shorter than it says":             {3, 0, 1},
	} {
		a, err := tiles.Open(t.Context(), file(t, pmDirectory(t, numbers...)))
		if err == nil {
			_ = a.Close()
		}
		if err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHilbertNumbers(t *testing.T) {
	for at, want := range map[[3]int]uint64{
		{0, 0, 0}: 0, {1, 0, 0}: 1, {1, 0, 1}: 2, {1, 1, 1}: 3, {1, 1, 0}: 4, {2, 0, 0}: 5, {12, 3423, 1763}: 19078479,
	} {
		if got := tiles.HilbertID(at[0], at[1], at[2]); got != want {
			t.Errorf("%v is %d, want %d", at, got, want)
		}
	}
	for z := range 7 { // each number once, without a gap, and one step apart on the map
		seen := map[uint64][2]int{}
		for x := range 1 << z {
			for y := range 1 << z {
				seen[tiles.HilbertID(z, x, y)] = [2]int{x, y}
			}
		}
		first := (uint64(1)<<(2*z) - 1) / 3
		for id := first + 1; id < first+uint64(1)<<(2*z); id++ {
			a, b := seen[id-1], seen[id]
			if dx, dy := a[0]-b[0], a[1]-b[1]; dx*dx+dy*dy != 1 {
				t.Fatalf("zoom %d: %d and %d are not neighbours", z, id-1, id)
			}
		}
	}
}

func FuzzPMTiles(f *testing.F) {
	f.Add(archive(f, pmGzip, `{"vector_layers":[{"id":"earth"}]}`, [3]int{0, 0, 0}, [3]int{1, 1, 1}))
	f.Add(pmDirectory(f, 1, 0, 1, 20, 0))
	f.Add(pmDirectory(f, 2, 0, 1, 0, 1, 20, 20, 0, 0))
	f.Fuzz(func(t *testing.T, content []byte) {
		a, err := tiles.Open(t.Context(), file(t, content))
		if err != nil {
			return
		}
		defer func() { _ = a.Close() }()
		_, _ = a.Tile(t.Context(), 1, 1, 1)
	})
}
