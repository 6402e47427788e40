package store

import "testing"

func TestMemoryHoldsNoMoreThanItMay(t *testing.T) {
	const most = 10
	var m memory[string, int]
	if _, ok := m.get("a"); ok {
		t.Error("it has what nobody gave it")
	}
	m.keep("a", 1, 6, most)
	m.keep("b", 2, 4, most)
	for key, want := range map[string]int{"a": 1, "b": 2} {
		if got, ok := m.get(key); !ok || got != want {
			t.Errorf("%s is %d, %t", key, got, ok)
		}
	}
	m.keep("c", 3, 1, most)
	if _, ok := m.get("a"); ok {
		t.Error("it holds more than it may")
	}
	if got, ok := m.get("c"); !ok || got != 3 {
		t.Errorf("what came last is %d, %t", got, ok)
	}
}
