// Package share divides what there is little of among senders that know nothing of each other.
package share

import (
	"context"
	"sync"
)

// Pool is so much of something, of which a sender may hold no more than what is left free. So one alone gets half of it,
// each of n that want all gets one part of n+1, and one part is always there for who comes next.
//
// Source: A. Choudhury and E. Hahne, "Dynamic Queue Length Thresholds for Shared-Memory Packet Switches", IEEE/ACM
// Transactions on Networking 6(2), 1998, with alpha 1.
type Pool struct {
	mutex    sync.Mutex
	capacity int64
	used     int64
	held     map[string]int64
	waiting  []*waiter
	most     int
}

type waiter struct {
	sender string
	amount int64
	given  chan struct{}
}

// NewPool makes a pool of so much, for which so many may wait.
func NewPool(capacity int64, waiting int) *Pool {
	return &Pool{capacity: capacity, held: map[string]int64{}, most: waiting}
}

// Largest is what a sender gets at most, when nobody else has any.
func (p *Pool) Largest() int64 { return p.capacity / 2 }

// Capacity is all there is.
func (p *Pool) Capacity() int64 { return p.capacity }

// Used is what senders hold.
func (p *Pool) Used() int64 {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.used
}

// Senders are how many hold some.
func (p *Pool) Senders() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return len(p.held)
}

// Take gives a sender some, or tells that it would have more than its share.
func (p *Pool) Take(sender string, amount int64) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.take(sender, amount)
}

func (p *Pool) take(sender string, amount int64) bool {
	if amount == 0 {
		return true
	}
	if p.held[sender]+amount > p.capacity-p.used-amount {
		return false
	}
	p.held[sender] += amount
	p.used += amount
	return true
}

// Wait gives a sender some as soon as it may have it, or tells that this did not come in time, or that too many wait.
func (p *Pool) Wait(ctx context.Context, sender string, amount int64) bool {
	p.mutex.Lock()
	if p.take(sender, amount) {
		p.mutex.Unlock()
		return true
	}
	if amount > p.Largest() || !p.mayWait(sender) {
		p.mutex.Unlock()
		return false
	}
	w := &waiter{sender, amount, make(chan struct{})}
	p.waiting = append(p.waiting, w)
	p.mutex.Unlock()
	select {
	case <-w.given:
		return true
	case <-ctx.Done():
		return !p.forget(w)
	}
}

// mayWait keeps the line short, and half of its free places for others than any one sender.
func (p *Pool) mayWait(sender string) bool {
	own := 0
	for _, w := range p.waiting {
		if w.sender == sender {
			own++
		}
	}
	return own < p.most-len(p.waiting)
}

// forget takes one out of the line. It tells whether it was still in it.
func (p *Pool) forget(gone *waiter) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for i, w := range p.waiting {
		if w == gone {
			p.waiting = append(p.waiting[:i], p.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// Give takes back what a sender held.
func (p *Pool) Give(sender string, amount int64) {
	if amount == 0 {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.used -= amount
	if p.held[sender] -= amount; p.held[sender] == 0 {
		delete(p.held, sender)
	}
	still := p.waiting[:0]
	for _, w := range p.waiting {
		if p.take(w.sender, w.amount) {
			close(w.given)
		} else {
			still = append(still, w)
		}
	}
	clear(p.waiting[len(still):])
	p.waiting = still
}
