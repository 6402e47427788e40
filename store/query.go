package store

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

// MaxPattern is how many bytes a text with a * in it may have in a [Condition]. SQLite refuses patterns of more than 50,000, and some
// characters take three there.
const MaxPattern = 10_000

// Condition keeps the features one of whose properties is so, in the language in which they are asked for.
type Condition struct {
	// Property is the name of a property; it must be one that features of the collection can have.
	Property string
	// Value is a text or a float64 (1 and 0 for true and false). In a text each * stands for any number of characters;
	// with one it has [MaxPattern] bytes at most.
	Value any
}

// Order orders features by a property, those without it before all others; the next Order, and last the row, decides among equals.
type Order struct {
	Property string
	// Numeric says that the property is a number or a truth value, not a text. Texts are ordered by the code points of their characters.
	Numeric    bool
	Descending bool
}

// valueOf is a property as SQL, with its arguments. The year has a column of its own.
func valueOf(property string) (value string, args []any) {
	if property == "as_of" {
		return "nullif(f.as_of, 0)", nil
	}
	return shown + " ->> ?", []any{jsonPath(property)}
}

func (c Condition) sql() (where string, args []any) {
	value, args := valueOf(c.Property)
	text, isText := c.Value.(string)
	if isText && strings.Contains(text, "*") {
		return value + " GLOB ?", append(args, strings.NewReplacer("[", "[[]", "?", "[?]").Replace(text))
	}
	return value + " = ?", append(args, c.Value)
}

// jsonPath names a property for SQLite; a bare name of digits would mean a place in a list.
func jsonPath(property string) string { return `$."` + property + `"` }

// missing stands for a property that is not there, before every value that is.
func (o Order) missing() any {
	if o.Numeric {
		return math.Inf(-1)
	}
	return ""
}

func (o Order) sql() (key string, args []any) {
	value, args := valueOf(o.Property)
	return "coalesce(" + value + ", ?)", append(args, o.missing())
}

// order is what follows ORDER BY.
func (q ItemsQuery) order(c *conditions) string {
	var keys []string
	for _, o := range q.Sort {
		key, args := o.sql()
		if o.Descending {
			key += " DESC"
		}
		keys = append(keys, key)
		c.args = append(c.args, args...)
	}
	return strings.Join(append(keys, "f.id"), ", ")
}

// after keeps what comes after the last feature of the page before.
func (q ItemsQuery) after(c *conditions) {
	where, args := "f.id > ?", []any{q.After}
	if q.After > 0 {
		for i := len(q.Sort) - 1; i >= 0; i-- {
			key, keyArgs := q.Sort[i].sql()
			beyond := ">"
			if q.Sort[i].Descending {
				beyond = "<"
			}
			value := q.AfterKeys[i]
			if value == nil {
				value = q.Sort[i].missing()
			}
			where = fmt.Sprintf("(%s %s ? OR (%s = ? AND %s))", key, beyond, key, where)
			args = slices.Concat(keyArgs, []any{value}, keyArgs, []any{value}, args)
		}
	}
	c.add(where, args...)
}

// Keys gives the values by which an order places the item: texts, float64s, or nil where the property is not there.
// Together with the item's row they say where a page ended.
func (i Item) Keys(sort []Order) ([]any, error) {
	if len(sort) == 0 {
		return nil, nil
	}
	var properties map[string]any
	if err := json.Unmarshal([]byte(i.Properties), &properties); err != nil {
		return nil, fmt.Errorf("store: properties of %s: %w", i.FID, err)
	}
	if i.AsOf > 0 {
		properties["as_of"] = float64(i.AsOf)
	}
	keys := make([]any, len(sort))
	for n, o := range sort {
		switch value := properties[o.Property].(type) {
		case bool:
			keys[n] = 0.0
			if value {
				keys[n] = 1.0
			}
		default:
			keys[n] = value
		}
	}
	return keys, nil
}
