package server

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"corridor/routes"
	"corridor/store"
)

// credit says whose content is and under which licences.
type credit struct {
	// licences are SPDX identifiers, each once.
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

// links lead to the licences.
func (c credit) links() []link {
	list := make([]link, len(c.licences))
	for i, licence := range c.licences {
		list[i] = link{Href: licenceAddress(licence), Rel: "license", Type: htmlType, Title: licence}
	}
	return list
}

// credit is that of all content. It is worked out once for each version, since every page of items says it.
func (e *extents) credit(ctx context.Context, v *store.View) (credit, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.begin(v.Version)
	if e.whose == nil {
		packs, err := v.Abouts(ctx)
		if err != nil {
			return credit{}, err
		}
		c, err := creditOf(packs)
		if err != nil {
			return credit{}, err
		}
		e.whose = &c
	}
	return *e.whose, nil
}
