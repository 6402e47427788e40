// Command features writes a set of made-up routes as a file of route documents, to measure how Corridor bears many. The
// places are real ones of the region, drawn by chance from a seed, so that the same seed gives the same file. The texts say
// that nothing of it happened.
//
//	go run -tags sqlite_fts5 ./bench/features --routes 100000 --out build/routes-large.jsonl
//
// A route has 4 to 7 stops and a leg between each two: ten features on average. Of a hundred stops 86 are settlements, 12
// provinces and 2 countries.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"

	"corridor/geo/gazetteer"
	"corridor/routes"
)

func main() {
	count := flag.Int("routes", 100_000, "how many routes")
	seed := flag.Uint64("seed", 2008, "what chance begins with")
	out := flag.String("out", "build/routes-large.jsonl", "the file to write")
	index := flag.String("gazetteer", "build/gazetteer.idx", "the index of names")
	flag.Parse()
	if err := run(*count, *seed, *out, *index); err != nil {
		fmt.Fprintln(os.Stderr, "features:", err)
		os.Exit(1)
	}
}

func run(count int, seed uint64, out, index string) error {
	ix, err := gazetteer.Open(index)
	if err != nil {
		return err
	}
	defer ix.Close()
	random := rand.New(rand.NewPCG(seed, 0))
	w, err := readWorld(ix, random)
	if err != nil {
		return err
	}
	f, err := os.Create(out + ".part")
	if err != nil {
		return err
	}
	defer f.Close()
	buffered := bufio.NewWriterSize(f, 1<<20)
	lines := json.NewEncoder(buffered)
	if err := lines.Encode(head()); err != nil {
		return err
	}
	told := map[string]bool{}
	for i := range count {
		for _, l := range w.lines(i, random, told) {
			if err := lines.Encode(l); err != nil {
				return err
			}
		}
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(out+".part", out)
}

// line is one line of the file, as the format has it.
type line struct {
	Pack          *routes.About         `json:"pack,omitempty"`
	Sources       []routes.Source       `json:"sources,omitempty"`
	Organisations []routes.Organisation `json:"organisations,omitempty"`
	Places        []routes.Place        `json:"places,omitempty"`
	Route         *routes.Route         `json:"route,omitempty"`
}

const madeUp = "Made up by chance to measure the program. Nothing of it happened."

func head() line {
	return line{
		Pack: &routes.About{
			ID: "generated", Title: en("Generated routes"), Summary: en(madeUp), Licence: "CC0-1.0",
			Attribution: "Corridor's benchmark", Languages: []routes.Language{{Code: "en", Status: routes.Original}},
			NameExceptions: []routes.NameException{
				{Text: "Taman Dr Ismail", Reason: "a settlement's name"},
				{Text: "Taman Tun Dr Ismail", Reason: "a settlement's name"},
				{Text: "Anh Son", Reason: "a settlement's name"},
				{Text: "Ông Do", Reason: "a settlement's name"},
			},
		},
		Sources: []routes.Source{{
			ID: "GENERATED", Title: "A generated set of routes", Author: en("Corridor's benchmark"), Created: "2026-01-01",
			Nature: en(madeUp),
		}},
		Organisations: []routes.Organisation{{ID: "benchmark", Title: en("Corridor's benchmark")}},
	}
}

func en(text string) routes.Text { return routes.Text{"en": text} }

// lines makes the route of a number, and before it a line for each of its places that no line told before: those of one line
// are found together, and in such company a name may have another sense than alone.
func (w *world) lines(n int, random *rand.Rand, told map[string]bool) []line {
	way := w.way(4+random.IntN(4), random)
	var out []line
	for _, p := range way {
		if !told[p.ID] {
			told[p.ID] = true
			out = append(out, line{Places: []routes.Place{p.Place}})
		}
	}
	return append(out, line{Route: route(n, way, random)})
}

func route(n int, way []spot, random *rand.Rand) *routes.Route {
	claim := func(paragraph int) routes.Claim {
		year := 1990 + random.IntN(36)
		c := routes.Claim{Citations: []routes.Citation{routes.Citation(fmt.Sprintf("GENERATED ¶%d", paragraph))}, AsOf: year}
		if random.IntN(3) == 0 {
			c.Time = routes.Period(fmt.Sprintf("%d/%d", year-random.IntN(5), year))
		}
		return c
	}
	r := &routes.Route{
		ID: fmt.Sprintf("generated-%06d", n), Title: en(fmt.Sprintf("Generated route %d", n)), Summary: en(madeUp),
		SaidBy: "benchmark", Claim: claim(n), Purpose: []routes.Purpose{routes.NotStated},
		Exploitation: []routes.Exploitation{routes.NotStated},
	}
	for i, p := range way {
		r.Stops = append(r.Stops, routes.Stop{
			ID: fmt.Sprintf("stop-%d", i+1), Place: p.ID, Roles: []routes.Role{role(i, len(way))},
			Text: en(fmt.Sprintf("Stop %d of generated route %d, at %s. %s", i+1, n, p.Title["en"], madeUp)), Claim: claim(n),
		})
	}
	for i := range way[1:] {
		evidence := []routes.Evidence{routes.Documented, routes.Inferred}[random.IntN(2)]
		crossings, transports := routes.Crossing("").Terms(), routes.Transport("").Terms()
		r.Legs = append(r.Legs, routes.Leg{
			ID: fmt.Sprintf("leg-%d", i+1), From: r.Stops[i].ID, To: r.Stops[i+1].ID, Evidence: evidence,
			Crossing:  routes.Crossing(crossings[random.IntN(len(crossings))].Code),
			Transport: routes.Transport(transports[random.IntN(len(transports))].Code),
			Means:     []routes.Means{routes.NotStated},
			Text:      en(fmt.Sprintf("Leg %d of generated route %d. %s", i+1, n, madeUp)), Claim: claim(n),
		})
	}
	return r
}

// role is that of a stop by its place on the way.
func role(i, stops int) routes.Role {
	switch i {
	case 0:
		return "origin"
	case stops - 1:
		return "end"
	}
	return "transit"
}
