package server

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

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
	// Time keeps what is told of a time in it or of no stated time; nil where left out.
	Time *store.Interval
	// Where are the conditions on properties.
	Where []store.Condition
	// Sort is the order; SortBy is how it was written.
	Sort   []store.Order
	SortBy string
	// Offset is how many items are passed over.
	Offset int
	// After and AfterKeys come from the cursor of a next link.
	After     int64
	AfterKeys []any
}

// parseItems reads the parameters of a collection's items. The error names the first that cannot be used.
func parseItems(c dataCollection, q url.Values) (itemsParams, error) {
	p := itemsParams{Limit: defaultLimit, Route: q.Get("route")}
	if err := onlyParams(q, c.known...); err != nil {
		return p, err
	}
	var err error
	if p.Lang, err = langParam(q); err != nil {
		return p, err
	}
	for _, one := range []struct {
		name string
		read func(value string) error
	}{
		{"limit", func(value string) error { p.Limit, err = parseLimit(value, maxLimit); return err }},
		{"offset", func(value string) error { p.Offset, err = parseOffset(value); return err }},
		{"bbox", func(value string) error { p.Box, err = parseBox(value); return err }},
		{"datetime", func(value string) error { p.Time, err = parseDatetime(value); return err }},
		{"sortby", func(value string) error { p.SortBy = value; p.Sort, err = parseSort(c, value); return err }},
		{"cursor", func(value string) error { p.After, p.AfterKeys, err = parseCursor(p.SortBy, p.Sort, value); return err }},
	} {
		if q.Has(one.name) {
			if err := one.read(q.Get(one.name)); err != nil {
				return p, err
			}
		}
	}
	return p, p.filter(c, q)
}

// filter reads the conditions on properties.
func (p *itemsParams) filter(c dataCollection, q url.Values) error {
	for _, property := range c.filters {
		if !q.Has(property.name) {
			continue
		}
		value := q.Get(property.name)
		if property.name == "part_of" { // has an index of its own
			p.PartOf = value
			continue
		}
		condition := store.Condition{Property: property.name, Value: value}
		if property.numeric() {
			number, err := property.number(value)
			if err != nil {
				return err
			}
			condition.Value = number
		} else if strings.Contains(value, "*") && len(value) > store.MaxPattern {
			return &paramError{property.name, fmt.Sprintf("with * in it, it may have %d bytes and has %d", store.MaxPattern, len(value))}
		}
		p.Where = append(p.Where, condition)
	}
	return nil
}

// number reads a number or a truth value, which is 1 or 0.
func (p property) number(value string) (float64, error) {
	if p.kind == aTruth {
		switch value {
		case "true", "1":
			return 1, nil
		case "false", "0":
			return 0, nil
		}
		return 0, &paramError{p.name, "it must be true or false"}
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, &paramError{p.name, "it must be a number"}
	}
	return n, nil
}

func names(parameters []parameter) []string {
	list := make([]string, len(parameters))
	for i, p := range parameters {
		list[i] = p.name
	}
	return list
}

// parseLimit reads how many a page has; more than most count as so many.
func parseLimit(value string, most int) (int, error) {
	limit, err := strconv.Atoi(value)
	if errors.Is(err, strconv.ErrRange) && !strings.HasPrefix(value, "-") {
		return most, nil
	}
	if err != nil || limit < 1 {
		return 0, &paramError{"limit", "it must be a whole number from 1"}
	}
	return min(limit, most), nil
}

func parseOffset(value string) (int, error) {
	offset, err := strconv.Atoi(value)
	if err != nil || offset < 0 {
		return 0, &paramError{"offset", "it must be a whole number from 0"}
	}
	return offset, nil
}

// parseSort reads properties joined by commas, each with a minus before it where the greatest comes first. A plus may
// stand before the others, and may have become a space on its way.
func parseSort(c dataCollection, value string) ([]store.Order, error) {
	var list []store.Order
	for key := range strings.SplitSeq(value, ",") {
		name, descending := strings.CutPrefix(key, "-")
		if !descending {
			name = strings.TrimLeft(key, "+ ")
		}
		p, ok := c.property(name)
		if !ok || !p.ordered() {
			return nil, &paramError{"sortby", fmt.Sprintf(
				"%.40q is nothing to sort by; write one of %s, with a minus before it for the greatest first", name, strings.Join(c.sortable(), ", "),
			)}
		}
		if slices.ContainsFunc(list, func(o store.Order) bool { return o.Property == name }) {
			return nil, &paramError{"sortby", fmt.Sprintf("it names %s twice", name)}
		}
		list = append(list, store.Order{Property: name, Numeric: p.numeric(), Descending: descending})
	}
	return list, nil
}

// wholeQuery says why a query cannot be read whole. [url.URL.Query] leaves out what it cannot read, such as a condition with a semicolon in
// it, and the answer would hold what nobody has asked for. The error is [errQuery].
func wholeQuery(u *url.URL) error {
	if !strings.ContainsAny(u.RawQuery, ";%") { // nothing else cannot be read
		return nil
	}
	if _, err := url.ParseQuery(u.RawQuery); err != nil {
		return errQuery
	}
	return nil
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
			if len(known) == 0 {
				return &paramError{name, "it is not known here; this address takes no parameters"}
			}
			return &paramError{name, "it is not known here; known are " + strings.Join(known, ", ")}
		}
		if len(q[name]) > 1 {
			return &paramError{name, "it is given more than once"}
		}
	}
	return nil
}

// listParam reads a list with commas between. What it names twice is refused, since each costs work.
func listParam(name, value string) ([]string, error) {
	list := strings.Split(value, ",")
	seen := make(map[string]bool, len(list))
	for _, one := range list {
		if seen[one] {
			return nil, &paramError{name, fmt.Sprintf("it names %.40q twice", one)}
		}
		seen[one] = true
	}
	return list, nil
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
	if len(parts) != 4 && len(parts) != 6 {
		return nil, &paramError{"bbox", "it must have 4 or 6 numbers: west,south,east,north in degrees"}
	}
	corner := len(parts) / 2 // how many numbers each of the two corners has
	n := make([]float64, len(parts))
	for i, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, &paramError{"bbox", fmt.Sprintf("its number %d cannot be read", i+1)}
		}
		if limit := []float64{180, 90, math.MaxFloat64}[i%corner]; math.Abs(v) > limit {
			return nil, &paramError{"bbox", fmt.Sprintf("its number %d lies outside ±%g degrees", i+1, limit)}
		}
		n[i] = v
	}
	if n[1] > n[corner+1] {
		return nil, &paramError{"bbox", "its south lies north of its north"}
	}
	if corner == 3 && n[2] > n[5] {
		return nil, &paramError{"bbox", "its lowest height lies above its highest"}
	}
	return &store.Box{West: n[0], South: n[1], East: n[corner], North: n[corner+1]}, nil
}

// cursor is where a page ended: after a row, whose values in the order are Keys.
type cursor struct {
	Row    int64  `json:"r"`
	SortBy string `json:"s,omitempty"`
	Keys   []any  `json:"k,omitempty"`
}

// String is what stands in the address of a next link: opaque to readers.
func (c cursor) String() string {
	raw, err := json.Marshal(c)
	if err != nil {
		panic(err) // texts and numbers that came out of JSON
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// parseCursor reads the cursor of a next link, which must have been made for the same order.
func parseCursor(sortBy string, sort []store.Order, value string) (after int64, keys []any, err error) {
	var c cursor
	raw, err := base64.RawURLEncoding.DecodeString(value)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil || c.Row < 1 || c.SortBy != sortBy || len(c.Keys) != len(sort) {
		return 0, nil, &paramError{"cursor", "it is none of ours, or of another order; follow the next link of a page"}
	}
	for i, key := range c.Keys {
		_, number := key.(float64)
		_, isText := key.(string)
		if key != nil && number != sort[i].Numeric || key != nil && isText == sort[i].Numeric {
			return 0, nil, &paramError{"cursor", "it is none of ours; follow the next link of a page"}
		}
	}
	return c.Row, c.Keys, nil
}
