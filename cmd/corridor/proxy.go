package main

import (
	"errors"
	"fmt"
	"net/netip"
)

// proxyNetwork is a network of trusted proxies, or the address of a single one.
type proxyNetwork struct{ netip.Prefix }

// UnmarshalText reads 10.0.0.0/8, fd00::/8 or one address.
func (n *proxyNetwork) UnmarshalText(text []byte) (err error) {
	if address, single := netip.ParseAddr(string(text)); single == nil {
		n.Prefix = netip.PrefixFrom(address, address.BitLen())
		return nil
	}
	if n.Prefix, err = netip.ParsePrefix(string(text)); err != nil {
		return fmt.Errorf("%q is no network such as 10.0.0.0/8 and no address", text)
	}
	if n.Bits() == 0 {
		return errors.New("every address would be trusted, and so every reader could name another; write the network of the proxies alone")
	}
	return nil
}

// prefixesOf are the networks as the server takes them.
func prefixesOf(networks []proxyNetwork) []netip.Prefix {
	out := make([]netip.Prefix, len(networks))
	for i, n := range networks {
		out[i] = n.Masked()
	}
	return out
}
