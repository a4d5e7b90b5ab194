#!/bin/sh
# Compares what exportctl show makes of tests/fixtures/exports/*.exports with
# what exportfs made of them (.etab, .listing). Needs no root. With arguments:
# only these .exports files.
set -eu

cd "$(dirname "$0")/.."
exportctl=${EXPORTCTL:-${BUILD:-build}/exportctl}
fixtures=tests/fixtures/exports
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
passed=0
failed=0

# check FILE FORMAT GOLDEN
check() {
	status=0
	"$exportctl" show --root "$fixtures/root" --resolve \
		--target nfs-utils=2.6.2,kernel=6.1 --format "$2" "$1" \
		>"$work/out" 2>"$work/messages" || status=$?
	if [ "$status" -le 1 ] && cmp -s "$3" "$work/out"; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "FAILED $1 --format $2 (status $status)"
	diff -a "$3" "$work/out" | cat -v || true
	cat -v "$work/messages"
}

[ $# -gt 0 ] || set -- "$fixtures"/*.exports
for file; do
	golden=${file%.exports}
	check "$file" etab "$golden.etab"
	check "$file" exportfs "$golden.listing"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
