#!/bin/sh
# Asks servers for their lists in private namespaces: the fake server, honest,
# hostile and dead, and the real rpcbind and rpc.mountd, whose lists are
# compared with what the installed showmount prints.
#
#     tests/run_sweep.sh [PART]…
#
# PART: one of the parts of tests/sweep/check_sweep.py. EXPORTCTL is the program
# to test (build/exportctl). Status 77: skipped.
set -u

cd "$(dirname "$0")/.." || exit 2
. tests/support/netns.sh
python=/usr/bin/python3

skip() {
	echo "skipped: $1"
	exit 77
}

# Names that the parts ask for; packets to 127.9.0.0/16 are lost.
prepare() {
	netns_private_files || return
	echo 'multi on' >/etc/host.conf
	cat >>/etc/hosts <<-END
	127.0.3.1 one.example
	127.9.0.1 two.example
	127.0.3.2 two.example
	END
	echo 127.9.0.0/16 | netns_drop
}

inside() {
	prepare || skip 'namespaces with files of their own are not allowed here'
	exec "$python" tests/sweep/check_sweep.py "$@"
}

if [ "${1-}" = --inside ]; then
	shift
	inside "$@"
fi
netns_has_mountd && netns_has nft ||
	skip 'rpcbind, rpc.mountd, showmount, nft and namespaces are needed'
"$python" -c 'import jsonschema' 2>/dev/null ||
	skip 'python3-jsonschema is not installed'
netns_run sh "$0" --inside "$@"
