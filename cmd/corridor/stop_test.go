package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// session is what a presenter gets, and the answers that the audience has given.
type session struct {
	Code, Secret, URL string
	State             struct{ Step string }
	Polls             []struct {
		ID, Group string
		Votes     int
		Answers   []struct{ ID string }
	}
}

// An answer that is on its way when the server is stopped is kept: whoever sent it is told that it counts.
func TestAnAnswerThatComesWhileTheServerStopsIsKept(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	corridor(t, "import", "--db", db, realPack)
	cmd, said := serving(t, "--db", db, "--addr", "127.0.0.1:0")
	web := addressIn(t, said, "listening on ")
	var s session
	s.ask(t, http.MethodPost, web+"/live", `{"route":"yunnan"}`)
	s.ask(t, http.MethodGet, web+"/live/"+s.Code+"/totals", "")
	poll := s.Polls[0]
	s.ask(t, http.MethodPut, web+"/live/"+s.Code+"/state", fmt.Sprintf(`{"step":%q,"open":%q}`, s.State.Step, poll.Group))
	vote := fmt.Sprintf(`{"token":%q,"poll":%q,"answer":%q}`, ballotOf(t, web, s.Code), poll.ID, poll.Answers[0].ID)

	phone, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(web, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer phone.Close()
	fmt.Fprintf(phone, "POST /live/%s/votes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", s.Code, len(vote))
	answers := bufio.NewReader(phone)
	if got := lineOf(t, answers); got != "HTTP/1.1 100 Continue" { // it waits for the answer
		t.Fatal(got)
	}
	_ = lineOf(t, answers)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if got := lineOf(t, said); got != "stopping" {
		t.Fatal(got)
	}
	fmt.Fprint(phone, vote)
	if got := lineOf(t, answers); got != "HTTP/1.1 204 No Content" {
		t.Fatal(got)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	_, said = serving(t, "--db", db, "--addr", "127.0.0.1:0")
	s.ask(t, http.MethodGet, addressIn(t, said, "listening on ")+"/live/"+s.Code+"/totals", "")
	if s.Polls[0].Votes != 1 {
		t.Errorf("%d answers are kept, want 1", s.Polls[0].Votes)
	}
}

// ask asks as the presenter and reads the answer into the session.
func (s *session) ask(t *testing.T, method, address, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+s.Secret)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(s); err != nil || res.StatusCode >= http.StatusBadRequest {
		t.Fatalf("%s %s: %s, %v", method, address, res.Status, err)
	}
}

// ballotOf is what one follower may answer with.
func ballotOf(t *testing.T, web, code string) string {
	t.Helper()
	res := ask(t.Context(), t, web+"/live/"+code+"/events")
	defer res.Body.Close()
	stream := bufio.NewReader(res.Body)
	for lineOf(t, stream) != "event: ballot" { // the state comes before it
	}
	return strings.TrimPrefix(lineOf(t, stream), "data: ")
}

func lineOf(t *testing.T, from *bufio.Reader) string {
	t.Helper()
	line, err := from.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}
