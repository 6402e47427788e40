package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/store"
)

// told is a pack of one route with a stop, in many languages, and what stands beside it.
func told() routes.Pack {
	return routes.Pack{
		About: routes.About{
			ID: "told", Title: routes.Text{"en": "told"}, Languages: []routes.Language{
				{Code: "en", Status: routes.Original},
				{Code: "th", Status: routes.Draft},
				{Code: "zh-Hans", Status: routes.Reviewed},
				{Code: "my", Status: routes.Draft},
				{Code: "lo", Status: routes.Draft},
				{Code: "km", Status: routes.Draft},
				{Code: "vi", Status: routes.Draft},
			},
		},
		Sources:       []routes.Source{{ID: "08BEIJING4697", Title: "A cable", Nature: routes.Text{"en": "An account of offices in Kunming."}}},
		Organisations: []routes.Organisation{{ID: "o", Title: routes.Text{"en": "An office"}}},
		Places: []routes.Place{
			{ID: "bangkok", Title: routes.Text{"en": "Bangkok", "th": "กรุงเทพมหานคร", "vi": "Băng Cốc", "zh-Hans": "曼谷"}},
			{ID: "puer", Title: routes.Text{"en": "Pu'er"}},
			{ID: "lampang", Title: routes.Text{"en": "Lampang"}},
			{ID: "untold", Title: routes.Text{"en": "Mandalay"}},
		},
		Routes: []routes.Route{{
			ID: "r", Title: routes.Text{"en": "To the *border*", "th": "ถึงชายแดน"}, SaidBy: "o",
			Summary: routes.Text{
				"en": "People leave Yunnan & go to Bangkok.", "zh-Hans": "人们被工作机会吸引到云南，其中多为年轻的中国女性。",
				"th": "ผู้คนซึ่งส่วนใหญ่เป็นหญิงสาวชาวจีนถูกดึงดูดมายังยูนนาน", "my": "လူများသည် အလုပ်ရနိုင်မည့်မျှော်လင့်ချက်ကြောင့် ယူနန်သို့ရောက်လာကြသည်။",
				"lo": "ຜູ້ຄົນຈຳນວນຫຼາຍເດີນທາງຈາກຢູນນານໄປຫາບາງກອກ", "km": "មនុស្ស\u200bជាច្រើន\u200bធ្វើដំណើរពី\u200bយូណាន\u200bទៅ\u200bបាងកក",
				"vi": "Người ta rời Vân Nam đến Đà Nẵng.",
			},
			Stops: []routes.Stop{
				{ID: "start", Place: "puer", Text: routes.Text{"en": "Work is promised in 2008."}},
				{ID: "bangkok", Place: "bangkok", Text: routes.Text{"en": "They are taken further."}},
			},
			Legs: []routes.Leg{{ID: "l", From: "start", To: "bangkok", Text: routes.Text{"en": "They are moved by lorry."}}},
		}},
		Sites: []routes.Site{{ID: "s", Title: routes.Text{"en": "A helpdesk"}, Place: "lampang", Routes: []string{"r"}, Text: routes.Text{"en": "It answers in Bangkok."}}},
		Findings: []routes.Finding{
			{ID: "f", SaidBy: "o", Scope: "bangkok", Routes: []string{"r"}, Text: routes.Text{"en": "Many work without papers."}},
		},
		Contacts: []routes.Contact{{ID: "c", Title: routes.Text{"en": "A hotline"}, Phone: "123"}},
	}
}

func search(t testing.TB, s *store.Store, text, lang string, limit int) (hits []store.Hit) {
	t.Helper()
	view(t, s, func(v *store.View) {
		page, err := v.Search(context.Background(), store.SearchQuery{Text: text, Lang: lang, Limit: limit})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		hits = page.Hits
	})
	return hits
}

// found gives the hits as kind and id.
func found(hits []store.Hit) []string {
	list := []string{}
	for _, h := range hits {
		list = append(list, string(h.Kind)+" "+h.ID)
	}
	return list
}

// marked gives a passage with its marks as brackets.
func marked(p store.Passage) string {
	var b strings.Builder
	for _, piece := range p.Pieces {
		if piece.Found {
			b.WriteString("[" + piece.Text + "]")
		} else {
			b.WriteString(piece.Text)
		}
	}
	return b.String()
}

func TestAWordInsideASentenceIsFound(t *testing.T) {
	s, _ := temporary(t)
	save(t, s, told(), nil)
	for _, c := range []struct{ lang, word, text string }{
		{"en", "yunnan", "People leave [Yunnan] & go to Bangkok."},
		{"en", "leave people", "[People] [leave] Yunnan & go to Bangkok."},
		{"en", "peo", "[People] leave Yunnan & go to Bangkok."},
		{"zh-Hans", "云南", "人们被工作机会吸引到[云南]，其中多为年轻的中国女性。"},
		{"zh-Hans", "工作机会", "人们被[工作机会]吸引到云南，其中多为年轻的中国女性。"},
		{"zh-Hans", "女", "人们被工作机会吸引到云南，其中多为年轻的中国[女]性。"},
		{"zh-Hans", "云南 女性", "人们被工作机会吸引到[云南]，其中多为年轻的中国[女性]。"},
		{"th", "ยูนนาน", "ผู้คนซึ่งส่วนใหญ่เป็นหญิงสาวชาวจีนถูกดึงดูดมายัง[ยูนนาน]"},
		{"th", "หญิงสาว", "ผู้คนซึ่งส่วนใหญ่เป็น[หญิงสาว]ชาวจีนถูกดึงดูดมายังยูนนาน"},
		{"th", "ยูนนานฯ", "ผู้คนซึ่งส่วนใหญ่เป็นหญิงสาวชาวจีนถูกดึงดูดมายัง[ยูนนาน]"}, // with the sign of a shortened name
		{"my", "ယူနန်", "လူများသည် အလုပ်ရနိုင်မည့်မျှော်လင့်ချက်ကြောင့် [ယူနန်]သို့ရောက်လာကြသည်။"},
		{"my", "မျှော်လင့်", "လူများသည် အလုပ်ရနိုင်မည့်[မျှော်လင့်]ချက်ကြောင့် ယူနန်သို့ရောက်လာကြသည်။"},
		{"lo", "ບາງກອກ", "ຜູ້ຄົນຈຳນວນຫຼາຍເດີນທາງຈາກຢູນນານໄປຫາ[ບາງກອກ]"},
		{"lo", "ຈໍານວນ", "ຜູ້ຄົນ[ຈຳນວນ]ຫຼາຍເດີນທາງຈາກຢູນນານໄປຫາບາງກອກ"}, // am written in two signs
		{"lo", "ບາງກອກຯ", "ຜູ້ຄົນຈຳນວນຫຼາຍເດີນທາງຈາກຢູນນານໄປຫາ[ບາງກອກ]"},
		{"km", "យូណាន", "មនុស្ស\u200bជាច្រើន\u200bធ្វើដំណើរពី\u200b[យូណាន]\u200bទៅ\u200bបាងកក"},
		{"km", "មនុស្សជាច្រើន", "[មនុស្ស\u200bជាច្រើន]\u200bធ្វើដំណើរពី\u200bយូណាន\u200bទៅ\u200bបាងកក"},
		{"vi", "van nam", "Người ta rời [Vân] [Nam] đến Đà Nẵng."},
		{"vi", "DA NANG", "Người ta rời Vân Nam đến [Đà] [Nẵng]."},
	} {
		hits := search(t, s, c.word, c.lang, 10)
		if len(hits) == 0 || hits[0].Kind != routes.RouteEntry {
			t.Errorf("%s: %q finds %v", c.lang, c.word, found(hits))
			continue
		}
		if got := marked(hits[0].Text); !strings.HasPrefix(got, c.text) || hits[0].Text.Lang != c.lang {
			t.Errorf("%s: %q finds %s in %s", c.lang, c.word, got, hits[0].Text.Lang)
		}
	}
}

// A name that a text shortens, as Thai and Lao mark it, is found with that sign and without it, also where the sentence goes on.
func TestAShortenedNameIsFound(t *testing.T) {
	s, _ := temporary(t)
	pack := told()
	pack.Routes[0].Summary["th"], pack.Routes[0].Summary["lo"] = "ไปกรุงเทพฯและต่อไป", "ໄປບາງກອກຯແລ້ວຕໍ່ໄປ"
	save(t, s, pack, nil)
	for word, want := range map[string]string{
		"กรุงเทพฯ": "ไป[กรุงเทพ]ฯและต่อไป", "กรุงเทพ": "ไป[กรุงเทพ]ฯและต่อไป", "กรุงเทพและ": "ไป[กรุงเทพฯและ]ต่อไป", "ບາງກອກ": "ໄປ[ບາງກອກ]ຯແລ້ວຕໍ່ໄປ",
	} {
		lang := "th"
		if strings.HasPrefix(word, "ບ") {
			lang = "lo"
		}
		hits := search(t, s, word, lang, 10)
		at := slices.IndexFunc(hits, func(h store.Hit) bool { return h.Kind == routes.RouteEntry })
		if at < 0 || !strings.Contains(marked(hits[at].Text), want) {
			t.Errorf("%q finds %v", word, hits)
		}
	}
	if hits := search(t, s, "ฯ", "th", 10); len(hits) > 0 {
		t.Errorf("the sign alone finds %v", found(hits))
	}
}

func TestAnotherWordIsNotFound(t *testing.T) {
	s, _ := temporary(t)
	save(t, s, told(), nil)
	for _, word := range []string{
		"nnan", "malaysia", "泰国", "南云", "中女", "มาเลเซีย", "นาน ชาย จันทร์", "นูนยา", "ဘန်ကောက်", "နန်ယူ", "ມາເລເຊຍ", "ກອກບາງ", "ម៉ាឡេស៊ី", "កកបាង",
		"people malaysia", "hotline", "A hotline", "123",
	} {
		if hits := search(t, s, word, "en", 10); len(hits) > 0 {
			t.Errorf("%q finds %v", word, found(hits))
		}
	}
}

func TestNothingInASearchIsAnOperator(t *testing.T) {
	s, _ := temporary(t)
	save(t, s, told(), nil)
	for _, nothing := range []string{"", " ", `"`, "*", "''", "()", "^", "-", ":", "+", "…", "\x00", "\xff", "{}", "💡"} {
		if hits := search(t, s, nothing, "en", 10); len(hits) > 0 {
			t.Errorf("%q finds %v", nothing, found(hits))
		}
	}
	for _, c := range []struct{ query, want string }{
		{`"bangkok"`, "place bangkok"},
		{`bangkok"*`, "place bangkok"},
		{`'); DROP TABLE entries; -- bangkok`, ""},
		{"bangkok OR malaysia", ""},
		{"bangkok NOT taken", ""},
		{"NEAR(bangkok taken)", ""},
		{"title:bangkok", ""},
		{"bangkok -taken", "stop r.bangkok"},
		{"^bangkok + (taken)", "stop r.bangkok"},
	} {
		hits := search(t, s, c.query, "en", 1)
		if got := strings.Join(found(hits), " "); got != c.want {
			t.Errorf("%q finds %q", c.query, got)
		}
	}
	if hits := search(t, s, strings.Repeat("曼谷", 100), "en", 10); len(hits) > 0 {
		t.Errorf("a long run finds %v", found(hits))
	}
}

func TestTitlesComeBeforeWhatStandsBelowThem(t *testing.T) {
	s, _ := temporary(t)
	save(t, s, told(), nil)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"bangkok", []string{"place bangkok", "stop r.bangkok", "route r", "site s", "finding f"}},
		{"Bang Coc", []string{"place bangkok", "stop r.bangkok", "finding f"}},
		{"an office", []string{"finding f", "route r", "source 08BEIJING4697"}},
		{"puer", []string{"place puer", "stop r.start"}},
		{"PU’ER", []string{"place puer", "stop r.start"}},
		{"lorry", []string{"stop r.start"}},
		{"08beijing4697", []string{"source 08BEIJING4697"}},
		{"๒๐๐๘", []string{"stop r.start"}},
		{"border", []string{"route r"}},
	} {
		if got := found(search(t, s, c.query, "en", 10)); !slices.Equal(got, c.want) {
			t.Errorf("%q finds %q", c.query, got)
		}
	}
	if got := found(search(t, s, "bangkok", "en", 3)); len(got) != 3 || got[0] != "place bangkok" {
		t.Errorf("of three: %q", got)
	}
}

// What has just the text as its title in one language comes before what has it in a longer title or as the beginning of a word, in
// however many languages it has a title.
func TestAWholeTitleComesFirstOfItsKind(t *testing.T) {
	s, _ := temporary(t)
	p := told()
	p.Places = append([]routes.Place{
		{ID: "riverside", Title: routes.Text{"en": "Bangkok Riverside"}},
		{ID: "xianyang", Title: routes.Text{"en": "Xianyang"}},
		{ID: "bridge", Title: routes.Text{"zh-Hans": "曼谷桥"}},
	}, append(p.Places, routes.Place{
		ID: "xian", Title: routes.Text{"en": "Xi'an", "th": "ซีอาน", "my": "ရှီးအန်း", "lo": "ຊີອານ", "km": "ស៊ីអាន", "vi": "Tây An", "zh-Hans": "西安"},
	})...)
	r := p.Routes[0]
	r.ID, r.Stops, r.Legs = "a", []routes.Stop{{ID: "riverside", Place: "riverside"}, {ID: "bridge", Place: "bridge"}}, nil
	p.Routes = append([]routes.Route{r}, p.Routes...)
	save(t, s, p, nil)
	for query, want := range map[string][]string{
		"bangkok":  {"place bangkok", "place riverside", "stop r.bangkok", "stop a.riverside"},
		"BĂNG cốc": {"place bangkok", "stop r.bangkok"},
		"曼谷":       {"place bangkok", "place bridge", "stop r.bangkok", "stop a.bridge"},
		"xian":     {"place xian", "place xianyang"},
		"xi’an":    {"place xian", "place xianyang"},
		"riversid": {"place riverside", "stop a.riverside"},
		"a cable":  {"source 08BEIJING4697"},
	} {
		if got := found(search(t, s, query, "th", len(want))); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
		for i := range want { // a page begins where the one before it ends
			view(t, s, func(v *store.View) {
				page, err := v.Search(context.Background(), store.SearchQuery{Text: query, Lang: "th", Limit: 1, Offset: i})
				if err != nil || !slices.Equal(found(page.Hits), want[i:i+1]) {
					t.Errorf("%q: after %d: %q, %v", query, i, found(page.Hits), err)
				}
			})
		}
	}
}

// A citation as pages show it finds the claims that cite it, and a source's id the source before them.
func TestACitationFindsWhatCitesIt(t *testing.T) {
	s, _ := temporary(t)
	p := told()
	r := &p.Routes[0]
	r.Citations, r.Stops[0].Citations = []routes.Citation{"08BEIJING4697 ¶4"}, []routes.Citation{"08BEIJING4697 ¶5"}
	r.Legs[0].Citations = []routes.Citation{"08BEIJING4697 ¶5", "08BEIJING4697 ¶6"}
	p.Sites[0].Citations, p.Findings[0].Citations = []routes.Citation{"08BEIJING4697 ¶5"}, []routes.Citation{"08BEIJING4697 p. 7"}
	save(t, s, p, nil)
	for query, want := range map[string][]string{
		"08BEIJING4697":      {"source 08BEIJING4697", "route r", "stop r.start", "site s", "finding f"},
		"08BEIJING4697 ¶5":   {"stop r.start", "site s"},
		"08BEIJING4697 ¶6":   {"stop r.start"}, // of the leg that leaves it
		"08beijing4697 p. 7": {"finding f"},
	} {
		if got := found(search(t, s, query, "en", 10)); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

// However many results are asked for, they are the first of all: what is found in titles takes no place from the rest.
func TestFewerResultsAreTheFirstOfAll(t *testing.T) {
	s, _ := temporary(t)
	save(t, s, told(), nil)
	for _, query := range []string{"bangkok", "work", "an office", "yunnan"} {
		all := found(search(t, s, query, "en", 100))
		for limit := 1; limit <= len(all)+1; limit++ {
			if got, want := found(search(t, s, query, "en", limit)), all[:min(limit, len(all))]; !slices.Equal(got, want) {
				t.Errorf("%q: the first %d are %q, want %q", query, limit, got, want)
			}
		}
	}
}

func TestResultsAreInTheReadersLanguage(t *testing.T) {
	s, _ := temporary(t)
	save(t, s, told(), nil)
	for _, c := range []struct{ query, lang, title, text string }{
		{"กรุงเทพ", "en", "en Bangkok", "th [กรุงเทพ]มหานคร"},
		{"กรุงเทพ", "th", "th [กรุงเทพ]มหานคร", ""},
		{"กรุงเทพ", "my", "en Bangkok", "th [กรุงเทพ]มหานคร"},
		{"bangkok", "th", "th กรุงเทพมหานคร", "en [Bangkok]"},
		{"bangkok", "xx", "en [Bangkok]", ""},
		{"曼", "vi", "vi Băng Cốc", "zh-Hans [曼]谷"},
	} {
		hits := search(t, s, c.query, c.lang, 10)
		h := hits[0]
		if h.ID != "bangkok" || h.Title.Lang+" "+marked(h.Title) != c.title {
			t.Errorf("%q in %s: %s %s", c.query, c.lang, h.Title.Lang, marked(h.Title))
		}
		if got := strings.TrimSpace(h.Text.Lang + " " + marked(h.Text)); got != c.text {
			t.Errorf("%q in %s: %s", c.query, c.lang, got)
		}
	}
	// A name that stands in several languages as it is written is shown in the reader's, or else in the original.
	p := told()
	for lang, title := range map[string]string{"vi": "Đến biên giới", "zh-Hans": "去边境", "my": "နယ်စပ်သို့"} {
		p.Routes[0].Title[lang] = title
	}
	p.Routes[0].Summary = routes.Text{
		"en": "An office, BATWC, tells of it.", "th": "BATWC เล่าเรื่องนี้", "vi": "BATWC kể về việc này.", "my": "သူတို့ ပြောသည်။", "zh-Hans": "BATWC 讲述了此事。",
	}
	save(t, s, p, nil)
	for lang, want := range map[string]string{
		"en": "en An office, [BATWC], tells of it.", "th": "th [BATWC] เล่าเรื่องนี้", "vi": "vi [BATWC] kể về việc này.", "zh-Hans": "zh-Hans [BATWC] 讲述了此事。",
		"my": "en An office, [BATWC], tells of it.", "xx": "en An office, [BATWC], tells of it.",
	} {
		h := search(t, s, "batwc", lang, 1)[0]
		if got := h.Text.Lang + " " + marked(h.Text); !strings.HasPrefix(got, want) {
			t.Errorf("for a reader of %s: %s, want %s", lang, got, want)
		}
	}
	h := search(t, s, "border", "th", 1)[0]
	if marked(h.Title) != "ถึงชายแดน" || !h.Title.Draft || marked(h.Text) != "To the [border]" || h.Text.Draft {
		t.Errorf("%+v", h)
	}
}

func TestAResultSaysWhereItIsTold(t *testing.T) {
	s, _ := temporary(t)
	save(t, s, told(), nil)
	for query, want := range map[string]string{
		"bangkok": "stop r.bangkok r bangkok", "border": "route r r ", "cable": "source 08BEIJING4697 r ", "helpdesk": "site s r ",
		"lampang": "site s r ", "mandalay": "place untold r ",
	} {
		h := search(t, s, query, "en", 1)[0]
		if got := strings.Join([]string{string(h.Told.Kind), h.Told.ID, h.Told.Route, h.Told.Stop}, " "); got != want {
			t.Errorf("%q is told at %q", query, got)
		}
	}
}

func TestASearchFindsWhatIsThereNow(t *testing.T) {
	s, path := temporary(t)
	p := told()
	save(t, s, p, nil)
	p.Places[0].Title = routes.Text{"en": "Hat Yai"}
	p.Sites = nil
	save(t, s, p, nil)
	if got := found(search(t, s, "กรุงเทพ", "en", 10)); len(got) > 0 {
		t.Errorf("what is gone is found: %q", got)
	}
	if got := found(search(t, s, "hat yai", "en", 10)); !slices.Equal(got, []string{"place bangkok", "stop r.bangkok", "finding f"}) {
		t.Errorf("after a change: %q", got)
	}
	other := told()
	other.About.ID, other.Routes[0].ID = "other", "q"
	save(t, s, other, nil)
	if got := found(search(t, s, "helpdesk", "en", 10)); len(got) != 1 {
		t.Errorf("in two packs: %q", got)
	}
	_ = s.Close()

	// What a former version has saved, and one that cuts words in another way.
	for _, statement := range []string{`DELETE FROM entries`, `UPDATE meta SET value = 'other' WHERE key = 'entries'`} {
		db, err := sql.Open("sqlite3", "file:"+strings.NewReplacer(" ", "%20", "%", "%25", "?", "%3f", "#", "%23").Replace(path))
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range []string{statement, `DELETE FROM meta WHERE key = 'entries' AND value <> 'other'`} {
			if _, err := db.ExecContext(context.Background(), one); err != nil {
				t.Fatal(err)
			}
		}
		_ = db.Close()
		s = open(t, path)
		if got := fmt.Sprint(found(search(t, s, "bangkok", "en", 10)), found(search(t, s, "hat", "en", 10))); got !=
			"[place bangkok stop q.bangkok route q route r site s finding f] [place bangkok stop r.bangkok finding f]" {
			t.Errorf("derived anew: %s", got)
		}
		_ = s.Close()
	}
}

func TestALongTextIsCutAroundWhatWasFound(t *testing.T) {
	s, _ := temporary(t)
	p := told()
	p.Routes[0].Summary = routes.Text{
		"en": strings.Repeat("One says this. ", 40) + "Then comes the harbour. " + strings.Repeat("Others say that. ", 40),
		"th": strings.Repeat("ผู้คนจำนวนมาก", 40) + "ท่าเรือ" + strings.Repeat("ถูกพาต่อไป", 40),
	}
	save(t, s, p, nil)
	for query, lang := range map[string]string{"harbour": "en", "ท่าเรือ": "th"} {
		got := marked(search(t, s, query, lang, 1)[0].Text)
		if !strings.Contains(got, "["+query+"]") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || len([]rune(got)) > 200 {
			t.Errorf("%q: %s", query, got)
		}
	}
}

// What is looked for may stand behind the end of a passage, or reach over it: a passage is none the longer for it.
func TestAPassageEndsWhereItEnds(t *testing.T) {
	s, _ := temporary(t)
	p := told()
	p.Routes[0].Summary = routes.Text{
		"en": "Then comes the harbour. " + strings.Repeat("Others say that. ", 40) + "There is the harbour again.",
		"th": strings.Repeat("ผู้คนจำนวนมาก", 40) + strings.Repeat("ท่าเรือ", 60),
	}
	save(t, s, p, nil)
	for query, lang := range map[string]string{"harbour": "en", "ท่าเรือ": "th", strings.Repeat("ท่าเรือ", 40): "th"} {
		got := search(t, s, query, lang, 1)[0].Text.String()
		if n := len([]rune(got)); n > 184 || !strings.HasSuffix(got, " …") {
			t.Errorf("%.30q: %d characters, %s", query, n, got)
		}
	}
}

// Pages of a search follow one another without a gap and without anything twice, and the last says that it is.
func TestASearchGoesOnOverPages(t *testing.T) {
	s, _ := temporary(t)
	save(t, s, many(40), nil)
	for _, text := range []string{"bangkok", "town", "yunnan"} {
		all := found(search(t, s, text, "en", 1000))
		var list []string
		view(t, s, func(v *store.View) {
			for more := true; more; {
				page, err := v.Search(context.Background(), store.SearchQuery{Text: text, Lang: "en", Limit: 7, Offset: len(list)})
				if err != nil || len(page.Hits) == 0 {
					t.Fatalf("%q: after %d: %v, %v", text, len(list), page, err)
				}
				list, more = append(list, found(page.Hits)...), page.More
			}
			if n, err := v.CountFound(context.Background(), text); err != nil || n != len(all) {
				t.Errorf("%q: %d are counted and %d found: %v", text, n, len(all), err)
			}
			if page, err := v.Search(context.Background(), store.SearchQuery{Text: text, Lang: "en", Limit: 7, Offset: 1 << 40}); err != nil || len(page.Hits) > 0 || page.More {
				t.Errorf("%q: after everything: %v, %v", text, page, err)
			}
		})
		if len(all) < 40 || !slices.Equal(list, all) {
			t.Errorf("%q: pages have %v, all is %v", text, list, all)
		}
	}
}
