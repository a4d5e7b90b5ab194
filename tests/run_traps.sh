#!/bin/sh
# The traps of exports files: what each is reported as, and what the installed
# exportfs and mountd make of it.
#
#     tests/run_traps.sh [TRAP]…
#
# Beside tests/fixtures/traps/TRAP.exports stands TRAP.claim, a line for each
# claim. In TEXT a \t is a tab and \ooo a byte. /srv/a, b and c exist.
#
#     lint OPTION…    options for lint
#     rule RULE       lint reports this rule
#     status N        of exportfs -ra
#     says TEXT       is in what exportfs -ra prints
#     etab TEXT       is in etab; no-etab TEXT: is not
#     lists TEXT      exportfs -v, which reads etab as mountd does, prints it;
#                     no-lists TEXT: does not
#     showmount fails showmount -e has no answer that it can read, although it
#                     has one where the file is empty
#
# exportfs and mountd run with a private /etc, /var/lib/nfs and network, as
# root; else what they show is skipped. Its status says little where nfs-utils
# is not 2.6.2, so the suite is for that one. EXPORTCTL is the program to test
# (build/exportctl). Prints what is wrong, and ends with the counts. Status 1
# if a claim does not hold.
set -u

cd "$(dirname "$0")/.." || exit 2
exportctl=$(realpath -- "${EXPORTCTL:-${BUILD:-build}/exportctl}") || exit 2
traps=$PWD/tests/fixtures/traps
# shellcheck source=tests/support/netns.sh
. tests/support/netns.sh
passed=0
failed=0
skipped=0

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# What runs in the namespaces: leaves what exportfs and mountd show in $work.
write_sandbox() {
	cat >"$work/sandbox.sh" <<-END
	set -u
	. tests/support/netns.sh
	netns_private_files || exit
	mkdir /srv/a /srv/a/sub /srv/b /srv/c
	cp "\$1" /etc/exports
	cd /
	exportfs -ra >"$work/said" 2>&1
	echo "\$?" >"$work/status"
	cp /var/lib/nfs/etab "$work/etab"
	exportfs -v >"$work/listed" 2>/dev/null
	[ "\$2" = no ] && exit
	netns_start_rpcbind && netns_start_mountd
	showmount -e 127.0.0.1 >"$work/shown" 2>&1
	echo "\$?" >"$work/shown-status"
	END
}

# real FILE SHOWMOUNT: runs the real programs.
real() {
	rm -f "$work/shown-status"
	netns_run timeout 60 sh "$work/sandbox.sh" "$1" "$2" >"$work/log" 2>&1
}

contains() {
	grep -aqF -e "$(printf '%b' "$(printf '%s\n' "$2" | sed 's/\\\([0-7]\)/\\0\1/g')")" "$1"
}

# holds WORD REST FILE
holds() {
	case $1 in
	rule)
		# shellcheck disable=SC2086
		"$exportctl" lint --quiet --format gcc --min-severity info \
			--target nfs-utils=2.6.2,kernel=6.1 --select "$2" \
			$lint "$3" 2>&1 | grep -aq "\[$2\]$"
		;;
	status) [ "$(cat "$work/status")" = "$2" ] ;;
	says) contains "$work/said" "$2" ;;
	etab) contains "$work/etab" "$2" ;;
	no-etab) ! contains "$work/etab" "$2" ;;
	lists) contains "$work/listed" "$2" ;;
	no-lists) ! contains "$work/listed" "$2" ;;
	showmount) [ "$(cat "$work/shown-status")" != 0 ] ;;
	*) false ;;
	esac
}

check_claim() {
	if [ "$1" != rule ] && [ "$sandbox" = no ]; then
		skipped=$((skipped + 1))
	elif holds "$1" "$2" "$3"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED: %s: %s %s\n' "$(basename "$3")" "$1" "$2"
	fi
}

check_trap() {
	lint=$(sed -n 's/^lint //p' "$traps/$1.claim")
	shows=no
	grep -q '^showmount' "$traps/$1.claim" && shows=yes
	[ "$sandbox" = no ] || real "$traps/$1.exports" "$shows"
	while read -r word rest; do
		[ "$word" = lint ] ||
			check_claim "$word" "$rest" "$traps/$1.exports"
	done <"$traps/$1.claim"
}

sandbox=no
if netns_has_mountd; then
	case $(rpc.mountd --version 2>&1) in
	*2.6.2*) sandbox=yes ;;
	esac
fi
if [ "$sandbox" = yes ]; then
	write_sandbox
	printf '/srv/a 10.1.0.1(ro)\n' >"$work/plain"
	real "$work/plain" yes
	if [ "$(cat "$work/shown-status" 2>/dev/null)" != 0 ]; then
		echo "FAILED: showmount -e of a plain file"
		cat "$work/log" "$work/shown"
		failed=1
	fi
else
	echo "skipped: exportfs of nfs-utils 2.6.2 can't be run apart here"
fi
if [ $# -eq 0 ]; then
	for file in "$traps"/*.claim; do
		set -- "$@" "$(basename "$file" .claim)"
	done
fi
for name; do
	check_trap "$name"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
