// Package server answers HTTP: the pages for people, the GeoJSON API, and the front end's files. router.go is the table
// of every URL.
package server

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"
	"golang.org/x/text/language"

	"corridor/geo/gazetteer"
	"corridor/live"
	"corridor/static"
	"corridor/store"
	"corridor/store/tiles"
)

// historicalAfter is the age in years from which a source is labelled a historical account.
const historicalAfter = 10

// Config is what a server needs. Store, BaseURL and Version must be set.
type Config struct {
	Store *store.Store
	// Basemap is the map under the routes.
	Basemap *tiles.Archive
	// Gazetteer opens the index of names when it is first needed; nil for a server without search of places.
	Gazetteer func() (*gazetteer.Index, error)
	// GeocodeRate is how many searches of places a minute one address may make; 0 for any number.
	GeocodeRate int
	// SearchRate is how many searches of the content a minute one address may make, of those that complete what is typed; 0 for any number.
	SearchRate int
	// BaseURL is the address under which readers reach the server, see [CheckBaseURL]. Of a folder it may be empty.
	BaseURL string
	// Folder makes pages for a folder of plain files instead, see [Server.Site]; what needs a server is left out of them.
	Folder bool
	// Languages are the tags of the interface's languages that are offered, the first of them to readers who ask for none; all where empty.
	Languages []string
	// Live keeps the sessions in which an audience follows a presenter; nil for a server without them.
	Live *live.Hub
	// FollowURL is the address under which an audience reaches the server, without a slash at its end; BaseURL where empty.
	FollowURL string
	// Version is the program's own, which pages and their ETags carry.
	Version string
	// ExitURL is where the quick exit of viewers' pages goes; empty for pages without one.
	ExitURL string
	// Contact is whom readers may write to about what the site says, an e-mail address or an https address; nobody is named where empty.
	Contact string
	// LogAddresses lets the log name the address of who asked for what failed.
	LogAddresses bool
	// Measured lets the server count what it answers, see [Server.Metrics].
	Measured bool
	// TrustedProxies are the networks of proxies that are believed for whom they ask; headers of others are not read.
	TrustedProxies []netip.Prefix
	// Now tells the time; time.Now where nil.
	Now func() time.Time
	// Log takes what went wrong inside; slog.Default() where nil.
	Log *slog.Logger
}

// Server answers requests. Make one with [New].
type Server struct {
	Config
	renderer renderer
	assets   static.Assets
	sheets   map[string]inline // of embeds, by theme
	starter  inline            // of embeds: brings the script after the picture
	// fontsFirst shows a page when the font of its language is there.
	fontsFirst inline
	build      string // names the program, its pages and its address, for ETags
	templates  *template.Template
	strings    map[string]static.Strings
	tags       []string
	addresses  addresses
	matcher    language.Matcher
	pictures   *pictures
	extents    *extents
	dataTiles  *dataTileCache
	drawing    singleflight.Group // of tiles of the data, by their paths
	slots      slots              // of downloads
	making     *queue             // of files that do not stream
	editions   editionTime        // which such files bear
	metrics    *metrics           // nil where nothing is measured
	// fixedHeaders are made once; files and tiles are what is asked for most.
	fixedHeaders fixedHeaders
	assetFiles   assets
	handler      http.Handler
	// boxes are the tiles that a folder has; nil for all.
	boxes []tileBox
}

// New makes a server. The error is [static.ErrNotBuilt] where the front end is missing from the binary.
func New(c Config) (*Server, error) {
	c, err := c.completed()
	if err != nil {
		return nil, err
	}
	s := &Server{Config: c, renderer: newRenderer()}
	if s.assets, err = static.LoadAssets(); err != nil {
		return nil, err
	}
	if s.sheets, err = s.embedSheets(); err != nil {
		return nil, err
	}
	if s.starter, err = inlineOf(s.assets.Scripts["after-picture"]); err != nil {
		return nil, err
	}
	if s.fontsFirst, err = inlineOf(s.assets.Scripts["fonts-first"]); err != nil {
		return nil, err
	}
	if s.build, err = buildOf(c); err != nil {
		return nil, err
	}
	if s.templates, err = static.Templates(); err != nil {
		return nil, err
	}
	if s.strings, err = offered(c.Languages); err != nil {
		return nil, err
	}
	if s.tags = c.Languages; len(s.tags) == 0 {
		s.tags = static.Tags(s.strings)
	}
	s.matcher = matcherOf(s.tags)
	s.addresses = served{c.BaseURL}
	if c.Folder {
		s.addresses = newFolder(c.BaseURL, s.tags[0])
	}
	s.pictures, s.extents = s.newPictures(), &extents{}
	s.dataTiles = newDataTileCache()
	s.slots = make(slots, mostDownloads)
	s.making = newQueue(mostDownloads)
	s.fixedHeaders, s.metrics = newFixedHeaders(c.Basemap.Info()), newMetrics(c.Measured)
	if s.handler, err = s.router(); err != nil {
		return nil, err
	}
	return s, nil
}

// offered reads the interface's languages with the tags, or all of them. The error is [ErrLanguage] where there is none with a tag.
func offered(tags []string) (map[string]static.Strings, error) {
	all, err := static.Languages()
	if err != nil || len(tags) == 0 {
		return all, err
	}
	some := make(map[string]static.Strings, len(tags))
	for _, tag := range tags {
		texts, ok := all[tag]
		if !ok {
			return nil, fmt.Errorf("%w: %q; the interface has %v", ErrLanguage, tag, static.Tags(all))
		}
		some[tag] = texts
	}
	return some, nil
}

// completed checks the addresses of a configuration and fills in what is left out.
func (c Config) completed() (Config, error) {
	if c.BaseURL != "" || !c.Folder {
		if err := CheckBaseURL(c.BaseURL, c.Folder); err != nil {
			return c, err
		}
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	if err := CheckExitURL(c.ExitURL); err != nil {
		return c, fmt.Errorf("the exit URL: %w", err)
	}
	if err := CheckContact(c.Contact); err != nil {
		return c, err
	}
	if c.FollowURL == "" {
		c.FollowURL = c.BaseURL
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c, nil
}

// buildOf names what an answer depends on besides the content: after an upgrade or a start with other options no reader is told that
// nothing changed. The address for an audience is not in it, since no answer that names it is kept.
func buildOf(c Config) (string, error) {
	pages, err := static.Fingerprint()
	if err != nil {
		return "", err
	}
	const digits = 12
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []string{
		c.Version, c.BaseURL, c.Basemap.Info().Version, pages, c.ExitURL, c.Contact, strconv.FormatBool(c.LogAddresses), strings.Join(c.Languages, ","),
	}))
	return hex.EncodeToString(sum[:])[:digits], nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// historicalBefore is the first year whose sources are not yet a historical account.
func (s *Server) historicalBefore() int { return s.Now().Year() - historicalAfter }
