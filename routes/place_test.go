package routes_test

import "testing"

// A place is shown as finely as the source knows it, and each mend names what can be written.
func TestPlacesAndTheirPrecisions(t *testing.T) {
	for _, tt := range []struct{ name, old, replacement, want string }{
		{
			"a finer precision than the source's place", "precision: province", "precision: settlement",
			`places.yaml:5:16: the precision settlement is finer than what the query finds, a province; write precision: province, or a query of a finer place that the source names`,
		},
		{
			"a finer place than the source's precision", "precision: settlement", "precision: province",
			`places.yaml:9:16: the query finds a settlement, which is finer than the precision province that the source supports; write query: "province of Bangkok Metropolis, Thailand", so that nothing finer is stored`,
		},
		{"a city by a name that its province bears too", "query: city of Bangkok, Thailand", "query: Lampang", ""},
		{"a province by a name that its city bears too", "query: Yunnan, China", "query: Lampang", ""},
		{
			"a city with the precision of the province of its name", "query: Yunnan, China", "query: city of Lampang",
			`places.yaml:5:16: the query finds a settlement, which is finer than the precision province that the source supports; write query: "province of Lampang, Thailand", so that nothing finer is stored`,
		},
		{
			"a town with the precision of the province around it", "query: Yunnan, China", "query: Mae Sai",
			`places.yaml:5:16: the query finds a settlement, which is finer than the precision province that the source supports; write query: "province of Chiang Rai, Thailand", so that nothing finer is stored`,
		},
		{
			"a district by the name of its town", "query: Yunnan, China\n    precision: province", "query: Mae Sai\n    precision: district",
			`places.yaml:5:16: the query finds a settlement, which is finer than the precision district that the source supports; write query: "province of Chiang Rai, Thailand" with precision: province, so that nothing finer is stored`,
		},
		{
			"a district", "query: Yunnan, China\n    precision: province", "query: district of Mae Sai\n    precision: district",
			`places.yaml:4:12: the data know where "Mae Sai" lies but not its outline; write what it lies in: "province of Chiang Rai, Thailand", with precision: province; mend the query; data/content/README.md lists what can be written`,
		},
		{"the border of two provinces", "query: border of Thailand and Malaysia", "query: border of Chiang Rai and Shan", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, problems := problemsOf(t, edit(t, "places.yaml", tt.old, tt.replacement))
			if got := problems.String(); got != tt.want {
				t.Errorf("problems:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}
