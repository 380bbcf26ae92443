# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154 # status, tmp: of tap.bash
# minimized.bash: what the tests of minimize share; they source it after tap.bash.
export LC_ALL=C

minimize() { # minimize OPTION... -- COMMAND...: the profile to `json`
	rm -f "$tmp/json"
	timeout 100 "$quartet" minimize -o "$tmp/json" "$@" \
		>"$tmp/out" 2>"$tmp/said" <"${input:-/dev/null}"
	status=$?
}
calls() { # the calls that the profile allows, sorted
	jq -r '[.syscalls[] | select(.action == "SCMP_ACT_ALLOW") | .names[]] |
		unique | join(" ")' "$tmp/json"
}
allows() { [ "$(calls)" = "$1" ]; }
# values CALL: those that an argument of it may have.
values() {
	jq -r --arg call "$1" '[.syscalls[] | select(.names == [$call]) |
		.args[] | .valueTwo // .value] | sort | join(" ")' "$tmp/json"
}
has_values() { [ "$(values "$1")" = "$2" ]; }

# Judged by another: explain runs it under the profile; is all as it was?
does() { # does PROFILE WHEN COMMAND...
	local profile=$1 when=$2
	shift 2
	rm -f "$tmp/explained"
	timeout 60 "$quartet" explain --json -o "$tmp/explained" -p "$profile" \
		--arm "$when" -- "$@" 2>&1 <"${input:-/dev/null}" | cat >/dev/null
	jq -e '.filtered | .ended and .status == 0 and (.signal == null) and
		(.lost // [] | length) == 0' "$tmp/explained" >/dev/null &&
		jq -e 'if .filtered.refused > 0 then .same_output else true end' \
			"$tmp/explained" >/dev/null
}
# Takes each rule out of the profile, and each name out of each rule: prints
# those that were not missed.
not_missed() { # not_missed WHEN COMMAND...
	jq '.syscalls = [.syscalls[] | . as $r | .names[] as $n | $r |
		.names = [$n]]' "$tmp/json" >"$tmp/flat.json"
	for i in $(seq 0 $(($(jq '.syscalls | length' "$tmp/flat.json") - 1))); do
		jq "del(.syscalls[$i])" "$tmp/flat.json" >"$tmp/less.json"
		! does "$tmp/less.json" "$@" ||
			jq -c ".syscalls[$i]" "$tmp/flat.json"
	done
}
each_missed() { [ -z "$(not_missed "$@" | tee -a "$tmp/said")" ]; }
few_runs() { # no more runs than calls
	awk '/^runs/ { runs = $2 + 0 } /^needed/ { calls = $5 }
		END { exit !(runs && runs <= calls) }' "$tmp/said"
}
