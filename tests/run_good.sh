#!/bin/sh
# Lints files of well-kept sites, tests/fixtures/good/*.exports: nothing may
# be said of them at medium or above, for an old server or a new one, and each
# export is loaded. With arguments: only these files.
#
# EXPORTCTL is the program to test (build/exportctl). Prints what is said, and
# ends with the counts. Status 1 if a file failed.
set -u

cd "$(dirname "$0")/.." || exit 2
exportctl=${EXPORTCTL:-${BUILD:-build}/exportctl}
passed=0
failed=0

# judge FILE TARGET
judge() {
	"$exportctl" lint --quiet --target "$2" --fail-on medium \
		--min-severity medium --format gcc "$1" 2>&1 &&
		"$exportctl" show --quiet --target "$2" "$1" 2>&1 >/dev/null
}

[ $# -gt 0 ] || set -- tests/fixtures/good/*.exports
for file; do
	for target in nfs-utils=2.6.2,kernel=6.1 nfs-utils=2.9.1,kernel=6.17; do
		if said=$(judge "$file" "$target") && [ -z "$said" ]; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			printf 'FAILED: %s for %s\n%s\n' "$file" "$target" "$said"
		fi
	done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
