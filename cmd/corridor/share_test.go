package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func TestBestAddress(t *testing.T) {
	at := func(name, address string) candidate { return candidate{name, netip.MustParseAddr(address)} }
	tests := []struct {
		name  string
		found []candidate
		want  string
	}{
		{"wireless before wire", []candidate{at("eth0", "10.0.0.5"), at("wlan0", "192.168.43.7")}, "192.168.43.7"},
		{"wire before containers", []candidate{at("docker0", "172.17.0.1"), at("enp3s0", "192.168.1.9")}, "192.168.1.9"},
		{"a hotspot of Windows", []candidate{at("vEthernet (WSL)", "172.20.0.1"), at("Wi-Fi", "192.168.137.1")}, "192.168.137.1"},
		{"public and IPv6 addresses are none", []candidate{at("eth0", "8.8.8.8"), at("eth0", "fe80::1"), at("eth0", "fd00::1")}, ""},
		{"none", nil, ""},
	}
	for _, tt := range tests {
		got, ok := bestOf(tt.found)
		if ok != (tt.want != "") || ok && got.String() != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, got, tt.want)
		}
	}
}

func TestANamedAddressIsTaken(t *testing.T) {
	ctx := context.Background()
	l, err := listenForAudience(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := listenForAudience(ctx, l.Addr().String()); err == nil {
		t.Error("an address that is taken was given again")
	}
}

// Nobody can open http://[::]:8080, which is what the listener says of itself.
func TestPagesNameAnAddressThatCanBeOpened(t *testing.T) {
	for _, tt := range []struct {
		addr  string
		every bool
	}{{":0", true}, {"0.0.0.0:0", true}, {"127.0.0.1:0", false}} {
		var said bytes.Buffer
		l, err := serveCommand{Addr: tt.addr}.listen(t.Context(), slog.New(slog.NewTextHandler(&said, nil)))
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(l.baseURL)
		if err != nil {
			t.Fatal(err)
		}
		if host, err := netip.ParseAddr(u.Hostname()); err == nil && host.IsUnspecified() || !strings.HasSuffix(l.web.Addr().String(), ":"+u.Port()) {
			t.Errorf("%s: pages name %s", tt.addr, l.baseURL)
		}
		if warned := strings.Contains(said.String(), "--base-url"); warned != tt.every {
			t.Errorf("%s: the log says %q", tt.addr, &said)
		}
		if err := l.close(); err != nil {
			t.Error(err)
		}
	}
}
