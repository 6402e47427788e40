package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"testing"
)

// embedded are the features of an embed.
type embedded map[string][]struct {
	ID       string
	Geometry struct {
		Type        string
		Coordinates json.RawMessage
	}
	Properties map[string]any
}

func TestFeaturesOfAnEmbed(t *testing.T) {
	s := serverOf(t, another)
	count := func(query string) embedded {
		t.Helper()
		a := get(t, s, "/embed/"+query, "Origin", "null")
		var e embedded
		if err := json.Unmarshal([]byte(a.body), &e); err != nil || a.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Fatalf("%s: %s, %v", query, a.Status, err)
		}
		return e
	}
	plain := count("yunnan.json?lang=th")
	if len(plain["stops"]) != 6 || len(plain["legs"]) != 5 || len(plain["movements"])+len(plain["sites"]) != 0 || len(plain["parts"]) != 1 {
		t.Errorf("%d stops, %d legs, %d parts", len(plain["stops"]), len(plain["legs"]), len(plain["parts"]))
	}
	for _, stop := range plain["stops"] {
		if stop.Properties["historical"] != true || stop.Properties["lang"] != "th" || len(stop.Geometry.Coordinates) == 0 {
			t.Errorf("%s: %v", stop.ID, stop.Properties)
		}
	}
	if plain["parts"][0].Geometry.Type != "MultiLineString" {
		t.Errorf("the parts' lines are a %s", plain["parts"][0].Geometry.Type)
	}
	if full := count("yunnan.json?layers=movements,sites"); len(full["movements"]) == 0 || len(full["sites"]) == 0 {
		t.Error("the layers asked for are missing")
	}
	if both := count("all.json?route=yunnan&route=other"); len(both["stops"]) != 12 {
		t.Errorf("two routes have %d stops", len(both["stops"]))
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(get(t, s, "/embed/yunnan.json?lang=my").body))
	_ = z.Close()
	if packed.Len() > 24<<10 {
		t.Errorf("%d bytes", packed.Len())
	}
}
