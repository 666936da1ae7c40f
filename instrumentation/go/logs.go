package sightline

import (
	"context"
	"fmt"
	"log/slog"

	"go.opentelemetry.io/otel/trace"
)

// correlate gives lines of the default logger of slog the ids of their trace, where a service has set one. That of slog
// itself writes by the package log, which would then write by it: neither would ever come back.
func correlate() {
	handler := slog.Default().Handler()
	if fmt.Sprintf("%T", handler) == "*slog.defaultHandler" {
		return
	}
	slog.SetDefault(slog.New(Logs(handler)))
}

// Logs is a handler of slog whose lines have trace_id, span_id and trace_flags where they are written within a span: for
// loggers that a service makes itself. The lines go where they went; whoever reads them finds their trace.
func Logs(handler slog.Handler) slog.Handler { return logs{handler} }

type logs struct{ slog.Handler }

func (l logs) Handle(ctx context.Context, line slog.Record) error {
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		line = line.Clone()
		line.AddAttrs(
			slog.String("trace_id", span.TraceID().String()),
			slog.String("span_id", span.SpanID().String()),
			slog.String("trace_flags", span.TraceFlags().String()))
	}
	return l.Handler.Handle(ctx, line)
}

func (l logs) WithAttrs(attrs []slog.Attr) slog.Handler { return logs{l.Handler.WithAttrs(attrs)} }
func (l logs) WithGroup(name string) slog.Handler       { return logs{l.Handler.WithGroup(name)} }
