package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"

	"corridor/live"
	"corridor/routes"
	"corridor/store"
)

// openingsPerMinute is how many sessions one address may open.
const openingsPerMinute = 30

func (s *Server) limitedOpening(next http.Handler) http.Handler {
	return httprate.LimitBy(openingsPerMinute, time.Minute, addressOf,
		httprate.WithLimitHandler(s.api(func(http.ResponseWriter, *http.Request) error { return errOpenings })),
	)(next)
}

// openingBody is what a presenter's page sends to begin a session.
type openingBody struct {
	Route string `json:"route"`
	// Lesson is the route's first where left out, Step the lesson's first.
	Lesson string `json:"lesson"`
	Step   string `json:"step"`
}

// openingAnswer is what it gets.
type openingAnswer struct {
	// Code is as sessions are found by, Spelled as people read it: K7M-4QXR.
	Code    string `json:"code"`
	Spelled string `json:"spelled"`
	// Secret moves the session; it is told this once.
	Secret string `json:"secret"`
	// URL is for followers and QR the address of its QR code. Entry is where the code can be typed.
	URL   string `json:"url"`
	QR    string `json:"qr"`
	Entry string `json:"entry"`
	// Local says that the URL leads to this machine alone, so that no phone can follow it.
	Local   bool       `json:"local"`
	Expires time.Time  `json:"expires"`
	State   live.State `json:"state"`
}

// liveOpen begins a session.
func (s *Server) liveOpen(w http.ResponseWriter, r *http.Request) error {
	var body openingBody
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	_, lesson, err := s.lessonOf(r, body.Route, body.Lesson)
	if err != nil {
		return err
	}
	address, err := addressOf(r)
	if err != nil {
		return err
	}
	session, secret, err := s.Live.Open(r.Context(), address, live.OutlineOf(lesson), body.Step)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", "/live/"+session.Code)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	return writeJSON(w, openingAnswer{
		Code: session.Code, Spelled: live.Spell(session.Code), Secret: secret, URL: s.followURL(session),
		QR: "/live/" + session.Code + "/qr.svg?k=" + session.Pass(), Entry: s.FollowURL + "/live", Local: s.local(),
		Expires: session.Expires(), State: session.State(),
	})
}

// lessonOf gives a route's lesson, its first where id is empty, with the route's pack. The error is [store.ErrNotFound] where
// there is none.
func (s *Server) lessonOf(r *http.Request, route, id string) (pack routes.Pack, lesson routes.Lesson, err error) {
	err = s.Store.View(r.Context(), func(v *store.View) error {
		pack, lesson, err = lessonIn(r.Context(), v, route, id)
		return err
	})
	return pack, lesson, err
}

// followURL is the address that a QR code holds.
func (s *Server) followURL(session *live.Session) string {
	return s.FollowURL + "/live/" + session.Code + "?k=" + session.Pass()
}

// local says that the audience's address is this machine's own.
func (s *Server) local() bool { return isLocal(s.FollowURL) }

func isLocal(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Hostname() == "localhost" || u.Hostname() == "::1" || strings.HasPrefix(u.Hostname(), "127."))
}

// session finds the session of the address. Who shows its pass (?k=) or its secret (Authorization) is let in whatever wrong codes
// come from where they are; to be let in moves nothing.
func (s *Server) session(r *http.Request) (*live.Session, error) {
	address, err := addressOf(r)
	if err != nil {
		return nil, err
	}
	keys := []string{r.URL.Query().Get("k")}
	if secret, err := secretOf(r); err == nil {
		keys = append(keys, secret)
	}
	return s.Live.Find(r.Context(), chi.URLParam(r, "code"), address, keys...)
}

// secretOf reads the presenter's secret. The error is [errNoSecret].
func secretOf(r *http.Request) (string, error) {
	kind, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") || secret == "" {
		return "", errNoSecret
	}
	return strings.TrimSpace(secret), nil
}

// moveAnswer is what a presenter gets for a move.
type moveAnswer struct {
	live.State
	Followers int `json:"followers"`
}

// liveMove shows the audience another state.
func (s *Server) liveMove(w http.ResponseWriter, r *http.Request) error {
	secret, err := s.demandSecret(w, r)
	if err != nil {
		return err
	}
	session, err := s.session(r)
	if err != nil {
		return err
	}
	if err := session.Authorise(secret); err != nil {
		return err
	}
	var move live.Move
	if err := readJSON(w, r, &move); err != nil {
		return err
	}
	state, err := session.Move(r.Context(), secret, move)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, moveAnswer{state, session.Followers()})
}

func (s *Server) demandSecret(w http.ResponseWriter, r *http.Request) (string, error) {
	secret, err := secretOf(r)
	if err != nil {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	return secret, err
}

// liveEnd ends a session for everyone; a session that is over stays so.
func (s *Server) liveEnd(w http.ResponseWriter, r *http.Request) error {
	session, secret, err := s.evenEnded(w, r)
	if err != nil {
		return err
	}
	if err := session.End(r.Context(), secret); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// evenEnded gives the presenter a session, one that is over too.
func (s *Server) evenEnded(w http.ResponseWriter, r *http.Request) (*live.Session, string, error) {
	secret, err := s.demandSecret(w, r)
	if err != nil {
		return nil, "", err
	}
	session, err := s.session(r)
	if session == nil {
		return nil, "", err
	}
	return session, secret, session.Authorise(secret)
}

// liveState answers what is shown now, for a page that has lost its stream.
func (s *Server) liveState(w http.ResponseWriter, r *http.Request) error {
	session, err := s.session(r)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, session.State())
}

// liveVote takes one answer of one follower.
func (s *Server) liveVote(w http.ResponseWriter, r *http.Request) error {
	session, err := s.session(r)
	if err != nil {
		return err
	}
	var vote live.Vote
	if err := readJSON(w, r, &vote); err != nil {
		return err
	}
	address, err := addressOf(r)
	if err != nil {
		return err
	}
	if err := session.Vote(address, vote); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// liveQR answers the follower's address as a QR code.
func (s *Server) liveQR(w http.ResponseWriter, r *http.Request) error {
	session, err := s.session(r)
	if err != nil {
		return err
	}
	code, err := qrSVG(s.followURL(session))
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return writeBody(w, "image/svg+xml", code)
}

// liveLesson answers all that a follower's page needs to show the lesson on the map, in the page's language: the lesson
// without what is for the speaker alone, and its features.
func (s *Server) liveLesson(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	session, err := s.session(r)
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		pack, lesson, err := lessonIn(r.Context(), v, session.Route(), session.Lesson())
		if err != nil {
			return err
		}
		variesBy(w, "Accept-Language")
		w.Header().Set("Cache-Control", "no-cache") // it is there while the session is
		if s.unchanged(w, r, v.Version, lang) {
			return nil
		}
		lesson.Steps = slices.Clone(lesson.Steps)
		for i := range lesson.Steps {
			lesson.Steps[i].Notes = nil
		}
		kit, err := s.kitOf(r.Context(), v, pack, lesson)
		if err != nil {
			return err
		}
		kit.Strings = map[string]kitWords{lang: s.strings[lang].WithPrefixes(kitPrefixes())}
		kit.Basemap.Tiles = "/live" + kit.Basemap.Tiles
		return writeJSON(w, kit)
	})
}
