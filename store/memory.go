package store

import "sync"

// memory has values, which are all forgotten when they are too many bytes. It may be used by several goroutines.
type memory[K comparable, V any] struct {
	mu     sync.Mutex
	values map[K]V
	size   int // bytes
}

func (m *memory[K, V]) get(key K) (value V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok = m.values[key]
	return value, ok
}

// keep keeps a value of so many bytes, and of all no more than most.
func (m *memory[K, V]) keep(key K, value V, size, most int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.size += size; m.size > most || m.values == nil {
		m.values, m.size = map[K]V{}, size
	}
	m.values[key] = value
}
