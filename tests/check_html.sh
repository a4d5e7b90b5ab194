#!/bin/sh
# Looks at the HTML reports of audit in a real browser without a window; the one
# on other servers needs namespaces. EXPORTCTL is the program, BUILD the build
# folder. Status 77: skipped.
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
. tests/support/netns.sh
if netns_available; then
	netns_run /usr/bin/python3 tests/html/check_page.py --fleet
else
	/usr/bin/python3 tests/html/check_page.py
	echo 'skipped: the page on other servers: needs namespaces'
fi
