package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/jackc/pgx/v5"
)

// cluster is a PostgreSQL of the benchmark's own.
type cluster struct {
	bin, data string
	address   string
	as        *syscall.SysProcAttr
}

// startCluster makes a cluster in a folder, or takes the one that is there, and starts it. PostgreSQL refuses to be run by root:
// then its own user runs it.
func startCluster(ctx context.Context, bin, data string) (*cluster, error) {
	c := &cluster{bin: bin, data: data}
	if err := os.Mkdir(data, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if err := c.asAnother(); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(data, "PG_VERSION")); errors.Is(err, fs.ErrNotExist) {
		err := c.command(ctx, "initdb", "-D", data, "-U", "bench", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
		if err != nil {
			return nil, err
		}
	}
	// A machine's memory and no more writes than a careful operator allows; everything else is as it comes.
	settings := fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories=%s -c shared_buffers=2GB "+
		"-c maintenance_work_mem=512MB -c max_wal_size=8GB -c jit=off", port, data)
	if err := c.command(ctx, "pg_ctl", "-D", data, "-w", "-l", filepath.Join(data, "log"), "-o", settings, "start"); err != nil {
		return nil, err
	}
	c.address = fmt.Sprintf("postgres://bench@127.0.0.1:%d/postgres", port)
	db, err := pgx.Connect(ctx, c.address)
	if err != nil {
		return c, errors.Join(err, c.stop())
	}
	defer db.Close(ctx)
	if _, err := db.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS postgis"); err != nil {
		return c, errors.Join(err, c.stop())
	}
	return c, nil
}

// asAnother lets Debian's user of PostgreSQL run it, where we are root.
func (c *cluster) asAnother() error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	c.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return os.Chown(c.data, uid, gid)
}

func (c *cluster) command(ctx context.Context, name string, args ...string) error {
	command := exec.CommandContext(ctx, filepath.Join(c.bin, name), args...)
	command.SysProcAttr, command.Dir = c.as, c.data
	if name == "pg_ctl" { // the server that it starts would keep a pipe open
		return command.Run()
	}
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// loaded says whether a former run left all tables.
func (c *cluster) loaded(ctx context.Context) (bool, error) {
	pg, err := pgx.Connect(ctx, c.address)
	if err != nil {
		return false, err
	}
	defer pg.Close(ctx)
	var tables int
	err = pg.QueryRow(ctx, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY ($1)", collections).Scan(&tables)
	return tables == len(collections), err
}

// stop ends the cluster's own server.
func (c *cluster) stop() error {
	return c.command(context.Background(), "pg_ctl", "-D", c.data, "-m", "fast", "-w", "stop")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
