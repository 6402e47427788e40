package server_test

import (
	"strings"
	"testing"

	"corridor/server"
)

// Who is put in danger by what stands on a page finds whom to write to.
func TestPagesSayWhomToWriteTo(t *testing.T) {
	for contact, href := range map[string]string{
		"map@example.org": `href="mailto:map@example.org"`, "https://example.org/about": `href="https://example.org/about"`,
	} {
		s := serverWith(t, func(c *server.Config) { c.Contact = contact })
		for _, page := range []string{"/", "/routes/yunnan?lang=th", "/privacy"} {
			if body := get(t, s, page).body; !strings.Contains(body, href) {
				t.Errorf("%s does not name %s", page, contact)
			}
		}
	}
	for contact, fine := range map[string]bool{
		"": true, "a@b.example": true, "https://example.org": true, "http://example.org": false, "javascript:alert(1)": false, "example.org": false,
		"Name <a@b.example>": false, "<map@example.org>": false, "map@example.org (the map)": false, "a@b.example, c@d.example": false, "https://": false,
	} {
		if err := server.CheckContact(contact); (err == nil) != fine {
			t.Errorf("%q: %v", contact, err)
		}
	}
}
