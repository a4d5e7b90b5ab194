#!/bin/sh
# Looks at the HTML report of audit in a real browser without a window.
# EXPORTCTL is the program. Status 77: skipped.
set -u

cd "$(dirname "$0")/.." || exit 2
EXPORTCTL=$(realpath -- "${EXPORTCTL:-build/exportctl}") || exit 2
export EXPORTCTL
for program in chromium tidy; do
	if ! command -v "$program" >/dev/null; then
		echo "skipped: $program is missing"
		exit 77
	fi
done
exec /usr/bin/python3 tests/html/check_page.py
