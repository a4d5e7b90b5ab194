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
	for part in drift mountd; do
		/usr/bin/python3 "tests/audit/check_$part.py" 2>&1
		echo "end of $part"
	done | awk -f tests/support/sum_counts.awk
	exit
fi
if ! netns_has_mountd; then
	echo 'skipped: root, exportfs, rpc.mountd and namespaces are needed'
	exit 77
fi
netns_run sh "$0" --inside
