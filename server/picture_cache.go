package server

import "sync"

// Bounds of the work on pictures and on the shapes of embeds.
const (
	pictureCacheBytes = 24 << 20
	picturesWaiting   = 24
)

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
