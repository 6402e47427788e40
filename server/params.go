package server

import (
	"encoding/base64"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"corridor/routes"
	"corridor/store"
)

// Limits of a page of items.
const (
	defaultLimit = 100
	maxLimit     = 1000
)

// itemsParams are the query parameters of a collection's items.
type itemsParams struct {
	// Lang is the language of the properties, "" for each pack's own.
	Lang string
	// Route keeps what belongs to a route or is shown beside it.
	Route string
	// PartOf keeps the parts of one place; for the collection places only.
	PartOf string
	// Limit is how many items a page has: 100 where left out, 1000 at most.
	Limit int
	// Box is a bounding box of 4 or 6 numbers, nil where left out.
	Box *store.Box
	// After comes from the cursor of a next link.
	After int64
}

// parseItems reads the parameters of a collection's items. The error names the first that cannot be used.
func parseItems(collection routes.Collection, q url.Values) (itemsParams, error) {
	p := itemsParams{Limit: defaultLimit}
	known := []string{"lang", "route", "limit", "bbox", "cursor"}
	if collection == routes.Places {
		known = append(known, "part_of")
	}
	if err := onlyParams(q, known...); err != nil {
		return p, err
	}
	p.Route, p.PartOf = q.Get("route"), q.Get("part_of")
	var err error
	if p.Lang, err = langParam(q); err != nil {
		return p, err
	}
	if q.Has("limit") {
		if p.Limit, err = strconv.Atoi(q.Get("limit")); err != nil || p.Limit < 1 {
			return p, &paramError{"limit", "it must be a whole number from 1"}
		}
		p.Limit = min(p.Limit, maxLimit)
	}
	if q.Has("bbox") {
		if p.Box, err = parseBox(q.Get("bbox")); err != nil {
			return p, err
		}
	}
	if q.Has("cursor") {
		if p.After, err = parseCursor(q.Get("cursor")); err != nil {
			return p, err
		}
	}
	return p, nil
}

// onlyParams refuses parameters that are not known and those given twice.
func onlyParams(q url.Values, known ...string) error {
	names := make([]string, 0, len(q))
	for name := range q {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !slices.Contains(known, name) {
			return &paramError{name, "it is not known here; known are " + strings.Join(known, ", ")}
		}
		if len(q[name]) > 1 {
			return &paramError{name, "it is given more than once"}
		}
	}
	return nil
}

func langParam(q url.Values) (string, error) {
	if q.Get("lang") == "" {
		return "", nil
	}
	tag, err := parseLanguage(q.Get("lang"))
	if err != nil {
		return "", err
	}
	return tag.String(), nil
}

// parseBox reads west,south,east,north in degrees, or with heights (of which nothing is known here) west,south,low,east,
// north,high.
func parseBox(value string) (*store.Box, error) {
	parts := strings.Split(value, ",")
	if len(parts) == 6 {
		parts = []string{parts[0], parts[1], parts[3], parts[4]}
	}
	if len(parts) != 4 {
		return nil, &paramError{"bbox", "it must have 4 or 6 numbers: west,south,east,north in degrees"}
	}
	var n [4]float64
	for i, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(v) {
			return nil, &paramError{"bbox", fmt.Sprintf("its number %d cannot be read", i+1)}
		}
		limit := 180.0
		if i%2 == 1 {
			limit = 90
		}
		if math.Abs(v) > limit {
			return nil, &paramError{"bbox", fmt.Sprintf("its number %d lies outside ±%g degrees", i+1, limit)}
		}
		n[i] = v
	}
	if n[1] > n[3] {
		return nil, &paramError{"bbox", "its south lies north of its north"}
	}
	return &store.Box{West: n[0], South: n[1], East: n[2], North: n[3]}, nil
}

func cursorOf(id int64) string {
	return base64.RawURLEncoding.EncodeToString(strconv.AppendInt(nil, id, 36))
}

func parseCursor(value string) (int64, error) {
	raw, err := base64.RawURLEncoding.DecodeString(value)
	if err == nil {
		var id int64
		if id, err = strconv.ParseInt(string(raw), 36, 64); err == nil && id > 0 {
			return id, nil
		}
	}
	return 0, &paramError{"cursor", "it is none of ours; follow the next link of a page"}
}
