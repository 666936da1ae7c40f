package share

import (
	"context"
	"fmt"
	"testing"
)

func TestOneAloneGetsHalf(t *testing.T) {
	p := NewPool(100, 0)
	if p.Take("a", 51) || !p.Take("a", 50) || p.Take("a", 1) {
		t.Fatal("50 of 100 and no more")
	}
	if !p.Take("b", 25) || p.Take("b", 1) {
		t.Fatal("half of what is left")
	}
}

func TestGreedySendersEndWithEqualShares(t *testing.T) {
	p := NewPool(1_000, 0)
	for range 200 {
		for n := range 9 {
			sender := fmt.Sprint(n)
			if p.held[sender] > 100 {
				p.Give(sender, 1)
			}
			p.Take(sender, 1)
		}
	}
	for n := range 9 {
		if held := p.held[fmt.Sprint(n)]; held < 95 || held > 105 {
			t.Errorf("sender %d has %d", n, held)
		}
	}
	if !p.Take("new", 40) {
		t.Error("nothing is left for a new one")
	}
}

func TestWaitsForItsTurn(t *testing.T) {
	p := NewPool(100, 8)
	p.Take("a", 50)
	done := make(chan bool)
	go func() { done <- p.Wait(context.Background(), "b", 40) }()
	for len(waiters(p)) == 0 {
	}
	p.Give("a", 50)
	if !<-done || p.Used() != 40 {
		t.Fatal("b has not got it")
	}
	p.Give("b", 40)
	if p.Used() != 0 || p.Senders() != 0 {
		t.Fatal("something is left")
	}
}

func TestWaitsNoLongerThanItsContext(t *testing.T) {
	p := NewPool(100, 8)
	p.Take("a", 50)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan bool)
	go func() { done <- p.Wait(ctx, "b", 40) }()
	for len(waiters(p)) == 0 {
	}
	cancel()
	if <-done || len(waiters(p)) != 0 {
		t.Fatal("still waits")
	}
	p.Give("a", 50)
	if p.Used() != 0 {
		t.Fatal("given to one that has gone")
	}
}

func TestOneSenderDoesNotFillTheLine(t *testing.T) {
	p := NewPool(100, 8)
	p.Take("a", 50)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	answers := make(chan bool, 16)
	for range 8 {
		go func() { answers <- p.Wait(ctx, "a", 40) }()
	}
	for range 4 {
		if <-answers {
			t.Fatal("more than its share")
		}
	}
	if n := len(waiters(p)); n != 4 {
		t.Fatalf("%d wait", n)
	}
	go func() { answers <- p.Wait(ctx, "b", 40) }()
	for len(waiters(p)) != 5 {
	}
}

func waiters(p *Pool) []*waiter {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]*waiter{}, p.waiting...)
}
