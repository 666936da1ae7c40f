package sightline

import (
	"net/http"
	"strings"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// HTTP makes a span of each request that a handler serves, named by the pattern of its ServeMux, and counts and times all.
// Probes are counted and make no spans.
func HTTP(handler http.Handler) http.Handler {
	return otelhttp.NewHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The pattern is known once a ServeMux has chosen it. Otelhttp names the span by it, and leaves out the attribute.
		defer func() {
			if _, route, found := strings.Cut(r.Pattern, "/"); found {
				trace.SpanFromContext(r.Context()).SetAttributes(attribute.String("http.route", "/"+route))
			}
		}()
		handler.ServeHTTP(w, r)
	}), "")
}

// Client makes a span of each request that is sent, and tells who answers of which trace it is.
func Client() *http.Client {
	return &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
}
