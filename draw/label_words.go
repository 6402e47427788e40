package draw

import "slices"

// crowding is the cost of a place at which a label would better say less: it stands too far from what it is of, a leader
// runs behind words, or it hides something.
const crowding = 70

func crowded(labels []label) bool {
	return slices.ContainsFunc(labels, func(l label) bool { return l.cost >= crowding })
}

// narrowWords is the width in pixels of a name that is broken into lines to find room.
const narrowWords = 95.0

// What it costs that a stop's name is broken, that its label is its number alone, and that a programme is shown by its sign
// alone. A bare map stands on a page that names the stops in their order; another picture has nothing that names them but
// their labels.
const (
	nameNarrow               = 15
	numberOnBare, numberElse = 100, 800
	signAlone                = 70
)

// sayLess gives labels their places with fewer words: all stops have their names alone, or none, since a name by which nothing
// stands would seem to be known better than one that says how little is; and some have their number alone, where the name finds
// no room by what it is of. It gives what was settled before where that is no worse.
func (s *sheet) sayLess(labels, settled []label, about surroundings) []label {
	ways := make([][]label, len(labels))
	for i, l := range labels {
		ways[i] = s.waysToSay(l)
	}
	best := settled
	for _, order := range [][]int{rising(len(labels)), falling(len(labels))} {
		shorter := slices.Clone(labels)
		now := about.without(nil, 0)
		for _, i := range order {
			shorter[i] = cheapest(ways[i], now)
			now = now.with(shorter[i])
		}
		// What came first knew nothing of what came after. Each chooses anew, a few times.
		for range 3 {
			for _, i := range order {
				shorter[i] = cheapest(ways[i], about.without(shorter, i))
			}
			if costOfAll(shorter) < costOfAll(best) {
				best = slices.Clone(shorter)
			}
		}
	}
	return best
}

func rising(count int) []int {
	order := make([]int, count)
	for i := range order {
		order[i] = i
	}
	return order
}

func falling(count int) []int {
	order := rising(count)
	slices.Reverse(order)
	return order
}

// waysToSay are a label with fewer and fewer words.
func (s *sheet) waysToSay(l label) []label {
	switch {
	case !l.site:
		return []label{s.nameAlone(l, labelWords), s.nameAlone(l, narrowWords), s.numberAlone(l)}
	case s.options.bare():
		return []label{l, l.signAlone()}
	}
	return []label{l}
}

// cheapest gives the label that is best off among ways to say it, in its place.
func cheapest(ways []label, about surroundings) label {
	best := ways[0].best(about)
	for _, way := range ways[1:] {
		if !way.wordless() {
			way = way.best(about)
		}
		if way.cost < best.cost {
			best = way
		}
	}
	return best
}

// nameAlone is a stop's label, its words of a width in pixels, that does not say how precisely the place is known, which its
// sign and the legend say.
func (s *sheet) nameAlone(l label, width float64) label {
	l.say = nil
	if l.title = s.fonts.wrap(l.named, s.labelTitle(), width); width < labelWords {
		l.less = nameNarrow
	}
	s.measureStop(&l)
	l.stand()
	return l
}

// numberAlone is a stop's label without its name.
func (s *sheet) numberAlone(l label) label {
	l.say, l.title = nil, nil
	l.width, l.height = l.room+labelAround, l.numberHeight()+labelAround
	l.stand()
	l.less = numberElse
	if s.options.bare() {
		l.less = numberOnBare
	}
	return l
}

// signAlone is a programme of which only the sign is drawn.
func (l label) signAlone() label {
	l.title, l.box = nil, box{l.anchor[0], l.anchor[1], l.anchor[0], l.anchor[1]}
	l.less, l.cost = signAlone, signAlone
	return l
}

// wordless says that there is no label to draw.
func (l label) wordless() bool { return l.site && len(l.title) == 0 }
