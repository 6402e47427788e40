package download

import "strings"

// source is a document that features are cited from, as files tell of it. Authors are institutions, and what names people has no
// address: the rules of packs see to both.
type source struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Author  string `json:"author,omitempty"`
	Created string `json:"created,omitempty"`
	URL     string `json:"url,omitempty"`
}

// sources are the document's in the file's language.
func (d Document) sources() []source {
	list := make([]source, len(d.Sources))
	for i, s := range d.Sources {
		list[i] = source{s.ID, s.Title, s.Author.Nearest(d.Lang), string(s.Created), s.URL}
	}
	return list
}

// line is what is said of a source in one.
func (s source) line() string {
	said := []string{s.ID + ": " + s.Title}
	for _, part := range []string{s.Author, s.Created, s.URL} {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}
