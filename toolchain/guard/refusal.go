package main

import (
	"errors"
	"fmt"

	"sightline/toolchain/guard/measure"
)

// refusal is why a request is not passed on. A sender that tries again may be let in where `again` says so.
type refusal struct {
	// reason is what it is counted by: one of a few.
	reason string
	text   string
	http   int
	grpc   uint32
	again  bool
}

// Codes of gRPC.
const (
	invalidArgument   = 3
	resourceExhausted = 8
	unimplemented     = 12
	unavailable       = 14
)

func bad(status int, reason, format string, values ...any) *refusal {
	return &refusal{reason: reason, text: fmt.Sprintf(format, values...), http: status, grpc: invalidArgument}
}

// busy is for a sender that is over its share: the same request is taken once there is less of it under way.
func busy(reason, format string, values ...any) *refusal {
	return &refusal{reason: reason, text: fmt.Sprintf(format, values...), http: 429, grpc: resourceExhausted, again: true}
}

func unmeasured(err error) *refusal {
	var excess *measure.Excess
	if !errors.As(err, &excess) {
		return bad(400, "malformed", "%v", err)
	}
	if excess.Limit == "decoded" {
		return bad(413, excess.Limit, "%v", err)
	}
	return bad(400, excess.Limit, "%v", err)
}

func tooLarge(most int64) *refusal {
	return bad(413, "bytes", "bytes of a request after decompression: more than %d, and %d at most are taken", most, most)
}

// away is for when the Collector does not answer, or not in time.
var away = refusal{
	reason: "away", text: "the Collector behind the guard does not answer", http: 503, grpc: unavailable, again: true,
}
