// Command guard stands before the OTLP receiver of a Collector, which decodes a request before anything limits it. It
// refuses what would take more memory than the Collector has for it, and lets no sender take what others need.
package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"sightline/toolchain/guard/share"
)

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	file := flag.String("config", "", "file with the configuration")
	flag.Parse()
	config, err := readConfig(*file)
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		err = run(ctx, config)
	}
	if err != nil {
		slog.Error("ended", "error", err.Error())
		os.Exit(1)
	}
}

// waiting is how many requests wait for their turn, all senders together.
const waiting = 256

func run(ctx context.Context, c config) error {
	g := newGuard(c)
	connections := share.NewPool(c.Connections, 0)
	g.metrics.watch("connections", "Connections.", connections)
	grpc := otlpGRPC{c.To.GRPC, client(true)}
	http1 := otlpHTTP{c.To.HTTP, client(false)}
	servers := []*http.Server{
		server(c, g.handler(grpc), true),
		server(c, g.handler(http1), false),
		server(c, g.own(), false),
	}
	failed := make(chan error, len(servers))
	for i, address := range []string{c.Listen.GRPC, c.Listen.HTTP, c.Listen.Metrics} {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return err
		}
		if i < 2 {
			listener = shared{listener, connections, func(sender string) {
				g.metrics.refuse("none", "tcp", sender, busy("connections", "connections: this sender has its share of %d", c.Connections))
			}}
		}
		go func() { failed <- servers[i].Serve(listener) }()
	}
	slog.Info("ready", "grpc", c.Listen.GRPC, "http", c.Listen.HTTP, "metrics", c.Listen.Metrics)
	clock := time.NewTicker(time.Second)
	defer clock.Stop()
	for {
		select {
		case now := <-clock.C:
			g.names.forget(now)
		case err := <-failed:
			return err
		case <-ctx.Done():
			return shutdown(servers, c.patience())
		}
	}
}

func newGuard(c config) *guard {
	g := &guard{
		config:  c,
		decoded: share.NewPool(c.DecodedBytes, waiting),
		read:    share.NewPool(c.ReadBytes, 0),
		names:   newNames(c.Services, c.forgottenAfter()),
		metrics: newMetrics(),
		busy:    make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	g.limits = c.limits(g.decoded.Largest())
	g.metrics.watch("decoded_bytes", "Bytes of memory that decoding takes of requests under way.", g.decoded)
	g.metrics.watch("read_bytes", "Bytes of requests that are being read.", g.read)
	g.metrics.watch("services", "Services that are known.", g.names.pool)
	return g
}

// own is what the guard says of itself.
func (g *guard) own() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(g.metrics.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /{$}", func(http.ResponseWriter, *http.Request) {})
	return mux
}

// Limits of connections. Streams are what the Collector allows; headers are four times as long as the longest token.
const (
	streams     = 100
	headerBytes = 16 << 10
	idle        = 5 * time.Minute
	// Windows of HTTP/2: what a sender may send before it is read.
	connectionWindow = 1 << 20
	streamWindow     = 256 << 10
)

// protocols are HTTP/2 without encryption, which gRPC is, or HTTP/1.
func protocols(http2 bool) *http.Protocols {
	protocols := &http.Protocols{}
	protocols.SetHTTP1(!http2)
	protocols.SetUnencryptedHTTP2(http2)
	return protocols
}

func server(c config, handler http.Handler, http2 bool) *http.Server {
	return &http.Server{
		Handler:           handler,
		Protocols:         protocols(http2),
		ReadHeaderTimeout: c.patience() / 6,
		ReadTimeout:       c.patience(),
		// The answer of the Collector comes after all of the request, and the wait for its turn.
		WriteTimeout:   2*c.patience() + c.wait(),
		IdleTimeout:    idle,
		MaxHeaderBytes: headerBytes,
		HTTP2: &http.HTTP2Config{
			MaxConcurrentStreams:          streams,
			MaxReceiveBufferPerConnection: connectionWindow,
			MaxReceiveBufferPerStream:     streamWindow,
		},
		ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
}

// client calls the Collector.
func client(http2 bool) *http.Transport {
	return &http.Transport{
		Protocols:           protocols(http2),
		MaxIdleConnsPerHost: streams,
		IdleConnTimeout:     idle / 2,
		DisableCompression:  true,
	}
}

// shutdown ends what is under way first.
func shutdown(servers []*http.Server, patience time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var failed error
	for _, server := range servers {
		failed = errors.Join(failed, server.Shutdown(ctx))
	}
	return failed
}
