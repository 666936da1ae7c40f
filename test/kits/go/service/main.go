// Service answers two paths, and asks itself for one of them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"go.opentelemetry.io/otel"

	sightline "sightline.dev/instrumentation/go"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if os.Getenv("LINES") != "plain" {
		slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	}
	defer sightline.Start(ctx)()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	client := sightline.Client()

	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /leaf", func(w http.ResponseWriter, r *http.Request) {
		slog.InfoContext(r.Context(), "leaf")
		fmt.Fprintln(w, "leaf")
	})
	mux.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		ctx, span := otel.Tracer("shop").Start(r.Context(), "price basket")
		defer span.End()
		request, _ := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("http://127.0.0.1:%d/leaf", port), nil)
		answer, err := client.Do(request)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		_, _ = io.Copy(w, answer.Body)
	})
	server := &http.Server{Handler: sightline.HTTP(mux)}
	_ = json.NewEncoder(os.Stdout).Encode(map[string]int{"port": port})
	go func() { _ = server.Serve(listener) }()

	<-ctx.Done()
	// A last piece of work, while the service drains.
	_, span := otel.Tracer("shop").Start(context.Background(), "close the till")
	span.End()
	drain, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = server.Shutdown(drain)
}
