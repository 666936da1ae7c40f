package sightline

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/contrib/samplers/jaegerremote"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

// sampler says who decides about a trace: whoever began it, and nobody after. A trace that begins here follows Jaeger's
// strategies where OTEL_TRACES_SAMPLER_ARG has an endpoint, a share where it has a number, and is kept where it has
// nothing.
//
// Source: OpenTelemetry SDK environment variables, OTEL_TRACES_SAMPLER.
func sampler(who *resource.Resource) trace.Sampler {
	named, given := os.Getenv("OTEL_TRACES_SAMPLER"), os.Getenv("OTEL_TRACES_SAMPLER_ARG")
	if named == "always_off" {
		return rooted(trace.NeverSample())
	}
	options := map[string]string{}
	for pair := range strings.SplitSeq(given, ",") {
		key, value, _ := strings.Cut(pair, "=")
		options[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	if endpoint := options["endpoint"]; endpoint != "" {
		service, _ := who.Set().Value(attribute.Key("service.name"))
		return rooted(jaegerremote.New(service.AsString(),
			jaegerremote.WithSamplingServerURL(endpoint),
			jaegerremote.WithInitialSampler(trace.TraceIDRatioBased(number(options["initialSamplingRate"], 1))),
			jaegerremote.WithSamplingRefreshInterval(
				time.Duration(number(options["pollingIntervalMs"], 60_000))*time.Millisecond)))
	}
	if strings.Contains(named, "traceidratio") {
		return rooted(trace.TraceIDRatioBased(number(given, 1)))
	}
	return rooted(trace.AlwaysSample())
}

func number(text string, otherwise float64) float64 {
	if value, err := strconv.ParseFloat(text, 64); err == nil && value >= 0 {
		return value
	}
	return otherwise
}

func rooted(root trace.Sampler) trace.Sampler { return trace.ParentBased(withoutProbes{root}) }

// withoutProbes keeps no trace that a probe begins.
type withoutProbes struct{ trace.Sampler }

// probes ask many times a minute on every process.
var probes = regexp.MustCompile(`^/(healthz?|readyz?|livez?|ping|_health|health/(live|ready)|actuator/health)/?$`)

func (s withoutProbes) ShouldSample(p trace.SamplingParameters) trace.SamplingResult {
	for _, attr := range p.Attributes {
		if attr.Key == "url.path" && probes.MatchString(attr.Value.AsString()) {
			return trace.SamplingResult{Decision: trace.Drop}
		}
	}
	return s.Sampler.ShouldSample(p)
}
