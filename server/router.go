package server

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/cors"
	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"

	"corridor/draw"
)

// router answers every URL: the front end's files and tiles that are there before the table is looked through, see
// [Server.assetsFirst] and [Server.tilesFirst].
func (s *Server) router() (http.Handler, error) {
	table, err := s.table()
	if err != nil {
		return nil, err
	}
	return s.measured(s.assetsFirst(s.tilesFirst(table))), nil
}

// table is the table of every URL.
func (s *Server) table() (chi.Router, error) {
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.SuffixETag(gzipSuffix))
	if err != nil {
		return nil, err
	}
	// A picture is drawn once and read often, and an embed on pages of others must be light.
	compressWell, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.SuffixETag(gzipSuffix), gzhttp.CompressionLevel(gzip.BestCompression), gzhttp.EnableZstd(false))
	if err != nil {
		return nil, err
	}
	r := chi.NewRouter()
	r.Use(s.noteRoute, s.behindProxies, asWritten, anyMethod, s.recoverer, secure, untracked)
	r.NotFound(s.page(noPage))
	r.MethodNotAllowed(s.notRead())

	r.Get("/healthz", s.healthz)
	r.Get("/readyz", s.readyz)
	r.Get("/assets/*", s.asset)
	r.Get("/robots.txt", s.api(s.robots))
	r.Get("/embed.js", s.api(s.resizer))
	r.With(compressed(compress)).Get("/sitemap.xml", s.api(s.sitemap))
	r.With(compressed(compress)).Get("/sitemap-{part}.xml", s.api(s.sitemapOfMany))
	r.With(readable(), compressed(compress)).Get("/oembed", s.api(s.oembed))

	r.Group(func(r chi.Router) {
		r.Use(compressed(compress), s.pagePolicy)
		r.Get("/", s.page(s.home))
		r.Get("/guide", s.page(s.guide))
		r.Get("/search", s.page(s.searchPage))
		r.Get("/routes/{id}", s.page(s.route))
		r.Get("/privacy", s.page(s.privacy))
		r.Get("/routes/{id}/present", s.page(s.present("present")))
		r.Get("/routes/{id}/notes", s.page(s.present("notes")))
		r.Get("/routes/{id}/handout", s.page(s.handout))
		r.Get("/routes/{id}/lesson.json", s.api(s.lessonKit))
		r.Get("/routes/{id}/lesson.html", s.api(s.lessonToKeep))
	})
	r.Group(func(r chi.Router) {
		r.Use(compressed(compressWell), s.embedPolicy)
		r.Get("/embed/{id}", s.embedded(s.embed))
	})
	r.With(readable(), compressed(compressWell), apiPolicy).Get("/embed/{id}.json", s.api(s.embedFeatures)) // without the rules of a page, which weigh much
	r.Group(func(r chi.Router) { s.stills(r, compressed(compressWell)) })
	r.Route("/tiles", s.tiles)
	r.Route("/api", func(r chi.Router) {
		r.Use(readable(), compressed(compress), apiPolicy)
		s.data(r)
	})
	if s.Live != nil {
		r.Route("/live", func(r chi.Router) {
			s.follow(r, compressed(compress))
			s.lead(r)
		})
	}
	return r, nil
}

// stills are the pictures of routes and what is printed of them.
func (s *Server) stills(r chi.Router, compress func(http.Handler) http.Handler) {
	r.Use(picturePolicy)
	r.With(compress).Get("/routes/{id}.svg", s.api(s.picture(draw.SVG)))
	r.With(compress).Get("/embed/{id}.svg", s.api(s.pictureOf(parseEmbedPicture, embedRoutes)))
	r.Get("/routes/{id}/qr.svg", s.api(s.code))
	r.Get("/routes/{id}.png", s.api(s.picture(draw.PNG)))
	r.Get("/routes/{id}.pdf", s.api(s.picture(draw.PDF)))
	r.Get("/routes/{id}/handout.pdf", s.api(s.handoutPDF))
	r.Get("/routes/{id}/handout/map.png", s.api(s.handoutMap))
}

// data is the API: OGC API - Features, the documents, and the search of places.
func (s *Server) data(r chi.Router) {
	r.NotFound(s.api(func(http.ResponseWriter, *http.Request) error { return errNoResource }))
	r.MethodNotAllowed(s.api(refuse(errMethod)))
	r.With(s.limited(s.GeocodeRate)).Get("/geocode", s.api(s.geocode))
	r.With(s.limited(s.SearchRate)).Get("/search", s.api(s.search))
	r.Get("/routes", s.api(s.listRoutes))
	r.Get("/routes/{id}", s.api(s.routeDocument))
	r.Get("/routes/{id}/download.{extension}", s.api(s.routeDownload))
	r.Get("/lessons/{id}", s.api(s.lessonDocument))
	r.Get("/", s.resource(s.landing))
	r.Get("/conformance", s.resource(s.conformance))
	r.Get("/openapi.json", s.api(s.openAPI))
	r.Get("/collections", s.resource(s.collections))
	r.Get("/collections/{collection}", s.resource(s.collection))
	r.Get("/collections/{collection}/schema", s.resource(s.schema))
	r.Get("/collections/{collection}/schema/feature", s.api(s.featureSchema))
	r.Get("/collections/{collection}/download.{extension}", s.api(s.collectionDownload))
	r.Get("/collections/{collection}/items", s.resource(s.items))
	r.Get("/collections/{collection}/items/{fid}", s.resource(s.item))
}

// tiles are those of the basemap and of the data.
func (s *Server) tiles(r chi.Router) {
	r.Use(readable(), apiPolicy)
	r.NotFound(s.api(func(http.ResponseWriter, *http.Request) error { return errNoResource }))
	r.MethodNotAllowed(s.api(refuse(errMethod)))
	r.Get("/basemap.json", s.api(s.basemapInfo))
	r.Get("/basemap/{z}/{x}/{file}", s.api(s.basemapTile))
	r.Get("/{collection}.json", s.api(s.dataTilesInfo))
	r.Get("/{collection}/{z}/{x}/{file}", s.api(s.dataTile))
}

// follow is what an audience needs: the pages, the stream, votes, and the map's data. Nothing else is on the listener for the
// local network.
func (s *Server) follow(r chi.Router, compress func(http.Handler) http.Handler) {
	r.MethodNotAllowed(s.api(refuse(errOtherMethod)))
	r.Group(func(r chi.Router) {
		r.Use(compress, s.pagePolicy)
		r.Get("/", s.page(s.liveEntry))
		r.Get("/help", s.page(s.liveHelp))
		r.Get("/{code}", s.page(s.livePage))
	})
	r.Get("/{code}/events", s.api(s.liveEvents))
	r.Get("/{code}/state", s.api(s.liveState))
	r.With(s.sameOrigin).Post("/{code}/votes", s.api(s.liveVote))
	r.With(compress).Get("/{code}/lesson.json", s.api(s.liveLesson))
	r.Get("/{code}/qr.svg", s.api(s.liveQR))
	r.Method(http.MethodGet, "/tiles/basemap/{z}/{x}/{file}", http.StripPrefix("/live", s.api(s.basemapTile)))
}

// lead is what a presenter needs besides.
func (s *Server) lead(r chi.Router) {
	r.With(s.sameOrigin, s.limitedOpening).Post("/", s.api(s.liveOpen))
	r.With(s.sameOrigin).Put("/{code}/state", s.api(s.liveMove))
	r.With(s.sameOrigin).Delete("/{code}", s.api(s.liveEnd))
	r.Get("/{code}/totals", s.api(s.liveTotals))
	r.Get("/{code}/totals.csv", s.api(s.liveTotalsCSV))
}

// Audience is the handler for a listener that an audience can reach: sessions to follow and the front end's files, no more.
func (s *Server) Audience() (http.Handler, error) {
	if s.Live == nil {
		return nil, errNoSessions
	}
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.SuffixETag(gzipSuffix))
	if err != nil {
		return nil, err
	}
	r := chi.NewRouter()
	r.Use(s.noteRoute, s.behindProxies, asWritten, anyMethod, s.recoverer, secure, untracked)
	r.NotFound(s.page(func(http.ResponseWriter, *http.Request) error { return errNoPage }))
	r.MethodNotAllowed(s.page(refuse(errOtherMethod)))
	r.Get("/assets/*", s.asset)
	r.Get("/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/live", http.StatusSeeOther) })
	r.Route("/live", func(r chi.Router) { s.follow(r, compressed(compress)) })
	return s.measured(s.assetsFirst(r)), nil
}

// exposedHeaders are those that a script of another origin may look at, besides what every script may (Fetch, "CORS-safelisted
// response-header name").
const exposedHeaders = "ETag, Link, Content-Disposition, Content-Range, Accept-Ranges, Retry-After"

// readable lets the scripts of every origin read. The answer says so to all alike: it must not differ by who asks, or a cache
// would keep one for each site. They may send any header, since none gives more to read.
func readable() func(http.Handler) http.Handler {
	preflight := cors.Handler(cors.Options{
		AllowedOrigins: []string{"*"},
		AllowedMethods: []string{http.MethodGet, http.MethodHead},
		AllowedHeaders: []string{"*"},
		MaxAge:         int((24 * time.Hour).Seconds()),
	})
	return func(next http.Handler) http.Handler {
		asked := preflight(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
				asked.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Access-Control-Expose-Headers", exposedHeaders)
			next.ServeHTTP(w, r)
		})
	}
}

func compressed(wrap func(http.Handler) http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler { return wrap(next) }
}
