// SPDX-License-Identifier: MIT
// filter.go: a line in, a line out, as Go's standard library does it.
package main

import (
	"bufio"
	"os"
	"strings"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)

	for in.Scan() {
		out.WriteString(strings.ToUpper(in.Text()) + "\n")
	}
	if in.Err() != nil || out.Flush() != nil {
		os.Exit(1)
	}
}
