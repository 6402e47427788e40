package server

import (
	"context"
	"errors"
	"sync"
)

// Bounds of the work on pictures and on the shapes of embeds. One is drawn at a time, so that on two processors the pages keep one of them, and only
// a few may wait: who would wait for longer is told to ask again.
const (
	pictureCacheBytes = 24 << 20
	picturesWaiting   = 24
)

// errBusy means that too many pictures or shapes of embeds are being waited for.
var errBusy = errors.New("too many pictures are being drawn; ask again in a moment")

// queue lets one work at a time while a few wait.
type queue struct {
	turn  chan struct{}
	seats chan struct{}
}

func newQueue(waiting int) *queue {
	return &queue{turn: make(chan struct{}, 1), seats: make(chan struct{}, waiting+1)}
}

// enter waits for the turn; leave must be called after. The error is [errBusy] where no seat is free, or that of a context
// that ends before.
func (q *queue) enter(ctx context.Context) (leave func(), err error) {
	select {
	case q.seats <- struct{}{}:
	default:
		return nil, errBusy
	}
	select {
	case q.turn <- struct{}{}:
		return func() { <-q.turn; <-q.seats }, nil
	case <-ctx.Done():
		<-q.seats
		return nil, ctx.Err()
	}
}

// pictureCache keeps the pictures that were asked for last, in so many bytes.
type pictureCache struct {
	mu   sync.Mutex
	kept *lastAsked[[]byte]
}

func newPictureCache(limit int) *pictureCache {
	return &pictureCache{kept: newLastAsked[[]byte](limit)}
}

func (c *pictureCache) get(key string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kept.get(key)
}

// put keeps a picture that is not larger than a quarter of the cache.
func (c *pictureCache) put(key string, body []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(body) <= c.kept.limit/4 {
		c.kept.put(key, body, len(body))
	}
}
