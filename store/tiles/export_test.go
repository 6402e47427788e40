package tiles

// HilbertID numbers a tile of PMTiles, for the tests of archives.
func HilbertID(z, x, y int) uint64 { return hilbert(z, x, y) }
