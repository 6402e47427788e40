package server

import (
	"net/http"
	"unsafe"
)

// afterReading keeps a whole answer until its handler has returned, and with it the connection of the database that it was read by.
// There are few of these: were an answer sent while its handler holds one, a handful of readers who take nothing could
// keep all others waiting. What is written in any other way goes out at once, as files do, which have connections of their own.
type afterReading struct {
	http.ResponseWriter
	parts [][]byte
}

// Unwrap is for [http.ResponseController].
func (a *afterReading) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// answer lets a handler answer where the query can be read, and sends what it has left behind. On an error nothing of that is sent.
func (h handler) answer(w http.ResponseWriter, r *http.Request) error {
	if err := wholeQuery(r.URL); err != nil {
		return err
	}
	a := &afterReading{ResponseWriter: w}
	if err := h(a, r); err != nil {
		return err
	}
	_ = writeParts(w, a.parts) // the reader is gone; nobody is left to tell
	return nil
}

// writeWhole writes what nothing changes any more, once the handler has returned where it can wait.
func writeWhole(w http.ResponseWriter, parts ...[]byte) {
	if a, ok := w.(*afterReading); ok {
		a.parts = append(a.parts, parts...)
		return
	}
	_ = writeParts(w, parts) // the reader is gone; nobody is left to tell
}

// bytesOf are those of a text, to be read only: copies would be megabytes.
func bytesOf(text string) []byte { return unsafe.Slice(unsafe.StringData(text), len(text)) }
