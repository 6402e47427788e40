package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"time"
)

// geocode runs the command with an input and gives what it writes.
func geocode(t *testing.T, input string, args ...string) (status int, out, messages string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(context.Background(), append([]string{"geocode"}, args...), console{strings.NewReader(input), &stdout, &stderr})
	return status, stdout.String(), stderr.String()
}

func TestGeocodeSaysHowSureItIs(t *testing.T) {
	tests := []struct {
		args   []string
		status int
		says   []string
	}{
		{[]string{"景洪"}, 0, []string{"city of Jinghong, Xishuangbanna, Yunnan, China"}},
		{[]string{"Pingxiang"}, 0, []string{"not sure", "Guangxi", "Jiangxi"}},
		{[]string{"Pingxiang", "--near", "106.7,22.1", "--limit", "1"}, 0, []string{"Guangxi"}},
		{[]string{"Bangkok", "--lang", "th", "--json"}, 0, []string{`"name":"กรุงเทพมหานคร"`, `"decision":"accept"`}},
		{[]string{"London", "--country", "ca"}, 0, []string{"Ontario"}},
		{[]string{"the Thai-Malaysian border"}, 0, []string{"border"}},
		{[]string{"Xishuangbana"}, 0, []string{"not sure", "a letter different"}},
		{[]string{"qqqqzzzzxx"}, 1, []string{`no place is named "qqqqzzzzxx"`}},
		{[]string{"Bangkok", "border of China and Thailand"}, 1, []string{"share no border"}},
	}
	for _, tt := range tests {
		status, out, messages := geocode(t, "", tt.args...)
		if status != tt.status {
			t.Errorf("%v: status %d, want %d: %s", tt.args, status, tt.status, messages)
		}
		for _, s := range tt.says {
			if !strings.Contains(out, s) {
				t.Errorf("%v: %q does not say %q", tt.args, out, s)
			}
		}
	}
}

func TestGeocodeRefusesWrongUsage(t *testing.T) {
	for says, args := range map[string][]string{
		"write a name":         {},
		"--near":               {"Bangkok", "--near", "north"},
		"--limit":              {"Bangkok", "--limit", "0"},
		"standard input":       {"Bangkok", "--batch"},
		"--country: it does":   {"--batch", "--country", "th"},
		"--near: it does":      {"--batch", "--near", "99,20"},
		"--lang: it does":      {"--batch", "--lang", "th"},
		"--limit: it does":     {"--batch", "--limit", "5"},
		"outside ±180 degrees": {"Bangkok", "--near", "13.7,100.5"},
	} {
		status, _, messages := geocode(t, "", args...)
		if status != exitUsage || !strings.Contains(messages, says) {
			t.Errorf("%v: status %d, %q does not say %q", args, status, messages, says)
		}
	}
}

type batchReply struct {
	ID     any
	Places []struct {
		Name, Kind, Country, Decision, Problem string
		Lat, Lon                               *float64
		GeoNamesID                             int `json:"geonames_id"`
		Score                                  float64
		Fuzzy                                  bool
		Candidates                             []map[string]any
	}
}

func TestABatchAnswersInOrder(t *testing.T) {
	input := `{"id": "a", "places": [{"name": "London"}, {"name": "Ontario"}, {"name": "Canada"}, {"name": "qqqqzzzzxx"}, {"name": "the US-Canadian border"}]}

{"id": 7, "places": [{"name": "London"}]}
{"id": "c", "places": [], "text": "nothing"}
{"id": "d", "places": [{"name": "Bangkoke"}, {"name": ""}]}
`
	status, out, messages := geocode(t, input, "--batch")
	if status != 0 {
		t.Fatalf("status %d: %s", status, messages)
	}
	var got []batchReply
	for line := range strings.Lines(strings.TrimSpace(out)) {
		var reply batchReply
		if err := json.Unmarshal([]byte(line), &reply); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		got = append(got, reply)
	}
	if len(got) != 4 || got[0].ID != "a" || got[1].ID != 7.0 || got[2].ID != "c" || len(got[2].Places) != 0 {
		t.Fatalf("%s", out)
	}
	ontario, unknown, england := got[0].Places[0], got[0].Places[3], got[1].Places[0]
	if ontario.Country != "CA" || ontario.Lat == nil || math.Abs(*ontario.Lat-42.98) > 0.1 || ontario.GeoNamesID == 0 || len(ontario.Candidates) < 2 {
		t.Errorf("London beside Ontario: %+v", ontario)
	}
	if england.Country != "GB" {
		t.Errorf("London alone: %+v", england)
	}
	if border := got[0].Places[4]; border.Decision != "accept" || border.Kind != "border" || border.Lat == nil || border.Problem != "" {
		t.Errorf("a border: %+v", border)
	}
	if !strings.Contains(unknown.Problem, `no place is named "qqqqzzzzxx"`) {
		t.Errorf("what is wrong with an unknown name: %q", unknown.Problem)
	}
	if unknown.Lat != nil || unknown.Lon != nil || unknown.Decision != "refuse" || len(unknown.Candidates) != 0 {
		t.Errorf("what is unknown has a place: %+v", unknown)
	}
	if wrong := got[3].Places[0]; !wrong.Fuzzy || wrong.Decision != "ask" {
		t.Errorf("a misspelt name: %+v", wrong)
	}
}

func TestABatchMayBeginWithAByteOrderMark(t *testing.T) {
	status, out, messages := geocode(t, "\ufeff"+`{"id": 1, "places": [{"name": "Bangkok"}]}`+"\r\n", "--batch")
	if status != 0 || !strings.Contains(out, `"country":"TH"`) {
		t.Errorf("status %d, out %q, messages %q", status, out, messages)
	}
}

func TestABatchNamesTheLineItCannotRead(t *testing.T) {
	status, out, messages := geocode(t, `{"id": 1, "places": [{"name": "Bangkok"}]}`+"\nBangkok\n", "--batch")
	if status != exitFailed || !strings.Contains(messages, "standard input:2:") || strings.Count(out, "\n") != 1 {
		t.Errorf("status %d, out %q, messages %q", status, out, messages)
	}
}

// Whoever writes a line waits for its answer, and may leave instead of writing another.
func TestABatchAnswersBeforeItWaitsAndCanBeStoppedThen(t *testing.T) {
	const longest = 20 * time.Second
	ctx, stop := context.WithTimeout(t.Context(), longest)
	defer stop()
	in, write := io.Pipe()
	read, out := io.Pipe()
	context.AfterFunc(ctx, func() { _ = read.CloseWithError(ctx.Err()) })
	status := make(chan int, 1)
	go func() { status <- run(ctx, []string{"geocode", "--batch"}, console{in, out, io.Discard}) }()
	if _, err := io.WriteString(write, `{"id": 1, "places": [{"name": "Bangkok"}]}`+"\n"); err != nil {
		t.Fatal(err)
	}
	var reply batchReply
	if err := json.NewDecoder(read).Decode(&reply); err != nil || len(reply.Places) != 1 {
		t.Fatalf("%+v, %v", reply, err)
	}
	stop()
	select {
	case got := <-status:
		if got != exitFailed {
			t.Errorf("status %d", got)
		}
	case <-time.After(longest):
		t.Error("it goes on to wait")
	}
}

// full takes nothing, as a disk that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestAnAnswerThatCannotBeWrittenIsAFailure(t *testing.T) {
	for _, args := range [][]string{{"geocode", "Bangkok"}, {"geocode", "Bangkok", "--json"}, {"check", realPack}} {
		var said bytes.Buffer
		if status := run(t.Context(), args, console{nil, full{}, &said}); status != exitFailed || !strings.Contains(said.String(), "no space left") {
			t.Errorf("%v: status %d, %q", args, status, &said)
		}
	}
}
