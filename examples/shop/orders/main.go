// Orders takes an order: it asks payments what a customer may spend, and has the money taken.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
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

	"github.com/XSAM/otelsql"
	_ "github.com/jackc/pgx/v5/stdlib"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/wrapperspb"

	sightline "sightline.dev/instrumentation/go"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	defer sightline.Start(ctx)()

	payments, err := grpc.NewClient(os.Getenv("PAYMENTS_GRPC"),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler()))
	if err != nil {
		panic(err)
	}
	defer payments.Close()
	orders := &orders{payments: payments, limits: os.Getenv("PAYMENTS_URL") + "/limits/", client: sightline.Client()}
	if url := os.Getenv("DATABASE_URL"); url != "" {
		orders.ledger, err = ledger(ctx, url)
		if err != nil {
			panic(err)
		}
		defer orders.ledger.Close()
	}

	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("POST /orders/{id}", orders.take)
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		panic(err)
	}
	_ = json.NewEncoder(os.Stdout).Encode(map[string]int{"port": listener.Addr().(*net.TCPAddr).Port})
	server := &http.Server{Handler: sightline.HTTP(mux)}
	go func() { _ = server.Serve(listener) }()

	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = server.Shutdown(drain)
}

type orders struct {
	payments *grpc.ClientConn
	limits   string
	client   *http.Client
	// Orders that are paid are written down here. Without a database they are not.
	ledger *sql.DB
}

// ledger opens PostgreSQL. A span is made of each statement within a request, and of nothing that
// a driver does around it.
func ledger(ctx context.Context, url string) (*sql.DB, error) {
	db, err := otelsql.Open("pgx", url,
		otelsql.WithAttributes(attribute.String("db.system.name", "postgresql")),
		otelsql.WithSpanOptions(otelsql.SpanOptions{
			OmitConnectorConnect: true, OmitConnPrepare: true, OmitConnResetSession: true, OmitRows: true,
			SpanFilter: func(ctx context.Context, _ otelsql.Method, _ string, _ []driver.NamedValue) bool {
				return trace.SpanContextFromContext(ctx).IsValid()
			},
		}))
	if err != nil {
		return nil, err
	}
	_, err = db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS ledger (id text, paid boolean)")
	return db, err
}

func (o *orders) take(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	limit, err := o.limit(r.Context(), id)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	var paid wrapperspb.BoolValue
	if err := o.payments.Invoke(r.Context(), "/shop.Payments/Charge", wrapperspb.String(id), &paid); err != nil {
		slog.ErrorContext(r.Context(), "not paid", "order", id, "error", err)
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	if o.ledger != nil {
		if _, err := o.ledger.ExecContext(r.Context(), "INSERT INTO ledger VALUES ($1, $2)", id, paid.Value); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	slog.InfoContext(r.Context(), "taken", "order", id)
	fmt.Fprintf(w, `{"order":%q,"limit":%s,"paid":%t}`, id, limit, paid.Value)
}

func (o *orders) limit(ctx context.Context, customer string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, "GET", o.limits+customer, nil)
	if err != nil {
		return nil, err
	}
	answer, err := o.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}
