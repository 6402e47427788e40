package store

import (
	"context"
	"iter"
)

// beside gives what a list gives, which goes on in another goroutine, some ahead. The list must end where its context does.
func beside[T any](ctx context.Context, list func(context.Context) iter.Seq2[T, error]) iter.Seq2[T, error] {
	type one struct {
		value T
		err   error
	}
	const ahead = 4
	return func(yield func(T, error) bool) {
		whole := ctx
		ctx, stop := context.WithCancel(whole)
		waiting, done := make(chan one, ahead), make(chan struct{})
		defer func() { <-done }()
		defer stop()
		go func() {
			defer close(done)
			defer close(waiting)
			for value, err := range list(ctx) {
				select {
				case waiting <- one{value, err}:
				case <-ctx.Done():
					return
				}
			}
		}()
		for next := range waiting {
			if !yield(next.value, next.err) {
				return
			}
		}
		if err := whole.Err(); err != nil { // then the list is not whole
			var none T
			yield(none, err)
		}
	}
}
