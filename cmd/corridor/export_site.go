package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"

	"corridor/server"
)

// siteManifest names what an export has written into a folder, so that the next one knows its own files from those of others.
const siteManifest = ".corridor-site.json"

// siteFolder is the manifest of a folder: each file that was written, by its name with slashes.
type siteFolder struct {
	Files map[string]siteEntry `json:"files"`
}

// siteEntry is a file that was written: the SHA-256 of its bytes, and its mark where it has one, see [server.SiteFile].
type siteEntry struct {
	Sum  string `json:"sum"`
	Mark string `json:"mark,omitempty"`
	// Former is the sum of what an earlier export has written there, as long as it is not replaced.
	Former string `json:"former,omitempty"`
}

// wrote says whether an export has written the bytes of a sum.
func (e siteEntry) wrote(sum string) bool { return sum == e.Sum || sum == e.Former }

// siteChange counts what an export has done to a folder.
type siteChange struct {
	files, bytes             int
	written, removed, spared []string
}

var (
	errForeign = errors.New("it holds files and none of them are from an earlier export; choose an empty folder, or write --force, which leaves them where they are")
	errTaken   = errors.New("a file of the site would replace one that no export has written; move that away, or choose another folder")
)

// writeSite brings a folder to hold the files, and what others have put there. Only what differs is written, each file beside
// its place and then moved there; what an earlier export wrote and this one has not is removed, unless somebody has changed
// it. Nothing is changed where a file of others is in the way.
func writeSite(folder string, files map[string]server.SiteFile, force bool) (siteChange, error) {
	change := siteChange{files: len(files)}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return change, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return change, err
	}
	defer root.Close()
	before, err := readManifest(root, force)
	if err != nil {
		return change, err
	}
	entries, differing, err := compare(root, files, before)
	if err != nil {
		return change, fmt.Errorf("%s: %w", folder, err)
	}
	for _, file := range files {
		change.bytes += len(file.Body)
	}
	// Until all is done the manifest names the old files and the new ones, so that an export that is broken off can be repeated.
	if len(differing) > 0 || !maps.Equal(before.Files, entries) {
		both := maps.Clone(before.Files)
		maps.Copy(both, entries)
		if err := writeManifest(root, siteFolder{both}); err != nil {
			return change, err
		}
	}
	for _, name := range differing {
		if err := writeWithin(root, name, files[name].Body); err != nil {
			return change, err
		}
		entries[name] = siteEntry{Sum: entries[name].Sum, Mark: entries[name].Mark}
		change.written = append(change.written, name)
	}
	if err := sweep(root, before, files, &change); err != nil {
		return change, err
	}
	if len(differing) > 0 || !maps.Equal(before.Files, entries) {
		return change, writeManifest(root, siteFolder{entries})
	}
	return change, nil
}

// checkSiteFolder says before any page is made whether [writeSite] would refuse the folder. There may be none yet.
func checkSiteFolder(folder string, force bool) error {
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer root.Close()
	_, err = readManifest(root, force)
	return err
}

// readManifest reads which files an earlier export has written. A folder with files and without a manifest is refused, unless
// forced.
func readManifest(root *os.Root, force bool) (siteFolder, error) {
	before := siteFolder{Files: map[string]siteEntry{}}
	raw, err := root.ReadFile(siteManifest)
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := fs.ReadDir(root.FS(), ".")
		if err == nil && len(entries) > 0 && !force {
			err = fmt.Errorf("%s: %w", root.Name(), errForeign)
		}
		return before, err
	}
	if err != nil {
		return before, err
	}
	if err := json.Unmarshal(raw, &before); err != nil {
		return before, fmt.Errorf("%s: %s is damaged (%w); delete it and write --force", root.Name(), siteManifest, err)
	}
	for name := range before.Files {
		if !fs.ValidPath(name) {
			return before, fmt.Errorf("%s: %s names %q, which is no file of a site; delete it and write --force", root.Name(), siteManifest, name)
		}
	}
	if before.Files == nil {
		before.Files = map[string]siteEntry{}
	}
	return before, nil
}

// compare gives the manifest's entries of the files, with what they replace of earlier exports, and the names of those that the folder
// does not hold as they are, in order. The error is errTaken where a file of others is in the way.
func compare(root *os.Root, files map[string]server.SiteFile, before siteFolder) (entries map[string]siteEntry, differing []string, err error) {
	entries = make(map[string]siteEntry, len(files))
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, known := files[name], before.Files[name]
		entry := siteEntry{Sum: sumOf(file.Body), Mark: file.Mark}
		held, err := root.ReadFile(name)
		sum := sumOf(held)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			differing = append(differing, name)
		case err != nil:
			return nil, nil, err
		case sum == entry.Sum:
		case known == siteEntry{}:
			return nil, nil, fmt.Errorf("%s: %w", name, errTaken)
		case file.Mark != "" && known.Mark == file.Mark && known.Sum == sum:
			entry.Sum = sum // it says the same
		default:
			if known.wrote(sum) {
				entry.Former = sum
			}
			differing = append(differing, name)
		}
		entries[name] = entry
	}
	return entries, differing, nil
}

// sweep removes what an earlier export wrote and this one has not, as long as nobody has changed it since, and the folders that
// are empty then.
func sweep(root *os.Root, before siteFolder, files map[string]server.SiteFile, change *siteChange) error {
	for _, name := range slices.Sorted(maps.Keys(before.Files)) {
		if _, kept := files[name]; kept {
			continue
		}
		held, err := root.ReadFile(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return err
		case !before.Files[name].wrote(sumOf(held)):
			change.spared = append(change.spared, name)
			continue
		}
		if err := root.Remove(name); err != nil {
			return err
		}
		change.removed = append(change.removed, name)
		for up := path.Dir(name); up != "." && root.Remove(up) == nil; up = path.Dir(up) { // one with files in it stays
		}
	}
	return nil
}

// writeWithin writes a file beside its place in a folder and moves it there.
func writeWithin(root *os.Root, name string, body []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	beside := path.Join(path.Dir(name), ".corridor-"+path.Base(name))
	err := root.WriteFile(beside, body, 0o644)
	if err == nil {
		err = root.Rename(beside, name)
	}
	if err != nil {
		return errors.Join(err, root.RemoveAll(beside))
	}
	return nil
}

func writeManifest(root *os.Root, m siteFolder) error {
	raw, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return writeWithin(root, siteManifest, append(raw, '\n'))
}

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// exportSite writes the public site into the folder that the argument names.
func (c exportCommand) exportSite(ctx context.Context, con console) error {
	if err := checkSiteFolder(c.Route, c.Force); err != nil {
		return err
	}
	s, done, err := c.painter(ctx)
	if err != nil {
		return err
	}
	defer done()
	bar := newProgress(con.Err, "site", 1)
	files, err := s.Site(ctx, func(done, known int) {
		bar.of(int64(known))
		bar.at(int64(done))
	})
	bar.done()
	if err != nil {
		return err
	}
	change, err := writeSite(c.Route, files, c.Force)
	if err != nil {
		return err
	}
	fmt.Fprintf(con.Err, "%s: %d files, %.1f MB; %d written, %d removed\n", c.Route, change.files, float64(change.bytes)/1e6, len(change.written), len(change.removed))
	for _, name := range change.spared {
		fmt.Fprintf(con.Err, "%s is no longer part of the site but was changed by somebody; it was left there\n", path.Join(c.Route, name))
	}
	if c.BaseURL == "" {
		fmt.Fprintln(con.Err, "without --base-url there are no sitemap, previews, codes to embed and QR codes")
	}
	return nil
}
