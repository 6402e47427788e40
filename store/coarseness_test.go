package store

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

// A mark may already stand for many that lie between the same places when others near by are added to it.
func TestAMarkSaysForHowManyNearByItStands(t *testing.T) {
	here, there := orb.Point{0.5, 0.5}, orb.Point{0.75, 0.25}
	of := sheetMarks{
		list:  []*mark{{from: "a", count: 5}, {from: "b", count: 3}, {from: "c", count: 2}, {from: "d", count: 4}},
		where: [][2]orb.Point{{here, here}, {here, here}, {there, there}, {here, here}},
	}
	groups, all := coarsest.groups(of, 7, func(int) bool { return true })
	want := []group{{first: 0, count: 12, nearby: 7}, {first: 2, count: 2}}
	if !all || !slices.Equal(groups, want) {
		t.Errorf("%+v, want %+v", groups, want)
	}
	if groups, _ := byPlace.groups(of, 7, func(int) bool { return true }); len(groups) != len(of.list) {
		t.Errorf("between other places: %+v", groups)
	}
}
