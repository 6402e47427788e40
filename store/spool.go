package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
)

// A spool is a temporary file of records, so that a pack of any size can be put in order before it goes into the
// database. It has no name once it is open, where the system allows that: it is gone with the process.
type spool struct {
	file   *os.File
	writer *bufio.Writer
	length int64
	buffer []byte // of the record that is read
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

// add writes a record.
func (s *spool) add(encoded []byte) (record, error) {
	r := record{s.length, int32(len(encoded))}
	if _, err := s.writer.Write(encoded); err != nil {
		return r, fmt.Errorf("store: the temporary file of the import: %w", err)
	}
	s.length += int64(r.length)
	return r, nil
}

// read gives the fields of a record.
func (s *spool) read(r record) ([]string, error) {
	if s.writer.Buffered() > 0 {
		if err := s.writer.Flush(); err != nil {
			return nil, fmt.Errorf("store: the temporary file of the import: %w", err)
		}
	}
	s.buffer = slices.Grow(s.buffer[:0], int(r.length))[:r.length]
	if _, err := s.file.ReadAt(s.buffer, r.offset); err != nil {
		return nil, fmt.Errorf("store: the temporary file of the import: %w", err)
	}
	return fieldsOf(string(s.buffer))
}

// fieldsOf gives the fields of a record, as [appendFields] writes them, which are parts of its text.
func fieldsOf(text string) ([]string, error) {
	const most = 24 // nearly always
	fields := make([]string, 0, most)
	for at := 0; at < len(text); {
		length, n := binary.Uvarint([]byte(text[at:min(at+binary.MaxVarintLen64, len(text))]))
		at += n
		if n <= 0 || length > uint64(len(text)-at) {
			return nil, errSpool
		}
		fields = append(fields, text[at:at+int(length)])
		at += int(length)
	}
	return fields, nil
}

// Close gives the file back to the system.
func (s *spool) Close() error {
	err := s.file.Close()
	_ = os.Remove(s.file.Name()) // nearly always gone
	return err
}
