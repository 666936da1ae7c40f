package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"sightline/toolchain/guard/measure"
)

// config is the file that a guard is started with. All of it has to be there.
type config struct {
	// Listen says where senders, and those who ask for metrics, reach the guard.
	Listen struct{ GRPC, HTTP, Metrics string }
	// To says where the Collector is.
	To struct{ GRPC, HTTP string }
	// Request is what one request may be.
	Request struct {
		// Bytes after decompression.
		Bytes int64
		// Depth of lists and maps inside each other, resources, attributes of one thing, bytes of an attribute's name.
		Depth, Resources, Attributes, KeyBytes int64
	}
	// DecodedBytes is the memory that the Collector has for decoding all requests that are under way.
	DecodedBytes int64
	// ReadBytes is the memory that the guard has for requests that are being read.
	ReadBytes int64
	// Connections at a time.
	Connections int64
	// Services that may be known at a time, and for how long one is that nobody sends.
	Services          int64
	ForgottenAfterSec int64
	// WaitMs is how long a request waits for its turn.
	WaitMs int64
	// PatienceSec is how long a sender may take for a request.
	PatienceSec int64
}

func readConfig(file string) (config, error) {
	var c config
	text, err := os.ReadFile(file)
	if err != nil {
		return c, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return c, fmt.Errorf("%s: %w", file, err)
	}
	positive := map[string]int64{
		"request.bytes": c.Request.Bytes, "request.depth": c.Request.Depth, "request.resources": c.Request.Resources,
		"request.attributes": c.Request.Attributes, "request.keyBytes": c.Request.KeyBytes,
		"decodedBytes": c.DecodedBytes, "readBytes": c.ReadBytes, "connections": c.Connections, "services": c.Services,
		"forgottenAfterSec": c.ForgottenAfterSec, "waitMs": c.WaitMs, "patienceSec": c.PatienceSec,
	}
	for name, value := range positive {
		if value <= 0 {
			return c, fmt.Errorf("%s: %s: %d is not above 0", file, name, value)
		}
	}
	return c, nil
}

func (c config) limits(largest int64) measure.Limits {
	return measure.Limits{
		Decoded:    largest,
		Depth:      c.Request.Depth,
		Resources:  c.Request.Resources,
		Attributes: c.Request.Attributes,
		KeyBytes:   c.Request.KeyBytes,
	}
}

func (c config) wait() time.Duration     { return time.Duration(c.WaitMs) * time.Millisecond }
func (c config) patience() time.Duration { return time.Duration(c.PatienceSec) * time.Second }
func (c config) forgottenAfter() time.Duration {
	return time.Duration(c.ForgottenAfterSec) * time.Second
}
