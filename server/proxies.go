package server

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// behindProxies gives requests that come from a trusted proxy the address of the reader for whom it asks, which is what rates, guesses
// of codes and the log go by. Without trusted proxies nothing is read from any header.
func (s *Server) behindProxies(next http.Handler) http.Handler {
	if len(s.TrustedProxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if reader, ok := s.readerOf(r); ok {
			r = r.WithContext(r.Context()) // a copy: the request is its sender's
			r.RemoteAddr = reader.String()
		}
		next.ServeHTTP(w, r)
	})
}

// readerOf is the address that trusted proxies name: of those through which a request came, each adding the address that asked it, the
// last that is no trusted proxy. What stands before it is only what the reader said.
func (s *Server) readerOf(r *http.Request) (netip.Addr, bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !s.trusts(peer.Addr()) {
		return netip.Addr{}, false
	}
	common, standard := r.Header.Values("X-Forwarded-For"), r.Header.Values("Forwarded")
	reader, ok := s.lastUntrusted(common, parsePeer)
	switch other, named := s.lastUntrusted(standard, parseForwarded); {
	case len(common) == 0:
		return other, named
	case len(standard) > 0 && (!named || other != reader):
		return netip.Addr{}, false // a proxy that adds to one passes the other on as the reader wrote it, and who knows which
	}
	return reader, ok
}

// lastUntrusted goes back through what proxies have added to a header until one of them is not trusted. It gives nothing where an
// address cannot be read or all are trusted.
func (s *Server) lastUntrusted(values []string, parse func(string) (netip.Addr, bool)) (netip.Addr, bool) {
	for _, element := range slices.Backward(strings.Split(strings.Join(values, ","), ",")) {
		address, ok := parse(strings.TrimSpace(element))
		if !ok {
			return netip.Addr{}, false
		}
		if !s.trusts(address) {
			return address, true
		}
	}
	return netip.Addr{}, false
}

func (s *Server) trusts(address netip.Addr) bool {
	address = address.Unmap().WithZone("")
	return slices.ContainsFunc(s.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(address) })
}

// parsePeer reads an address, with a port or without, of IPv6 in brackets or not.
func parsePeer(text string) (netip.Addr, bool) {
	if with, err := netip.ParseAddrPort(text); err == nil {
		return with.Addr().Unmap().WithZone(""), true
	}
	address, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	return address.Unmap().WithZone(""), err == nil
}

// parseForwarded reads the address in an element of Forwarded (RFC 7239): for="[2001:db8::17]:4711";proto=https.
func parseForwarded(element string) (netip.Addr, bool) {
	for pair := range strings.SplitSeq(element, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if strings.EqualFold(name, "for") {
			return parsePeer(strings.Trim(value, `"`))
		}
	}
	return netip.Addr{}, false
}
