package store

import (
	"fmt"
	"strings"
	"testing"
)

// wide is the text of an area around a hundred degrees with so many positions on its southern side.
func wide(positions int) string {
	var b strings.Builder
	b.WriteString(`{"type":"Polygon","coordinates":[[[0,0]`)
	for i := range positions {
		fmt.Fprintf(&b, ",[%.6f,0]", 100*float64(i+1)/float64(positions))
	}
	b.WriteString(`,[100,10],[0,10],[0,0]]]}`)
	return b.String()
}

// A query over a whole world of areas must not fill the memory with their outlines, nor with what was asked of them.
func TestOfOutlinesNoMoreIsRememberedThanThereIsRoomFor(t *testing.T) {
	text := wide(60_000)
	enough := int64(2 * mostOutlines / len(text))
	box := Box{West: 1, South: 1, East: 2, North: 2}
	var o outlines
	for id := range enough {
		if meets, err := o.readAndMeets(id, box.sides(), text); err != nil || !meets {
			t.Fatal(meets, err)
		}
	}
	known := 0
	for id := range enough {
		if _, ok := o.known.get(id); ok {
			known++
		}
	}
	if known == 0 || known*len(text) > mostOutlines {
		t.Errorf("%d outlines of %d bytes each are remembered", known, len(text))
	}
	boxes := 2 * mostAsked / answerSize
	asked := func(i int) Box { return Box{West: 1, South: 1, East: 2 + float64(i)/float64(boxes), North: 2} }
	for i := range boxes {
		if meets, err := o.readAndMeets(enough, asked(i).sides(), wide(1)); err != nil || !meets {
			t.Fatal(meets, err)
		}
	}
	answers := 0
	for i := range boxes {
		bound, err := boundOf(asked(i).sides())
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := o.asked.get(outlineIn{enough, bound}); ok {
			answers++
		}
	}
	if answers == 0 || answers*answerSize > mostAsked {
		t.Errorf("%d answers are remembered", answers)
	}
}
