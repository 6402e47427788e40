package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// The commands of a geometry in a vector tile.
const (
	moveTo    = 1
	lineTo    = 2
	closePath = 7
)

// pen writes geometries as commands, each relative to where it stands.
type pen struct{ x, y int32 }

func (p *pen) move(commands []uint32, to orb.Point) []uint32 {
	return p.step(append(commands, command(moveTo, 1)), int32(math.Round(to[0])), int32(math.Round(to[1])))
}

func (p *pen) step(commands []uint32, x, y int32) []uint32 {
	commands = append(commands, zigzag(x-p.x), zigzag(y-p.y))
	p.x, p.y = x, y
	return commands
}

// line writes a line. One shorter than a unit becomes one of a unit, so that it is still there.
func (p *pen) line(commands []uint32, line orb.LineString) []uint32 {
	if len(line) == 0 {
		return commands
	}
	commands = p.move(commands, line[0])
	at := len(commands)
	commands = p.path(append(commands, 0), line[1:])
	if len(commands) == at+1 {
		x := p.x + 1
		if x > Extent {
			x = p.x - 1
		}
		commands = p.step(commands, x, p.y)
	}
	commands[at] = command(lineTo, (len(commands)-at-1)/2)
	return commands
}

// path writes the steps to positions, leaving out those that change nothing.
func (p *pen) path(commands []uint32, line []orb.Point) []uint32 {
	for _, to := range line {
		if x, y := int32(math.Round(to[0])), int32(math.Round(to[1])); x != p.x || y != p.y {
			commands = p.step(commands, x, y)
		}
	}
	return commands
}

// ring writes a closed ring, an outer one clockwise as it is seen and a hole the other way round; nothing where no area is left.
func (p *pen) ring(commands []uint32, ring orb.Ring, outer bool) []uint32 {
	if len(ring) < 4 {
		return commands
	}
	points := make([]orb.Point, 0, len(ring))
	for _, at := range ring[:len(ring)-1] {
		at = orb.Point{math.Round(at[0]), math.Round(at[1])}
		if len(points) == 0 || at != points[len(points)-1] {
			points = append(points, at)
		}
	}
	twice := 0.0
	for i, a := range points {
		b := points[(i+1)%len(points)]
		twice += a[0]*b[1] - b[0]*a[1]
	}
	if len(points) < 3 || twice == 0 {
		return commands
	}
	if (twice > 0) != outer {
		for i, j := 1, len(points)-1; i < j; i, j = i+1, j-1 {
			points[i], points[j] = points[j], points[i]
		}
	}
	if points[len(points)-1] == points[0] {
		points = points[:len(points)-1]
	}
	commands = p.move(commands, points[0])
	at := len(commands)
	commands = p.path(append(commands, 0), points[1:])
	commands[at] = command(lineTo, (len(commands)-at-1)/2)
	return append(commands, command(closePath, 1))
}

func command(id, count int) uint32 { return uint32(id) | uint32(count)<<3 }

func zigzag(n int32) uint32 { return uint32(n<<1) ^ uint32(n>>31) }
