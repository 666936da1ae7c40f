// Package measure says what a request of OTLP asks of a Collector, without decoding it.
package measure

import "fmt"

// Signal is what a request carries.
type Signal string

// What OTLP carries.
const (
	Traces  Signal = "traces"
	Metrics Signal = "metrics"
	Logs    Signal = "logs"
)

// Limits of one request.
type Limits struct {
	// Decoded is the memory, in bytes, that decoding it may take.
	Decoded int64
	// Depth of lists and maps inside each other in one value.
	Depth int64
	// Resources in it.
	Resources int64
	// Attributes of one resource, scope, span, event, link, point or record, or entries of one map.
	Attributes int64
	// KeyBytes is the length of the name of an attribute.
	KeyBytes int64
}

// Measured is what one request holds.
type Measured struct {
	// Decoded is the memory, in bytes, that a Collector has taken once it has decoded it, garbage of doing so included.
	Decoded int64
	// Resources in it, and spans, points of metrics and log records.
	Resources, Items int64
}

// Service is called with each value of service.name that a resource has. It may not keep it.
type Service func(name []byte)

// Excess is a limit that a request goes beyond. What is behind it has not been looked at, so there may be more of it.
type Excess struct {
	// Limit is its name: decoded, depth, resources, attributes, key.
	Limit       string
	Value, Most int64
}

func (e *Excess) Error() string {
	return fmt.Sprintf("%s: %d, and %d at most are taken", what[e.Limit], e.Value, e.Most)
}

var what = map[string]string{
	"decoded":    "bytes of memory that decoding takes",
	"depth":      "levels of lists and maps inside each other",
	"resources":  "resources in one request",
	"attributes": "attributes of one thing",
	"key":        "bytes of an attribute's name",
}

// Malformed is a request that is not what it says.
type Malformed struct{ Reason string }

func (m *Malformed) Error() string { return "malformed: " + m.Reason }
