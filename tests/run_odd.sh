#!/bin/sh
# Audits a server whose files are, one after the other, no plain files.
#
#     tests/run_odd.sh
#
# EXPORTCTL is the program to test (build/exportctl). Status 77: skipped.
set -u

cd "$(dirname "$0")/.." || exit 2
EXPORTCTL=$(realpath -- "${EXPORTCTL:-build/exportctl}") || exit 2
export EXPORTCTL
if ! strace -o /dev/null true 2>/dev/null; then
	echo 'skipped: strace is missing or may not trace'
	echo '0 passed, 0 failed, 1 skipped'
	exit 77
fi
exec /usr/bin/python3 tests/audit/check_odd_files.py
