package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"corridor/download"
	"corridor/routes"
	"corridor/store"
	"corridor/store/tiles"
)

// ErrPictureTiles means that the site cannot be put in a folder, since the basemap's tiles are pictures.
var ErrPictureTiles = errors.New("a site in a folder needs a basemap of vector tiles")

// ErrNoFolder means that a server was not made with Config.Folder, so that its pages are not for files.
var ErrNoFolder = errors.New("the server's pages are not for a folder")

// SiteFile is a file of a site.
type SiteFile struct {
	Body []byte
	// Mark names all that determines the file where its bytes may differ from one making to the next, as those of a GeoPackage: with
	// the same mark it says the same. Empty where the same content gives the same bytes.
	Mark string
}

// errNewContent means that the content has changed since the site was begun.
var errNewContent = errors.New("the content has changed")

// Site gives the whole public site as plain files, by their names with slashes. It begins at the pages that readers open and
// follows every link in them, so that nothing is linked to that is not there. Where the content changes meanwhile it begins anew, so
// that all of it is of one state. Tell, where it is not nil, is told after each how many are done of those that are known by then.
// The error is the context's where that has ended.
func (s *Server) Site(ctx context.Context, tell func(done, known int)) (map[string]SiteFile, error) {
	f, ok := s.addresses.(*folder)
	if !ok {
		return nil, ErrNoFolder
	}
	if s.Basemap.Info().Format != tiles.MVT {
		return nil, ErrPictureTiles
	}
	for {
		b := &siteBuild{s: s, folder: f, tell: tell, files: map[string]SiteFile{}, asked: map[string]bool{}}
		err := b.build(ctx)
		switch {
		case ctx.Err() != nil: // what failed then says nothing of the site
			return nil, ctx.Err()
		case err == nil:
			return b.files, nil
		case !errors.Is(err, errNewContent):
			return nil, err
		}
	}
}

// build gathers the files.
func (b *siteBuild) build(ctx context.Context) error {
	var begin []string
	err := b.s.Store.View(ctx, func(v *store.View) error {
		b.version = v.Version
		packs, err := v.Routes(ctx)
		if err != nil {
			return err
		}
		begin = b.s.beginnings(packs)
		if err := b.addTiles(ctx, v, packs); err != nil {
			return err
		}
		return b.addData(ctx, v, packs)
	})
	if err != nil {
		return err
	}
	for _, address := range begin {
		if err := b.want(address); err != nil {
			return err
		}
	}
	for len(b.queue) > 0 && ctx.Err() == nil {
		address := b.queue[0]
		b.queue = b.queue[1:]
		err := b.add(ctx, address)
		if changed := b.stays(ctx); changed != nil { // what failed may have failed for it
			return changed
		}
		if err != nil {
			return err
		}
		if b.tell != nil {
			b.tell(len(b.asked)-len(b.queue), len(b.asked))
		}
	}
	return nil
}

// stays says with [errNewContent] that the content is no longer what the site was begun with.
func (b *siteBuild) stays(ctx context.Context) error {
	return b.s.Store.View(ctx, func(v *store.View) error {
		if v.Version != b.version {
			return errNewContent
		}
		return nil
	})
}

// beginnings are the addresses from which everything else is found by its links, and those that only scripts know.
func (s *Server) beginnings(packs []routes.Pack) []string {
	list := []string{"/", "/embed.js", "/robots.txt", s.assets.Styles["embed-light"], s.assets.Styles["embed-dark"]}
	ids := []string{severalRoutes}
	for _, pack := range packs {
		for _, route := range pack.Routes {
			ids = append(ids, route.ID)
		}
	}
	if s.BaseURL != "" {
		list = append(list, "/sitemap.xml")
		if parts := s.sitemapParts(len(ids) - 1); parts > 1 {
			for n := range parts {
				list = append(list, sitemapPart(n+1))
			}
		}
	}
	for _, lang := range s.tags {
		for _, page := range []string{"/", "/privacy", "/guide"} {
			list = append(list, page+query("lang", lang))
		}
		for _, id := range ids {
			list = append(list, embedAddress(id, lang, ""))
			for _, layers := range []string{"", "movements", "sites", "movements,sites"} {
				list = append(list, "/embed/"+id+".json"+query("lang", lang, "layers", layers))
			}
		}
	}
	return list
}

// siteBuild gathers the files of a site.
type siteBuild struct {
	s      *Server
	folder *folder
	tell   func(done, known int)
	// version is that of the content.
	version string
	files   map[string]SiteFile
	// queue are addresses still to be asked for; asked are the names of all files that were wanted.
	queue []string
	asked map[string]bool
}

// want asks for what the server answers at an address, once.
func (b *siteBuild) want(address string) error {
	file, _, err := b.folder.place(address)
	if err == nil && !b.asked[file] {
		b.asked[file] = true
		b.queue = append(b.queue, address)
	}
	return err
}

// add asks the server itself for an address and puts the answer into its file, with all addresses in it those of files.
func (b *siteBuild) add(ctx context.Context, address string) error {
	file, _, err := b.folder.place(address)
	if err != nil {
		return err
	}
	answer, err := b.s.ask(ctx, address)
	if err != nil {
		return err
	}
	body := answer.body.Bytes()
	switch kind, _, _ := strings.Cut(answer.header.Get("Content-Type"), ";"); {
	case answer.header.Get("Content-Disposition") != "": // a lesson in one file has everything within
	case kind == "text/html":
		body, err = b.rewritten(address, file, body)
	case kind == "text/css":
		body, err = b.restyled(file, body)
	}
	if err != nil {
		return err
	}
	mark, err := b.mark(ctx, address)
	b.files[file] = SiteFile{body, mark}
	return err
}

// mark names what determines a file of data that does not stream: the program, and the same as GeoJSON.
func (b *siteBuild) mark(ctx context.Context, address string) (string, error) {
	path, query, _ := strings.Cut(address, "?")
	of, extension, isFile := strings.Cut(path, "/download.")
	if format, known := download.ByExtension(extension); !isFile || !known || format.Streams() {
		return "", nil
	}
	same, err := b.s.ask(ctx, of+"/download."+download.GeoJSON.Extension()+"?"+query)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(b.s.build), same.body.Bytes()...))
	return hex.EncodeToString(sum[:]), nil
}

// addTiles adds the tiles of the basemap around everything that is told of, and notes for the pages which those are.
func (b *siteBuild) addTiles(ctx context.Context, v *store.View, packs []routes.Pack) error {
	var features []kitFeature
	for _, pack := range packs {
		for _, route := range pack.Routes {
			told, err := v.Told(ctx, route.ID)
			if err != nil {
				return err
			}
			for _, f := range told {
				features = append(features, kitFeature{ToldFeature: f})
			}
		}
	}
	var err error
	if b.s.boxes, err = b.s.boxesAround(features); err != nil {
		return err
	}
	pattern, _, err := b.folder.place(b.s.basemapAddress())
	if err != nil {
		return err
	}
	return b.s.eachTile(ctx, b.s.boxes, func(at tileAddress, data []byte) {
		b.files[fill(pattern, "z", at.z, "x", at.x, "y", at.y)] = SiteFile{Body: data}
	})
}

// addData adds the features of each collection in each language: of everything, of each route, and the parts of places.
func (b *siteBuild) addData(ctx context.Context, v *store.View, packs []routes.Pack) error {
	have, err := v.Languages(ctx)
	if err != nil {
		return err
	}
	for _, lang := range b.s.tags {
		content := contentLanguage(lang, have)
		for _, c := range []routes.Collection{routes.Stops, routes.Legs, routes.Movements, routes.Sites} {
			if err := b.addItems(ctx, v, lang, "", store.ItemsQuery{Collection: c, Lang: content}); err != nil {
				return err
			}
		}
		for _, pack := range packs {
			for _, route := range pack.Routes {
				for _, c := range []routes.Collection{routes.Stops, routes.Legs, routes.Movements, routes.Sites} {
					if err := b.addItems(ctx, v, lang, "", store.ItemsQuery{Collection: c, Lang: content, Route: route.ID}); err != nil {
						return err
					}
				}
			}
			for _, place := range pack.Places {
				parts := store.ItemsQuery{Collection: routes.Places, Lang: content, PartOf: place.ID}
				if err := b.addItems(ctx, v, lang, pack.About.ID, parts); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// addItems adds the file of a query's features, of one pack where one is named, however many there are; of the parts of a place only where it has any.
func (b *siteBuild) addItems(ctx context.Context, v *store.View, lang, pack string, q store.ItemsQuery) error {
	if pack != "" {
		q.Where = []store.Condition{{Property: "pack", Value: pack}}
	}
	address := "/api/collections/" + string(q.Collection) + "/items" +
		query("lang", lang, "route", q.Route, "pack", pack, "part_of", q.PartOf)
	file, _, err := b.folder.place(address)
	if err != nil {
		return err
	}
	q.Limit = maxLimit
	var all store.Page
	for more := true; more; {
		page, err := v.Page(ctx, q, b.s.historicalBefore())
		if err != nil {
			return err
		}
		if all.Count > 0 && page.Count > 0 {
			all.Features = append(all.Features, ",")
		}
		all.Features = append(all.Features, page.Features...)
		all.Count += page.Count
		q.After, more = page.Last, page.More
	}
	if all.Count == 0 && q.PartOf != "" {
		return nil
	}
	whose, err := b.s.extents.credit(ctx, v)
	if err != nil {
		return err
	}
	a := &answer{header: http.Header{}}
	if err := writeCollection(a, all, collectionHead{links: []link{}, whose: whose}); err != nil {
		return err
	}
	b.files[file] = SiteFile{Body: a.body.Bytes()}
	return nil
}

// fill puts values into the places of their names in braces.
func fill(pattern string, pairs ...any) string {
	var replacements []string
	for i := 0; i+1 < len(pairs); i += 2 {
		replacements = append(replacements, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(replacements...).Replace(pattern)
}

// EmbedChoices are what a script needs to apply the parameters of an embed's address.
type EmbedChoices struct {
	// Layered is the address of the features with {layers} beside the route: movements, sites, or both with a hyphen between.
	Layered string `json:"layered"`
	// Light and Dark are the addresses of the style sheets of the themes.
	Light string `json:"light"`
	Dark  string `json:"dark"`
}

// embedChoices gives them for the embed at an address, whose features are at another.
func (s *Server) embedChoices(at, data string) *EmbedChoices {
	path, raw, _ := strings.Cut(data, "?")
	q, err := url.ParseQuery(raw)
	if err != nil {
		return nil // we have written it ourselves
	}
	return &EmbedChoices{
		Layered: s.addresses.from(at, path+query("lang", q.Get("lang"))+"&layers={layers}"),
		Light:   s.addresses.from(at, s.assets.Styles["embed-light"]), Dark: s.addresses.from(at, s.assets.Styles["embed-dark"]),
	}
}

// folderPolicy is the policy for the content of a page of a kind. Who may frame it can only be said by a header.
func (s *Server) folderPolicy(kind string) string {
	if kind == "embed" {
		return s.embedRules()
	}
	return s.pageRules()
}

// restyled makes the addresses in a style sheet those of files and asks for what they name.
func (b *siteBuild) restyled(file string, body []byte) ([]byte, error) {
	var failed error
	body = styleAddress.ReplaceAllFunc(body, func(found []byte) []byte {
		address := string(styleAddress.FindSubmatch(found)[1])
		relative, err := b.folder.link(file, address)
		failed = errors.Join(failed, err, b.want(address))
		return []byte(`url("` + relative + `")`)
	})
	if failed != nil {
		return nil, fmt.Errorf("%s: %w", path.Base(file), failed)
	}
	return body, nil
}
