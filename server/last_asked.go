package server

import "container/list"

// lastAsked keeps the values that were asked for last, in so many bytes. Whoever shares it locks it.
type lastAsked[V any] struct {
	limit, bytes int
	order        *list.List // of *keptValue[V], the last asked for first
	byKey        map[string]*list.Element
}

type keptValue[V any] struct {
	key   string
	value V
	bytes int
}

func newLastAsked[V any](limit int) *lastAsked[V] {
	return &lastAsked[V]{limit: limit, order: list.New(), byKey: map[string]*list.Element{}}
}

func (l *lastAsked[V]) get(key string) (value V, ok bool) {
	at, ok := l.byKey[key]
	if !ok {
		return value, false
	}
	l.order.MoveToFront(at)
	return at.Value.(*keptValue[V]).value, true
}

// put keeps a value of so many bytes instead of those that were not asked for the longest. What is there stays as it is.
func (l *lastAsked[V]) put(key string, value V, bytes int) {
	if _, ok := l.byKey[key]; ok || bytes > l.limit {
		return
	}
	l.byKey[key] = l.order.PushFront(&keptValue[V]{key, value, bytes})
	for l.bytes += bytes; l.bytes > l.limit; {
		old := l.order.Remove(l.order.Back()).(*keptValue[V])
		delete(l.byKey, old.key)
		l.bytes -= old.bytes
	}
}

func (l *lastAsked[V]) clear() {
	l.bytes = 0
	l.order.Init()
	clear(l.byKey)
}
