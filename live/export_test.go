package live

// Ballot gives what a stream of the session would.
func Ballot(s *Session) string { return s.ballot() }
