package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// sharePort is where an audience finds the server, where it is free: a number that is easy to read out.
const sharePort = 8090

var errNoNetwork = errors.New("--share: this machine is in no local network; join one or switch on a phone's hotspot, or name an address with --share-addr")

// listenForAudience opens the listener for the local network: at an address that was named, else at a private address of
// this machine, on port 8090 or, where that is taken, any free one.
func listenForAudience(ctx context.Context, named string) (net.Listener, error) {
	var config net.ListenConfig
	if named != "" {
		l, err := config.Listen(ctx, "tcp", named)
		if err != nil {
			return nil, fmt.Errorf("--share-addr %s: %w", named, err)
		}
		return l, nil
	}
	address, err := privateAddress()
	if err != nil {
		return nil, err
	}
	l, err := config.Listen(ctx, "tcp4", net.JoinHostPort(address.String(), strconv.Itoa(sharePort)))
	if err != nil {
		l, err = config.Listen(ctx, "tcp4", net.JoinHostPort(address.String(), "0"))
	}
	if err != nil {
		return nil, fmt.Errorf("--share: %w", err)
	}
	return l, nil
}

// readersURL is the address of a listener for readers, or for an audience. Where it takes every address, that is this machine's in the
// local network, and without one the machine's own name for itself.
func readersURL(at net.Addr) string {
	bound, ok := everyAddress(at)
	if !ok {
		return "http://" + at.String()
	}
	host := "localhost"
	if private, err := privateAddress(); err == nil {
		host = private.String()
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(int(bound.Port())))
}

// everyAddress says whether a listener takes every address of this machine.
func everyAddress(at net.Addr) (netip.AddrPort, bool) {
	bound, err := netip.ParseAddrPort(at.String())
	return bound, err == nil && bound.Addr().IsUnspecified()
}

// privateAddress is the address of this machine in the network that phones are most likely in.
func privateAddress() (netip.Addr, error) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return netip.Addr{}, fmt.Errorf("--share: %w", err)
	}
	var found []candidate
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			continue // an interface that went away meanwhile
		}
		for _, a := range addresses {
			if prefix, err := netip.ParsePrefix(a.String()); err == nil {
				found = append(found, candidate{i.Name, prefix.Addr()})
			}
		}
	}
	best, ok := bestOf(found)
	if !ok {
		return netip.Addr{}, errNoNetwork
	}
	return best, nil
}

// candidate is an address of an interface.
type candidate struct {
	name    string
	address netip.Addr
}

// bestOf prefers the wireless network, in which phones are, and takes those of virtual machines and containers last.
func bestOf(found []candidate) (netip.Addr, bool) {
	found = slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return !c.address.Is4() || !c.address.IsPrivate() })
	if len(found) == 0 {
		return netip.Addr{}, false
	}
	return slices.MinFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), a.address.Compare(b.address))
	}).address, true
}

func (c candidate) rank() int {
	begins := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(strings.ToLower(c.name), n) })
	}
	switch {
	case begins("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vethernet", "tun", "tap", "utun", "wg", "zt"):
		return 2
	case begins("wl", "wi-fi", "wifi", "ap", "bridge100"): // the last is a hotspot of macOS
		return 0
	}
	return 1
}
