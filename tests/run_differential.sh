#!/bin/sh
# Compares exportctl with the installed exportfs, in private namespaces.
# Arguments are those of the driver, tests/differential/differential.c.
# BUILD is the build folder, EXPORTCTL the program under test. Status 77:
# skipped.
set -eu

cd "$(dirname "$0")/.."
build=${BUILD:-build}
driver=$build/tests/differential/differential
EXPORTCTL=${EXPORTCTL:-$build/exportctl}
export EXPORTCTL
PATH=$PATH:/usr/sbin:/sbin

skip() {
	echo "skipped: $1"
	exit 77
}

for program in "$driver" "$EXPORTCTL"; do
	if [ ! -x "$program" ]; then
		echo "$0: $program is missing, run make first" >&2
		exit 1
	fi
done
exportfs=$(command -v exportfs) || skip "exportfs is not installed"

# exportfs does not say its version, mountd of the same package does.
version=$(rpc.mountd --version 2>&1 |
	sed -n 's/.*version \([0-9.]*[0-9]\).*/\1/p')
echo "exportfs of nfs-utils ${version:-(unknown version)}"
exec "$driver" --exportfs "$exportfs" "$@"
