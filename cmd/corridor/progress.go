package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress tells how far a long work has come: by a bar on a terminal, elsewhere by a line for each tenth.
type progress struct {
	out   io.Writer
	what  string
	total int64
	bar   *progressbar.ProgressBar // nil where there is no terminal
	tenth int64
}

// newProgress begins to tell of a work of so many steps, whatever a step is.
func newProgress(out io.Writer, what string, total int64) *progress {
	p := &progress{out: out, what: what, total: total}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(what),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
	}
	return p
}

// of says that the work has so many steps, where that is only found out on the way.
func (p *progress) of(total int64) {
	p.total = total
	if p.bar != nil {
		p.bar.ChangeMax64(total)
	}
}

// at says that so many steps are done.
func (p *progress) at(done int64) {
	if p.bar != nil {
		_ = p.bar.Set64(min(done, p.total)) // a terminal that is gone has nobody to tell
		return
	}
	if tenth := done * 10 / max(p.total, 1); tenth > p.tenth {
		p.tenth = tenth
		fmt.Fprintf(p.out, "%s: %d %%\n", p.what, tenth*10)
	}
}

// done takes the bar away.
func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
