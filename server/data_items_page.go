package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/routes"
	"corridor/store"
)

// itemsPage answers a page of a collection as a table with a map.
func (s *Server) itemsPage(w http.ResponseWriter, r *http.Request, c dataCollection, p itemsParams) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.inLanguage(r, lang, func(v *store.View, content string) error {
		if s.dataPageUnchanged(w, r, v.Version, lang) {
			return nil
		}
		q := p.query(c, content)
		items, more, err := v.Items(r.Context(), q)
		if err != nil {
			return err
		}
		matched, err := s.matched(r.Context(), v, q, len(items), more)
		if err != nil {
			return err
		}
		page := s.dataPage(r, lang)
		if page.Data.Collection, err = s.collectionView(r, v, &page, c); err != nil {
			return err
		}
		page.titled(page.Data.Collection.About, collectionsCrumb(page),
			LinkView{page.Data.Collection.Title, page.Data.Collection.URL}, LinkView{page.T("data.items"), ""})
		page.Title = page.T("data.itemsOf", "collection", page.Data.Collection.Title) + " · " + page.T("site.name")
		page.Data.Formats[0].Title = "GeoJSON"
		page.Data.Files = fileOf{collections: []dataCollection{c}}.files(r.URL.Query(), lang)
		if err := s.fillItems(r, &page, c, p, items); err != nil {
			return err
		}
		if p.Route != "" && len(items) > 0 {
			page.Data.Sources = sourcesAddress(p.Route)
		}
		if matched != nil {
			page.Data.Items.Matched = *matched
		}
		if more {
			last := items[len(items)-1]
			keys, err := last.Keys(p.Sort)
			if err != nil {
				return err
			}
			page.Data.Items.Next = p.next(r.URL, last.ID, keys)
		}
		s.mapOf(r, &page, c, with(r.URL, "f", "json", "lang", lang, "v", s.edition(v.Version)))
		return s.render(w, "api-items.html", http.StatusOK, page)
	})
}

// withoutEmpty gives an address without its empty parameters; empty where it has none.
func withoutEmpty(u *url.URL) string {
	q := u.Query()
	had := len(q)
	for name, values := range q {
		if slices.Equal(values, []string{""}) {
			q.Del(name)
		}
	}
	if len(q) == had {
		return ""
	}
	return u.EscapedPath() + "?" + q.Encode()
}

func (s *Server) fillItems(r *http.Request, page *Page, c dataCollection, p itemsParams, items []store.Item) error {
	q := r.URL.Query()
	view := &ItemsView{
		Matched: -1, Filters: c.filterViews(page, q), Box: q.Get("bbox"), Datetime: q.Get("datetime"), Route: q.Get("route"),
		Active: c.activeFilters(page, r.URL),
	}
	if p.After > 0 {
		view.First = with(r.URL, "cursor", "")
	}
	view.keep(c.known, q)
	for _, name := range c.columns {
		view.Columns = append(view.Columns, columnOf(r.URL, page, name, p.Sort))
	}
	var years []int
	for _, item := range items {
		row, err := s.rowOf(page, c, item)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, row)
		if item.AsOf > 0 {
			years = append(years, item.AsOf)
		}
	}
	s.date(page, years)
	page.Data.Items = view
	return nil
}

// activeFilters are those that an address has, each with the address without it.
func (c dataCollection) activeFilters(page *Page, u *url.URL) []ActiveFilterView {
	q := u.Query()
	var list []ActiveFilterView
	add := func(name, about, value string) {
		if value != "" {
			list = append(list, ActiveFilterView{name, about, value, with(u, name, "", "cursor", "", "offset", "", "v", "")})
		}
	}
	add("bbox", page.T("data.box"), q.Get("bbox"))
	add("datetime", page.T("data.time"), q.Get("datetime"))
	add("route", page.T("data.property.route"), q.Get("route"))
	for _, p := range c.filters {
		value := q.Get(p.name)
		if slices.Contains(p.codes(), value) {
			value = page.T("term." + p.list + "." + value)
		}
		add(p.name, page.T("data.property."+p.name), value)
	}
	return list
}

// keep notes the parameters that the form with the filters does not ask for, so that they stay.
func (v *ItemsView) keep(known []string, q url.Values) {
	asked := []string{"bbox", "datetime", "route", "cursor", "offset", "v"}
	for _, f := range v.Filters {
		asked = append(asked, f.Name)
	}
	for _, name := range known {
		if value := q.Get(name); value != "" && !slices.Contains(asked, name) {
			v.Kept = append(v.Kept, LinkView{name, value})
		}
	}
}

// rowOf is a feature in the table of its collection.
func (s *Server) rowOf(page *Page, c dataCollection, item store.Item) (RowView, error) {
	properties, lang, err := readProperties(item)
	if err != nil {
		return RowView{}, err
	}
	row := RowView{
		URL:   dataAddress("/collections/"+string(c.id)+"/items/"+url.PathEscape(item.FID), page.Lang),
		Title: CellView{Text: fmt.Sprint(properties["title"]), Lang: lang}, Draft: properties["draft"] == true,
	}
	for _, name := range c.columns {
		of, _ := c.property(name)
		cell := of.cell(properties[name], page.Strings, lang)
		if name == "as_of" && item.AsOf < s.historicalBefore() {
			cell.Text += " · " + page.T("claim.historical")
		}
		row.Cells = append(row.Cells, cell)
	}
	page.HasDrafts = page.HasDrafts || row.Draft
	return row, nil
}

// readProperties reads an item's properties and the language that they are in.
func readProperties(item store.Item) (properties map[string]any, lang string, err error) {
	if err := json.Unmarshal([]byte(item.Properties), &properties); err != nil {
		return nil, "", fmt.Errorf("properties of %s: %w", item.FID, err)
	}
	lang, _ = properties["lang"].(string)
	return properties, lang, nil
}

// columnOf is a column whose head sorts by it, or the other way round where it does already.
func columnOf(u *url.URL, page *Page, name string, sort []store.Order) ColumnView {
	c := ColumnView{Name: name, About: page.T("data.property." + name), Sorted: "none", URL: with(u, "sortby", name, "cursor", "")}
	if len(sort) > 0 && sort[0].Property == name {
		c.Sorted = "ascending"
		if sort[0].Descending {
			c.Sorted = "descending"
		} else {
			c.URL = with(u, "sortby", "-"+name, "cursor", "")
		}
	}
	return c
}

// filterViews are the properties of which a reader can choose one code.
func (c dataCollection) filterViews(page *Page, q url.Values) []FilterView {
	var list []FilterView
	for _, p := range c.filters {
		if p.kind != aCode || len(p.vocabulary) == 0 {
			continue
		}
		f := FilterView{Name: p.name, About: page.T("data.property." + p.name)}
		for _, term := range p.vocabulary {
			f.Options = append(f.Options, OptionView{term.Code, page.T("term." + p.list + "." + term.Code), q.Get(p.name) == term.Code})
		}
		list = append(list, f)
	}
	return list
}

// mapOf lets the page's script show features on the map.
func (s *Server) mapOf(r *http.Request, page *Page, c dataCollection, address string) {
	page.Script = "data"
	page.Client.Addresses = s.clientAddresses(r.URL.RequestURI(), page.Lang, "", "")
	page.Client.Data = &ClientFeatures{Collection: c.id, Address: address}
}

// ClientFeatures are the features that a page of the API shows.
type ClientFeatures struct {
	Collection routes.Collection `json:"collection"`
	// Address is that of a FeatureCollection or of one feature.
	Address string `json:"address"`
}

// itemPage answers a feature with all of its properties.
func (s *Server) itemPage(w http.ResponseWriter, r *http.Request, c dataCollection) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.inLanguage(r, lang, func(v *store.View, content string) error {
		item, err := v.Item(r.Context(), c.id, chi.URLParam(r, "fid"), content)
		if err != nil {
			return err
		}
		if s.dataPageUnchanged(w, r, v.Version, lang) {
			return nil
		}
		page := s.dataPage(r, lang)
		if page.Data.Collection, err = s.collectionView(r, v, &page, c); err != nil {
			return err
		}
		if page.Data.Feature, err = s.featureView(&page, c, item); err != nil {
			return err
		}
		page.titled(page.Data.Feature.Title.Text, collectionsCrumb(page), LinkView{page.Data.Collection.Title, page.Data.Collection.URL},
			LinkView{page.T("data.items"), page.Data.Collection.ItemsURL}, LinkView{page.Data.Feature.Title.Text, ""})
		page.Data.Formats[0].Title = "GeoJSON"
		route, err := routeOf(item)
		if err != nil {
			return err
		}
		if route != "" {
			page.Data.Sources = sourcesAddress(route)
		}
		if item.Geometry != "" {
			s.mapOf(r, &page, c, with(r.URL, "f", "json", "lang", lang, "v", s.edition(v.Version)))
		}
		return s.render(w, "api-item.html", http.StatusOK, page)
	})
}

func (s *Server) featureView(page *Page, c dataCollection, item store.Item) (*FeatureView, error) {
	properties, lang, err := readProperties(item)
	if err != nil {
		return nil, err
	}
	view := &FeatureView{
		ID: item.FID, Title: CellView{Text: fmt.Sprint(properties["title"]), Lang: lang}, Draft: properties["draft"] == true, AsOf: item.AsOf,
		Historical: item.AsOf > 0 && item.AsOf < s.historicalBefore(),
	}
	view.Citation, _ = properties["citation"].(string)
	if item.AsOf > 0 {
		properties["historical"] = view.Historical
		s.date(page, []int{item.AsOf})
	}
	page.HasDrafts = page.HasDrafts || view.Draft
	for _, p := range c.properties {
		value, ok := properties[p.name]
		if !ok || p.name == "title" {
			continue
		}
		cell := p.cell(value, page.Strings, lang)
		if strings.TrimSpace(cell.Text) != "" {
			view.Properties = append(view.Properties, PropertyView{Name: p.name, About: page.T("data.property." + p.name), Type: p.typeName(), Value: cell})
		}
	}
	return view, nil
}
