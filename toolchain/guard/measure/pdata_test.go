package measure

import (
	"runtime"
	"strings"
	"testing"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/protobuf/encoding/protowire"
)

// Parts of requests, written by hand: libraries that write OTLP cannot write all that may come.
func in(number protowire.Number, parts ...[]byte) []byte {
	var body []byte
	for _, part := range parts {
		body = append(body, part...)
	}
	return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), body)
}
func str(number protowire.Number, text string) []byte { return in(number, []byte(text)) }
func fixed(number protowire.Number) []byte {
	return protowire.AppendFixed64(protowire.AppendTag(nil, number, protowire.Fixed64Type), 1<<60)
}
func times(n int, part []byte) []byte { return []byte(strings.Repeat(string(part), n)) }
func attr(name, text string) []byte   { return in(1, str(1, name), in(2, str(1, text))) }
func tagged(number protowire.Number, parts ...[]byte) []byte {
	return in(1, in(2, in(2, in(number, parts...))))
}

var free = Limits{Decoded: 1 << 40, Depth: 1 << 40, Resources: 1 << 40, Attributes: 1 << 40, KeyBytes: 1 << 40}

type shape struct {
	name   string
	signal Signal
	body   []byte
}

var id16, id8 = make([]byte, 16), make([]byte, 8)

func shapes() []shape {
	usual := in(2, in(1, id16), in(2, id8), in(4, id8), str(5, "GET /orders/{id}"), fixed(7), fixed(8),
		in(9, str(1, "http.request.method"), in(2, str(1, "GET"))),
		in(9, str(1, "http.route"), in(2, str(1, "/orders/{id}"))),
		in(9, str(1, "server.address"), in(2, str(1, "orders.example.com"))),
		in(9, str(1, "http.response.status_code"), in(2, []byte{3 << 3, 200, 1})),
		in(11, fixed(1), str(2, "retry"), in(3, str(1, "n"), in(2, []byte{3 << 3, 1}))))
	point := in(1, fixed(2), fixed(3), fixed(4), in(7, str(1, "host"), in(2, str(1, "a"))))
	record := in(2, fixed(1), str(3, "INFO"), in(5, str(1, "order 17 has been sent to its buyer")), in(6, str(1, "k"), in(2, str(1, "v"))))
	deep := []byte{2 << 3, 1}
	for range 2000 {
		deep = in(5, in(1, deep))
	}
	return []shape{
		{"usual spans", Traces, in(1, in(1, attr("service.name", "orders")), in(2, times(8000, usual)))},
		{"a large text", Traces, in(1, in(2, in(2, str(5, strings.Repeat("x", 6<<20)))))},
		{"empty resources", Traces, times(1_000_000, in(1))},
		{"empty resources of logs", Logs, times(1_000_000, in(1))},
		{"empty scopes", Traces, in(1, times(1_000_000, in(2)))},
		{"deprecated scopes", Traces, in(1, times(500_000, in(1000)))},
		{"empty spans", Traces, in(1, in(2, times(1_000_000, in(2))))},
		{"empty attributes", Traces, in(1, in(2, in(2, times(1_000_000, in(9)))))},
		{"attributes of resources", Traces, in(1, in(1, times(1_000_000, in(1))))},
		{"short attributes", Traces, in(1, in(2, in(2, times(300_000, in(9, str(1, "k"), in(2, str(1, "v")))))))},
		{"numbers as attributes", Traces, in(1, in(2, in(2, times(300_000, in(9, in(2, []byte{3 << 3, 1}))))))},
		{"empty events", Traces, in(1, in(2, in(2, times(1_000_000, in(11)))))},
		{"empty links", Traces, in(1, in(2, in(2, times(1_000_000, in(13)))))},
		{"a name again and again", Traces, in(1, in(2, in(2, times(1_000_000, str(5, "x")))))},
		{"values of a list", Traces, in(1, in(2, in(2, in(9, in(2, in(5, times(1_000_000, in(1))))))))},
		{"numbers in a list", Traces, in(1, in(2, in(2, in(9, in(2, in(5, times(500_000, in(1, []byte{2 << 3, 1}))))))))},
		{"lists in lists", Traces, in(1, in(2, in(2, in(9, in(2, deep)))))},
		{"the same value again and again", Traces, in(1, in(2, in(2, in(9, in(2, times(500_000, in(5)))))))},
		{"names of entities", Traces, in(1, in(1, in(3, times(500_000, str(3, "k")))))},
		{"empty entities", Traces, in(1, in(1, times(500_000, in(3))))},
		{"unknown fields", Traces, in(1, times(1_000_000, in(15)))},
		{"usual points", Metrics, in(1, in(2, in(2, str(1, "requests"), in(7, times(20_000, point)))))},
		{"empty metrics", Metrics, in(1, in(2, times(1_000_000, in(2))))},
		{"empty points", Metrics, tagged(5, times(1_000_000, in(1)))},
		{"empty data", Metrics, in(1, in(2, in(2, times(500_000, in(5)))))},
		{"empty histograms", Metrics, tagged(9, times(500_000, in(1)))},
		{"empty exponential histograms", Metrics, tagged(10, times(500_000, in(1)))},
		{"empty summaries", Metrics, tagged(11, times(500_000, in(1)))},
		{"quantiles", Metrics, tagged(11, in(1, times(500_000, in(6))))},
		{"exemplars", Metrics, tagged(5, in(1, times(500_000, in(5))))},
		{"exemplars with values", Metrics, tagged(5, in(1, times(300_000, in(5, fixed(3)))))},
		{"buckets together", Metrics, tagged(9, in(1, in(6, make([]byte, 4<<20))))},
		{"buckets one by one", Metrics, tagged(9, in(1, times(300_000, fixed(6))))},
		{"exponential buckets", Metrics, tagged(10, in(1, in(8, in(2, make([]byte, 2<<20)))))},
		{"usual records", Logs, in(1, in(2, times(20_000, record)))},
		{"empty records", Logs, in(1, in(2, times(1_000_000, in(2))))},
		{"maps as bodies", Logs, in(1, in(2, in(2, in(5, in(6, times(500_000, in(1)))))))},
	}
}

func decode(signal Signal, body []byte) (any, error) {
	switch signal {
	case Traces:
		r := ptraceotlp.NewExportRequest()
		return r, r.UnmarshalProto(body)
	case Metrics:
		r := pmetricotlp.NewExportRequest()
		return r, r.UnmarshalProto(body)
	}
	r := plogotlp.NewExportRequest()
	return r, r.UnmarshalProto(body)
}

// What decoding takes is measured where a Collector does it: nothing that is not estimated may be taken.
func TestPdataTakesNoMoreThanEstimated(t *testing.T) {
	for _, s := range shapes() {
		t.Run(s.name, func(t *testing.T) {
			measured, err := Proto(s.signal, s.body, free, nil)
			if err != nil {
				t.Fatal(err)
			}
			var before, after, kept runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			decoded, err := decode(s.signal, s.body)
			runtime.ReadMemStats(&after)
			runtime.GC()
			runtime.ReadMemStats(&kept)
			if err != nil {
				t.Fatal(err)
			}
			made, live := int64(after.TotalAlloc-before.TotalAlloc), int64(kept.HeapAlloc-before.HeapAlloc)
			t.Logf("%.1f MB: %.1f MB estimated, %.1f made, %.1f kept", mb(len(s.body)), mb(measured.Decoded), mb(made), mb(live))
			if made > measured.Decoded+1<<16 {
				t.Errorf("estimate %d, and %d are made", measured.Decoded, made)
			}
			runtime.KeepAlive(decoded)
		})
	}
}

func mb[N int | int64](bytes N) float64 { return float64(bytes) / 1e6 }

func itemsOf(decoded any) (int64, bool) {
	switch r := decoded.(type) {
	case ptraceotlp.ExportRequest:
		return int64(r.Traces().SpanCount()), true
	case plogotlp.ExportRequest:
		return int64(r.Logs().LogRecordCount()), true
	}
	return 0, false
}
