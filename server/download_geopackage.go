package server

import (
	"context"
	"errors"
	"io"
	"os"

	"corridor/download"
	"corridor/routes"
	"corridor/store"
)

// makeGeoPackage fills a file under a path and gives the version of the content that it is of. What the file says of itself and its
// sources are of the same state as its features.
func (d downloads) makeGeoPackage(ctx context.Context, db *store.Store, f fileOf, path string) (version string, err error) {
	g := store.GeoPackage{Lang: d.lang, HistoricalBefore: d.historicalBefore, Attribution: attribution, Made: d.made}
	err = db.SlowView(ctx, func(v *store.View) error {
		version = v.Version
		doc, err := d.document(ctx, v, f)
		if err != nil {
			return err
		}
		have, err := v.Languages(ctx)
		if err != nil {
			return err
		}
		g.Sources = doc.Sources
		for i, c := range f.collections {
			g.Layers = append(g.Layers, store.GeoPackageLayer{
				Query: f.params.query(c, contentLanguage(f.params.Lang, have)), Description: doc.Layers[i].Title,
				Metadata: doc.Metadata(doc.Layers[i]), Columns: fileColumns(doc.Layers[i]),
				Style: func(s store.Shape) string { return download.Style(c.id, dimensionOf(s), doc.Term) },
			})
		}
		return v.WriteGeoPackage(ctx, path, g)
	})
	return version, err
}

func dimensionOf(s store.Shape) download.Dimension {
	switch s {
	case store.Lines:
		return download.Curves
	case store.Areas:
		return download.Surfaces
	}
	return download.Spots
}

// fileColumns says where the database finds the values of a layer's columns, as [downloads.feature] does it.
func fileColumns(l download.Layer) []store.FileColumn {
	var list []store.FileColumn
	for _, c := range l.Columns {
		column := store.FileColumn{Name: c.Name, Type: [...]string{
			download.Text: "TEXT", download.Integer: "INTEGER", download.Number: "DOUBLE", download.Truth: "BOOLEAN",
		}[c.Kind]}
		switch {
		case c.Name == "historical":
			column.From = store.FromYear
		case c.Name == "attribution":
			column.From = store.FromAttribution
		case c.Name == "licence" && l.Collection == routes.Places:
			column.From = store.FromLicence
		case c.Name == "citation" && l.Collection == routes.Places:
			column.Property = "origin"
		}
		list = append(list, column)
	}
	return list
}

// temporary makes a GeoPackage, which is gone when it is closed, and gives the version of the content that it is of.
func (d downloads) temporary(ctx context.Context, db *store.Store, f fileOf) (file *goneFile, version string, err error) {
	made, err := os.CreateTemp(d.folder, ".corridor-*")
	if err != nil {
		return nil, "", err
	}
	whole := false
	defer func() { // even where making it panics
		if !whole {
			err = errors.Join(err, (&goneFile{made}).Close())
		}
	}()
	if version, err = d.makeGeoPackage(ctx, db, f, made.Name()); err != nil {
		return nil, "", err
	}
	if _, err = made.Seek(0, io.SeekStart); err != nil {
		return nil, "", err
	}
	whole = true
	return &goneFile{made}, version, nil
}

// goneFile is a file that is removed when it is closed.
type goneFile struct{ *os.File }

// Close closes and removes it.
func (f *goneFile) Close() error { return errors.Join(f.File.Close(), os.Remove(f.Name())) }
