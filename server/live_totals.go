package server

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"corridor/download"
	"corridor/live"
	"corridor/routes"
)

// liveTotals counts the answers for the presenter.
func (s *Server) liveTotals(w http.ResponseWriter, r *http.Request) error {
	session, secret, err := s.evenEnded(w, r)
	if err != nil {
		return err
	}
	totals, err := session.Totals(secret)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, totals)
}

// liveTotalsCSV gives the totals as a table: a row for each answer of each question that anybody answered, in the page's
// language. It holds sums and nothing of persons.
func (s *Server) liveTotalsCSV(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	session, secret, err := s.evenEnded(w, r)
	if err != nil {
		return err
	}
	totals, err := session.Totals(secret)
	if err != nil {
		return err
	}
	pack, lesson, err := s.lessonOf(r, session.Route(), session.Lesson())
	if err != nil {
		return err
	}
	words := pollWords{s.teller(pack, lang), lesson, s.newPage(r, lang, "live")}
	var b bytes.Buffer
	b.WriteString("\ufeff") // or spreadsheets take the text for Latin-1
	table := csv.NewWriter(&b)
	rows := [][]string{{"poll", "question", "answer", "answer_text", "correct", "votes"}}
	for _, poll := range totals.Polls {
		for _, a := range poll.Answers {
			if poll.Votes > 0 {
				question, answer, correct := words.of(poll.ID, a.ID)
				rows = append(rows, []string{poll.ID, download.Harmless(question), a.ID, download.Harmless(answer), correct, strconv.Itoa(a.Votes)})
			}
		}
	}
	if err := table.WriteAll(rows); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", attachment(session.Lesson()+"-"+live.Spell(session.Code)+".csv"))
	return writeBody(w, "text/csv; charset=utf-8", b.Bytes())
}

// pollWords finds the words of what followers answer.
type pollWords struct {
	texts  *teller
	lesson routes.Lesson
	page   Page
}

// of gives a question's and an answer's words; correct is "yes", "no" or, where none is right, empty.
func (p pollWords) of(poll, answer string) (question, text, correct string) {
	kind, of, _ := strings.Cut(poll, ".")
	of, id, _ := strings.Cut(of, ".")
	if kind == live.QuizBefore || kind == live.QuizAfter {
		for _, q := range p.lesson.Quiz {
			for _, a := range q.Answers {
				if q.ID == of && a.ID == answer {
					correct = "no"
					if a.Correct {
						correct = "yes"
					}
					return p.texts.words(q.Question).Plain, p.texts.words(a.Text).Plain, correct
				}
			}
		}
		return "", "", ""
	}
	for _, step := range p.lesson.Steps {
		if step.ID != of {
			continue
		}
		if n, err := strconv.Atoi(id); err == nil && n < len(step.Questions) {
			question = p.texts.words(step.Questions[n]).Plain
		}
		if kind == "decision" {
			question = p.texts.words(step.Decision).Plain
		}
	}
	return question, p.page.T("live." + kind + "." + answer), ""
}
