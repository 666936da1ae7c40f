package main

import (
	"net"
	"net/http"
)

// senderHeader tells the Collector the address of who sent it, which it cannot see: it overwrites what a sender says of itself.
const senderHeader = "X-Sightline-Sender"

// Headers of one connection, and of a body as it was before it was decompressed.
var own = []string{
	"Connection", "Content-Encoding", "Content-Length", "Grpc-Encoding", "Keep-Alive", "Proxy-Authenticate",
	"Proxy-Authorization", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
}

func passedOn(headers http.Header, remote string) http.Header {
	passed := headers.Clone()
	for _, name := range own {
		delete(passed, name)
	}
	passed[senderHeader] = []string{hostOf(remote)}
	return passed
}

func handBack(to, from http.Header) {
	for name, values := range from {
		to[name] = values
	}
	for _, name := range []string{"Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Trailer"} {
		to.Del(name)
	}
}

func hostOf(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return remote
	}
	return host
}
