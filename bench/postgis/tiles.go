package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"time"
)

// everything is a limit that no tile reaches; capped is that of the tile of the whole world.
const (
	everything = 10_000_000
	capped     = 50_000
)

// runTiles asks both servers for tiles that neither has drawn before: a new process of ours for each round keeps none.
func runTiles(ctx context.Context, o options, pg *cluster, large string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	theirs, err := startServer("postgis", "/tiles/%s/%d/%d/%d?limit=%d", (*exec.Cmd).StdoutPipe, exec.CommandContext(ctx, self, "--serve", pg.address))
	if err != nil {
		return err
	}
	defer theirs.stop()
	centres, err := readCentres(ctx, large)
	if err != nil {
		return err
	}
	times := map[string]map[string][]float64{}
	for round := range o.rounds + 1 { // the first warms up
		ours, err := startServer("large", "/tiles/%s/%d/%d/%d.mvt", (*exec.Cmd).StderrPipe,
			exec.CommandContext(ctx, o.binary, "serve", "--addr", "127.0.0.1:0", "--db", large))
		if err != nil {
			return err
		}
		err = roundOfTiles(ctx, o, []*subject{ours, theirs}, centres, rand.New(rand.NewPCG(uint64(round), 2)), times)
		ours.stop()
		if err != nil {
			return err
		}
		if round == 0 {
			clear(times)
		}
	}
	for _, collection := range []string{"stops", "legs"} {
		for z := range 13 {
			name := fmt.Sprintf("%s at zoom %d", collection, z)
			of := times[name]
			if len(of["large"]) == 0 {
				continue
			}
			ratios := make([]float64, len(of["large"]))
			for i, ms := range of["large"] {
				ratios[i] = ms / of["postgis"][i]
			}
			fmt.Printf("tiles, %s, load %s: ours %.2f ms, ST_AsMVT %.2f ms, median ratio %.3f (%.1f times as fast)\n", name, load(),
				median(of["large"]), median(of["postgis"]), median(ratios), 1/median(ratios))
		}
	}
	return nil
}

// roundOfTiles asks for the world and, at zooms 5 to 12, for tiles around stops, each server in turns.
func roundOfTiles(ctx context.Context, o options, subjects []*subject, centres [][2]float64, random *rand.Rand, times map[string]map[string][]float64) error {
	for _, collection := range []string{"stops", "legs"} {
		for z := range 13 {
			if z > 0 && z < 5 {
				continue
			}
			name := fmt.Sprintf("%s at zoom %d", collection, z)
			if times[name] == nil {
				times[name] = map[string][]float64{}
			}
			asked := map[[2]int]bool{}
			for range max(1, min(z-4, o.requests)) { // there are few tiles at low zooms
				x, y := tileAt(centres[random.IntN(len(centres))], z)
				if asked[[2]int{x, y}] {
					continue
				}
				asked[[2]int{x, y}] = true
				for _, s := range subjects {
					ms, err := s.tile(ctx, collection, z, x, y)
					if err != nil {
						return err
					}
					times[name][s.name] = append(times[name][s.name], ms)
				}
			}
		}
	}
	return nil
}

// tileAt gives the tile in which a point in degrees lies.
func tileAt(at [2]float64, z int) (x, y int) {
	size := math.Exp2(float64(z))
	sin := math.Sin(at[1] * math.Pi / 180)
	return int((at[0] + 180) / 360 * size), int((0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)) * size)
}

// tile asks for one tile and gives the milliseconds until its last byte.
func (s *subject) tile(ctx context.Context, collection string, z, x, y int) (ms float64, err error) {
	address := fmt.Sprintf(s.url, collection, z, x, y)
	if s.name == "postgis" {
		most := everything
		if z == 0 {
			most = capped
		}
		address = fmt.Sprintf(s.url, collection, z, x, y, most)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Accept-Encoding", "identity")
	start := time.Now()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	ms = float64(time.Since(start).Microseconds()) / 1000
	if err == nil && response.StatusCode >= http.StatusBadRequest {
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	if err == nil && s.name == "large" && z == 0 && n > 200_000 {
		err = fmt.Errorf("%s: %d bytes, more than 200 KB", address, n)
	}
	return ms, err
}
