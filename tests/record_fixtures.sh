#!/bin/sh
# Records tests/fixtures/exports/*.etab and *.listing anew from the installed
# exportfs, which should be that of nfs-utils 2.6.2. With arguments: only for
# these .exports files.
set -eu

cd "$(dirname "$0")/.."
build=${BUILD:-build}
driver=$build/tests/differential/differential
fixtures=tests/fixtures/exports
PATH=$PATH:/usr/sbin:/sbin

if [ ! -x "$driver" ]; then
	echo "$0: $driver is missing, run make differential-program first" >&2
	exit 1
fi
case $(rpc.mountd --version 2>&1) in
*2.6.2*) ;;
*) echo "$0: warning: this is not nfs-utils 2.6.2" >&2 ;;
esac
[ $# -gt 0 ] || set -- "$fixtures"/*.exports
exec "$driver" --exportfs "$(command -v exportfs)" --record "$@"
