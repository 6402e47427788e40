package store

import (
	"context"
	"errors"
	"iter"
	"testing"
)

// A list that ends since its reader was stopped does not look like a whole one.
func TestAListThatIsStoppedIsNotWhole(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	numbers := func(ctx context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for n := 0; ctx.Err() == nil && yield(n, nil); n++ {
				continue
			}
		}
	}
	var last error
	read := 0
	for n, err := range beside(ctx, numbers) {
		if last = err; err != nil {
			break
		}
		if read = n; n == 20 {
			stop()
		}
	}
	if read < 20 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d numbers, then %v", read, last)
	}
}
