package store

import (
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
