package routes_test

import (
	"strings"
	"testing"

	"corridor/routes"
)

// A quiz takes time too.
func TestTimeMayBePlannedForAQuiz(t *testing.T) {
	for written, says := range map[string]string{
		"quiz_minutes: 10\nquiz:\n": "", "quiz_minutes: 0\nquiz:\n": "0 is no time for a quiz; write 1 to 240 minutes", "quiz_minutes: ten\nquiz:\n": "this must be a whole number",
		"quiz_minutes: 5\nformerly:\n": "there is no quiz to plan time for",
	} {
		loaded, problems := routes.Load(edit(t, "lessons/talk.yaml", "quiz:\n", written))
		if errs := problems.Errors().String(); says == "" && (errs != "" || loaded.Lessons[0].QuizMinutes != 10) || !strings.Contains(errs, says) {
			t.Errorf("%s: %s, want %s", written, errs, says)
		}
	}
}
