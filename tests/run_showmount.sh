#!/bin/sh
# Compares exportctl showmount with the installed showmount of nfs-utils, byte
# for byte, in private namespaces: what it says of servers that misbehave, of
# the real rpcbind and rpc.mountd with tables made by chance, and of wrong
# command lines.
#
#     tests/run_showmount.sh [PART]…
#
# PART: one of the parts of tests/showmount/compare_showmount.py. Where the
# original waits for 20 seconds to three minutes, what it says in the end is
# kept in tests/fixtures/showmount/waits; SHOWMOUNT_SLOW=1 runs it there too.
# TABLES is the number of tables (250). EXPORTCTL is the program to test
# (build/exportctl). Status 77: skipped.
set -u

cd "$(dirname "$0")/.." || exit 2
. tests/support/netns.sh
python=/usr/bin/python3

skip() {
	echo "skipped: $1"
	exit 77
}

# Names and networks that the parts ask for.
prepare() {
	netns_private_files || return
	echo 'multi on' >/etc/host.conf
	cat >>/etc/hosts <<-END
	127.0.0.1 $(hostname) own.example
	127.0.9.9 both.example
	::1 both.example
	END
	for i in 0 1 2 3 4 5 6 7 8; do
		echo "10.1.1.$i host$i.example"
	done >>/etc/hosts
	# all of fd00::/64 is here, two networks are not, one is dead
	echo 1 >/proc/sys/net/ipv6/ip_nonlocal_bind
	ip -6 route add local fd00::/64 dev lo
	ip route add unreachable 10.8.0.0/16
	ip route add prohibit 10.7.0.0/16
	echo 127.9.0.0/16 | netns_drop
}

# The parts that bring their own servers come before those that need the real
# ones, which take the same port.
run_parts() {
	status=0
	for part; do
		case $part in
		options | tables)
			[ -n "${mountd_pid-}" ] || {
				netns_start_rpcbind
				netns_start_mountd
			}
			;;
		esac
		"$python" tests/showmount/compare_showmount.py "$part" ||
			status=1
	done
	return "$status"
}

if [ "${1-}" = --inside ]; then
	shift
	prepare || exit
	run_parts "$@"
	exit
fi

netns_has_mountd || skip "rpcbind and rpc.mountd can't be run apart here"
netns_has nft || skip "nft is not installed"
"$python" -c 'import pty' 2>/dev/null || skip "python3 is not installed"
case $(showmount --version) in
*2.6.2) ;;
*) skip "showmount is not that of nfs-utils 2.6.2" ;;
esac
EXPORTCTL=$(realpath -- "${EXPORTCTL:-${BUILD:-build}/exportctl}") || exit 2
SHOWMOUNT=$(command -v showmount)
FAKE_SERVER=$(realpath -- "$fake_server") || exit 2
export EXPORTCTL SHOWMOUNT FAKE_SERVER PYTHONDONTWRITEBYTECODE=1
unset POSIXLY_CORRECT RPCB_V2FIRST

[ $# -gt 0 ] || set -- answers waits limits hostile terminal options tables
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
netns_run sh "$0" --inside "$@" >"$log" 2>&1
status=$?
# the counts of all parts as one line
awk '
	/^[0-9]+ passed, [0-9]+ failed$/ {
		passed += $1
		failed += $3
		next
	}
	{ print }
	END { printf "%d passed, %d failed\n", passed, failed }' "$log"
exit "$status"
