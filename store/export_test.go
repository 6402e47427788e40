package store

import "context"

// RewriteUpTo sets up to how many bytes of a database an import rewrites.
func (s *Store) RewriteUpTo(bytes int64) { s.mostRewritten = bytes }

// WriteGeoPackage fills a file from the content as it is, whose version it gives.
func (s *Store) WriteGeoPackage(ctx context.Context, path string, g GeoPackage) (version string, err error) {
	err = s.SlowView(ctx, func(v *View) error {
		version = v.Version
		return v.WriteGeoPackage(ctx, path, g)
	})
	return version, err
}
