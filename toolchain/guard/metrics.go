package main

import (
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"sightline/toolchain/guard/share"
)

// mostSenders have a name in metrics. Those that are refused after them are counted together.
const mostSenders = 64

type metrics struct {
	registry *prometheus.Registry
	passed   *prometheus.CounterVec
	bytes    *prometheus.CounterVec
	items    *prometheus.CounterVec
	refused  *prometheus.CounterVec
	bySender *prometheus.CounterVec
	mutex    sync.Mutex
	senders  map[string]bool
	// said is when a refusal was written to the log last, by sender and reason.
	said map[string]time.Time
}

func newMetrics() *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "sightline_guard_" + name, Help: help}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		passed:   counter("passed_requests_total", "Requests that the Collector has answered, by its answer.", "signal", "protocol", "answer"),
		bytes:    counter("passed_bytes_total", "Bytes of requests that were passed on, after decompression.", "signal", "protocol"),
		items:    counter("passed_items_total", "Spans, points and log records that were passed on.", "signal", "protocol"),
		refused:  counter("refused_requests_total", "Requests that were not passed on, by the limit they go beyond.", "signal", "protocol", "reason"),
		bySender: counter("refused_by_sender_total", "Requests and connections that were not passed on, by the address they come from.", "sender", "reason"),
		senders:  map[string]bool{},
		said:     map[string]time.Time{},
	}
	m.registry.MustRegister(m.passed, m.bytes, m.items, m.refused, m.bySender,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watch shows how much of a pool is taken, and by how many.
func (m *metrics) watch(name, help string, pool *share.Pool) {
	gauge := func(suffix, help string, read func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(
			prometheus.GaugeOpts{Name: "sightline_guard_" + name + suffix, Help: help}, read))
	}
	gauge("", help, func() float64 { return float64(pool.Used()) })
	gauge("_limit", help+" At most.", func() float64 { return float64(pool.Capacity()) })
	gauge("_senders", help+" Senders that have some.", func() float64 { return float64(pool.Senders()) })
}

func (m *metrics) refuse(signal, protocol, sender string, why *refusal) {
	m.refused.WithLabelValues(signal, protocol, why.reason).Inc()
	counted, say := m.count(sender, why.reason, time.Now())
	m.bySender.WithLabelValues(counted, why.reason).Inc()
	if say {
		slog.Warn("refused", "sender", sender, "signal", signal, "protocol", protocol, "reason", why.reason, "text", why.text)
	}
}

// count gives the name a sender is counted by, and whether its refusal is written to the log: once a minute.
func (m *metrics) count(sender, reason string, now time.Time) (counted string, say bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if !m.senders[sender] && len(m.senders) < mostSenders {
		m.senders[sender] = true
	}
	if !m.senders[sender] {
		sender = "others"
	}
	key := sender + " " + reason
	say = now.Sub(m.said[key]) >= time.Minute
	if say {
		m.said[key] = now
	}
	return sender, say
}
