package draw

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"corridor/routes"
	"corridor/static"
)

// bars puts a bar where a line may break well.
func bars(text string) string {
	var out strings.Builder
	for _, p := range newLexicon(wordList).pieces(text) {
		out.WriteString(p.text)
		if p.after >= syllable && (p.after == word || !unicode.Is(unicode.Han, []rune(p.text)[0])) {
			out.WriteByte('|')
		}
	}
	return strings.TrimSuffix(out.String(), "|")
}

func TestLinesBreakBetweenWords(t *testing.T) {
	for _, want := range []string{
		"Thai-Malaysian |border",
		"从|中国|内地|省份|到|泰|马|边境",
		"（中|国）",
		"จากมณฑลตอน|ในของจีนถึง|ชายแดน|ไทย-|มาเลเซีย", // no word is cut: ชายแดน, มาเลเซีย
		"ประเทศไทย |ไม่ระบุสถานที่",                   // nor after a vowel that is written first
		"แหล่งข้อมูล|เล่า|ไว้",                        // a vowel written first starts a word
		"ထိုင်း-|မလေးရှား |နယ်စပ်",                    // Malaysia, border
		"နှင့်|အတူ",                                                  // the dot stands before the killer
		"ဘင်္ဂလားဒေ့ရှ်",                                             // a stacked consonant
		"ມາເລເຊຍ |ແລະ |ໄທ",                                           // Lao
		"កម្ពុជា",                                                    // a consonant below
		"ភ្នំពេញ",                                                    // a bare consonant ends a syllable
		"ព្រំ|ដែន |ថៃ",                                               // Khmer with a space
		"ไทย\u200b|ลาว",                                              // the author says where
		"ฉบับ|แปลร่าง: |ฉบับ|แปล", "2008 |ခု|နှစ်", "၁၀|ခု", "กขค ๆ", // numbers and signs
	} {
		text := strings.ReplaceAll(want, "|", "")
		if got := bars(text); got != want {
			t.Logf("pieces %+v", newLexicon(wordList).pieces(text))
			t.Errorf("%q breaks as\n%q, want\n%q", text, got, want)
		}
	}
}

// realTexts are all texts of the interface and of the first pack.
func realTexts(t *testing.T) []string {
	t.Helper()
	languages, err := static.Languages()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, texts := range languages {
		raw, err := json.Marshal(texts)
		if err != nil {
			t.Fatal(err)
		}
		var byKey map[string]string
		if err := json.Unmarshal(raw, &byKey); err != nil {
			t.Fatal(err)
		}
		out = slices.AppendSeq(out, maps.Values(byKey))
	}
	pack, problems := routes.Load(os.DirFS("../data/content/mekong"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, r := range pack.Routes {
		for _, stop := range r.Stops {
			for _, text := range stop.Text {
				out = append(out, text)
			}
		}
		for _, text := range r.Title {
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// No piece of any text begins with a letter that belongs to the one before, ends with one that belongs to the next, or
// cuts a word of the list; together they are the text.
func TestNoLineCutsASyllable(t *testing.T) {
	words := newLexicon(wordList)
	checked := 0
	for _, text := range realTexts(t) {
		list := words.pieces(text)
		var whole strings.Builder
		for i, p := range list {
			whole.WriteString(p.text)
			letters := []rune(p.text)
			first, last := letters[0], letters[len(letters)-1]
			switch {
			case i > 0 && (unicode.Is(unicode.M, first) || follows(first)):
				t.Errorf("%q: the piece %q begins with a mark", text, p.text)
			case leads(last) && i < len(list)-1:
				t.Errorf("%q: the piece %q ends with a vowel that leads", text, p.text)
			case last == '\u1039' || last == '\u17d2':
				t.Errorf("%q: the piece %q ends in a stack", text, p.text)
			case len(letters) > 1 && (letters[1] == '\u103a' || letters[1] == '\u1037' && at(letters, 2) == '\u103a') && unicode.Is(unicode.Myanmar, first):
				t.Errorf("%q: the piece %q begins with a final", text, p.text)
			}
		}
		checked += len(list)
		if whole.String() != text {
			t.Errorf("the pieces of %q are %q", text, whole.String())
		}
	}
	if checked < 3000 {
		t.Errorf("only %d pieces were looked at", checked)
	}
}

func TestLinesFit(t *testing.T) {
	fonts := NewFonts(static.DrawFonts())
	face := typeface{size: 13.5, weight: regular}
	const width = 165
	texts := realTexts(t)
	for _, text := range texts[:min(len(texts), 400)] {
		lines := fonts.wrap(text, face, width)
		joined := strings.Join(lines, "")
		if bare := strings.NewReplacer(" ", "", "\n", "", "\u200b", ""); bare.Replace(joined) != bare.Replace(text) {
			t.Errorf("the lines of %q are %q", text, lines)
		}
		for _, line := range lines {
			if fonts.measure(line, face) > width && len(newLexicon(wordList).pieces(line)) > 1 {
				t.Errorf("%q is wider than %d pixels and could break", line, width)
			}
		}
	}
}
