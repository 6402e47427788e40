package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"corridor/geo/gazetteer"
)

type geocodeCommand struct {
	Gazetteer string   `help:"The index of names." default:"build/gazetteer.idx" placeholder:"FILE"`
	Lang      string   `help:"The language of the names given, as a BCP 47 tag." placeholder:"TAG"`
	Country   string   `help:"Keep to one country, by its two-letter code." placeholder:"CODE"`
	Near      string   `help:"Prefer places near a point, as longitude,latitude in degrees." placeholder:"LON,LAT"`
	Limit     int      `help:"How many places to give at most for a query." default:"5"`
	JSON      bool     `help:"Write a line of JSON for each query." name:"json"`
	Batch     bool     `help:"Read documents as lines of JSON from standard input: {\"id\", \"places\": [{\"name\"}], \"text\"}; write one line for each."`
	Query     []string `arg:"" optional:"" help:"Names or place expressions, one each."`
}

// errUnresolved means that some query was refused.
var errUnresolved = errors.New("not every place was found; see above")

// Run answers queries, or a batch of documents.
func (c geocodeCommand) Run(ctx context.Context, con console, written *kong.Context) error {
	q, err := c.query(written)
	if err != nil {
		return usageError{err}
	}
	ix, err := gazetteer.Open(c.Gazetteer)
	if err != nil {
		return err
	}
	defer ix.Close()
	if c.Batch {
		return batch(ctx, ix, con.In, con.Out)
	}
	sure := true
	for _, text := range c.Query {
		q.Text = text
		r := ix.Search(q)
		sure = sure && r.Decision != gazetteer.Refuse
		if err := c.print(con.Out, r); err != nil {
			return err
		}
	}
	if !sure {
		return errUnresolved
	}
	return nil
}

// query gives what all queries have in common, or says which flags and arguments do not go together.
func (c geocodeCommand) query(written *kong.Context) (gazetteer.Query, error) {
	q := gazetteer.Query{Country: strings.ToUpper(c.Country), Lang: c.Lang, Limit: c.Limit, Whole: true, Thorough: true}
	switch flag := writtenOf(written, "country", "near", "lang", "limit"); {
	case !c.Batch && len(c.Query) == 0:
		return q, errors.New("write a name to look for, or --batch")
	case c.Batch && len(c.Query) > 0:
		return q, errors.New("--batch reads its names from standard input; leave out the names")
	case c.Batch && flag != "":
		return q, fmt.Errorf("--%s: it does nothing for --batch, which goes by what stands in its documents; leave it out", flag)
	case c.Limit < 1:
		return q, errors.New("--limit must be at least 1")
	}
	if c.Near != "" {
		p, err := gazetteer.ParsePoint(c.Near)
		if err != nil {
			return q, fmt.Errorf("--near: %w", err)
		}
		q.Near = &p
	}
	return q, nil
}

func (c geocodeCommand) print(out io.Writer, a gazetteer.Result) error {
	if c.JSON {
		return json.NewEncoder(out).Encode(a)
	}
	w := bufio.NewWriter(out) // it remembers what could not be written
	switch a.Decision {
	case gazetteer.Refuse:
		fmt.Fprintf(w, "%s: %s\n", a.Query, a.Problem)
	case gazetteer.Ask:
		fmt.Fprintf(w, "%s: not sure; write one of these\n", a.Query)
	case gazetteer.Accept:
		fmt.Fprintf(w, "%s:\n", a.Query)
	}
	for _, p := range a.Places {
		fmt.Fprintf(w, "  %.3f  %s (%s, %s)  lat %s lon %s\n         %s\n", p.Score, p.Write, p.Kind, p.Origin,
			strconv.FormatFloat(p.Lat, 'f', -1, 64), strconv.FormatFloat(p.Lon, 'f', -1, 64), strings.Join(p.Reasons, "; "))
	}
	return w.Flush()
}

// A batchDocument is a line of a batch: the names of one document, with its text where there is one.
type batchDocument struct {
	ID     json.RawMessage `json:"id"`
	Places []struct {
		Name string `json:"name"`
	} `json:"places"`
	Text string `json:"text"`
}

// batchPlace is a name of a batch with what it means; without lat where it is unresolved.
type batchPlace struct {
	Name       string             `json:"name"`
	Lat        *float64           `json:"lat,omitempty"`
	Lon        *float64           `json:"lon,omitempty"`
	Kind       string             `json:"kind,omitempty"`
	Country    string             `json:"country,omitempty"`
	GeoNamesID int                `json:"geonames_id,omitempty"`
	Score      float64            `json:"score"`
	Fuzzy      bool               `json:"fuzzy"`
	Decision   gazetteer.Decision `json:"decision"`
	// Problem says what is wrong with a name where the decision is to refuse.
	Problem    string            `json:"problem,omitempty"`
	Candidates []gazetteer.Found `json:"candidates"`
}

const maxBatchLine = 16 << 20 // bytes

// batch answers each line in its order, and before it waits for the next one. The error names the line.
func batch(ctx context.Context, ix *gazetteer.Index, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(untilDone{ctx, in})
	lines.Buffer(nil, maxBatchLine)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for n := 1; lines.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line := lines.Bytes()
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff")) // a byte order mark, with which some programs begin a text
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var d batchDocument
		if err := json.Unmarshal(line, &d); err != nil {
			return fmt.Errorf(`standard input:%d: %w; write {"id": …, "places": [{"name": …}]}`, n, err)
		}
		if err := encoder.Encode(map[string]any{"id": d.ID, "places": placesOf(ix, d)}); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	return nil
}

// untilDone reads until its context ends, also while nothing comes, such as from a terminal at which nobody writes. What still waits
// then ends with the program.
type untilDone struct {
	ctx context.Context
	io.Reader
}

// Read gives what comes, or the context's error once that has ended.
func (r untilDone) Read(into []byte) (int, error) {
	came := make(chan error, 1)
	own := make([]byte, len(into)) // whoever asked goes on without it
	n := 0
	go func() {
		var err error
		n, err = r.Reader.Read(own)
		came <- err
	}()
	select {
	case err := <-came:
		return copy(into, own[:n]), err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}

func placesOf(ix *gazetteer.Index, d batchDocument) []batchPlace {
	names := make([]string, len(d.Places))
	for i, p := range d.Places {
		names[i] = p.Name
	}
	places := make([]batchPlace, len(names))
	for i, r := range ix.SearchNames(names, d.Text) {
		p := batchPlace{Name: r.Query, Decision: r.Decision, Problem: r.Problem, Candidates: r.Places}
		if len(p.Candidates) > 0 {
			best := p.Candidates[0]
			p.Lat, p.Lon, p.Kind, p.Country, p.GeoNamesID = &best.Lat, &best.Lon, best.Kind, best.Country, best.GeoNamesID
			p.Score, p.Fuzzy = best.Score, best.Fuzzy
		}
		places[i] = p
	}
	return places
}
