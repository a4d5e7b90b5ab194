#!/bin/sh
# Compares what exportctl access says of NFSv3 with what the real rpc.mountd
# decides, in private namespaces.
#
#     tests/run_access.sh
#
# EXPORTCTL is the program to test (build/exportctl). TABLES is the number of
# export tables (200). Status 77: skipped.
set -u

cd "$(dirname "$0")/.." || exit 2
. tests/support/netns.sh

if [ "${1-}" = --inside ]; then
	netns_private_files || exit 2
	echo 'multi on' >/etc/host.conf
	netns_start_rpcbind || exit 2
	exec /usr/bin/python3 tests/access/compare_mountd.py
fi
if ! netns_has_mountd; then
	echo 'skipped: root, exportfs, rpc.mountd and namespaces are needed'
	exit 77
fi
netns_run sh "$0" --inside
