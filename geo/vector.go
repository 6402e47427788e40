package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// UnitVector is the point of the unit sphere at a longitude and latitude in degrees: x towards 0° E, y towards 90° E, z
// towards the North Pole.
func UnitVector(p orb.Point) [3]float64 {
	lon, lat := radians(p[0]), radians(p[1])
	return [3]float64{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

// FromVector is the longitude and latitude in degrees of the direction of a vector, which need not be of length one. The
// zero vector gives 0, 0.
func FromVector(v [3]float64) orb.Point {
	return orb.Point{degrees(math.Atan2(v[1], v[0])), degrees(math.Atan2(v[2], math.Hypot(v[0], v[1])))}
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
func degrees(radians float64) float64 { return radians * 180 / math.Pi }
