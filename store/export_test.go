package store

// RewriteUpTo sets up to how many bytes of a database an import rewrites.
func (s *Store) RewriteUpTo(bytes int64) { s.mostRewritten = bytes }
