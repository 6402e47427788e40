package routes_test

import (
	"strings"
	"testing"

	"corridor/routes"
)

// What is published and is in one language only.
func TestPeopleAreRefusedInEveryString(t *testing.T) {
	const person, count = ` "Mrs Nobody" looks like a person's name`, ` "3 girls" counts fewer than 11 people`
	tests := []struct{ file, old, replacement, at string }{
		{"sources.yaml", "title: A report", "title: Interview with Mrs Nobody, 3 girls", "sources.yaml:3:12:"},
		{"pack.yaml", "attribution: Corridor contributors", "attribution: Mrs Nobody, 3 girls", "pack.yaml:5:14:"},
		{"movements.yaml", "[REPORT1 ¶6]", `["REPORT1 ¶6, told by Mrs Nobody who met 3 girls"]`, "movements.yaml:12:17:"},
		{
			"places.yaml", "query: city of Bangkok, Thailand", "query: at 13.7 N, 100.5 E, precision settlement, source Survey by Mrs Nobody of 3 girls",
			"places.yaml:8:12:",
		},
		{"organisations.yaml", "{en: The teller, th: ผู้เล่า}", "{en: Mrs Nobody and 3 girls, th: ผู้เล่า}", "organisations.yaml:3:17:"},
	}
	for _, tt := range tests {
		_, problems := routes.Load(edit(t, tt.file, tt.old, tt.replacement))
		for _, want := range []string{person, count} {
			if !strings.Contains(problems.String(), tt.at+want) {
				t.Errorf("no %q at %s in:\n%s", want, tt.at, problems)
			}
		}
	}
}
