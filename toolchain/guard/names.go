package main

import (
	"hash/maphash"
	"sync"
	"time"

	"sightline/toolchain/guard/share"
)

// names are the services that are known. Who counts by service keeps something for each, for a while.
type names struct {
	mutex sync.Mutex
	seed  maphash.Seed
	pool  *share.Pool
	known map[uint64]*service
	after time.Duration
}

type service struct {
	// sender is who brought it: it is part of its share.
	sender string
	seen   time.Time
}

func newNames(most int64, after time.Duration) *names {
	return &names{
		seed: maphash.MakeSeed(), pool: share.NewPool(most, 0), known: map[uint64]*service{}, after: after,
	}
}

func (n *names) hash(name []byte) uint64 { return maphash.Bytes(n.seed, name) }

// admit knows all of these services from now on, or none of those that are new.
func (n *names) admit(sender string, hashes []uint64, now time.Time) bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	var added []uint64
	for _, hash := range hashes {
		if known := n.known[hash]; known != nil {
			known.seen = now
			continue
		}
		if !n.pool.Take(sender, 1) {
			for _, hash := range added {
				delete(n.known, hash)
			}
			n.pool.Give(sender, int64(len(added)))
			return false
		}
		n.known[hash] = &service{sender, now}
		added = append(added, hash)
	}
	return true
}

// forget lets go of those that nobody has sent for a while.
func (n *names) forget(now time.Time) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	for hash, known := range n.known {
		if now.Sub(known.seen) > n.after {
			delete(n.known, hash)
			n.pool.Give(known.sender, 1)
		}
	}
}
