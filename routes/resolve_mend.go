package routes

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"corridor/geo/gazetteer"
)

var (
	// twoNumbers are coordinates of which nobody says which is the latitude.
	twoNumbers = regexp.MustCompile(`^[-+]?\d{1,3}(?:\.\d+)?°?(?:\s*[,;]\s*|\s+)[-+]?\d{1,3}(?:\.\d+)?°?$`)
	inBrackets = regexp.MustCompile(`^([^()（）]+?)\s*[(（]([^()（）]+)[)）]$`)
	joints     = regexp.MustCompile(`\s*,\s*and\s+|\s*,\s*|\s+and\s+`)
)

// noPlace are what authors write for a place that the source does not name.
var noPlace = []string{"unknown", "not known", "not stated", "not_stated", "unspecified", "not specified", "n/a", "-", "?"}

// miswritten says what is written otherwise than an expression where that is plain; the mend is empty where it is not.
func miswritten(ix *gazetteer.Index, query string, err error) (what, mend string) {
	query = strings.TrimSpace(query)
	var unknown *gazetteer.UnknownError
	isUnknown := errors.As(err, &unknown)
	switch in := inBrackets.FindStringSubmatch(query); {
	case twoNumbers.MatchString(query):
		return fmt.Sprintf("%q looks like coordinates", query), mendCoordinates
	case isUnknown && slices.Contains(noPlace, strings.ToLower(query)):
		return fmt.Sprintf("no place is named %q", query), "leave query out and write precision: unknown, where the source names no place"
	case isUnknown && in != nil && known(ix, in[1]+", "+in[2]):
		return fmt.Sprintf("no place is named %q", query), fmt.Sprintf("write %s, %s", in[1], in[2])
	}
	joined := joints.ReplaceAllString(query, " and ")
	if _, failed := ix.Resolve(joined); failed == nil && strings.Contains(query, ",") && !strings.Contains(query, `"`) {
		return fmt.Sprintf("%q names no place: what stands behind a comma is what the place before it lies in", query),
			"mend the name or, where several are meant, join them by and: " + joined
	}
	return "", ""
}

// known says whether an expression names a place, or one of several that fit it.
func known(ix *gazetteer.Index, expression string) bool {
	_, err := ix.Resolve(expression)
	var ambiguous *gazetteer.AmbiguousError
	return err == nil || errors.As(err, &ambiguous) && err.Error() == ambiguous.Error()
}
