package server

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"corridor/routes"
	"corridor/store"
)

// credit says whose content is and under which licences.
type credit struct {
	// licences are SPDX identifiers or other words for what is allowed, each once.
	licences []string
	// attribution says whom to name: who made each pack, and the data sets of the geometries. quoted is the same as JSON.
	attribution string
	quoted      []byte
}

// creditOf gives the credit of what comes from some packs.
func creditOf(packs []routes.About) (credit, error) {
	var c credit
	var named []string
	for _, about := range packs {
		if !slices.Contains(c.licences, about.Licence) {
			c.licences = append(c.licences, about.Licence)
		}
		if !slices.Contains(named, about.Attribution) {
			named = append(named, about.Attribution)
		}
	}
	c.attribution = strings.Join(append(named, attribution), "; ")
	var err error
	c.quoted, err = json.Marshal(c.attribution)
	return c, err
}

// links lead to the licences that have a page.
func (c credit) links() []link {
	list := make([]link, 0, len(c.licences))
	for _, licence := range c.licences {
		if address := routes.LicenceAddress(licence); address != "" {
			list = append(list, link{Href: address, Rel: "license", Type: htmlType, Title: licence})
		}
	}
	return list
}

// credits keeps the credit of all content for as long as that stays.
type credits struct {
	mu      sync.Mutex
	version string
	known   credit
}

// credit is that of all content. Every page of items says it, so it is worked out once for each version, and nobody waits here for
// somebody else's extents.
func (e *extents) credit(ctx context.Context, v *store.View) (credit, error) {
	c := &e.whose
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version == v.Version {
		return c.known, nil
	}
	packs, err := v.Abouts(ctx)
	if err != nil {
		return credit{}, err
	}
	known, err := creditOf(packs)
	if err != nil {
		return credit{}, err
	}
	c.version, c.known = v.Version, known
	return known, nil
}
