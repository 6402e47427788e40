package server

import (
	"strconv"
	"testing"
	"time"
)

// A tile that is asked for again and again stays in memory, whatever else is drawn, and the tiles never have more bytes than they may.
func TestATileThatIsAskedForStays(t *testing.T) {
	c, tile, now := newDataTileCache(), make([]byte, 1<<20), time.Now()
	if _, ok := c.get("first", "asked", now); ok {
		t.Fatal("it is there before it is drawn")
	}
	c.put("asked", newDataTile("first", tile))
	c.put("once", newDataTile("first", tile))
	for i := range 100 {
		if _, ok := c.get("first", "asked", now); !ok {
			t.Fatalf("it is gone after %d others", i)
		}
		c.put(strconv.Itoa(i), newDataTile("first", tile))
		held := 0
		for e := c.kept.order.Front(); e != nil; e = e.Next() {
			held += len(e.Value.(*keptValue[*dataTile]).value.plain) + dataTileCost
		}
		if held != c.kept.bytes || held > dataTileBytes || c.kept.order.Len() != len(c.kept.byKey) {
			t.Fatalf("%d bytes of %d tiles, counted as %d of %d", held, c.kept.order.Len(), c.kept.bytes, len(c.kept.byKey))
		}
	}
	if _, ok := c.get("first", "once", now); ok {
		t.Error("a tile that was asked for once stays as long")
	}
	if _, ok := c.get("first", "99", now); !ok {
		t.Error("the last tile is not there")
	}
	c.put("late", newDataTile("former", tile))
	if _, ok := c.get("first", "late", now); ok {
		t.Error("a tile of another edition, which took long to draw, is kept")
	}
	if _, ok := c.get("second", "asked", now); ok || c.kept.order.Len() != 0 {
		t.Errorf("another edition leaves %d tiles", c.kept.order.Len())
	}
}

// An address with an edition is answered without a look at the content for as long as that is taken to have it still.
func TestATileIsNotGivenOutForLongWithoutALook(t *testing.T) {
	c, now := newDataTileCache(), time.Now()
	c.get("first", "tile", now)
	c.put("tile", newDataTile("first", []byte("tile")))
	for after, want := range map[time.Duration]bool{0: true, time.Second: true, 1001 * time.Millisecond: false, -time.Hour: false} { // a clock that is set back too
		if _, ok := c.getUnlooked("first", "tile", now.Add(after)); ok != want {
			t.Errorf("after %v: %t", after, ok)
		}
	}
}

// A picture that is asked for again and again stays too; one that would take the place of many is not kept.
func TestAPictureThatIsAskedForStays(t *testing.T) {
	c := newPictureCache(40)
	c.put("asked", make([]byte, 10))
	for i := range 20 {
		if _, ok := c.get("asked"); !ok || c.kept.bytes > 40 {
			t.Fatalf("after %d others there are %d bytes, with it: %t", i, c.kept.bytes, ok)
		}
		c.put(strconv.Itoa(i), make([]byte, 10))
	}
	c.put("large", make([]byte, 11))
	if _, ok := c.get("large"); ok {
		t.Error("a large picture took the place of others")
	}
}
