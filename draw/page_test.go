package draw

import (
	"math/rand/v2"
	"os"
	"testing"
)

// Slabs stand on pages in their order, each whole, none below the page's end, and what keeps together is parted only where
// no page could hold it.
func TestPaginate(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const height = 100
	for range 2000 {
		var slabs []slab
		for range 1 + random.IntN(30) {
			slabs = append(slabs, slab{height: 1 + 60*random.Float64(), gap: 10 * random.Float64(), keep: random.IntN(3) == 0})
		}
		pages := paginate(slabs, height)
		n := 0
		for p, page := range pages {
			end := 0.0
			for i, at := range page {
				if at.height != slabs[n].height || at.y < end || at.y+at.height > height {
					t.Fatalf("slab %d stands at %.1f on page %d of %v", n, at.y, p, slabs)
				}
				end = at.y + at.height
				last := i == len(page)-1
				if last && at.keep && p < len(pages)-1 && heightTogether(groupOf(slabs, n), 0) <= height {
					t.Fatalf("slab %d is parted from the next though a page would hold both", n)
				}
				n++
			}
		}
		if n != len(slabs) {
			t.Fatalf("%d of %d slabs have a place", n, len(slabs))
		}
	}
}

// groupOf is all that keeps together with a slab.
func groupOf(slabs []slab, i int) []slab {
	from, to := i, i+1
	for from > 0 && slabs[from-1].keep {
		from--
	}
	for to < len(slabs) && slabs[to-1].keep {
		to++
	}
	return slabs[from:to]
}

func TestAQuestionAndItsLinesAreOneSlab(t *testing.T) {
	b := &booklet{words: func(key string, _ ...any) string { return key }, fonts: NewFonts(os.DirFS("../static/dist/draw")), sets: map[setKey]prose{}, width: 800, height: 1100}
	b.handout.Route.Lang = "en"
	const rules = 4
	list := b.work(HandoutStep{Questions: []string{"1", "2"}, Decision: "3"}, rules)
	if want := 2 + 3; len(list) != want { // two headings
		t.Fatalf("%d slabs, want %d", len(list), want)
	}
	for i, s := range list {
		if s.keep == (s.height >= rules*ruleApart) {
			t.Errorf("slab %d: a heading keeps with what follows, a question has room for its lines: %+v", i, s)
		}
	}
}
