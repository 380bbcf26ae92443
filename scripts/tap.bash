# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# tap.bash: what the tests here share; they source it. Of the last command that
# they judge, $status is how it ended, and in the folder $tmp are `said`, what it
# said, `out`, what it printed, and `json`, what it reported.
B=${B:-build}
quartet=$PWD/$B/quartet
tmp=$(mktemp -d) || exit 111
trap 'rm -rf "$tmp"' EXIT
# shellcheck disable=SC2034 # for those that source this
read -ra gcc32 < <(command -v i686-linux-gnu-gcc || echo gcc -m32)
n=0

ok() { # ok NAME CONDITION...: a line of TAP, with what was said when it fails
	local name=$1
	shift
	n=$((n + 1))
	if "$@"; then
		echo "ok $n - $name"
		return
	fi
	echo "not ok $n - $name"
	# A cause comes first, a summary last: 30 lines, of both ends.
	[ ! -e "$tmp/said" ] ||
		{ head -n 20; tail -n 10; } <"$tmp/said" | sed 's/^/# /'
	return 1
}
# skip NAME REASON: it is not to be judged here.
skip() {
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}
says() { grep -qE "$1" "$tmp/said"; }
silent() { ! says "$1"; }
exits() { [ "$status" -eq "$1" ]; }
prints() { [ "$(cat "$tmp/out")" = "$1" ]; }
# sound DIR: fuzzing found nothing, or what came once and in no run again. That
# may be the machine's doing, and is told.
sound() {
	local once=("$1"/findings/*-once-*)
	[ "$status" -eq 0 ] && return
	[ -d "${once[0]}" ] && [ "$status" -eq 1 ] &&
		[ ${#once[@]} -eq "$(find "$1/findings" -mindepth 1 \
			-maxdepth 1 -type d | wc -l)" ] &&
		head -q -n 1 "${once[@]/%//report.txt}" | sed 's/^/#  once: /'
}
# has FILTER: jq's, on the report; true when it is neither false nor empty.
has() { jq -e "$1" "$tmp/json" >/dev/null; }
explain() { # explain OPTION... -- COMMAND...: text to `said`
	timeout 60 "$quartet" explain "$@" >"$tmp/out" 2>"$tmp/said" \
		<"${input:-/dev/null}"
	status=$?
}
explain_json() {
	rm -f "$tmp/json"
	explain --json -o "$tmp/json" "$@"
}
# The processor's time that children took, in seconds; a clock would tell of what
# else the machine did.
children() { awk -v hz="$(getconf CLK_TCK)" '{ print int(($16 + $17) / hz) }' \
	"/proc/$$/stat"; }
# took SECONDS BEFORE: at most, since `children` said BEFORE.
took() { [ $(($(children) - $2)) -le "$1" ]; }
# as_nobody ARG...: quartet for a user without privileges, from where everyone can
# read it: this tree may lie below a folder that others cannot enter.
as_nobody() {
	if [ ! -e "$tmp/everyones" ]; then
		mkdir "$tmp/everyones"
		cp -r "$quartet" "${quartet%/*}/profiles" "$tmp/everyones"
		chmod 755 "$tmp" && chmod -R a+rX "$tmp/everyones"
	fi
	timeout 60 setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$tmp/everyones/quartet" "$@"
}
build() { # build NAME [OPTION...] <SOURCE
	local name=$1
	shift
	{ printf '#define _GNU_SOURCE\n'; cat; } >"$tmp/$name.c"
	gcc -g -O1 -o "$tmp/$name" "$tmp/$name.c" "$@" || exit 111
}
profile() { cat >"$tmp/$1.json"; }
