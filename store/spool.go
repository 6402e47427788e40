package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
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

// counted reads so many values.
func counted[T any](n int, read func(i int) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for i := range n {
			if value, err := read(i); !yield(value, err) {
				return
			}
		}
	}
}

// then does something with each value.
func then[T, U any](values iter.Seq2[T, error], do func(T) (U, error)) iter.Seq2[U, error] {
	return func(yield func(U, error) bool) {
		for value, err := range values {
			var made U
			if err == nil {
				made, err = do(value)
			}
			if !yield(made, err) {
				return
			}
		}
	}
}

// ahead has values made ahead of the receiver, up to the first error. They are handed over in chunks: to wake the other side takes
// longer than to read a value.
func ahead[T any](values iter.Seq2[T, error]) iter.Seq2[T, error] {
	const size, most = 64, 8
	type chunk struct {
		values []T
		err    error // why there is no value after these
	}
	return func(yield func(T, error) bool) {
		chunks, ended := make(chan chunk, most), make(chan struct{})
		send := func(c chunk) (sent bool) {
			select {
			case chunks <- c:
				return true
			case <-ended:
				return false
			}
		}
		go func() {
			defer close(chunks)
			c := chunk{values: make([]T, 0, size)}
			for value, err := range values {
				if c.err = err; err == nil {
					c.values = append(c.values, value)
				}
				if len(c.values) < size && err == nil {
					continue
				}
				if !send(c) || err != nil {
					return
				}
				c.values = make([]T, 0, size)
			}
			send(c)
		}()
		defer func() { // nothing may be read any more
			close(ended)
			for range chunks {
			}
		}()
		for c := range chunks {
			for _, value := range c.values {
				if !yield(value, nil) {
					return
				}
			}
			if c.err != nil {
				var none T
				yield(none, c.err)
				return
			}
		}
	}
}

// Close gives the file back to the system.
func (s *spool) Close() error {
	err := s.file.Close()
	_ = os.Remove(s.file.Name()) // nearly always gone
	return err
}
