package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"corridor/download"
	"corridor/routes"
	"corridor/static"
	"corridor/store"
)

// fileOf is what a file of the data holds.
type fileOf struct {
	collections []dataCollection
	// params narrow it; its Route is set where the file is a route's.
	params itemsParams
	// isRoute says that the file is of a route: all that is told of it, from every collection that tells of routes.
	isRoute bool
	// source is the address where the file can be had again, empty where that is not known.
	source string
}

// name is the file's, without its extension.
func (f fileOf) name() string {
	if f.isRoute {
		return "corridor-" + f.params.Route
	}
	return "corridor-" + string(f.collections[0].id)
}

// address is that of the file below the server's root, without its extension and its parameters.
func (f fileOf) address() string {
	if f.isRoute {
		return "/api/routes/" + f.params.Route + "/download."
	}
	return "/api/collections/" + string(f.collections[0].id) + "/download."
}

// routeFile is the file of a route.
func routeFile(id, lang string) fileOf {
	f := fileOf{params: itemsParams{Route: id, Lang: lang}, isRoute: true}
	for _, c := range dataCollections() {
		if c.id != routes.Places {
			f.collections = append(f.collections, c)
		}
	}
	return f
}

// downloads makes files of the data.
type downloads struct {
	// texts are the interface's in the file's language, whose tag lang is.
	texts  static.Strings
	lang   string
	render renderer
	// historicalBefore is the first year whose sources are no historical account.
	historicalBefore int
	// made is when a file that says so was made.
	made time.Time
	// folder is where files are made that do not stream; the system's for temporary files where empty.
	folder string
}

// document is what a file says of itself.
func (d downloads) document(ctx context.Context, v *store.View, f fileOf) (download.Document, error) {
	doc := download.Document{
		Name: f.name(), Lang: d.lang, Address: f.source, Notes: []string{d.texts.Format("note.boundary"), d.texts.Format("map.notPath")},
		Historical: d.texts.Format("claim.historical"), TooLong: d.texts.Format("data.tooLong"),
		Term: func(list, code string) string { return d.texts.Format("term." + list + "." + code) },
	}
	abouts, err := v.Abouts(ctx)
	if err != nil {
		return doc, err
	}
	pack := ""
	doc.Title, doc.Description = d.texts.Format("data.collection."+string(f.collections[0].id)), d.texts.Format("data.about."+string(f.collections[0].id))
	if f.isRoute {
		told, err := v.Route(ctx, f.params.Route)
		if err != nil {
			return doc, err
		}
		pack = told.About.ID
		doc.Title = d.render.words(told.About, told.Routes[0].Title, d.lang).Plain
		doc.Description = d.render.words(told.About, told.Routes[0].Summary, d.lang).Plain
	}
	whose, err := creditOf(slices.DeleteFunc(abouts, func(about routes.About) bool { return pack != "" && about.ID != pack }))
	if err != nil {
		return doc, err
	}
	doc.Licences, doc.Attribution = whose.licences, whose.attribution
	for _, c := range f.collections {
		doc.Layers = append(doc.Layers, d.layer(c))
	}
	doc.Sources, err = v.Sources(ctx, pack)
	return doc, err
}

// layer describes a collection, whose rows all name licence, citation and whom to name.
func (d downloads) layer(c dataCollection) download.Layer {
	l := download.Layer{
		Collection: c.id, Title: d.texts.Format("data.collection." + string(c.id)), Description: d.texts.Format("data.about." + string(c.id)),
	}
	all := slices.Clone(c.properties)
	for _, name := range []string{"citation", "licence", "attribution"} {
		if _, there := c.property(name); !there {
			all = append(all, text(name)...)
		}
	}
	for _, p := range all {
		kind := map[valueKind]download.Kind{anInteger: download.Integer, aNumber: download.Number, aTruth: download.Truth}[p.kind]
		l.Columns = append(l.Columns, download.Column{Name: p.name, Title: d.texts.Format("data.property." + p.name), Kind: kind})
	}
	return l
}

// features gives a file's features as the database finds them, one collection after the other.
func (d downloads) features(ctx context.Context, v *store.View, f fileOf) (iter.Seq2[download.Feature, error], error) {
	abouts, err := v.Abouts(ctx)
	if err != nil {
		return nil, err
	}
	packs := make(map[string]routes.About, len(abouts))
	for _, about := range abouts {
		packs[about.ID] = about
	}
	have, err := v.Languages(ctx)
	if err != nil {
		return nil, err
	}
	lang := contentLanguage(f.params.Lang, have)
	return func(yield func(download.Feature, error) bool) {
		for _, c := range f.collections {
			for item, err := range v.Each(ctx, f.params.query(c, lang)) {
				var feature download.Feature
				if err == nil {
					feature, err = d.feature(c.id, item, packs[item.Pack])
				}
				if !yield(feature, err) || err != nil {
					return
				}
			}
		}
	}, nil
}

// feature makes a row of a file of an item.
func (d downloads) feature(c routes.Collection, item store.Item, pack routes.About) (download.Feature, error) {
	f := download.Feature{Collection: c, ID: item.FID, BBox: item.Box, Geometry: item.Geometry}
	var more []byte
	if item.AsOf != 0 {
		more = strconv.AppendBool(append(more, `,"historical":`...), item.AsOf < d.historicalBefore)
	}
	pairs := []string{"attribution", pack.Attribution + "; " + attribution}
	if c == routes.Places { // it is cited from data sets
		var place struct{ Origin string }
		if err := json.Unmarshal([]byte(item.Properties), &place); err != nil {
			return f, fmt.Errorf("%s %s: %w", c, item.FID, err)
		}
		pairs = append(pairs, "citation", place.Origin, "licence", pack.Licence)
	}
	for i := 0; i < len(pairs); i += 2 {
		value, err := json.Marshal(pairs[i+1])
		if err != nil {
			return f, err
		}
		more = append(append(append(append(more, `,"`...), pairs[i]...), `":`...), value...)
	}
	f.Properties = strings.TrimSuffix(item.Properties, "}") + string(more) + "}"
	return f, nil
}

// write writes a file of a format that streams.
func (d downloads) write(ctx context.Context, v *store.View, f fileOf, format download.Format, w io.Writer) error {
	doc, err := d.document(ctx, v, f)
	if err != nil {
		return err
	}
	features, err := d.features(ctx, v, f)
	if err != nil {
		return err
	}
	return download.Write(w, format, doc, features)
}

// ExportOptions say what [Export] writes.
type ExportOptions struct {
	Format download.Format
	// ID is that of a collection, or of a route, of which all that is told is written.
	ID string
	// Lang is a BCP 47 tag, empty for English words and each pack's own texts.
	Lang string
	// Now is the present time, by which old sources are told.
	Now time.Time
	// Folder is where a file that cannot be streamed is made before it is written; the system's for temporary files where empty.
	Folder string
}

// Export writes a file of data. The error is [store.ErrNotFound] where there is nothing of the id, and [ErrLanguage] for what is no
// tag. What is written when it gives an error is no complete file.
func Export(ctx context.Context, db *store.Store, o ExportOptions, w io.Writer) error {
	d, err := newDownloads(&o)
	if err != nil {
		return err
	}
	f := routeFile(o.ID, o.Lang)
	for _, c := range dataCollections() {
		if string(c.id) == o.ID {
			f = fileOf{collections: []dataCollection{c}, params: itemsParams{Lang: o.Lang}}
		}
	}
	if o.Format.Streams() {
		return db.SlowView(ctx, func(v *store.View) error { return d.write(ctx, v, f, o.Format, w) })
	}
	file, _, err := d.temporary(ctx, db, f)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // nothing is lost with it
	_, err = io.Copy(w, file)
	return err
}

// newDownloads makes files without a server, and brings the language to its canonical tag.
func newDownloads(o *ExportOptions) (downloads, error) {
	const standard = "en"
	d := downloads{lang: standard, render: newRenderer(), historicalBefore: o.Now.Year() - historicalAfter, made: o.Now, folder: o.Folder}
	all, err := static.Languages()
	if err != nil {
		return d, err
	}
	if o.Lang != "" {
		tag, err := parseLanguage(o.Lang)
		if err != nil {
			return d, fmt.Errorf("%w: %q", ErrLanguage, o.Lang)
		}
		o.Lang = tag.String()
		if words := contentLanguage(o.Lang, static.Tags(all)); slices.Contains(static.Tags(all), words) {
			d.lang = words
		}
	}
	d.texts = all[d.lang]
	return d, nil
}
