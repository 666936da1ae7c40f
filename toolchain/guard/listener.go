package main

import (
	"net"
	"net/netip"
	"sync"

	"sightline/toolchain/guard/share"
)

// shared takes connections, and closes at once those of a sender that has more than its share of them.
type shared struct {
	net.Listener
	pool    *share.Pool
	refused func(sender string)
}

func (l shared) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		sender := senderOf(conn.RemoteAddr().String())
		if l.pool.Take(sender, 1) {
			return &counted{Conn: conn, give: sync.OnceFunc(func() { l.pool.Give(sender, 1) })}, nil
		}
		_ = conn.Close()
		l.refused(sender)
	}
}

type counted struct {
	net.Conn
	give func()
}

func (c *counted) Close() error {
	c.give()
	return c.Conn.Close()
}

// senderOf is the address somebody sends from. Of version 6 it is the network: a machine may have as many addresses in it as it likes.
func senderOf(remote string) string {
	address, err := netip.ParseAddrPort(remote)
	if err != nil {
		return remote
	}
	ip := address.Addr().Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	network, _ := ip.Prefix(64)
	return network.String()
}
