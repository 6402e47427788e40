package geo

import "github.com/paulmach/orb"

// hilbertOrder is how often the curve's square is halved: cells of 360°/2^16, about 600 m at the equator.
const hilbertOrder = 16

// Hilbert is how far along a Hilbert curve over the whole world a point lies, in longitude-latitude degrees. Points that
// are near each other on the curve are near each other on the ground, so rows in this order lie together on the disk as
// they do on the map. Points outside the world count as at its edge.
func Hilbert(p orb.Point) uint32 {
	x := curveCell((p.Lon() + 180) / 360)
	y := curveCell((p.Lat() + 90) / 180)
	var along uint32
	for side := uint32(1) << (hilbertOrder - 1); side > 0; side /= 2 {
		right, upper := x&side > 0, y&side > 0
		quarter := uint32(0)
		switch {
		case right && upper:
			quarter = 2
		case right:
			quarter = 3
		case upper:
			quarter = 1
		}
		along = along<<2 | quarter
		if !upper { // the two lower quarters are turned
			if right {
				x, y = ^x, ^y
			}
			x, y = y, x
		}
	}
	return along
}

// curveCell brings a share of the world's width or height to the curve's cells.
func curveCell(share float64) uint32 {
	const cells = 1 << hilbertOrder
	return uint32(min(max(share*cells, 0), cells-1))
}
