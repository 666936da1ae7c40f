package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	_ "google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// collector stands behind the guard, as far as it speaks OTLP.
type collector struct {
	ptraceotlp.UnimplementedGRPCServer
	mutex sync.Mutex
	// came are the bodies over HTTP, and what came with them.
	came    [][]byte
	headers http.Header
	spans   int
	refuse  error
	// hold keeps answers back until it is closed.
	hold chan struct{}
}

func (c *collector) Export(ctx context.Context, r ptraceotlp.ExportRequest) (ptraceotlp.ExportResponse, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.spans += r.Traces().SpanCount()
	md, _ := metadata.FromIncomingContext(ctx)
	c.headers = http.Header{"Sender": md["x-sightline-sender"], "Authorization": md["authorization"]}
	answer := ptraceotlp.NewExportResponse()
	answer.PartialSuccess().SetErrorMessage("one is odd")
	return answer, c.refuse
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	c.mutex.Lock()
	c.came, c.headers = append(c.came, body), r.Header
	hold := c.hold
	c.mutex.Unlock()
	if hold != nil {
		<-hold
	}
	w.Header().Set("X-Of-Collector", "yes")
	w.WriteHeader(http.StatusAccepted)
	_, _ = w.Write([]byte("as it is"))
}

type stand struct {
	*guard
	collector *collector
	grpc      string
	url       string
}

func testConfig() config {
	var c config
	c.Request.Bytes, c.Request.Depth, c.Request.Resources, c.Request.Attributes, c.Request.KeyBytes = 8<<20, 32, 10_000, 10_000, 1_024
	c.DecodedBytes, c.ReadBytes, c.Connections, c.Services = 128<<20, 64<<20, 64, 100
	c.ForgottenAfterSec, c.WaitMs, c.PatienceSec = 240, 100, 30
	return c
}

func start(t *testing.T, change ...func(*config)) stand {
	t.Helper()
	behind := &collector{}
	listen := func() net.Listener {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	overHTTP, overGRPC := listen(), listen()
	go http.Serve(overHTTP, behind)
	calls := grpc.NewServer(grpc.MaxRecvMsgSize(16 << 20))
	ptraceotlp.RegisterGRPCServer(calls, behind)
	go calls.Serve(overGRPC)
	c := testConfig()
	for _, f := range change {
		f(&c)
	}
	g := newGuard(c)
	forGRPC, forHTTP := listen(), listen()
	servers := []*http.Server{
		server(c, g.handler(otlpGRPC{overGRPC.Addr().String(), client(true)}), true),
		server(c, g.handler(otlpHTTP{overHTTP.Addr().String(), client(false)}), false),
	}
	go servers[0].Serve(forGRPC)
	go servers[1].Serve(forHTTP)
	t.Cleanup(func() {
		servers[0].Close()
		servers[1].Close()
		calls.Stop()
		overHTTP.Close()
	})
	return stand{g, behind, forGRPC.Addr().String(), "http://" + forHTTP.Addr().String()}
}

func (s stand) post(t *testing.T, body []byte, headers ...string) (int, string, http.Header) {
	t.Helper()
	request, _ := http.NewRequest(http.MethodPost, s.url+"/v1/traces", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/x-protobuf")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(text), response.Header
}

func spans(service string, count int) ptraceotlp.ExportRequest {
	traces := ptrace.NewTraces()
	resource := traces.ResourceSpans().AppendEmpty()
	resource.Resource().Attributes().PutStr("service.name", service)
	scope := resource.ScopeSpans().AppendEmpty()
	for range count {
		scope.Spans().AppendEmpty().SetName("GET /")
	}
	return ptraceotlp.NewExportRequestFromTraces(traces)
}

func encoded(service string, count int) []byte {
	body, _ := spans(service, count).MarshalProto()
	return body
}

func gzipped(body []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(body)
	w.Close()
	return out.Bytes()
}

func zstded(body []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(body, nil)
}

func framed(body []byte) []byte {
	var out bytes.Buffer
	w := snappy.NewBufferedWriter(&out)
	_, _ = w.Write(body)
	w.Close()
	return out.Bytes()
}

func TestHTTPIsPassedOnAsItIs(t *testing.T) {
	s := start(t)
	body := encoded("orders", 100)
	for encoding, sent := range map[string][]byte{
		"": body, "identity": body, "gzip": gzipped(body), "zstd": zstded(body), "snappy": snappy.Encode(nil, body), "x-snappy-framed": framed(body),
	} {
		headers := []string{"Authorization", "Bearer of a team", "X-Sightline-Sender", "10.1.2.3"}
		if encoding != "" {
			headers = append(headers, "Content-Encoding", encoding)
		}
		code, text, answered := s.post(t, sent, headers...)
		if code != 202 || text != "as it is" || answered.Get("X-Of-Collector") != "yes" {
			t.Fatalf("%q: %d %q", encoding, code, text)
		}
		last := s.collector.came[len(s.collector.came)-1]
		if !bytes.Equal(last, body) {
			t.Errorf("%q: %d bytes came of %d", encoding, len(last), len(body))
		}
		got := s.collector.headers
		if got.Get("Authorization") != "Bearer of a team" || got.Get("X-Sightline-Sender") != "127.0.0.1" || got.Get("Content-Encoding") != "" {
			t.Errorf("%q: headers %v", encoding, got)
		}
	}
	if code, text, _ := s.post(t, []byte(`{"resourceSpans":[]}`), "Content-Type", "application/json; charset=utf-8"); code != 202 {
		t.Error(code, text)
	}
	if s.decoded.Used() != 0 || s.read.Used() != 0 {
		t.Errorf("still taken: %d, %d", s.decoded.Used(), s.read.Used())
	}
}

func TestRefusesOverHTTP(t *testing.T) {
	s := start(t)
	many := bytes.Repeat([]byte{10, 0}, 4_000_000)
	zeros := make([]byte, 64<<20)
	for _, c := range []struct {
		name    string
		body    []byte
		headers []string
		code    int
		want    string
		reason  string
	}{
		{"empty resources", gzipped(many), []string{"Content-Encoding", "gzip"}, 400, "resources in one request: 10001, and 10000 at most", "resources"},
		{"gzip bomb", gzipped(zeros), []string{"Content-Encoding", "gzip"}, 413, "8388608 at most", "bytes"},
		{"zstd bomb", zstded(zeros), []string{"Content-Encoding", "zstd"}, 413, "8388608 at most", "bytes"},
		{"snappy bomb", snappy.Encode(nil, zeros), []string{"Content-Encoding", "snappy"}, 413, "8388608 at most", "bytes"},
		{"framed bomb", framed(zeros), []string{"Content-Encoding", "x-snappy-framed"}, 413, "8388608 at most", "bytes"},
		{"snappy that lies", []byte("\xff\xff\xff\xff\x0f"), []string{"Content-Encoding", "snappy"}, 413, "8388608 at most", "bytes"},
		{"large", zeros, nil, 413, "8388608 at most", "bytes"},
		{"not gzip", many[:100], []string{"Content-Encoding", "gzip"}, 400, "cannot be read", "unreadable"},
		{"half of it", gzipped(encoded("a", 1000))[:40], []string{"Content-Encoding", "gzip"}, 400, "ends before", "cut-off"},
		{"unknown encoding", many[:2], []string{"Content-Encoding", "br"}, 415, "gzip, zstd", "encoding"},
		{"unknown type", many[:2], []string{"Content-Type", "text/plain"}, 415, "application/x-protobuf", "type"},
		{"malformed", []byte("hello"), nil, 400, "malformed", "malformed"},
		{"malformed JSON", []byte("{"), []string{"Content-Type", "application/json"}, 400, "malformed", "malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, text, _ := s.post(t, c.body, c.headers...)
			if code != c.code || !strings.Contains(text, c.want) {
				t.Errorf("%d %q", code, text)
			}
			if n := testutil.ToFloat64(s.metrics.refused.WithLabelValues("traces", "http", c.reason)); n < 1 {
				t.Errorf("not counted as %s", c.reason)
			}
		})
	}
	for path, want := range map[string]int{"/v1/traces": 405, "/v1/profiles": 404, "/": 404} {
		response, err := http.Get(s.url + path)
		if err != nil || response.StatusCode != want {
			t.Error(path, response.StatusCode, err)
		}
	}
	if len(s.collector.came) != 0 {
		t.Error("something came through")
	}
	if s.decoded.Used() != 0 || s.read.Used() != 0 {
		t.Errorf("still taken: %d, %d", s.decoded.Used(), s.read.Used())
	}
}

func (s stand) dial(t *testing.T) ptraceotlp.GRPCClient {
	t.Helper()
	conn, err := grpc.NewClient(s.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return ptraceotlp.NewGRPCClient(conn)
}

func TestCallsArePassedOn(t *testing.T) {
	s := start(t)
	client := s.dial(t)
	ctx := metadata.AppendToOutgoingContext(context.Background(), "authorization", "Bearer of a team")
	for _, options := range [][]grpc.CallOption{nil, {grpc.UseCompressor("gzip")}} {
		answer, err := client.Export(ctx, spans("orders", 100), options...)
		if err != nil || answer.PartialSuccess().ErrorMessage() != "one is odd" {
			t.Fatal(err)
		}
	}
	if s.collector.spans != 200 || s.collector.headers.Get("Authorization") != "Bearer of a team" || s.collector.headers.Get("Sender") != "127.0.0.1" {
		t.Error(s.collector.spans, s.collector.headers)
	}
	// The Collector's own refusal reaches the sender as it is.
	details, _ := status.New(codes.Unavailable, "memory 80% full: später").WithDetails(&errdetails.ErrorInfo{Reason: "full"})
	s.collector.refuse = details.Err()
	_, err := client.Export(ctx, spans("orders", 1))
	if got := status.Convert(err); got.Code() != codes.Unavailable || got.Message() != "memory 80% full: später" || len(got.Details()) != 1 {
		t.Error(err)
	}
	if s.decoded.Used() != 0 || s.read.Used() != 0 {
		t.Errorf("still taken: %d, %d", s.decoded.Used(), s.read.Used())
	}
}

func TestRefusesCalls(t *testing.T) {
	s := start(t, func(c *config) { c.Services = 4 })
	client := s.dial(t)
	deep := spans("deep", 1)
	value := deep.Traces().ResourceSpans().At(0).Resource().Attributes().PutEmpty("deep")
	for range 40 {
		value = value.SetEmptySlice().AppendEmpty()
	}
	_, err := client.Export(context.Background(), deep)
	if got := status.Convert(err); got.Code() != codes.InvalidArgument || !strings.Contains(got.Message(), "levels of lists and maps inside each other: 33") {
		t.Error(err)
	}
	var last error
	for n := range 3 {
		_, last = client.Export(context.Background(), spans(fmt.Sprint("service-", n), 1))
	}
	got := status.Convert(last)
	if got.Code() != codes.ResourceExhausted || len(got.Details()) != 1 {
		t.Fatal(last)
	}
	if retry, is := got.Details()[0].(*errdetails.RetryInfo); !is || retry.RetryDelay.AsDuration() != time.Second {
		t.Error(got.Details())
	}
	conn, _ := grpc.NewClient(s.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	defer conn.Close()
	err = conn.Invoke(context.Background(), "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", &errdetails.RetryInfo{}, &errdetails.RetryInfo{})
	if status.Code(err) != codes.Unimplemented {
		t.Error(err)
	}
}

func TestSaysThatTheCollectorIsAway(t *testing.T) {
	s := start(t)
	nobody, _ := net.Listen("tcp", "127.0.0.1:0")
	address := nobody.Addr().String()
	nobody.Close()
	for _, p := range []protocol{otlpHTTP{address, client(false)}, otlpGRPC{address, client(true)}} {
		_, overGRPC := p.(otlpGRPC)
		l, _ := net.Listen("tcp", "127.0.0.1:0")
		srv := server(s.config, s.handler(p), overGRPC)
		go srv.Serve(l)
		defer srv.Close()
		one := stand{s.guard, s.collector, l.Addr().String(), "http://" + l.Addr().String()}
		if overGRPC {
			if _, err := one.dial(t).Export(context.Background(), spans("a", 1)); status.Code(err) != codes.Unavailable {
				t.Error(err)
			}
		} else if code, _, headers := one.post(t, encoded("a", 1)); code != 503 || headers.Get("Retry-After") != "1" {
			t.Error(code)
		}
	}
	if s.decoded.Used() != 0 {
		t.Error("still taken")
	}
}

// One sender has all under way that it may: another one is served meanwhile.
func TestASenderOverItsShareDoesNotSlowOthers(t *testing.T) {
	s := start(t, func(c *config) { c.DecodedBytes = 4 << 20 })
	s.collector.hold = make(chan struct{})
	body := encoded("orders", 2_000) // 0.5 MB of memory, of 2 that one sender may have
	var answers sync.WaitGroup
	busy := make(chan int, 32)
	for range 8 {
		answers.Go(func() {
			code, text, headers := s.post(t, body)
			if code == 429 && (headers.Get("Retry-After") != "1" || !strings.Contains(text, "send again")) {
				t.Error("nothing says when to send again")
			}
			busy <- code
		})
	}
	refused := 0
	for range 4 {
		if code := <-busy; code == 429 {
			refused++
		}
	}
	if refused != 4 {
		t.Fatalf("%d refused", refused)
	}
	if !s.decoded.Take("10.0.0.2", 1<<19) {
		t.Error("nothing is left for another sender")
	}
	s.decoded.Give("10.0.0.2", 1<<19)
	close(s.collector.hold)
	answers.Wait()
	if s.decoded.Used() != 0 || s.read.Used() != 0 {
		t.Errorf("still taken: %d, %d", s.decoded.Used(), s.read.Used())
	}
}

func TestServicesAreForgotten(t *testing.T) {
	n := newNames(10, time.Minute)
	now := time.Now()
	hashes := func(from, to int) (all []uint64) {
		for i := from; i < to; i++ {
			all = append(all, n.hash([]byte(fmt.Sprint(i))))
		}
		return all
	}
	if n.admit("a", hashes(0, 6), now) || n.pool.Used() != 0 {
		t.Fatal("six of ten for one, or some of those that were refused")
	}
	if !n.admit("a", hashes(0, 5), now) || n.admit("a", hashes(5, 6), now) || !n.admit("b", hashes(5, 7), now) {
		t.Fatal("half for one alone, half of the rest for the next")
	}
	if !n.admit("a", hashes(0, 3), now.Add(40*time.Second)) {
		t.Fatal("known ones are refused")
	}
	n.forget(now.Add(61 * time.Second))
	if n.pool.Used() != 3 || len(n.known) != 3 {
		t.Fatalf("%d are known", n.pool.Used())
	}
}

func TestConnectionsAreShared(t *testing.T) {
	s := start(t)
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	refused := make(chan string, 100)
	limited := shared{l, newNames(8, time.Minute).pool, func(sender string) { refused <- sender }}
	srv := server(s.config, s.handler(otlpHTTP{}), false)
	go srv.Serve(limited)
	defer srv.Close()
	var open []net.Conn
	for range 6 {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, conn)
	}
	for range 2 {
		if sender := <-refused; sender != "127.0.0.1" {
			t.Error(sender)
		}
	}
	for _, conn := range open {
		conn.Close()
	}
	for limited.pool.Used() > 0 {
		time.Sleep(time.Millisecond)
	}
}

func TestSenders(t *testing.T) {
	for remote, want := range map[string]string{
		"10.1.2.3:5":           "10.1.2.3",
		"[::ffff:10.1.2.3]:5":  "10.1.2.3",
		"[2001:db8::1:2:3]:5":  "2001:db8::/64",
		"[fe80::1:2%eth0]:443": "fe80::/64",
		"@":                    "@",
	} {
		if got := senderOf(remote); got != want {
			t.Errorf("%s: %s", remote, got)
		}
	}
}

func TestSendersInMetricsAreFew(t *testing.T) {
	m := newMetrics()
	for n := range 1_000 {
		m.refuse("traces", "http", fmt.Sprint("10.0.0.", n), &away)
	}
	if n := testutil.CollectAndCount(m.bySender); n != mostSenders+1 {
		t.Error(n)
	}
}
