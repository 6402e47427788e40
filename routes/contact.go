package routes

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// contactsName is the file of contacts, which a pack may have.
const contactsName = "contacts.yaml"

type contactsFile struct {
	// Where help is to be had.
	Contacts []Contact `json:"contacts"`
}

// Contact is where help is to be had. It is shown for twelve months from the day it was verified and then hidden until
// somebody has made sure again; it is never invented.
type Contact struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// What it is called.
	Title Text `json:"title"`
	// What it is: hotline, helpdesk, legal_aid and so on, as for sites. The contact of a shelter, transit centre, drop-in centre or
	// reintegration centre is not published.
	Kind SiteKind `json:"kind"`
	// The country it serves: an ISO 3166-1 alpha-2 code such as TH.
	Country string `json:"country"`
	// The languages spoken there, as BCP 47 tags.
	Languages []string `json:"languages"`
	// When it answers.
	Hours Text `json:"hours,omitempty"`
	// The number as one dials it there.
	Phone string `json:"phone,omitempty"`
	// An https address.
	URL string `json:"url,omitempty"`
	// Where it was verified: whose page or publication says so.
	Source string `json:"source"`
	// The day on which it was verified: 2026-05-01.
	Verified string `json:"verified" mend:"write the day on which it was verified: verified: 2026-05-01"`
}

// contactMonths is how long a contact is relied on after it was verified.
const contactMonths = 12

// Current says whether a contact was verified recently enough to be shown.
func (c Contact) Current(now time.Time) bool {
	verified, until, err := c.relied()
	return err == nil && !verified.After(now) && now.Before(until)
}

// Until is the day from which a contact is hidden unless somebody has made sure again, such as 2027-05-01; empty where it is not known.
func (c Contact) Until() string {
	_, until, err := c.relied()
	if err != nil {
		return ""
	}
	return until.Format(time.DateOnly)
}

// relied gives from when until when a contact is relied on.
func (c Contact) relied() (verified, until time.Time, err error) {
	verified, err = time.Parse(time.DateOnly, c.Verified)
	return verified, verified.AddDate(0, contactMonths, 0), err
}

// HiddenContacts says of each contact that is not shown at a time why, one line each.
func (p Pack) HiddenContacts(now time.Time) []string {
	var out []string
	for _, c := range p.Contacts {
		if !c.Current(now) {
			out = append(out, fmt.Sprintf("%s: the contact %q was verified on %s and is hidden from readers; make sure that it is right and write the day",
				contactsName, c.ID, c.Verified))
		}
	}
	return out
}

var phoneForm = regexp.MustCompile(`^\+?[0-9][0-9 ()-]{1,23}$`)

// checkContacts holds the rule that contacts can be relied on: each says where and when it was verified.
func (l *Loaded) checkContacts() {
	seen := map[string]bool{}
	for i, c := range l.Contacts {
		s := l.spots.contacts[i]
		l.id(c.ID, idForm, s.field("id"), seen)
		l.checkServed(c, s)
		l.checkReached(c, s)
		l.checkVerified(c, s.field("verified"))
		if c.Kind.sheltered() {
			l.refuse(s.field("kind"), fmt.Sprintf("the contact of a site of kind %s is not published, since it leads to the people there", c.Kind),
				"name the service through which it is reached, such as a hotline")
		}
	}
}

// checkVerified wants a day that was, so that no contact is hidden now and shown years later.
func (l *Loaded) checkVerified(c Contact, s spot) {
	switch {
	case c.Verified == "": // reported as missing
	case !isDay(c.Verified):
		l.refuse(s, fmt.Sprintf("%q is no day", c.Verified), "write a day of the calendar as year-month-day, such as 2026-05-01")
	case c.Verified > today():
		l.refuse(s, fmt.Sprintf("%q is a day to come", c.Verified), "write the day on which the contact was verified")
	}
}

// checkServed checks whom a contact serves.
func (l *Loaded) checkServed(c Contact, s spot) {
	if region, err := language.ParseRegion(c.Country); c.Country != "" && (err != nil || !region.IsCountry() || region.String() != c.Country) {
		l.refuse(s.field("country"), fmt.Sprintf("%q is no country's code", c.Country), "write an ISO 3166-1 alpha-2 code such as TH")
	}
	needed(l, c.Languages, s.field("languages"), "the contact has no language", "write the tag of each that is spoken there, such as th")
	for j, tag := range c.Languages {
		if parsed, err := language.Parse(tag); err != nil || parsed.String() != tag {
			l.refuse(s.field("languages").item(j), fmt.Sprintf("%q is no language tag", tag), mendTag(tag))
		}
	}
}

// checkReached checks how a contact is reached.
func (l *Loaded) checkReached(c Contact, s spot) {
	if c.Phone == "" && c.URL == "" {
		l.refuse(s, "the contact has neither a phone nor a url", "add one of them")
	}
	if c.Phone != "" && !phoneForm.MatchString(c.Phone) {
		l.refuse(s.field("phone"), fmt.Sprintf("%q is no phone number", c.Phone), "write digits as one dials them, such as +66 2 000 0000")
	}
	if c.URL != "" && !strings.HasPrefix(c.URL, "https://") {
		l.refuse(s.field("url"), "the address is not an https one", "write https://…")
	}
}
