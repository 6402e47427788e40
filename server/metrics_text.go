package server

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"runtime"
	runtimes "runtime/metrics"
	"slices"
	"strconv"
	"strings"

	"corridor/store"
)

// exposition writes text in the format of Prometheus (Text Format 0.0.4).
type exposition struct{ bytes.Buffer }

// family begins a metric.
func (e *exposition) family(name, kind, help string) {
	fmt.Fprintf(e, "# HELP %s %s\n# TYPE %[1]s %[3]s\n", name, help, kind)
}

// sample writes a value, with labels as names and values.
func (e *exposition) sample(name string, value float64, labels ...string) {
	e.WriteString(name)
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	for i := 0; i+1 < len(labels); i += 2 {
		e.WriteString(map[bool]string{true: "{", false: ","}[i == 0] + labels[i] + `="` + escape.Replace(labels[i+1]) + `"`)
	}
	if len(labels) > 0 {
		e.WriteString("}")
	}
	e.WriteString(" " + decimal(value) + "\n")
}

// one writes a metric that has one value.
func (e *exposition) one(name, kind, help string, value float64, labels ...string) {
	e.family(name, kind, help)
	e.sample(name, value, labels...)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// exposition gives all metrics as they are now.
func (s *Server) exposition(ctx context.Context) []byte {
	e := &exposition{}
	e.one("corridor_build_info", "gauge", "The program's version.", 1, "version", s.Version)
	s.exposeDatabase(ctx, e)
	if s.Live != nil {
		sessions, followers := s.Live.Count()
		e.one("corridor_live_sessions", "gauge", "Presented sessions that go on.", float64(sessions))
		e.one("corridor_live_followers", "gauge", "Streams that follow a presenter.", float64(followers))
	}
	if s.metrics != nil {
		s.metrics.expose(e)
	}
	exposeRuntime(e)
	return e.Bytes()
}

// exposeDatabase says whether the content can be read, and which it is.
func (s *Server) exposeDatabase(ctx context.Context, e *exposition) {
	version, up := "", 1.0
	if err := s.Store.View(ctx, func(v *store.View) error { version = v.Version; return nil }); err != nil {
		up = 0
	}
	e.one("corridor_database_up", "gauge", "Whether the content can be read, 1 or 0.", up)
	if up == 1 {
		e.one("corridor_database_info", "gauge", "The version of the content, which changes with every import that changes anything.", 1, "version", version)
	}
}

// expose writes what was counted of requests.
func (m *metrics) expose(e *exposition) {
	m.mu.Lock()
	defer m.mu.Unlock()
	const requests, durations = "corridor_http_requests_total", "corridor_http_request_duration_seconds"
	e.family(requests, "counter", "Requests by pattern of address and status of answer.")
	kinds := slices.SortedFunc(maps.Keys(m.requests), func(a, b requestKind) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
	})
	for _, k := range kinds {
		e.sample(requests, float64(m.requests[k]), "route", k.route, "status", strconv.Itoa(k.status))
	}
	e.family(durations, "histogram", "How long answers took; a stream of a session is counted until it begins.")
	for _, route := range slices.Sorted(maps.Keys(m.durations)) {
		d, sum := m.durations[route], 0
		for i, bound := range durationBounds() {
			sum += d.classes[i]
			e.sample(durations+"_bucket", float64(sum), "route", route, "le", decimal(bound))
		}
		e.sample(durations+"_bucket", float64(d.count), "route", route, "le", "+Inf")
		e.sample(durations+"_sum", d.seconds, "route", route)
		e.sample(durations+"_count", float64(d.count), "route", route)
	}
	e.one("process_start_time_seconds", "gauge", "When the program began, in seconds since 1970.", float64(m.began.UnixMilli())/1000)
}

// exposeRuntime says how Go fares, under the names that Prometheus' own client gives.
func exposeRuntime(e *exposition) {
	e.one("go_info", "gauge", "The version of Go.", 1, "version", runtime.Version())
	for _, m := range []struct{ of, name, kind, help string }{
		{"/sched/goroutines:goroutines", "go_goroutines", "gauge", "Goroutines."},
		{"/gc/cycles/total:gc-cycles", "go_gc_cycles_total_gc_cycles_total", "counter", "Garbage collections."},
		{"/memory/classes/heap/objects:bytes", "go_memstats_alloc_bytes", "gauge", "Bytes of objects on Go's heap; the database and its tiles are beside it."},
		{"/memory/classes/total:bytes", "go_memstats_sys_bytes", "gauge", "Bytes of memory that Go has from the system."},
	} {
		read := []runtimes.Sample{{Name: m.of}}
		runtimes.Read(read)
		if read[0].Value.Kind() == runtimes.KindUint64 {
			e.one(m.name, m.kind, m.help, float64(read[0].Value.Uint64()))
		}
	}
}
