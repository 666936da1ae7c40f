package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"

	"sightline/toolchain/guard/measure"
)

// otlpHTTP is OTLP as requests of HTTP, in protobuf or JSON.
type otlpHTTP struct {
	collector string
	client    http.RoundTripper
}

func (otlpHTTP) name() string { return "http" }

var paths = map[string]measure.Signal{
	"/v1/traces": measure.Traces, "/v1/metrics": measure.Metrics, "/v1/logs": measure.Logs,
}

func (otlpHTTP) route(r *http.Request) (measure.Signal, bool, *refusal) {
	signal, is := paths[r.URL.Path]
	if !is {
		return "", false, bad(404, "path", "no such path: /v1/traces, /v1/metrics and /v1/logs are there")
	}
	if r.Method != http.MethodPost {
		return signal, false, bad(405, "method", "method %.20q: POST is taken", r.Method)
	}
	switch mediaType(r) {
	case "application/x-protobuf":
		return signal, false, nil
	case "application/json":
		return signal, true, nil
	}
	return signal, false, bad(415, "type", "content type %.60q: application/x-protobuf and application/json are taken",
		r.Header.Get("Content-Type"))
}

func mediaType(r *http.Request) string {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

func (otlpHTTP) unwrap(r *http.Request, body []byte) ([]byte, string, *refusal) {
	if encodings := r.Header.Values("Content-Encoding"); len(encodings) == 1 && encodings[0] != "identity" {
		return body, encodings[0], nil
	} else if len(encodings) > 1 {
		return nil, "", bad(415, "encoding", "compressed more than once")
	}
	return body, "", nil
}

func (h otlpHTTP) forward(ctx context.Context, r *http.Request, message *buffer) (*http.Response, error) {
	body := message.body()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+h.collector+r.URL.Path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header = passedOn(r.Header, r.RemoteAddr)
	return h.client.RoundTrip(request)
}

func (otlpHTTP) answer(w http.ResponseWriter, response *http.Response) string {
	handBack(w.Header(), response.Header)
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body)
	return strconv.Itoa(response.StatusCode)
}

// refuse says why as the specification of OTLP asks: as a google.rpc.Status in the encoding of the request.
func (otlpHTTP) refuse(w http.ResponseWriter, r *http.Request, why *refusal) {
	if why.again {
		w.Header().Set("Retry-After", "1")
	}
	body := statusOf(why)
	if mediaType(r) == "application/json" {
		body, _ = json.Marshal(map[string]any{"code": why.grpc, "message": why.text})
		w.Header().Set("Content-Type", "application/json")
	} else {
		w.Header().Set("Content-Type", "application/x-protobuf")
	}
	w.WriteHeader(why.http)
	_, _ = w.Write(body)
}

// statusOf is a google.rpc.Status. To a sender that may try again it says when, without which it would not.
func statusOf(why *refusal) []byte {
	field := func(body []byte, number protowire.Number, value []byte) []byte {
		return protowire.AppendBytes(protowire.AppendTag(body, number, protowire.BytesType), value)
	}
	body := protowire.AppendVarint(protowire.AppendTag(nil, 1, protowire.VarintType), uint64(why.grpc))
	body = field(body, 2, []byte(why.text))
	if !why.again {
		return body
	}
	second := protowire.AppendVarint(protowire.AppendTag(nil, 1, protowire.VarintType), 1)
	retry := field(nil, 1, second)
	return field(body, 3, field(field(nil, 1, []byte("type.googleapis.com/google.rpc.RetryInfo")), 2, retry))
}
