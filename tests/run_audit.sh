#!/bin/sh
# Audits a server whose exports files, etab and mountd were brought apart in
# many ways by the real exportfs, in private namespaces.
#
#     tests/run_audit.sh
#
# EXPORTCTL is the program to test (build/exportctl). Status 77: skipped.
set -u

cd "$(dirname "$0")/.." || exit 2
. tests/support/netns.sh

if [ "${1-}" = --inside ]; then
	netns_private_files || exit 2
	/usr/bin/python3 tests/audit/check_drift.py
	drift=$?
	/usr/bin/python3 tests/audit/check_mountd.py && exit "$drift"
	exit 1
fi
if ! netns_has_mountd; then
	echo 'skipped: root, exportfs, rpc.mountd and namespaces are needed'
	exit 77
fi
netns_run sh "$0" --inside
