package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"sightline/toolchain/guard/measure"
	"sightline/toolchain/guard/share"
)

// guard stands between senders and a Collector. It passes on what the Collector can decode within its memory, byte for
// byte, and hands its answers back.
type guard struct {
	config  config
	limits  measure.Limits
	decoded *share.Pool
	read    *share.Pool
	names   *names
	metrics *metrics
	// json and inflating are for what takes a core for a while: as many at a time as there are cores.
	busy chan struct{}
}

// protocol is one way to send OTLP.
type protocol interface {
	// name of it, in metrics.
	name() string
	// route says what a request carries, and how its body is compressed, or why it is none.
	route(r *http.Request) (signal measure.Signal, isJSON bool, refused *refusal)
	// unwrap gives the message in a body, and how it is compressed.
	unwrap(r *http.Request, body []byte) (message []byte, encoding string, refused *refusal)
	// forward sends a message to the Collector.
	forward(ctx context.Context, r *http.Request, message *buffer) (*http.Response, error)
	// answer hands on what the Collector said.
	answer(w http.ResponseWriter, response *http.Response) (code string)
	refuse(w http.ResponseWriter, r *http.Request, why *refusal)
}

func (g *guard) handler(p protocol) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sender := senderOf(r.RemoteAddr)
		signal, refused := g.serve(w, r, p, sender)
		if refused == nil {
			return
		}
		if signal == "" {
			signal = "none"
		}
		g.metrics.refuse(string(signal), p.name(), sender, refused)
		// What a sender that is refused still has to say is not waited for.
		if r.ProtoMajor == 1 {
			w.Header().Set("Connection", "close")
		}
		p.refuse(w, r, refused)
	})
}

func (g *guard) serve(w http.ResponseWriter, r *http.Request, p protocol, sender string) (measure.Signal, *refusal) {
	signal, isJSON, refused := p.route(r)
	if refused != nil {
		return signal, refused
	}
	message := &buffer{pool: g.read, sender: sender}
	defer message.free()
	if refused := g.receive(r, p, message); refused != nil {
		return signal, refused
	}
	measured, refused := g.check(signal, isJSON, sender, message.body())
	if refused != nil {
		return signal, refused
	}
	ctx, cancel := context.WithTimeout(r.Context(), g.config.wait())
	admitted := g.decoded.Wait(ctx, sender, measured.Decoded)
	cancel()
	if !admitted {
		return signal, busy("share", "bytes of memory that decoding takes: %d, and what this sender has under way leaves it less; send again",
			measured.Decoded)
	}
	// A Collector goes on decoding what a sender no longer waits for.
	ctx, cancel = context.WithTimeout(context.WithoutCancel(r.Context()), g.config.patience())
	defer cancel()
	response, err := p.forward(ctx, r, message)
	if err != nil {
		g.decoded.Give(sender, measured.Decoded)
		return signal, &away
	}
	g.decoded.Give(sender, measured.Decoded)
	defer response.Body.Close()
	code := p.answer(w, response)
	g.metrics.passed.WithLabelValues(string(signal), p.name(), code).Inc()
	g.metrics.bytes.WithLabelValues(string(signal), p.name()).Add(float64(len(message.body())))
	g.metrics.items.WithLabelValues(string(signal), p.name()).Add(float64(measured.Items))
	return signal, nil
}

// receive reads a body, and decompresses it.
func (g *guard) receive(r *http.Request, p protocol, message *buffer) *refusal {
	most := g.config.Request.Bytes
	if r.ContentLength > most+prefix {
		return tooLarge(most)
	}
	sent := &buffer{pool: message.pool, sender: message.sender}
	defer sent.free()
	if refused := unread(sent.fill(r.Body, most+prefix), most); refused != nil {
		return refused
	}
	plain, encoding, refused := p.unwrap(r, sent.body())
	if refused != nil {
		return refused
	}
	if encoding == "" {
		// The message ends what was read, so that the room before it is as large as it was, or larger.
		*message, sent.taken = buffer{sent.bytes[len(sent.bytes)-len(plain)-prefix:], sent.pool, sent.sender, sent.taken}, 0
		if int64(len(plain)) > most {
			return tooLarge(most)
		}
		return nil
	}
	g.busy <- struct{}{}
	err := inflate(encoding, plain, message, most)
	<-g.busy
	if errors.Is(err, errEncoding) {
		return bad(415, "encoding", "compressed by %q: %s", encoding, encodings)
	}
	return unread(err, most)
}

func unread(err error, most int64) *refusal {
	var long *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errLarge), errors.As(err, &long):
		return tooLarge(most)
	case errors.Is(err, errShare):
		return busy("reading", "bytes that are being read: this sender has its share of them under way; send again")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, context.Canceled):
		return bad(400, "cut-off", "the body ends before it is complete: %v", err)
	}
	return bad(400, "unreadable", "the body cannot be read: %v", err)
}

// check measures a message, and the services in it.
func (g *guard) check(signal measure.Signal, isJSON bool, sender string, body []byte) (measure.Measured, *refusal) {
	var room [16]uint64
	services := room[:0]
	note := func(name []byte) {
		if hash := g.names.hash(name); len(services) == 0 || services[len(services)-1] != hash {
			services = append(services, hash)
		}
	}
	var measured measure.Measured
	var err error
	if isJSON {
		g.busy <- struct{}{}
		measured, err = measure.JSON(body, g.limits, note)
		<-g.busy
	} else {
		measured, err = measure.Proto(signal, body, g.limits, note)
	}
	if err != nil {
		return measured, unmeasured(err)
	}
	if !g.names.admit(sender, services, time.Now()) {
		return measured, busy("services", "new services: this sender has its share of %d; send again once others are forgotten, after %d s",
			g.config.Services, g.config.ForgottenAfterSec)
	}
	return measured, nil
}
