package server

import "corridor/live"

// LiveView is what the pages for an audience show.
type LiveView struct {
	// Code is the session's as people read it, or what was typed; Problem names the text that says why it leads nowhere.
	Code, Problem string
	// Title is the lesson's, and Address that of the page as it is, for readers without JavaScript to load again.
	Title   Words
	Address string
	Steps   []LiveStep
	State   live.State
	// Drafts says that a translation that nobody has reviewed is among the texts.
	Drafts bool
	// StandIn is as in Page.
	StandIn string
}

// LiveStep is one step as followers see it: all but what is for the speaker alone; or the quiz, whose title is the
// interface's under Key.
type LiveStep struct {
	ID, Key    string
	Seq, Total int
	Current    bool
	// Drafts is as in LiveView, of the step's own texts.
	Drafts                   bool
	Title, Narration         Words
	Noticing, Protects, Help Words
	// Questions and Decision may be opened for answers; Decision is nil where there is none.
	Questions []LivePoll
	Decision  *LivePoll
	Quiz      []LivePoll
	// Claim is nil where the step tells nothing of a source.
	Claim *ClaimView
}

// LivePoll is a question with the answers that can be tapped.
type LivePoll struct {
	// ID and Group are those of the session's poll. Screen is the presenter's name for its screen, of the quiz only.
	ID, Group, Screen string
	// Seq is the number of a question of the quiz, and Total how many there are.
	Seq, Total int
	Text       Words
	Answers    []LiveAnswer
	// Explanation is told with the right answer of the quiz.
	Explanation Words
}

// LiveAnswer is one answer: its own words, or those of the interface under Key. Letter is the one that the presenter's screen has
// beside it, empty where that shows no answers.
type LiveAnswer struct {
	ID, Key, Letter string
	Text            Words
	Correct         bool
}

// LiveClient is what the script of a follower's page needs.
type LiveClient struct {
	Code string `json:"code"`
	// Pass lets the page in again.
	Pass  string     `json:"pass"`
	State live.State `json:"state"`
}
