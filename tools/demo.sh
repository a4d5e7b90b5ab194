#!/bin/sh
# Shows what exportctl makes of the shipped examples and of this host's own
# exports: tools/demo.sh PROGRAM
set -eu

program=$1

# Status 1 says that not everything is loaded, which is what some examples
# are for; only 2 is a failure of ours.
show() {
	printf '\n$ %s\n' "$program show $*"
	status=0
	"$program" show "$@" || status=$?
	if [ "$status" -gt 1 ]; then
		printf 'exportctl ended with status %d\n' "$status" >&2
		exit 1
	fi
}

for example in doc/examples/*.exports; do
	show "$example"
done
if ! [ -e /etc/exports ]; then
	printf '\nThis host has no /etc/exports.\n'
elif ! [ -r /etc/exports ]; then
	printf '\n/etc/exports of this host: not readable, try as root.\n'
else
	show
fi
printf '\nWhat next: %s\n' \
	"edit a copy of your exports and run \`$program show COPY\`;
           \`$program help show\` tells the rest; \`make check\` runs the tests."
