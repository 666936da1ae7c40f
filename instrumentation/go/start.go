// Package sightline traces a Go service by one call at its start. It sets up the SDK of OpenTelemetry and nothing of its
// own: spans, points and log lines are made by the API and the libraries of OpenTelemetry, as otelhttp and otelgrpc.
package sightline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/runtime"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

// last is how long the last spans of a service may take to be sent, where nobody answers.
const last = 2 * time.Second

// Start switches traces, metrics and ids in log lines on, as the environment says, and returns what ends them:
//
//	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
//	defer stop()
//	defer sightline.Start(ctx)()
//
// Once ctx is done the service is about to end, and what it still does is sent every quarter of a second. The returned
// function sends what is left and takes two seconds at most. A service starts whatever is wrong with its telemetry: that
// is one line on standard error.
//
// It reads OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_EXPORTER_OTLP_*, OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER
// ("none" switches a signal off), OTEL_TRACES_SAMPLER with OTEL_TRACES_SAMPLER_ARG, OTEL_BSP_* and OTEL_SDK_DISABLED.
func Start(ctx context.Context) (end func()) {
	if strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") {
		return func() {}
	}
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	correlate()
	providers, err := providers(ctx)
	if err != nil {
		fmt.Fprintf(os.Stderr, "sightline: %v\n", err)
	}
	// The context of a service that ends is done already.
	sending, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go flushWhileEnding(ctx, ended, sending, providers)
	return func() {
		close(ended)
		// What is on its way goes on: to cut it off would lose it.
		defer time.AfterFunc(last, giveUp).Stop()
		var waiting sync.WaitGroup
		for _, provider := range providers {
			waiting.Go(func() { _ = provider.Shutdown(sending) })
		}
		waiting.Wait()
		giveUp()
	}
}

// provider is what spans and points are handed to.
type provider interface {
	ForceFlush(context.Context) error
	Shutdown(context.Context) error
}

// providers registers one for each signal that is on; what cannot be had is left out, and said.
func providers(ctx context.Context) (running []provider, err error) {
	who := resourceOf(ctx)
	if os.Getenv("OTEL_TRACES_EXPORTER") != "none" {
		exporter, failed := otlptracehttp.New(ctx)
		err = errors.Join(err, failed)
		if failed == nil {
			tracers := tracerProvider(who, exporter)
			otel.SetTracerProvider(tracers)
			running = append(running, tracers)
		}
	}
	if os.Getenv("OTEL_METRICS_EXPORTER") != "none" {
		exporter, failed := otlpmetrichttp.New(ctx)
		err = errors.Join(err, failed)
		if failed == nil {
			reader := metric.NewPeriodicReader(exporter, metric.WithProducer(runtime.NewProducer()))
			meters := metric.NewMeterProvider(metric.WithResource(who), metric.WithReader(reader))
			otel.SetMeterProvider(meters)
			running = append(running, meters)
			err = errors.Join(err, runtime.Start())
		}
	}
	return running, err
}

// tracerProvider has the sampler that is asked for. The SDK does not know strategies, and would say so on its own.
func tracerProvider(who *resource.Resource, exporter trace.SpanExporter) *trace.TracerProvider {
	chosen := sampler(who)
	if named, found := os.LookupEnv("OTEL_TRACES_SAMPLER"); found {
		_ = os.Unsetenv("OTEL_TRACES_SAMPLER")
		defer os.Setenv("OTEL_TRACES_SAMPLER", named)
	}
	return trace.NewTracerProvider(
		trace.WithBatcher(exporter, batching()...), trace.WithResource(who), trace.WithSampler(chosen))
}

// batching sends after one second where nothing else is asked for: a service that is killed loses that much.
func batching() []trace.BatchSpanProcessorOption {
	if os.Getenv("OTEL_BSP_SCHEDULE_DELAY") != "" {
		return nil
	}
	return []trace.BatchSpanProcessorOption{trace.WithBatchTimeout(time.Second)}
}

// resourceOf says who sends. Command lines hold secrets, and the owner of a process is nobody's affair.
func resourceOf(ctx context.Context) *resource.Resource {
	who, _ := resource.New(ctx,
		resource.WithHost(), resource.WithOSType(), resource.WithProcessPID(), resource.WithProcessExecutableName(),
		resource.WithProcessRuntimeName(), resource.WithProcessRuntimeVersion(), resource.WithTelemetrySDK(),
		// What is given goes before what is found.
		resource.WithFromEnv())
	merged, err := resource.Merge(resource.Default(), who)
	if err != nil {
		return who
	}
	return merged
}

// flushWhileEnding sends what a service does after it was asked to end, until it has.
func flushWhileEnding(asked context.Context, ended <-chan struct{}, sending context.Context, providers []provider) {
	select {
	case <-ended:
		return
	case <-asked.Done():
	}
	again := time.NewTicker(250 * time.Millisecond)
	defer again.Stop()
	for {
		for _, provider := range providers {
			_ = provider.ForceFlush(sending)
		}
		select {
		case <-ended:
			return
		case <-again.C:
		}
	}
}
