package measure

import (
	"errors"
	"strings"
	"testing"
)

var limits = Limits{Decoded: 64 << 20, Depth: 32, Resources: 10_000, Attributes: 1_000, KeyBytes: 1_024}

func lists(levels int) []byte {
	value := []byte{2 << 3, 1}
	for range levels {
		value = in(5, in(1, value))
	}
	return value
}

// Each begins a new message where it is: the same bytes again would be a field of a message that has one.
func TestNamesTheLimitAndTheValue(t *testing.T) {
	value := func(value []byte) []byte { return in(1, in(2, in(2, in(9, in(2, value))))) }
	for _, c := range []struct {
		name   string
		signal Signal
		body   []byte
		want   string
	}{
		{"empty resources", Traces, times(4_000_000, in(1)), "resources in one request: 10001, and 10000 at most are taken"},
		{"empty resources of metrics", Metrics, times(10_001, in(1)), "resources in one request: 10001, and 10000 at most are taken"},
		{"empty spans", Traces, in(1, in(2, times(2_000_000, in(2)))), "bytes of memory that decoding takes: 67109011, and 67108864 at most are taken"},
		{"exemplars", Metrics, tagged(5, in(1, times(2_000_000, in(5)))), "bytes of memory that decoding takes: "},
		{"33 levels", Traces, value(lists(33)), "levels of lists and maps inside each other: 33, and 32 at most are taken"},
		{"5,000 levels", Logs, in(1, in(2, in(2, in(5, lists(5_000))))), "levels of lists and maps inside each other: 33, and 32 at most are taken"},
		{"1,001 attributes", Traces, in(1, in(2, in(2, times(1_001, in(9))))), "attributes of one thing: 1001, and 1000 at most are taken"},
		{"1,001 attributes of a resource", Logs, in(1, in(1, times(1_001, in(1)))), "attributes of one thing: 1001, and 1000 at most are taken"},
		{"a long name", Traces, in(1, in(2, in(2, in(9, str(1, strings.Repeat("k", 1_025)))))), "bytes of an attribute's name: 1025, and 1024 at most are taken"},
		{"a group", Traces, []byte{15<<3 | 3, 15<<3 | 4}, "malformed: a group, or a type that protobuf does not have"},
		{"a field that ends nowhere", Traces, []byte{1<<3 | 2, 5, 0}, "malformed: a field is longer than what holds it"},
		{"a number instead of a message", Traces, []byte{1 << 3, 5}, "malformed: a field of another type than OTLP says"},
		{"field 0", Traces, []byte{2, 0}, "malformed: a field without a number"},
		{"a number without an end", Traces, []byte(strings.Repeat("\xff", 40)), "malformed: a tag is cut off or too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Proto(c.signal, c.body, limits, nil)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestTakesWhatIsAtItsLimit(t *testing.T) {
	for name, body := range map[string][]byte{
		"32 levels":                in(1, in(2, in(2, in(9, in(2, lists(32)))))),
		"10,000 resources":         times(10_000, in(1)),
		"1,000 attributes":         in(1, in(2, in(2, times(1_000, in(9))))),
		"a span of 6 MB":           in(1, in(2, in(2, str(5, strings.Repeat("x", 6_000_000))))),
		"what OTLP does not know":  in(1, times(100_000, in(15))),
		"nothing":                  nil,
		"the largest field number": {0xfa, 0xff, 0xff, 0xff, 0x0f, 0},
	} {
		if _, err := Proto(Traces, body, limits, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCounts(t *testing.T) {
	span := in(2, str(5, "a"))
	var names []string
	measured, err := Proto(Traces, append(
		in(1, in(1, attr("service.name", "orders"), attr("host.name", "a")), in(2, times(3, span)), in(2, span)),
		in(1, in(1, attr("service.name", "shop")), in(2, in(2, in(9, str(1, "service.name"), in(2, str(1, "not of a resource"))))))...),
		limits, func(name []byte) { names = append(names, string(name)) })
	if err != nil || measured.Resources != 2 || measured.Items != 5 {
		t.Errorf("%+v, %v", measured, err)
	}
	if got := strings.Join(names, " "); got != "orders shop" {
		t.Error(got)
	}
}

// A sender could hide a name from who counts them, if not every way to write it were read.
func TestFindsNamesHoweverTheyAreWritten(t *testing.T) {
	for name, attribute := range map[string][]byte{
		"value first":       in(1, in(2, str(1, "x")), str(1, "service.name")),
		"key twice":         in(1, str(1, "other"), str(1, "service.name"), in(2, str(1, "x"))),
		"fields before":     in(1, []byte{3 << 3, 9}, fixed(14), str(1, "service.name"), in(2, str(1, "x"))),
		"a number":          in(1, str(1, "service.name"), in(2, []byte{3 << 3, 7})),
		"a long tag":        in(1, []byte{0x8a, 0x80, 0x80, 0x80, 0x80, 0x01, 12}, []byte("service.name"), in(2, str(1, "x"))),
		"in a second entry": append(in(1, str(1, "a")), attr("service.name", "x")...),
	} {
		found := 0
		_, err := Proto(Traces, in(1, in(1, attribute)), limits, func([]byte) { found++ })
		if err != nil || found != 1 {
			t.Errorf("%s: found %d, %v", name, found, err)
		}
	}
}

func TestJSON(t *testing.T) {
	span := `{"name":"a","attributes":[{"key":"k","value":{"intValue":"1"}}]}`
	body := func(resource, spans string) string {
		return `{"resourceSpans":[{"resource":{"attributes":[` + resource + `]},"scopeSpans":[{"spans":[` + spans + `]}]}]}`
	}
	var names []string
	measured, err := JSON([]byte(body(`{"value":{"stringValue":"orders"},"key":"service\u002ename"}`, span+","+span)), limits,
		func(name []byte) { names = append(names, string(name)) })
	if err != nil || measured.Resources != 1 || measured.Items != 2 || strings.Join(names, " ") != "orders" {
		t.Errorf("%+v %v %v", measured, names, err)
	}
	for want, text := range map[string]string{
		"resources in one request: 10001, and 10000 at most are taken":                `{"resourceSpans":[` + strings.Repeat("{},", 2_000_000) + `{}]}`,
		"levels of lists and maps inside each other: 33, and 32 at most are taken":    strings.Repeat(`{"a":`, 60_000),
		"attributes of one thing: 1001, and 1000 at most are taken":                   body("", `{"attributes":[`+strings.Repeat("{},", 1_000)+`{}]}`),
		"bytes of an attribute's name: 2000, and 1024 at most are taken":              body("", `{"attributes":[{"key":"`+strings.Repeat("k", 2_000)+`"}]}`),
		"bytes of memory that decoding takes: 67109048, and 67108864 at most are tak": body("", strings.Repeat("{},", 600_000)),
		"malformed: EOF":           `{"resourceSpans":[`,
		"malformed: not an object": `7`,
	} {
		if _, err := JSON([]byte(text), limits, nil); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s, and got %v", want, err)
		}
	}
}

func TestAllocatesNothing(t *testing.T) {
	for _, s := range shapes()[:1] {
		if n := testing.AllocsPerRun(3, func() { _, _ = Proto(s.signal, s.body, free, func([]byte) {}) }); n > 0 {
			t.Errorf("%s: %v", s.name, n)
		}
	}
}

// What pdata decodes is measured, and nothing makes the measuring end in another way than with an answer.
func FuzzProto(f *testing.F) {
	for _, s := range shapes() {
		f.Add(string(s.signal), s.body[:min(len(s.body), 200)])
	}
	f.Add("traces", in(1, in(1, attr("service.name", "a")), in(2, in(2, in(9, in(2, lists(3)))))))
	f.Fuzz(func(t *testing.T, signal string, body []byte) {
		if requests[Signal(signal)] == nil {
			return
		}
		measured, err := Proto(Signal(signal), body, free, func([]byte) {})
		decoded, other := decode(Signal(signal), body)
		var malformed *Malformed
		if errors.As(err, &malformed) && strings.Contains(malformed.Reason, "group") {
			return
		}
		if (err == nil) != (other == nil) && !otherwise(other) {
			t.Fatalf("measured: %v, decoded: %v", err, other)
		}
		if counted, is := itemsOf(decoded); err == nil && other == nil && is && counted > measured.Items {
			t.Fatalf("%d items, and %d are there", measured.Items, counted)
		}
	})
}

// otherwise is what pdata refuses and is passed on: it costs nothing.
func otherwise(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "ID length") || strings.Contains(err.Error(), "invalid field len"))
}
