package store

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzPassage holds of any text and any query: nothing panics, a passage is a part of its text and of valid UTF-8, marks hold
// what was looked for, and what is wanted can be asked of FTS5.
func FuzzPassage(f *testing.F) {
	f.Add("People leave Yunnan & go to Bangkok.", "bangkok")
	f.Add(strings.Repeat("ผู้คนจำนวนมาก", 40)+"ท่าเรือ", "ท่าเรือ")
	f.Add("Pu'er, o'neill's ʻokina\u200b’’ 'x", "PU’ER")
	f.Add("មនុស្ស\u200bជាច្រើន ၂၀၀၈ခုနှစ် 曼谷Bangkok一", "曼")
	f.Add("\xff\x00e\u0301", "\"*")
	f.Fuzz(func(t *testing.T, text, query string) {
		text = searchable(text)
		units := segment(text)
		for _, u := range units {
			if u.start < 0 || u.end <= u.start || u.end > len(text) || u.folded == "" || strings.ContainsAny(u.folded, " \"*()") {
				t.Fatalf("%q: %+v", text, u)
			}
		}
		list := want(query)
		if said := expression(list); strings.Count(said, `"`) != 2*len(list) {
			t.Fatalf("%q asks %s", query, said)
		}
		found, _ := spans(list, units)
		var whole strings.Builder
		for _, p := range around(text, units, found) {
			whole.WriteString(p.Text)
			if !utf8.ValidString(p.Text) {
				t.Fatalf("%q in %q gives %q", query, text, p.Text)
			}
		}
		shown := strings.TrimSuffix(strings.TrimPrefix(whole.String(), "… "), " …")
		if !strings.Contains(strings.ReplaceAll(text, "\n", " · "), shown) {
			t.Fatalf("%q is no part of %q", shown, text)
		}
	})
}

// Marks are cut at the edges of a part and where one runs into another: no character is shown twice.
func TestPiecesOfAText(t *testing.T) {
	const text = "one two three four"
	for name, c := range map[string]struct {
		part  span
		found []span
		want  string
	}{
		"nothing":            {span{0, 18}, nil, "one two three four"},
		"in the middle":      {span{0, 18}, []span{{4, 7}}, "one |[two]| three four"},
		"side by side":       {span{0, 18}, []span{{0, 3}, {3, 7}}, "[one]|[ two]| three four"},
		"one into another":   {span{0, 18}, []span{{0, 7}, {4, 13}}, "[one two]|[ three]| four"},
		"one within another": {span{0, 18}, []span{{0, 13}, {4, 7}}, "[one two three]| four"},
		"before the part":    {span{4, 18}, []span{{0, 3}}, "two three four"},
		"over its beginning": {span{4, 18}, []span{{0, 7}}, "[two]| three four"},
		"over its end":       {span{0, 7}, []span{{4, 13}}, "one |[two]"},
		"behind its end":     {span{0, 7}, []span{{14, 18}}, "one two"},
		"over all of it":     {span{4, 7}, []span{{0, 18}}, "[two]"},
	} {
		var got []string
		for _, p := range pieces(text, c.part, c.found) {
			if p.Found {
				p.Text = "[" + p.Text + "]"
			}
			got = append(got, p.Text)
		}
		if !slices.Equal(got, strings.Split(c.want, "|")) {
			t.Errorf("%s: %q, want %s", name, got, c.want)
		}
	}
}
