#!/bin/sh
# Lints the first example and shows how it can be repaired, shows what exportctl
# makes of all examples, lints and shows this host's own exports, and lists what
# a live server exports:
#
#     tools/demo.sh PROGRAM
#
# That server is rpc.mountd where it is installed and root is there, in private
# namespaces that end with it; else the one of the tests.
set -eu
# shellcheck source=tests/support/netns.sh
. tests/support/netns.sh

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

# ask HOST OPTION…
ask() {
	run exports "$@"
	run mounts "$@"
}

# In namespaces of its own.
ask_mountd() {
	netns_private_files
	cp doc/examples/seed.exports /etc/exports
	exportfs -ra 2>/dev/null || true
	echo '192.168.1.7:/home/test:0x00000001' >/var/lib/nfs/rmtab
	netns_start_rpcbind
	netns_start_mountd
	ask 127.0.0.1
}

ask_fake() {
	netns_start_fake --bind 127.0.0.1 --rpcbind-port 0 --mount-port 0 \
		--no-nfs --exports tools/demo.exports --mounts-file \
		tools/demo.mounts
	port=${fake_ports#*rpcbind=}
	ask --rpcbind-port "${port%% *}" 127.0.0.1
	netns_stop "$fake_pid"
}

ask_server() {
	if netns_has_mountd; then
		printf '\n%s\n' "A live server, in a network of its own: this \
host's rpc.mountd with doc/examples/seed.exports."
		netns_run sh "$0" --inside "$program" && return
	fi
	printf '\n%s\n' 'A live server: the one of the tests.'
	ask_fake
}

if [ "$1" = --inside ]; then
	program=$2
	ask_mountd
	exit
fi
program=$1

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
ask_server
printf '\nWhat next: %s\n' \
	"edit a copy of your exports and run \`$program lint COPY\`;
           \`$program help\` tells the rest; \`make check\` runs the tests."
