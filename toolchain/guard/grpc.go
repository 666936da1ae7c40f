package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"sightline/toolchain/guard/measure"
)

// otlpGRPC is OTLP as calls of gRPC, which are requests of HTTP/2: five bytes, the message, and the status as a trailer.
//
// Source: doc/PROTOCOL-HTTP2.md of gRPC.
type otlpGRPC struct {
	collector string
	client    http.RoundTripper
}

func (otlpGRPC) name() string { return "grpc" }

var methods = map[string]measure.Signal{
	"/opentelemetry.proto.collector.trace.v1.TraceService/Export":     measure.Traces,
	"/opentelemetry.proto.collector.metrics.v1.MetricsService/Export": measure.Metrics,
	"/opentelemetry.proto.collector.logs.v1.LogsService/Export":       measure.Logs,
}

func (otlpGRPC) route(r *http.Request) (measure.Signal, bool, *refusal) {
	signal, is := methods[r.URL.Path]
	if !is || r.Method != http.MethodPost || r.ProtoMajor != 2 {
		refused := bad(404, "path", "no such method: Export of TraceService, MetricsService and LogsService is there")
		refused.grpc = unimplemented
		return "", false, refused
	}
	if kind := r.Header.Get("Content-Type"); kind != "application/grpc" && kind != "application/grpc+proto" {
		return signal, false, bad(415, "type", "content type %.60q: application/grpc is taken", kind)
	}
	return signal, false, nil
}

func (otlpGRPC) unwrap(r *http.Request, body []byte) ([]byte, string, *refusal) {
	if len(body) < prefix {
		return nil, "", bad(400, "cut-off", "the call ends before its message")
	}
	if long := binary.BigEndian.Uint32(body[1:prefix]); int64(long) != int64(len(body)-prefix) {
		return nil, "", bad(400, "cut-off", "a message of %d bytes is announced, and %d are there", long, len(body)-prefix)
	}
	switch encoding := r.Header.Get("Grpc-Encoding"); {
	case body[0] == 0:
		return body[prefix:], "", nil
	case body[0] == 1 && encoding != "" && encoding != "identity":
		return body[prefix:], encoding, nil
	}
	return nil, "", bad(400, "encoding", "a message that is compressed, and nothing that says how")
}

func (g otlpGRPC) forward(ctx context.Context, r *http.Request, message *buffer) (*http.Response, error) {
	framed := message.bytes
	framed[0] = 0
	binary.BigEndian.PutUint32(framed[1:prefix], uint32(len(message.body())))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+g.collector+r.URL.Path, bytes.NewReader(framed))
	if err != nil {
		return nil, err
	}
	request.Header = passedOn(r.Header, r.RemoteAddr)
	request.Header.Set("Te", "trailers")
	response, err := g.client.RoundTrip(request)
	if err == nil && response.StatusCode != http.StatusOK {
		response.Body.Close()
		return nil, fmt.Errorf("status %d", response.StatusCode)
	}
	return response, err
}

func (otlpGRPC) answer(w http.ResponseWriter, response *http.Response) string {
	trailers := http.Header{}
	// A call that failed has its status in its headers alone.
	for name, values := range response.Header {
		if strings.HasPrefix(name, "Grpc-Status") || name == "Grpc-Message" {
			trailers[name] = values
			response.Header.Del(name)
		}
	}
	handBack(w.Header(), response.Header)
	w.Header().Del("Content-Length")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush()
	_, failed := io.Copy(w, response.Body)
	for name, values := range response.Trailer {
		trailers[name] = values
	}
	if failed != nil || trailers.Get("Grpc-Status") == "" {
		trailers = http.Header{"Grpc-Status": {strconv.Itoa(unavailable)}, "Grpc-Message": {away.text}}
	}
	for name, values := range trailers {
		w.Header()[http.TrailerPrefix+name] = values
	}
	return trailers.Get("Grpc-Status")
}

func (otlpGRPC) refuse(w http.ResponseWriter, _ *http.Request, why *refusal) {
	w.Header().Set("Content-Type", "application/grpc")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush()
	w.Header().Set(http.TrailerPrefix+"Grpc-Status", strconv.Itoa(int(why.grpc)))
	w.Header().Set(http.TrailerPrefix+"Grpc-Message", escaped(why.text))
	w.Header().Set(http.TrailerPrefix+"Grpc-Status-Details-Bin", base64.RawStdEncoding.EncodeToString(statusOf(why)))
}

// escaped is a text as gRPC writes it in a header: what is not printable, and percent signs, as bytes in hexadecimal.
func escaped(text string) string {
	var out strings.Builder
	for _, b := range []byte(text) {
		if b < ' ' || b > '~' || b == '%' {
			fmt.Fprintf(&out, "%%%02X", b)
		} else {
			out.WriteByte(b)
		}
	}
	return out.String()
}
