package server

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/routes"
	"corridor/static"
	"corridor/store"
	"corridor/store/tiles"
)

// ErrPictureBasemap means that a lesson cannot be put in one file, since the basemap's tiles are pictures.
var ErrPictureBasemap = errors.New("a lesson in one file needs a basemap of vector tiles")

// ErrLanguage means that something is wanted in a language that the content or the interface does not have.
var ErrLanguage = errors.New("no such language")

// LessonFile gives a lesson as one HTML file that needs nothing besides: the presenter with its map, fonts, notes and quiz.
// The lesson is the one that its id names, the route's first for ""; langs are the languages to bring along, all for
// none. The error is [store.ErrNotFound] for an unknown route or lesson.
func (s *Server) LessonFile(ctx context.Context, route, lesson string, langs []string) (body []byte, err error) {
	err = s.Store.View(ctx, func(v *store.View) error {
		f, err := s.lessonFileOf(ctx, v, route, lesson, langs)
		if err != nil {
			return err
		}
		body, err = s.makeLessonFile(ctx, v, f)
		return err
	})
	return body, err
}

// lessonFile is what a lesson in one file is made of.
type lessonFile struct {
	pack   routes.Pack // with the lesson's route alone
	lesson routes.Lesson
	langs  []string
}

// lessonFileOf finds out what a file is made of, or that there is none.
func (s *Server) lessonFileOf(ctx context.Context, v *store.View, route, id string, langs []string) (f lessonFile, err error) {
	if s.Basemap.Info().Format != tiles.MVT {
		return f, ErrPictureBasemap
	}
	if f.pack, f.lesson, err = lessonIn(ctx, v, route, id); err != nil {
		return f, err
	}
	f.langs, err = s.languagesFor(f.pack.About, langs)
	return f, err
}

func (s *Server) makeLessonFile(ctx context.Context, v *store.View, f lessonFile) ([]byte, error) {
	kit, err := s.kitOf(ctx, v, f.pack, f.lesson)
	if err != nil {
		return nil, err
	}
	kit.keepLanguages(f.langs)
	file := &FileView{Kit: kit}
	boxes, err := s.boxesAround(kit.Features)
	if err != nil {
		return nil, err
	}
	file.Tiles = map[string]string{}
	err = s.eachTile(ctx, boxes, func(at tileAddress, data []byte) {
		if len(data) > 0 {
			file.Tiles[fmt.Sprintf("%d/%d/%d", at.z, at.x, at.y)] = base64.StdEncoding.EncodeToString(data)
		}
	})
	if err != nil {
		return nil, err
	}
	file.Kit.Basemap.Tiles, file.Kit.Basemap.Boxes = "", nil // they lie in the file
	if file.Script, file.Style, err = s.inlined(f.langs); err != nil {
		return nil, err
	}
	page := Page{Lang: f.langs[0], Strings: s.strings[f.langs[0]], File: file}
	s.fillLesson(&page, f.pack, f.lesson, "present")
	var b bytes.Buffer
	err = s.templates.ExecuteTemplate(&b, "lesson-file.html", page)
	return b.Bytes(), err
}

// languagesFor checks the languages that are wanted; for none it gives those of the interface that the content has.
func (s *Server) languagesFor(about routes.About, wanted []string) ([]string, error) {
	var have []string
	for _, tag := range s.tags {
		if slices.Contains(about.Tags(), tag) {
			have = append(have, tag)
		}
	}
	if len(have) == 0 {
		have = s.tags[:1]
	}
	if len(wanted) == 0 {
		return have, nil
	}
	for _, tag := range wanted {
		if !slices.Contains(have, tag) {
			return nil, fmt.Errorf("%w %q; this lesson has %s", ErrLanguage, tag, strings.Join(have, ", "))
		}
	}
	return wanted, nil
}

// keepLanguages leaves out every other language; the one that stands in for missing texts stays.
func (k *lessonKit) keepLanguages(langs []string) {
	kept := func(tag string) bool { return slices.Contains(langs, tag) }
	k.Languages = slices.DeleteFunc(k.Languages, func(l kitLanguage) bool { return !kept(l.Code) })
	for tag := range k.Strings {
		if !kept(tag) {
			delete(k.Strings, tag)
		}
	}
	keep := append(slices.Clone(langs), k.Original)
	k.Content = slices.DeleteFunc(slices.Clone(k.Content), func(l routes.Language) bool { return !slices.Contains(keep, l.Code) })
	k.Lesson = k.Lesson.Only(keep...)
	for _, t := range []*routes.Text{&k.Route.Title, &k.Route.Summary, &k.Route.SaidBy} {
		*t = t.Only(keep...)
	}
	k.Sources = slices.Clone(k.Sources)
	for i := range k.Sources {
		s := &k.Sources[i]
		s.Author, s.Nature, s.Marking = s.Author.Only(keep...), s.Nature.Only(keep...), s.Marking.Only(keep...)
	}
	for _, f := range k.Features {
		for tag := range f.Texts {
			if !slices.Contains(keep, tag) {
				delete(f.Texts, tag)
			}
		}
	}
}

// fontAddress is a font of the built style; its name begins with the script.
var fontAddress = regexp.MustCompile(`url\("?(/assets/noto-sans-([a-z]+)-[^")]+\.woff2)"?\)`)

// fontScripts are the scripts that some languages need a font for where the device has none.
var fontScripts = map[string]string{"th": "thai", "my": "myanmar", "lo": "lao", "km": "khmer"}

// inlined gives the presenter's script and style with the fonts of some languages in them.
func (s *Server) inlined(langs []string) (template.JS, template.CSS, error) {
	script, err := builtFile(s.assets.Scripts["present"])
	if err != nil {
		return "", "", err
	}
	var style []byte
	for _, address := range []string{s.assets.Style, s.assets.Styles["present"]} {
		part, err := builtFile(address)
		if err != nil {
			return "", "", err
		}
		style = append(style, part...)
	}
	var failed error
	style = fontAddress.ReplaceAllFunc(style, func(found []byte) []byte {
		match := fontAddress.FindSubmatch(found)
		if !slices.ContainsFunc(langs, func(tag string) bool { return fontScripts[tag] == string(match[2]) }) {
			return []byte(`url("data:,")`)
		}
		font, err := builtFile(string(match[1]))
		failed = errors.Join(failed, err)
		return []byte(`url("data:font/woff2;base64,` + base64.StdEncoding.EncodeToString(font) + `")`)
	})
	// Within a page a script ends at the first "</script", wherever that stands.
	safe := bytes.ReplaceAll(script, []byte("</script"), []byte(`<\/script`))
	return template.JS(safe), template.CSS(style), failed //nolint:gosec // both are of our own build
}

func builtFile(address string) ([]byte, error) {
	return fs.ReadFile(static.Files(), path.Base(address))
}

// lessonToKeep answers a lesson as one file to keep.
func (s *Server) lessonToKeep(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if err := onlyParams(q, "lesson", "lang"); err != nil {
		return err
	}
	var langs []string
	if q.Get("lang") != "" {
		var err error
		if langs, err = listParam("lang", q.Get("lang")); err != nil {
			return err
		}
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		route := chi.URLParam(r, "id")
		f, err := s.lessonFileOf(r.Context(), v, route, q.Get("lesson"), langs)
		if errors.Is(err, ErrLanguage) {
			return &paramError{"lang", err.Error()}
		}
		if err != nil {
			return err
		}
		if s.unchanged(w, r, v.Version, s.Basemap.Info().Version) {
			return nil
		}
		body, err := s.makeLessonFile(r.Context(), v, f)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Disposition", attachment("corridor-"+route+".html"))
		return writeBody(w, "text/html; charset=utf-8", body)
	})
}
