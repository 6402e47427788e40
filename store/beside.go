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

// ahead is [beside] for small values. They are handed over in chunks: to wake the other side takes longer than to make one.
func ahead[T any](ctx context.Context, values iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for chunk, err := range beside(ctx, func(context.Context) iter.Seq2[[]T, error] { return chunks(values) }) {
			for _, value := range chunk {
				if !yield(value, nil) {
					return
				}
			}
			if err != nil {
				var none T
				yield(none, err)
				return
			}
		}
	}
}

// chunks gives many values at a time, up to the first error, which comes with those before it.
func chunks[T any](values iter.Seq2[T, error]) iter.Seq2[[]T, error] {
	const size = 128
	return func(yield func([]T, error) bool) {
		chunk := make([]T, 0, size)
		for value, err := range values {
			if err != nil {
				yield(chunk, err)
				return
			}
			if chunk = append(chunk, value); len(chunk) < size {
				continue
			}
			if !yield(chunk, nil) {
				return
			}
			chunk = make([]T, 0, size)
		}
		if len(chunk) > 0 {
			yield(chunk, nil)
		}
	}
}

// counted reads so many values.
func counted[T any](n int, read func(i int) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for i := range n {
			if value, err := read(i); !yield(value, err) {
				return
			}
		}
	}
}

// then does something with each value.
func then[T, U any](values iter.Seq2[T, error], do func(T) (U, error)) iter.Seq2[U, error] {
	return func(yield func(U, error) bool) {
		for value, err := range values {
			var made U
			if err == nil {
				made, err = do(value)
			}
			if !yield(made, err) {
				return
			}
		}
	}
}
