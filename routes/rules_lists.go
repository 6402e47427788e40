package routes

import (
	"fmt"
	"slices"
)

const mendUnstated = "write not_stated where the source does not say"

// needed wants a list of codes or ids that a document must have to say something: one without entries is published as a blank.
func needed[C ~string](l *Loaded, list []C, s spot, what, mend string) {
	filled(l, list, s, what, mend)
	eachOnce(l, list, s)
}

func filled[C ~string](l *Loaded, list []C, s spot, what, mend string) {
	if list != nil && len(list) == 0 {
		l.refuse(s, what, mend)
	}
}

// eachOnce wants a list of codes or ids to say each once, and nothing beside not_stated. What could not be read is empty.
func eachOnce[C ~string](l *Loaded, list []C, s spot) {
	for i, one := range list {
		if one != "" && slices.Contains(list[:i], one) {
			l.refuse(s.item(i), fmt.Sprintf("%q stands twice", one), "delete one of them")
		}
	}
	stated := func(one C) bool { return one != "" && one != NotStated }
	if slices.Contains(list, NotStated) && slices.ContainsFunc(list, stated) {
		l.refuse(s, "not_stated stands beside what is stated", "delete not_stated")
	}
}
