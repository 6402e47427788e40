package tiles

import "sync"

// cacheBytes is how much of an archive stays in memory: the basemap of the build is smaller than that.
const cacheBytes = 12 << 20

// overhead is what an entry costs besides its data, in bytes, roughly.
const overhead = 64

// cache keeps the tiles that were read, up to a number of bytes. Reading is one look-up; when it is full, the older half
// goes: what is still wanted comes back with the next request.
type cache struct {
	mutex sync.RWMutex
	limit int
	bytes int // of young
	young map[uint64][]byte
	old   map[uint64][]byte
}

func newCache(limit int) *cache {
	return &cache{limit: limit / 2, young: map[uint64][]byte{}}
}

// key numbers a tile.
func key(z, x, y int) uint64 { return uint64(z)<<58 | uint64(x)<<29 | uint64(y) }

func (c *cache) get(at uint64) ([]byte, bool) {
	c.mutex.RLock()
	data, ok := c.young[at]
	old := false
	if !ok {
		data, old = c.old[at]
	}
	c.mutex.RUnlock()
	if old {
		c.put(at, data)
	}
	return data, ok || old
}

// put takes a tile; no data means that there is nothing.
func (c *cache) put(at uint64, data []byte) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if _, ok := c.young[at]; ok {
		return
	}
	if c.bytes > c.limit {
		c.old, c.young, c.bytes = c.young, map[uint64][]byte{}, 0
	}
	c.young[at] = data
	c.bytes += len(data) + overhead
}
