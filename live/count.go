package live

// Count says how many sessions go on, and how many streams follow them.
func (h *Hub) Count() (sessions, followers int) {
	for _, s := range h.all() {
		if !s.over() {
			sessions++
			followers += s.Followers()
		}
	}
	return sessions, followers
}
