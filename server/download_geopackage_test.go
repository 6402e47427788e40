package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"
	"time"

	"corridor/download"
	"corridor/routes"
	"corridor/server"
	"corridor/store"
)

// importing is a context that imports a further edition of the content whenever somebody is about to wait for something.
type importing struct {
	context.Context //nolint:containedctx // it is one
	next            func()
}

func (i importing) Done() <-chan struct{} {
	i.next()
	return i.Context.Done()
}

// Features are cited from sources, whose table is in the same file: both are of one state of the content, whatever is imported meanwhile.
func TestAGeoPackageIsOfOneStateOfTheContent(t *testing.T) {
	var db *store.Store
	serverWith(t, func(c *server.Config) { db = c.Store })
	pack, places := firstPack(t)
	edition, most := 0, 4
	ctx := importing{t.Context(), func() {
		if edition++; edition > most {
			return
		}
		next := pack
		next.About.Attribution, next.Sources = fmt.Sprintf("Authors of edition %d.", edition), slices.Clone(pack.Sources[:1])
		next.Sources[0].Title = fmt.Sprintf("Source of edition %d.", edition)
		if _, err := db.SavePack(t.Context(), next, routes.Compile(next, places)); err != nil && !errors.Is(err, store.ErrKept) { // the export reads the former one
			t.Error(err)
		}
	}}
	var file bytes.Buffer
	if err := server.Export(ctx, db, server.ExportOptions{Format: download.GPKG, ID: "stops", Now: time.Now(), Folder: t.TempDir()}, &file); err != nil {
		t.Fatal(err)
	}
	said := map[string][]string{} // of which editions the file has authors and sources; texts stand in it as they are
	for _, found := range regexp.MustCompile(`(Authors|Source) of edition (\d+)\.`).FindAllStringSubmatch(file.String(), -1) {
		if of := found[2]; !slices.Contains(said[of], found[1]) {
			said[of] = append(said[of], found[1])
		}
	}
	if edition < most || len(said) != 1 || len(slices.Collect(maps.Values(said))[0]) != 2 {
		t.Errorf("after %d editions the file has, by edition, %v", edition, said)
	}
}
