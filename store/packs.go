package store

import (
	"context"
	"errors"
	"path/filepath"

	"corridor/routes"
)

// document is one document of a pack as a row.
type document struct {
	kind, id string
	routes   []string
	body     any // JSON text of a row
}

// Kinds of documents.
const (
	kindSource       = "source"
	kindOrganisation = "organisation"
	kindPlace        = "place"
	kindRoute        = "route"
	kindMovement     = "movement"
	kindSite         = "site"
	kindFinding      = "finding"
	kindLesson       = "lesson"
	kindContact      = "contact"
)

// SavePack replaces a pack's documents and features, as [Store.Save] does.
func (s *Store) SavePack(ctx context.Context, pack routes.Pack, features []routes.Feature) (changed bool, err error) {
	in, err := s.IntakeOf(pack, features)
	if err != nil {
		return false, err
	}
	defer in.Close()
	return s.Save(ctx, in)
}

// IntakeOf takes in a whole pack, to be saved in the store.
func (s *Store) IntakeOf(pack routes.Pack, features []routes.Feature) (*Intake, error) {
	in, err := NewIntake(filepath.Dir(s.path), pack.About)
	if err != nil {
		return nil, err
	}
	prepared, err := new(Preparer).Prepare(pack, routes.NamesOf(pack), features)
	if err == nil {
		err = in.Add(prepared)
	}
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return in, nil
}

func documentsOf(p routes.Pack, each func(document) error) error {
	var failed error
	add := func(kind, id string, beside []string, body any) {
		if failed == nil {
			failed = each(document{kind, id, beside, body})
		}
	}
	for _, d := range p.Sources {
		add(kindSource, d.ID, nil, d)
	}
	for _, d := range p.Organisations {
		add(kindOrganisation, d.ID, nil, d)
	}
	for _, d := range p.Places {
		add(kindPlace, d.ID, nil, d)
	}
	for _, d := range p.Routes {
		add(kindRoute, d.ID, nil, d)
	}
	for _, d := range p.Movements {
		add(kindMovement, d.ID, d.Routes, d)
	}
	for _, d := range p.Sites {
		add(kindSite, d.ID, d.Routes, d)
	}
	for _, d := range p.Findings {
		add(kindFinding, d.ID, d.Routes, d)
	}
	for _, d := range p.Lessons {
		add(kindLesson, d.ID, []string{d.Route}, d)
	}
	for _, d := range p.Contacts {
		add(kindContact, d.ID, nil, d)
	}
	return failed
}
