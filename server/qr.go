package server

import (
	"bytes"
	"fmt"

	"rsc.io/qr"
)

// qrQuiet is the white border that a QR code needs on each side, in modules (ISO/IEC 18004).
const qrQuiet = 4

// qrSVG writes a text as a QR code: black on white in every theme, since readers of codes want it so, one unit of the
// drawing for each module, error correction M (15 %). The error says that the text is too long, beyond 2,331 bytes.
func qrSVG(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("QR code: %w", err)
	}
	var b bytes.Buffer
	side := code.Size + 2*qrQuiet
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" shape-rendering="crispEdges">`,
		side, side, 8*side, 8*side)
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, side, side)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for x+run < code.Size && code.Black(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+qrQuiet, y+qrQuiet, run, run)
				x += run
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}
