package routes

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"corridor/geo"
)

// decoder reads the nodes of a file into the documents' structs and reports every problem with its position: unknown and repeated
// fields, wrong types, missing fields, unknown codes. The libraries parse; the walk is ours, because their own decoders
// stop at the first problem.
type decoder struct {
	*reporter
	file string
	// unplaced leaves out where each node stands, which takes half of the time: then problems are not to be shown.
	unplaced bool
}

// field is where a field of a node stands, item where an entry of a list does.
func (d decoder) field(s spot, name string) spot {
	if d.unplaced {
		return s
	}
	return s.field(name)
}

func (d decoder) item(s spot, i int) spot {
	if d.unplaced {
		return s
	}
	return s.item(i)
}

func (d decoder) place(s spot, at position) {
	if !d.unplaced {
		d.at[s] = at
	}
}

// value reads a node into a value of the documents' types.
func (d decoder) value(n *node, v reflect.Value, s spot) {
	if n.at != (position{}) {
		d.place(s, n.at)
	}
	switch n.kind {
	case referenceNode:
		d.refuse(s, "anchors, aliases, merges and tags are not read", "write the value out")
		return
	case nullNode:
		d.refuse(s, "the value is empty", mendEmpty(v.Kind()))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), s)
	case reflect.Struct:
		d.mapping(n, v, s)
	case reflect.Map:
		d.text(n, v, s)
	case reflect.Slice:
		d.sequence(n, v, s)
	default:
		d.scalar(n, v, s)
	}
}

func mendEmpty(kind reflect.Kind) string {
	if kind == reflect.Slice {
		return "write [] for none, or leave the field out"
	}
	return "write a value or leave the field out"
}

func (d decoder) mapping(n *node, v reflect.Value, s spot) {
	if n.kind != mappingNode {
		d.refuse(s, "this must be a mapping of fields", "write field: value lines")
		return
	}
	fields := fieldsOf(v.Type())
	var meant []string
	written := func(entries []entry, key string) bool {
		return slices.ContainsFunc(entries, func(e entry) bool { return e.key == key })
	}
	for i, e := range n.entries {
		at := d.field(s, e.key)
		d.place(at, e.at)
		field, known := fields.byName[e.key]
		switch {
		case !known:
			near := nearField(e.key, fields)
			if written(n.entries, near) {
				near = ""
			}
			meant = append(meant, near)
			d.refuse(at, fmt.Sprintf("unknown field %q", e.key), mendOf(e.key, d.suggestField(e.key, near, fields)))
		case written(n.entries[:i], e.key):
			d.refuse(at, fmt.Sprintf("the field %q is written twice", e.key), "keep one of them")
		default:
			d.fieldValue(e.value, v.FieldByIndex(field.Index), at, field)
		}
	}
	for _, f := range fields.ordered {
		if !f.optional && !written(n.entries, f.name) && !slices.Contains(meant, f.name) {
			d.refuse(s, fmt.Sprintf("%q is missing", f.name), f.mend())
		}
	}
}

// fieldValue reads the value of a field. Who leaves one empty that must not be left out is told what to write.
func (d decoder) fieldValue(n *node, v reflect.Value, s spot, f structField) {
	blank := n.kind == nullNode || n.kind == textNode && v.Kind() == reflect.String && strings.TrimSpace(n.text) == ""
	if !blank || f.optional && f.Tag.Get("mend") == "" {
		d.value(n, v, s)
		return
	}
	if n.at != (position{}) {
		d.place(s, n.at)
	}
	mend := f.mend()
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct {
		mend = "begin each entry with a hyphen, or write [] where there is none"
	}
	d.refuse(s, "the value is empty", mend)
}

// nearField gives the field that a key is meant to be: one that differs in a sign, or in two that are exchanged. Short ones are too near to each other.
func nearField(key string, fields *structFields) string {
	const shortest = 4
	for _, f := range fields.ordered {
		if len(f.name) >= shortest && oneSlip(strings.ToLower(key), f.name) {
			return f.name
		}
	}
	return ""
}

// oneSlip says whether two words differ by one letter at most, or by two beside each other that are exchanged.
func oneSlip(one, other string) bool {
	for one != "" && other != "" && one[0] == other[0] {
		one, other = one[1:], other[1:]
	}
	for one != "" && other != "" && one[len(one)-1] == other[len(other)-1] {
		one, other = one[:len(one)-1], other[:len(other)-1]
	}
	return len(one) <= 1 && len(other) <= 1 || len(one) == 2 && len(other) == 2 && one[0] == other[1] && one[1] == other[0]
}

func (d decoder) suggestField(key, near string, fields *structFields) string {
	if near != "" {
		return "write " + near
	}
	if _, err := strconv.Atoi(key); err == nil { // within braces 12,500 is 12 and another field
		return "write the number before it without a comma"
	}
	names := make([]string, 0, len(fields.byName))
	for name := range fields.byName {
		names = append(names, name)
	}
	slices.Sort(names)
	return fmt.Sprintf("write one of %s, or delete %q", strings.Join(names, ", "), key)
}

func (d decoder) text(n *node, v reflect.Value, s spot) {
	if n.kind != mappingNode {
		d.refuse(s, "this must be a text in languages", "write a language tag before it, such as en: …")
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.entries)))
	for _, e := range n.entries {
		at := d.field(s, e.key)
		d.place(at, e.at)
		value := reflect.New(v.Type().Elem()).Elem()
		if v.MapIndex(reflect.ValueOf(e.key)).IsValid() {
			d.refuse(at, fmt.Sprintf("the language %q is written twice", e.key), "keep one of them")
			continue
		}
		d.value(e.value, value, at)
		if e.value.cut && !strings.ContainsAny(e.value.text, " ") {
			d.warnOfComment(at)
		}
		v.SetMapIndex(reflect.ValueOf(e.key), value)
	}
}

func (d decoder) sequence(n *node, v reflect.Value, s spot) {
	if n.kind != listNode {
		d.refuse(s, "this must be a list", "begin each entry with a hyphen")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i, item := range n.items {
		d.value(item, v.Index(i), d.item(s, i))
	}
}

func (d decoder) scalar(n *node, v reflect.Value, s spot) {
	switch v.Kind() {
	case reflect.String:
		d.word(n, v, s)
	case reflect.Int:
		number, err := strconv.Atoi(n.text)
		if n.kind == textNode && err == nil {
			d.refuse(s, "this must be a whole number and is text", "write it without quotation marks: "+n.text)
			return
		}
		if n.kind != integerNode || err != nil {
			d.refuse(s, "this must be a whole number", "write digits only, such as 2008")
			return
		}
		v.SetInt(int64(number))
	case reflect.Bool:
		if n.kind != booleanNode {
			d.refuse(s, "this must be true or false", "write true or false, without quotation marks")
			return
		}
		v.SetBool(n.truth)
	}
}

func (d decoder) word(n *node, v reflect.Value, s spot) {
	switch {
	case n.kind == textNode:
	case n.kind != integerNode:
		d.refuse(s, "this must be text", "write the text, in quotation marks if it begins with a sign")
		return
	case v.Type() != reflect.TypeFor[Period]() && v.Type() != reflect.TypeFor[Date]():
		d.refuse(s, "this must be text and is a number", "put it into quotation marks")
		return
	}
	text := strings.TrimSpace(n.text)
	if text == "" {
		d.refuse(s, "the text is empty", "write it or leave the field out")
		return
	}
	if i := indexUnwanted(text); i >= 0 { // written with an escape, else the file were refused
		r, _ := utf8.DecodeRuneInString(text[i:])
		d.refuse(s, unwantedText(r), "delete it")
		return
	}
	if allowed, coded := codesOf(v.Type()); coded && !slices.Contains(allowed, text) {
		d.refuse(s, fmt.Sprintf("unknown code %q", text), mendOf(text, "write one of "+strings.Join(allowed, ", ")))
		return // no rule speaks of a code that there is not
	}
	if n.cut && (strings.ContainsAny(text, " ") || v.Type() == reflect.TypeFor[Citation]()) {
		d.warnOfComment(s)
	}
	v.SetString(text)
}

// warnOfComment says of a text that stands before a comment where it ends: "They meet # the driver" says "They meet".
func (d decoder) warnOfComment(s spot) {
	d.warn(s, "the text ends before #, and what follows is a comment, which nobody is shown",
		"put the whole text into quotation marks, or the comment on a line of its own")
}

// What types hold is asked for again and again by files of many documents, and never changes.
var (
	knownFields sync.Map // by reflect.Type, *structFields
	knownCodes  sync.Map // by reflect.Type, []string
)

// codesOf gives the codes that a type may hold; false for free text.
func codesOf(t reflect.Type) ([]string, bool) {
	if t == reflect.TypeFor[string]() {
		return nil, false
	}
	if known, ok := knownCodes.Load(t); ok {
		return known.([]string), true
	}
	var list []string
	if v, ok := reflect.Zero(t).Interface().(vocabulary); ok {
		list = codes(v)
	} else if t == reflect.TypeFor[geo.Precision]() {
		for _, p := range geo.Precisions() {
			list = append(list, string(p))
		}
	} else {
		return nil, false
	}
	knownCodes.Store(t, list)
	return list, true
}

// structFields are the fields of a struct, with those of embedded structs in place.
type structFields struct {
	ordered []structField
	byName  map[string]structField
	texts   []structField // those of ordered that hold words which are published, without addresses
}

// structField is a field as files name it.
type structField struct {
	reflect.StructField
	name     string
	optional bool
}

func fieldsOf(t reflect.Type) *structFields {
	if known, ok := knownFields.Load(t); ok {
		return known.(*structFields)
	}
	fields := &structFields{byName: map[string]structField{}}
	for _, declared := range reflect.VisibleFields(t) {
		if declared.Anonymous {
			continue
		}
		name, rest, _ := strings.Cut(declared.Tag.Get("json"), ",")
		f := structField{declared, name, rest == "omitempty"}
		fields.ordered = append(fields.ordered, f)
		fields.byName[name] = f
		if holdsText(f.Type) && name != "url" {
			fields.texts = append(fields.texts, f)
		}
	}
	knownFields.Store(t, fields)
	return fields
}

// mend says what to do where the field is missing.
func (f structField) mend() string {
	if m := f.Tag.Get("mend"); m != "" {
		return m
	}
	return fmt.Sprintf("add %s: %s", f.name, formOf(f.Type))
}

// formOf says what is written as a value of a type, with the codes that it may be.
func formOf(t reflect.Type) string {
	if allowed, coded := codesOf(t); coded {
		return "one of " + strings.Join(allowed, ", ")
	}
	switch {
	case t == reflect.TypeFor[Text]():
		return "a text by language, such as {en: …}"
	case t.Kind() == reflect.Slice:
		if allowed, coded := codesOf(t.Elem()); coded {
			return "a list of " + strings.Join(allowed, ", ")
		}
		return "a list"
	case t.Kind() == reflect.Int:
		return "a whole number"
	case t.Kind() == reflect.Bool:
		return "true or false"
	}
	return "…"
}
