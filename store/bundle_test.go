package store

import (
	"errors"
	"fmt"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"corridor/geo/tile"
)

// bundled puts some features into a bundle: two areas of one place with labels of their own, a line and a point.
func bundled(t testing.TB) (marks []mark, data []byte) {
	t.Helper()
	label := func(lon, lat float64) *orb.Point { return &orb.Point{lon, lat} }
	marks = []mark{
		{id: 4096, fid: "r.s1", title: "Yunnan", kind: "province", from: "a.yunnan", label: label(101.5, 25)},
		{id: 4098, fid: "q.s3", title: "Yunnan", kind: "province", from: "a.yunnan", label: label(102, 24.5)},
		{id: 4099, fid: "r.l1", title: "ยูนนาน → B", kind: "inferred", from: "a.yunnan", to: "a.b", schematic: true},
		{id: 4111, fid: "r.s2", title: "B", kind: "settlement", from: "a.b"},
	}
	area := orb.Polygon{{{98, 21}, {106, 21}, {106, 29}, {98, 21}}}
	var b bundler
	for i, g := range []orb.Geometry{area, area, orb.LineString{{101, 25}, {-170, -10}}, orb.Point{100.25, 13.5}} {
		raw, err := wkb.Marshal(g)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.add(marks[i], &markShape{wkb: raw}); err != nil {
			t.Fatal(err)
		}
	}
	if len(b.geometries) != 3 {
		t.Errorf("%d geometries", len(b.geometries))
	}
	return marks, b.bytes()
}

func TestABundleGivesWhatWasPutIn(t *testing.T) {
	want, data := bundled(t)
	b, err := readBundle(4096>>bundleBits, data)
	if err != nil || b.len() != len(want) {
		t.Fatalf("%d features, %v", b.len(), err)
	}
	for i, w := range want {
		got, err := b.mark(i, names{})
		if err != nil {
			t.Fatal(err)
		}
		if got.fid, err = b.fid(i); err != nil {
			t.Fatal(err)
		}
		shape, label, err := b.shape(i)
		if err != nil {
			t.Fatal(err)
		}
		if got.count != 1 || got.id != w.id || got.schematic != w.schematic || (label == nil) != (w.label == nil) || label != nil && *label != *w.label {
			t.Errorf("%+v with its label at %v, not %+v", got, label, w)
		}
		if texts := fmt.Sprint(got.fid, got.title, got.kind, got.from, got.to); texts != fmt.Sprint(w.fid, w.title, w.kind, w.from, w.to) {
			t.Errorf("%s of %+v", texts, w)
		}
		if shape.IsArea() != (w.kind == "province") || shape.IsLine() != (w.to != "") || shape.Box != b.box(i) {
			t.Errorf("%+v is of %s", shape, w.fid)
		}
	}
}

func FuzzBundle(f *testing.F) {
	_, data := bundled(f)
	f.Add(data)
	f.Add(data[:len(data)-9])
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := readBundle(256, data)
		check := func(err error) {
			if err != nil && !errors.Is(err, errBundle) && !errors.Is(err, tile.ErrGeometry) {
				t.Error(err)
			}
		}
		check(err)
		if err != nil {
			return
		}
		s := newSheet(tile.NewFrame(2, 3, 1), 2, "stops", byPlace)
		check(s.addAll(&b))
		_, err = s.tile()
		check(err)
	})
}
