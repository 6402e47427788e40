package store

import "sync"

// memory has values, which are all forgotten when they are too many bytes. It may be used by several goroutines.
type memory[K comparable, V any] struct {
	mu     sync.Mutex
	values map[K]sized[V]
	size   int // bytes
}

// sized is a value of so many bytes.
type sized[V any] struct {
	value V
	size  int
}

func (m *memory[K, V]) get(key K) (value V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept, ok := m.values[key]
	return kept.value, ok
}

// keep keeps a value of so many bytes, and of all no more than most: one that is larger alone is not kept.
func (m *memory[K, V]) keep(key K, value V, size, most int) {
	if size > most {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.size += size - m.values[key].size // two may have read the same at once
	if m.size > most || m.values == nil {
		m.values, m.size = map[K]sized[V]{}, size
	}
	m.values[key] = sized[V]{value, size}
}
