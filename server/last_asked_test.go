package server

import (
	"strconv"
	"testing"
)

// A tile that is asked for again and again stays in memory, whatever else is drawn, and the tiles never have more bytes than they may.
func TestATileThatIsAskedForStays(t *testing.T) {
	c, tile := newDataTileCache(), make([]byte, 1<<20)
	c.put("asked", newDataTile("first", tile))
	c.put("once", newDataTile("first", tile))
	for i := range 100 {
		if _, ok := c.get("first", "asked"); !ok {
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
	if _, ok := c.get("first", "once"); ok {
		t.Error("a tile that was asked for once stays as long")
	}
	if _, ok := c.get("first", "99"); !ok {
		t.Error("the last tile is not there")
	}
	c.put("asked", newDataTile("second", tile))
	if _, ok := c.get("first", "asked"); ok || c.kept.order.Len() != 1 {
		t.Errorf("another edition leaves %d tiles", c.kept.order.Len())
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
