package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/paulmach/orb"
	"golang.org/x/text/encoding/charmap"
)

// A shape is a row of a shapefile of lines, with its attributes.
type shape struct {
	Lines      orb.MultiLineString
	Attributes map[string]string
}

// Numbers of the ESRI shapefile and dBase formats.
const (
	shapeHead     = 100
	shapeLine     = 3
	dbaseHead     = 32
	dbaseField    = 32
	dbaseFieldEnd = 0x0d
)

// readShapes reads NAME.shp, NAME.shx and NAME.dbf. Texts are in Windows-1252, as Natural Earth wrote them before version 4.
func readShapes(name string) ([]shape, error) {
	lines, err := readLines(name)
	if err != nil {
		return nil, err
	}
	rows, err := readDBase(name + ".dbf")
	if err != nil {
		return nil, err
	}
	if len(lines) != len(rows) {
		return nil, fmt.Errorf("%s: %d shapes and %d rows of attributes; the two files do not belong together", name, len(lines), len(rows))
	}
	out := make([]shape, len(lines))
	for i := range lines {
		out[i] = shape{lines[i], rows[i]}
	}
	return out, nil
}

// readLines finds each shape through the index, since shapes that were written anew leave gaps.
func readLines(name string) ([]orb.MultiLineString, error) {
	raw, err := os.ReadFile(name + ".shp")
	if err != nil {
		return nil, err
	}
	index, err := os.ReadFile(name + ".shx")
	if err != nil {
		return nil, err
	}
	var out []orb.MultiLineString
	for at := shapeHead; at+8 <= len(index); at += 8 {
		from := int(binary.BigEndian.Uint32(index[at:]))*2 + 8
		to := from + int(binary.BigEndian.Uint32(index[at+4:]))*2
		if from < shapeHead || to < from+4 || to > len(raw) {
			return nil, fmt.Errorf("%s.shp: shape %d is cut short", name, len(out)+1)
		}
		l, err := linesOf(raw[from:to])
		if err != nil {
			return nil, fmt.Errorf("%s.shp: shape %d: %w", name, len(out)+1, err)
		}
		out = append(out, l)
	}
	return out, nil
}

// linesOf decodes one shape: its kind, a box, the numbers of parts and points, where the parts begin, and the points.
func linesOf(b []byte) (orb.MultiLineString, error) {
	if binary.LittleEndian.Uint32(b) == 0 {
		return nil, nil
	}
	if binary.LittleEndian.Uint32(b) != shapeLine || len(b) < 44 {
		return nil, errors.New("not a line")
	}
	parts, points := int(binary.LittleEndian.Uint32(b[36:])), int(binary.LittleEndian.Uint32(b[40:]))
	if len(b) < 44+4*parts+16*points {
		return nil, errors.New("cut short")
	}
	at := func(i int) orb.Point {
		p := b[44+4*parts+16*i:]
		return orb.Point{math.Float64frombits(binary.LittleEndian.Uint64(p)), math.Float64frombits(binary.LittleEndian.Uint64(p[8:]))}
	}
	var out orb.MultiLineString
	for i := range parts {
		from, to := int(binary.LittleEndian.Uint32(b[44+4*i:])), points
		if i+1 < parts {
			to = int(binary.LittleEndian.Uint32(b[48+4*i:]))
		}
		var l orb.LineString
		for j := from; j < min(to, points); j++ {
			l = append(l, at(j))
		}
		out = append(out, l)
	}
	return out, nil
}

func readDBase(path string) ([]map[string]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(raw) < dbaseHead {
		return nil, fmt.Errorf("%s: no dBase file", path)
	}
	count, head, width := int(binary.LittleEndian.Uint32(raw[4:])), int(binary.LittleEndian.Uint16(raw[8:])), int(binary.LittleEndian.Uint16(raw[10:]))
	if len(raw) < head+count*width {
		return nil, fmt.Errorf("%s: %d rows are told of and fewer are there", path, count)
	}
	type field struct {
		name  string
		width int
	}
	var fields []field
	for at := dbaseHead; at+dbaseField <= head && raw[at] != dbaseFieldEnd; at += dbaseField {
		name, _, _ := strings.Cut(string(raw[at:at+11]), "\x00")
		fields = append(fields, field{name, int(raw[at+16])})
	}
	rows := make([]map[string]string, count)
	for i := range rows {
		rows[i] = map[string]string{}
		at := head + i*width + 1 // the first byte marks deleted rows
		for _, f := range fields {
			text, err := charmap.Windows1252.NewDecoder().Bytes(raw[at : at+f.width])
			if err != nil {
				return nil, fmt.Errorf("%s: row %d: %w", path, i+1, err)
			}
			rows[i][f.name] = strings.Trim(string(text), " \x00")
			at += f.width
		}
	}
	return rows, nil
}
