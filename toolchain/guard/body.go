package main

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"

	"sightline/toolchain/guard/share"
)

// prefix is the room before a body for what gRPC writes there.
const prefix = 5

// buffer holds a body, and the share of the memory for bodies that it takes.
type buffer struct {
	bytes  []byte
	pool   *share.Pool
	sender string
	taken  int64
}

var (
	errLarge = errors.New("too large")
	errShare = errors.New("over its share")
)

// fill reads all there is, up to so many bytes. It takes memory for what has come, not for what is announced.
func (b *buffer) fill(from io.Reader, most int64) error {
	b.bytes = b.bytes[:0]
	if err := b.grow(4 << 10); err != nil {
		return err
	}
	b.bytes = b.bytes[:prefix]
	for {
		if len(b.bytes) == cap(b.bytes) {
			if err := b.grow(min(2*cap(b.bytes), int(most)+prefix+1)); err != nil {
				return err
			}
		}
		n, err := from.Read(b.bytes[len(b.bytes):cap(b.bytes)])
		b.bytes = b.bytes[:len(b.bytes)+n]
		if int64(len(b.bytes)-prefix) > most {
			return errLarge
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (b *buffer) grow(size int) error {
	if !b.pool.Take(b.sender, int64(size)) {
		return errShare
	}
	b.taken += int64(size)
	larger := make([]byte, len(b.bytes), size)
	copy(larger, b.bytes)
	if before := int64(cap(b.bytes)); before > 0 {
		b.pool.Give(b.sender, before)
		b.taken -= before
	}
	b.bytes = larger
	return nil
}

func (b *buffer) body() []byte { return b.bytes[prefix:] }

func (b *buffer) free() {
	b.pool.Give(b.sender, b.taken)
	b.taken, b.bytes = 0, nil
}

// inflate decompresses a body that has come, up to so many bytes. It takes no memory for what a header announces.
func inflate(encoding string, body []byte, into *buffer, most int64) error {
	reader, done, err := decompressor(encoding, body, most)
	if err != nil {
		return err
	}
	defer done()
	return into.fill(reader, most)
}

// window is the largest that a zstd frame may ask memory for: more than any level of it makes for what is taken.
const window = 8 << 20

func decompressor(encoding string, body []byte, most int64) (io.Reader, func(), error) {
	nothing := func() {}
	switch encoding {
	case "gzip":
		reader, err := gzip.NewReader(bytes.NewReader(body))
		return reader, nothing, err
	case "zlib", "deflate":
		reader, err := zlib.NewReader(bytes.NewReader(body))
		return reader, nothing, err
	case "zstd":
		reader, err := zstd.NewReader(bytes.NewReader(body),
			zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(window))
		if err != nil {
			return nil, nothing, err
		}
		return reader, reader.Close, nil
	case "snappy", "x-snappy-framed":
		if encoding != "snappy" || bytes.HasPrefix(body, []byte("\xff\x06\x00\x00sNaPpY")) {
			return snappy.NewReader(bytes.NewReader(body)), nothing, nil
		}
		size, err := snappy.DecodedLen(body)
		if err != nil {
			return nil, nothing, err
		}
		if int64(size) > most {
			return nil, nothing, errLarge
		}
		plain, err := snappy.Decode(nil, body)
		return bytes.NewReader(plain), nothing, err
	}
	return nil, nothing, errEncoding
}

var errEncoding = errors.New("unknown")

const encodings = "gzip, zstd, snappy, x-snappy-framed, zlib and deflate are taken"
