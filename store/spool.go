package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// A spool is a temporary file of records, so that a pack of any size can be put in order before it goes into the
// database. It has no name once it is open, where the system allows that: it is gone with the process.
type spool struct {
	file   *os.File
	writer *bufio.Writer
	length int64
}

// A record is where the spool holds one.
type record struct {
	offset int64
	length int32
}

var errSpool = errors.New("store: the temporary file is damaged")

func newSpool(folder string) (*spool, error) {
	file, err := os.CreateTemp(folder, ".corridor-import-*")
	if err != nil {
		return nil, fmt.Errorf("store: a temporary file beside the database: %w", err)
	}
	_ = os.Remove(file.Name()) // Close removes it where an open file cannot be removed
	return &spool{file: file, writer: bufio.NewWriterSize(file, 1<<20)}, nil
}

// encode gives the bytes of a record of some fields, which no other fields have.
func encode(fields ...string) []byte {
	length := 0
	for _, f := range fields {
		length += binary.MaxVarintLen64 + len(f)
	}
	b := make([]byte, 0, length)
	for _, f := range fields {
		b = append(binary.AppendUvarint(b, uint64(len(f))), f...)
	}
	return b
}

// add writes a record.
func (s *spool) add(encoded []byte) (record, error) {
	r := record{s.length, int32(len(encoded))}
	s.length += int64(len(encoded))
	if _, err := s.writer.Write(encoded); err != nil {
		return r, fmt.Errorf("store: the temporary file of the import: %w", err)
	}
	return r, nil
}

// read gives the fields of a record.
func (s *spool) read(r record) ([]string, error) {
	if s.writer.Buffered() > 0 {
		if err := s.writer.Flush(); err != nil {
			return nil, fmt.Errorf("store: the temporary file of the import: %w", err)
		}
	}
	raw := make([]byte, r.length)
	if _, err := io.ReadFull(io.NewSectionReader(s.file, r.offset, int64(r.length)), raw); err != nil {
		return nil, fmt.Errorf("store: the temporary file of the import: %w", err)
	}
	var fields []string
	for rest := string(raw); rest != ""; {
		length, n := binary.Uvarint([]byte(rest[:min(len(rest), binary.MaxVarintLen64)]))
		if n <= 0 || length > uint64(len(rest)-n) {
			return nil, errSpool
		}
		fields = append(fields, rest[n:n+int(length)])
		rest = rest[n+int(length):]
	}
	return fields, nil
}

// Close gives the file back to the system.
func (s *spool) Close() error {
	err := s.file.Close()
	_ = os.Remove(s.file.Name()) // nearly always gone
	return err
}
