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

// Two who read the same at once both keep it.
func TestWhatIsKeptAgainTakesNoMoreRoom(t *testing.T) {
	const most = 10
	var m memory[string, int]
	m.keep("a", 1, 4, most)
	for range 3 {
		m.keep("b", 2, 6, most)
	}
	if _, ok := m.get("a"); !ok {
		t.Error("ten of ten bytes are kept, and yet one is forgotten")
	}
	m.keep("b", 3, 2, most)
	m.keep("c", 4, 4, most)
	for key, want := range map[string]int{"a": 1, "b": 3, "c": 4} {
		if got, ok := m.get(key); !ok || got != want {
			t.Errorf("%s is %d, %t", key, got, ok)
		}
	}
}

func TestWhatIsLargerThanAllThatIsKeptTakesNobodysPlace(t *testing.T) {
	const most = 10
	var m memory[string, int]
	m.keep("a", 1, 4, most)
	m.keep("b", 2, most+1, most)
	if _, ok := m.get("b"); ok {
		t.Error("it holds more than it may")
	}
	if _, ok := m.get("a"); !ok {
		t.Error("what it may hold is forgotten")
	}
}
