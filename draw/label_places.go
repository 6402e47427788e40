package draw

import (
	"iter"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// surroundings are what a label had better not hide: boxes and leaders that have their places, spots along lines, anchors and
// arrowheads; where it must stay; and where the stops are, that it stands by none but its own.
type surroundings struct {
	taken                          []box
	leaders, lines, anchors, stops []orb.Point
	within                         box
}

func (s *sheet) surroundings(labels []label, flows []flow) surroundings {
	about := surroundings{taken: append([]box{s.scaleBox()}, s.sourceBoxes()...), within: s.view.frame.grown(-8)}
	for _, f := range flows {
		for i := 0.0; i <= 60; i++ {
			at, _ := along(f.line, i/60)
			about.lines = append(about.lines, at)
		}
		for _, fraction := range f.heads(s.colours.flow(f.kind)) {
			at, _ := along(f.line, fraction)
			about.anchors = append(about.anchors, at)
		}
	}
	for _, l := range labels {
		if !l.upon {
			about.anchors = append(about.anchors, l.anchor)
		}
		if !l.site {
			about.stops = append(about.stops, l.anchor)
		}
	}
	for _, stop := range s.route.Stops { // a border is seen along its length
		for _, line := range s.view.lines(stop.Geometry, 0) {
			for _, fraction := range []float64{0, 0.25, 0.75, 1} {
				at, _ := along(line, fraction)
				about.anchors = append(about.anchors, at)
			}
		}
	}
	return about
}

// with are the surroundings with a label that has its place.
func (a surroundings) with(l label) surroundings {
	if l.wordless() {
		return a
	}
	a.taken = append(a.taken, l.box.grown(4))
	if !l.box.holds(l.anchor) {
		leader := l.leader()
		a.leaders = append(a.leaders, leader[:]...)
	}
	return a
}

// without are the surroundings of a label among others that have their places.
func (a surroundings) without(labels []label, i int) surroundings {
	a.taken, a.leaders = slices.Clone(a.taken), slices.Clone(a.leaders)
	for j, l := range labels {
		if j != i {
			a = a.with(l)
		}
	}
	return a
}

// inBestOrder settles labels from the first on. Where the last find no room the first may have taken it, on a small map with
// long words. Then they choose last.
func inBestOrder(labels []label, about surroundings) []label {
	settled := slices.Clone(labels)
	settle(settled, slices.All(settled), about)
	if costOfAll(settled) >= covering {
		last := slices.Clone(labels)
		if settle(last, slices.Backward(last), about); costOfAll(last) < costOfAll(settled) {
			return last
		}
	}
	return settled
}

// settle gives labels their places in an order.
func settle(labels []label, order iter.Seq2[int, label], about surroundings) {
	about = about.without(nil, 0)
	for i, l := range order {
		labels[i] = l.best(about)
		about = about.with(labels[i])
	}
}

func costOfAll(labels []label) (cost float64) {
	for _, l := range labels {
		cost += l.cost
	}
	return cost
}

// Gaps between a label and its anchor in pixels, from the best on, and what it costs to stand so far off: more from where a
// reader no longer sees what it is of.
func gaps() [6][2]float64 {
	return [...][2]float64{{14, 0}, {34, 18}, {60, 36}, {96, 90}, {140, 140}, {190, 190}}
}

// best gives the label the place around its anchor at which it hides least.
func (l label) best(about surroundings) label {
	l.cost = math.Inf(1)
	try := func(x, y, cost float64) {
		at := l
		at.box = box{l.anchor[0] + x - l.width/2, l.anchor[1] + y - l.height/2, l.anchor[0] + x + l.width/2, l.anchor[1] + y + l.height/2}
		if at.cost = cost + l.less; at.cost >= l.cost {
			return
		}
		if at.cost += at.hides(about, l.cost-at.cost); at.cost < l.cost {
			l = at
		}
	}
	upon := 0.0
	if l.upon {
		upon = 10
		try(0, 0, 0)
	}
	const around = 16
	for _, gap := range gaps() {
		for i := range around {
			sin, cos := math.Sincos(float64(i) / around * 2 * math.Pi)
			// Beside reads better than above or below.
			try(cos*(gap[0]+l.width/2), sin*(gap[0]+l.height/2), gap[1]+math.Abs(sin)*4+upon)
		}
	}
	return l
}

func (l label) middle() orb.Point {
	return orb.Point{(l.box.left + l.box.right) / 2, (l.box.top + l.box.bottom) / 2}
}

// leader are the points of the leader at which it is looked at, on the way from the anchor to the middle of the label.
func (l label) leader() (points [3]orb.Point) {
	to := l.middle()
	for i, share := range [...]float64{0.2, 0.35, 0.5} {
		points[i] = orb.Point{l.anchor[0] + (to[0]-l.anchor[0])*share, l.anchor[1] + (to[1]-l.anchor[1])*share}
	}
	return points
}

// What it costs to cover what is there already, and to leave the frame: more than to hide lines, since words that are covered
// or cut cannot be read. Less, that a leader and a label cross, and that a label stands nearer to another stop than to its own.
const (
	covering, leaving = 2500, 5000
	crossing, astray  = 40, 60
)

// hides is what a label's place costs for what it hides, or at least most where it costs more than that.
func (l label) hides(about surroundings, most float64) float64 {
	cost, b := 0.0, l.box
	if own := l.own.width() * l.own.height(); own > 0 {
		cost += 120 * b.overlap(l.own) / own
	}
	if b.left < about.within.left || b.right > about.within.right || b.top < about.within.top || b.bottom > about.within.bottom {
		cost += leaving
	}
	cost += l.covers(about.taken, most-cost)
	if !l.site && l.isAstray(about.stops) {
		cost += astray
	}
	if cost >= most {
		return cost
	}
	hidden := b.grown(4).count(about.anchors)
	if l.upon && b.grown(4).holds(l.anchor) {
		hidden -= box{l.anchor[0], l.anchor[1], l.anchor[0], l.anchor[1]}.grown(0.01).count(about.anchors)
	}
	return cost + crossing*b.count(about.leaders) + 9*b.count(about.lines) + 120*hidden
}

// covers is what a label's place costs for the boxes that it covers and its leader crosses, or at least most where it costs more than that.
func (l label) covers(taken []box, most float64) float64 {
	cost, leader := 0.0, l.leader()
	for _, other := range taken {
		if o := l.box.overlap(other); o > 0 {
			cost += covering + o/20
		}
		for _, at := range leader {
			if other.holds(at) {
				cost += crossing
			}
		}
		if cost >= most {
			break
		}
	}
	return cost
}

// isAstray says that a label stands nearer to another stop than to its own.
func (l label) isAstray(stops []orb.Point) bool {
	own := l.box.distance(l.anchor)
	return slices.ContainsFunc(stops, func(p orb.Point) bool { return l.box.distance(p) < own })
}
