package server

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"corridor/routes"
	"corridor/static"
	"corridor/store"
)

// Limits of a search of the content.
const (
	maxSearch          = 200 // characters that may be looked for
	maxSearchLimit     = 50
	defaultSearchLimit = 10
	pageSearchLimit    = maxSearchLimit
)

// searchParams are the query parameters of a search of the content.
type searchParams struct {
	// Text is what is looked for, q: 1 to 200 characters.
	Text string
	// Lang is the language of the results, "" for each pack's own.
	Lang string
	// Limit is how many results a page has, from 1 to 50: 10 where left out.
	Limit int
	// Offset is how many results are passed over.
	Offset int
}

// parseSearch reads the parameters of a search. The error names the first that cannot be used.
func parseSearch(q url.Values) (p searchParams, err error) {
	if err = onlyParams(q, "q", "lang", "limit", "offset"); err != nil {
		return p, err
	}
	if p.Text, err = searchText(q); err != nil {
		return p, err
	}
	if p.Text == "" {
		return p, &paramError{"q", "write into it what to look for"}
	}
	if p.Lang, err = langParam(q); err != nil {
		return p, err
	}
	p.Limit = defaultSearchLimit
	if q.Has("limit") {
		if p.Limit, err = parseLimit(q.Get("limit"), maxSearchLimit); err != nil {
			return p, err
		}
	}
	p.Offset, err = offsetParam(q)
	return p, err
}

// offsetParam reads how many are passed over: none where it is left out.
func offsetParam(q url.Values) (int, error) {
	if !q.Has("offset") {
		return 0, nil
	}
	return parseOffset(q.Get("offset"))
}

// searchText reads what is looked for; it may be empty.
func searchText(q url.Values) (string, error) {
	text := q.Get("q")
	switch {
	case !utf8.ValidString(text):
		return "", &paramError{"q", "it is not UTF-8"}
	case utf8.RuneCountInString(text) > maxSearch:
		return "", &paramError{"q", fmt.Sprintf("it is longer than %d characters", maxSearch)}
	}
	return strings.TrimSpace(text), nil
}

// contentSearch is the answer to a search of the content.
type contentSearch struct {
	Query   string         `json:"query"`
	Results []searchResult `json:"results"`
	// NumberMatched is how many there are on all pages; left out where they are too many to count.
	NumberMatched *int   `json:"number_matched,omitempty"`
	BoundaryNote  string `json:"boundary_note"`
	// Links lead to the next page where there is one.
	Links []link `json:"links"`
}

// searchResult is an entry that a search found. Marks are what was looked for: from and to, in characters (Unicode code
// points) of the text before.
type searchResult struct {
	Type routes.EntryKind `json:"type"`
	// Kind is the type in the words of the interface, in the language asked for or the nearest.
	Kind string `json:"kind"`
	// ID is the document's; of a stop its route's and its own.
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Lang       string   `json:"lang"`
	Draft      bool     `json:"draft"`
	TitleMarks [][2]int `json:"title_marks"`
	// The snippet may be empty, and in another language than the title.
	Snippet      string   `json:"snippet"`
	SnippetLang  string   `json:"snippet_lang"`
	SnippetDraft bool     `json:"snippet_draft"`
	SnippetMarks [][2]int `json:"snippet_marks"`
	// AsOf is the year that the source speaks of, Historical whether that is long ago; neither where the entry is no statement.
	AsOf       int    `json:"as_of,omitempty"`
	Historical bool   `json:"historical,omitempty"`
	URL        string `json:"url"`
}

// search answers a search of the content. What is looked for is written nowhere.
func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	p, err := parseSearch(r.URL.Query())
	if err != nil {
		return err
	}
	texts := s.textsFor(p.Lang)
	return s.inLanguage(r, p.Lang, func(v *store.View, lang string) error {
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		found, err := v.Search(r.Context(), store.SearchQuery{Text: p.Text, Lang: lang, Limit: p.Limit, Offset: p.Offset})
		if err != nil {
			return err
		}
		answer := contentSearch{
			Query: p.Text, Results: make([]searchResult, len(found.Hits)), BoundaryNote: texts.Format("data.boundary"),
			Links: []link{{Href: s.BaseURL + r.URL.RequestURI(), Rel: "self", Type: jsonType}},
		}
		n, err := countOf(r, v, p.Text, p.Offset, found)
		if err != nil {
			return err
		}
		if n < store.MostCounted {
			answer.NumberMatched = &n
		}
		if found.More {
			answer.Links = append(answer.Links, link{Href: s.BaseURL + nextResults(r.URL, p.Offset, found), Rel: "next", Type: jsonType})
		}
		for i, h := range found.Hits {
			answer.Results[i] = searchResult{
				Type: h.Kind, Kind: texts.Format("find.kind." + string(h.Kind)), ID: h.ID,
				Title: h.Title.String(), Lang: h.Title.Lang, Draft: h.Title.Draft, TitleMarks: marksOf(h.Title),
				Snippet: h.Text.String(), SnippetLang: h.Text.Lang, SnippetDraft: h.Text.Draft, SnippetMarks: marksOf(h.Text),
				AsOf: h.AsOf, Historical: s.historical(h.AsOf), URL: s.absolute(addressOfHit(h, p.Lang)),
			}
		}
		return writeJSON(w, answer)
	})
}

// countOf is how many results there are on all pages, of which one begins after so many; [store.MostCounted] for that and for more.
func countOf(r *http.Request, v *store.View, text string, offset int, page store.Found) (int, error) {
	if offset == 0 && !page.More {
		return len(page.Hits), nil
	}
	return v.CountFound(r.Context(), text)
}

// nextResults is the address of the page after one that begins after so many results.
func nextResults(u *url.URL, offset int, page store.Found) string {
	return with(u, "offset", strconv.Itoa(offset+len(page.Hits)))
}

// textsFor gives the interface's texts in the language nearest to one.
func (s *Server) textsFor(lang string) static.Strings {
	_, i, confidence := s.matcher.Match(language.Make(lang))
	if confidence == language.No {
		i = 0
	}
	return s.strings[s.tags[i]]
}

func (s *Server) historical(year int) bool { return year != 0 && year < s.historicalBefore() }

// marksOf gives what was found in a passage, in characters.
func marksOf(p store.Passage) [][2]int {
	marks, at := [][2]int{}, 0
	for _, piece := range p.Pieces {
		end := at + utf8.RuneCountInString(piece.Text)
		if piece.Found {
			marks = append(marks, [2]int{at, end})
		}
		at = end
	}
	return marks
}

// addressOfHit is where a reader finds what a search found.
func addressOfHit(h store.Hit, lang string) string {
	told := h.Told
	if told.Route == "" {
		return homeAddress(lang)
	}
	page := routeAddress(told.Route, lang, told.Stop)
	switch told.Kind {
	case routes.LessonEntry:
		return presentAddress(told.Route, told.ID, lang)
	case routes.SiteEntry, routes.MovementEntry, routes.SourceEntry, routes.FindingEntry: // the anchors of the route's page
		return page + "#" + string(told.Kind) + "-" + told.ID
	case routes.RouteEntry, routes.StopEntry, routes.PlaceEntry:
	}
	return page
}

// FindView is the box in which readers write what they look for.
type FindView struct {
	Query string
	// Script and Style are the addresses of what completes the search while one types; Texts are what that says.
	Script, Style string
	Texts         static.Strings
}

// findView is nil in a folder, where nothing answers.
func (s *Server) findView(lang, query string) *FindView {
	if s.Folder {
		return nil
	}
	return &FindView{
		Query: query, Script: s.assets.Scripts["find"], Style: s.assets.Styles["find"],
		Texts: s.strings[lang].WithPrefixes([]string{"find.count", "find.none", "find.failed", "claim.asOf", "claim.historical", "mark.draft"}),
	}
}

// ResultsView is what a search found.
type ResultsView struct {
	Query string
	List  []ResultView
	// Count is how many there are on all pages; Uncounted says that there are more.
	Count     int
	Uncounted bool
	// From is the number of the first on the page. First and Next are addresses of other pages, empty where there are none.
	From        int
	First, Next string
}

// ResultView is one result.
type ResultView struct {
	// Kind is a code.
	Kind string
	URL  string
	// Title and Text are the passages; Text may be empty.
	Title, Text store.Passage
	// AsOf is 0 where the result is no statement of a source.
	AsOf       int
	Historical bool
}

// searchPage answers a search as a page, without a search the box alone.
func (s *Server) searchPage(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	text, err := searchText(r.URL.Query())
	if err != nil {
		return err
	}
	offset, err := offsetParam(r.URL.Query())
	if err != nil {
		return err
	}
	return s.inLanguage(r, lang, func(v *store.View, content string) error {
		if s.pageUnchanged(w, r, v.Version, lang) {
			return nil
		}
		found, err := v.Search(r.Context(), store.SearchQuery{Text: text, Lang: content, Limit: pageSearchLimit, Offset: offset})
		if err != nil {
			return err
		}
		page := s.newPage(r, lang, "search")
		page.Script, page.Style, page.Leave = "plain", "find", s.ExitURL
		page.Title = page.T("find.title") + " · " + page.T("site.name")
		page.Find = s.findView(lang, text)
		s.fillResults(&page, text, found.Hits)
		if err := fillOtherResults(r, v, page.Results, offset, found); err != nil {
			return err
		}
		return s.render(w, "search.html", http.StatusOK, page)
	})
}

func (s *Server) fillResults(page *Page, text string, hits []store.Hit) {
	v := &ResultsView{Query: text}
	var years []int
	for _, h := range hits {
		v.List = append(v.List, ResultView{
			Kind: string(h.Kind), URL: addressOfHit(h, page.Lang), Title: h.Title, Text: h.Text, AsOf: h.AsOf, Historical: s.historical(h.AsOf),
		})
		page.HasDrafts = page.HasDrafts || h.Title.Draft || h.Text.Draft
		if h.AsOf != 0 {
			years = append(years, h.AsOf)
		}
	}
	s.date(page, years)
	page.Results = v
}

// fillOtherResults tells of the results on other pages.
func fillOtherResults(r *http.Request, v *store.View, results *ResultsView, offset int, page store.Found) (err error) {
	if results.Count, err = countOf(r, v, results.Query, offset, page); err != nil {
		return err
	}
	results.From, results.Uncounted = offset+1, results.Count >= store.MostCounted
	if offset > 0 {
		results.First = with(r.URL, "offset", "")
	}
	if page.More {
		results.Next = nextResults(r.URL, offset, page)
	}
	return nil
}
