#!/bin/sh
# Lints the first example and shows how it can be repaired, shows what exportctl
# makes of all examples, and lints and shows this host's own exports:
#
#     tools/demo.sh PROGRAM
set -eu

program=$1

# Status 1 says that something is found or not loaded, which is what the
# examples are for; only 2 is a failure of ours.
run() {
	printf '\n$ %s\n' "$program $*"
	status=0
	"$program" "$@" || status=$?
	if [ "$status" -gt 1 ]; then
		printf 'exportctl ended with status %d\n' "$status" >&2
		exit 1
	fi
}

run lint doc/examples/seed.exports
run lint --fix=unsafe --diff doc/examples/seed.exports
for example in doc/examples/*.exports; do
	run show "$example"
done
if ! [ -e /etc/exports ]; then
	printf '\nThis host has no /etc/exports.\n'
elif ! [ -r /etc/exports ]; then
	printf '\n/etc/exports of this host: not readable, try as root.\n'
else
	run lint
	run show
fi
printf '\nWhat next: %s\n' \
	"edit a copy of your exports and run \`$program lint COPY\`;
           \`$program help\` tells the rest; \`make check\` runs the tests."
