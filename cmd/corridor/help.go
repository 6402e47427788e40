package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// helpOf is the help of a flag with its default, in the place of which the help shows what kind of value it takes.
func helpOf(value *kong.Value) string {
	said := *value
	if value.Tag.PlaceHolder != "" && value.Default != "" {
		said.Help = strings.TrimSuffix(value.Help, ".") + "; " + value.Default + " where left out"
		if value.Tag.PlaceHolder == "FILE" {
			said.Help += ", relative to the working directory"
		}
		said.Help += "."
	}
	return kong.DefaultHelpValueFormatter(&said)
}
