package live

// Ballot gives what a stream of the session would.
func Ballot(s *Session) string { return s.ballot() }

// Remembered says how many addresses are remembered for their answers, and how many addresses and networks for wrong codes.
func (h *Hub) Remembered() (answered, missed int) {
	h.votes.mu.Lock()
	defer h.votes.mu.Unlock()
	h.guard.mu.Lock()
	defer h.guard.mu.Unlock()
	return len(h.votes.done), len(h.guard.suspects)
}
