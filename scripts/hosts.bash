# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# hosts.bash: two hosts for tests of what goes by ssh: network namespaces, each
# with an sshd of its own, 10.77.0.1 and 10.77.0.2. Sourced behind tap.bash by
# scripts that are of no use where there are none: they end with a skip then.
# Commands on the first host are run by `ip netns exec $one`; RSH reaches both.
for need in sshd:/usr/sbin/sshd ip:/usr/sbin/ip parallel:/usr/bin/parallel \
	rsync:/usr/bin/rsync; do
	[ -x "${need#*:}" ] || { echo "1..0 # SKIP no ${need%%:*} here"; exit 0; }
done
[ "$(id -u)" -eq 0 ] || { echo '1..0 # SKIP needs root for namespaces'; exit 0; }
[ "$B" = build ] || { echo '1..0 # SKIP hosts have their tools in build'; exit 0; }
# Names of our own: another run may go on beside this one.
one=qa$$ two=qb$$
daemons=
# shellcheck disable=SC2154 # tap.bash has it
cleanup() {
	local p
	for p in $daemons; do kill "$p" 2>/dev/null; done
	ip netns del $one 2>/dev/null
	ip netns del $two 2>/dev/null
	[ -n "${KEEP:-}" ] || rm -rf "$tmp"
}
trap cleanup EXIT
if ! ip netns add $one || ! ip netns add $two ||
	! ip link add v$one netns $one type veth peer name v$two netns $two
then
	echo '1..0 # SKIP network namespaces are not permitted'
	exit 0
fi
for ns in $one $two; do
	ip -n "$ns" addr add "10.77.0.$([ "$ns" = $one ] && echo 1 || echo 2)/24" \
		dev "v$ns"
	ip -n "$ns" link set "v$ns" up
	ip -n "$ns" link set lo up
done
ssh-keygen -q -t ed25519 -N '' -f "$tmp/host"
ssh-keygen -q -t ed25519 -N '' -f "$tmp/key"
chmod 700 "$tmp"
mkdir -p /run/sshd
for ns in $one $two; do
	cat >"$tmp/sshd-$ns" <<-E
	Port 2222
	HostKey $tmp/host
	AuthorizedKeysFile $tmp/key.pub
	StrictModes no
	PidFile none
	PermitRootLogin yes
	E
	ip netns exec "$ns" /usr/sbin/sshd -D -f "$tmp/sshd-$ns" \
		>"$tmp/sshd-$ns.log" 2>&1 &
	daemons="$daemons $!"
done
# We are on host one, and reach both by their addresses.
export RSH="ssh -p 2222 -i $tmp/key -o BatchMode=yes \
-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
for host in 10.77.0.1 10.77.0.2; do
	for _ in $(seq 100); do
		# shellcheck disable=SC2086 # a command and its options
		ip netns exec $one $RSH $host true </dev/null && break
		sleep 0.1
	done
done 2>"$tmp/said"
