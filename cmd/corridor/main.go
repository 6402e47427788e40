// Command corridor imports content packs, checks them, and serves the map.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit statuses.
const (
	exitFailed = 1 // the input or the work failed; nothing was changed
	exitUsage  = 2
)

type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve the map and the API."`
	Import  importCommand  `cmd:"" help:"Import content packs into the database, all of a pack or nothing."`
	Remove  removeCommand  `cmd:"" help:"Remove a content pack from the database, and overwrite it in the file."`
	New     newCommand     `cmd:"" help:"Write a small content pack to begin with."`
	Check   checkCommand   `cmd:"" help:"Check content packs without importing them."`
	Geocode geocodeCommand `cmd:"" help:"Find places by their names, offline."`
	Export  exportCommand  `cmd:"" help:"Write a route as a picture, its lesson or handout to a file, or the whole site to a folder."`
	Backup  backupCommand  `cmd:"" help:"Write a copy of the database while it is in use."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// console is where a command reads and writes: data to Out, messages to Err.
type console struct {
	In       io.Reader
	Out, Err io.Writer
}

// usageError is wrong usage that the parser of flags cannot see.
type usageError struct{ error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], console{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(status)
}

// run parses the arguments, runs the command and gives the exit status.
func run(ctx context.Context, args []string, con console) int {
	var c commands
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("corridor"),
		kong.Description("An honest, cited, multilingual map of a trafficking route told in a document."),
		kong.DefaultEnvars("CORRIDOR"),
		kong.ValueFormatter(helpOf),
		kong.Writers(con.Out, con.Err),
		kong.Exit(func(status int) { exit = status }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(con),
	)
	if err != nil {
		fmt.Fprintln(con.Err, "corridor:", err)
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 { // --help was printed
		return exit
	}
	if err != nil {
		fmt.Fprintf(con.Err, "corridor: %v; corridor --help says what can be written\n", err)
		return exitUsage
	}
	err = parsed.Run()
	var usage usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintln(con.Err, "corridor:", err)
		return exitUsage
	case err != nil:
		fmt.Fprintln(con.Err, err)
		return exitFailed
	}
	return 0
}

type versionCommand struct{}

// Run prints the version of the program and of Go.
func (versionCommand) Run(con console) error {
	_, err := fmt.Fprintln(con.Out, "corridor", version())
	return err
}

// version is the program's own, from what the Go toolchain noted in the binary. Where that is no commit, such as of sources without their
// repository, it names the bytes of the binary: addresses that are kept for ever go by it, and another program must have others.
var version = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown " + ownSum()
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") {
			v = s.Value[:min(len(s.Value), versionDigits)]
		}
	}
	if v == "" || v == "(devel)" || strings.HasSuffix(v, "+dirty") {
		v = strings.TrimSpace(v + " " + ownSum())
	}
	return fmt.Sprintf("%s (%s)", v, info.GoVersion)
})

const versionDigits = 12

// ownSum is the beginning of the SHA-256 of the program's file, empty where that cannot be read.
func ownSum() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))[:versionDigits]
}
