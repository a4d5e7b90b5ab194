#!/bin/sh
# The traps of exports files: what each is reported as, and what the installed
# exportfs and mountd make of it.
#
#     tests/run_traps.sh [TRAP]…
#
# Beside tests/fixtures/traps/TRAP.exports stands TRAP.claim, a line for each
# claim. In TEXT a \t is a tab and \ooo a byte. /srv/a, b and c exist. Where a
# trap is in other files as well, TRAP is a folder: the root for lint, and what
# lies in its etc and srv is there for exportfs, too. A shell snippet `setup` in
# it is run in a copy first and removed.
#
#     lint OPTION…    options for lint
#     rule RULE       lint reports this rule
#     status N        of exportfs -ra
#     says TEXT       is in what exportfs -ra prints
#     etab TEXT       is in etab; no-etab TEXT: is not
#     lists TEXT      exportfs -v, which reads etab as mountd does, prints it;
#                     no-lists TEXT: does not
#     dumps TEXT      exportfs -s prints it; no-dumps TEXT: does not
#     rpcinfo TEXT    rpcinfo -p, blanks joined, prints it; no-rpcinfo TEXT:
#                     does not
#     showmount fails showmount -e has no answer that it can read, although it
#                     has one where the file is empty
#     mountd dies     of that question
#     unshown REASON  why exportfs and mountd can't show the trap here
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

# What runs in the namespaces: leaves what exportfs and mountd show of $work/tree
# in $work.
write_sandbox() {
	cat >"$work/sandbox.sh" <<-END
	set -u
	. tests/support/netns.sh
	netns_private_files || exit
	mkdir /srv/a /srv/a/sub /srv/b /srv/c
	[ ! -d "$work/tree/srv" ] || cp -a "$work/tree/srv/." /srv
	cp -a "$work/tree/etc/." /etc
	cd /
	exportfs -ra >"$work/said" 2>&1
	echo "\$?" >"$work/status"
	cp /var/lib/nfs/etab "$work/etab"
	exportfs -v >"$work/listed" 2>/dev/null
	exportfs -s >"$work/dumped" 2>/dev/null
	[ "\$1" = no ] && exit
	netns_start_rpcbind && netns_start_mountd
	rpcinfo -p 127.0.0.1 | tr -s ' ' >"$work/served"
	showmount -e 127.0.0.1 >"$work/shown" 2>&1
	echo "\$?" >"$work/shown-status"
	kill -0 "\$mountd_pid" && echo lives >"$work/mountd"
	END
}

# make_tree TRAP: in $work/tree.
make_tree() {
	rm -rf "$work/tree"
	if [ -d "$traps/$1" ]; then
		cp -RPp "$traps/$1" "$work/tree"
	else
		mkdir -p "$work/tree/etc"
		cp "$traps/$1.exports" "$work/tree/etc/exports"
	fi
	if [ -f "$work/tree/setup" ]; then
		(cd "$work/tree" && sh ./setup)
		rm "$work/tree/setup"
	fi
}

# real SERVERS: runs the real programs on the tree.
real() {
	rm -f "$work/shown-status" "$work/mountd"
	netns_run timeout 60 sh "$work/sandbox.sh" "$1" >"$work/log" 2>&1
}

# lint_trap RULE TRAP: a file is judged for its text, a tree for all of it.
lint_trap() {
	rule=$1
	if [ -d "$traps/$2" ]; then
		set -- --root "$work/tree" lint
	else
		set -- lint "$traps/$2.exports"
	fi
	# shellcheck disable=SC2086
	"$exportctl" --quiet --target nfs-utils=2.6.2,kernel=6.1 "$@" \
		--format gcc --min-severity info --select "$rule" $lint 2>&1
}

contains() {
	grep -aqF -e "$(printf '%b' "$(printf '%s\n' "$2" | sed 's/\\\([0-7]\)/\\0\1/g')")" "$1"
}

# holds WORD REST TRAP
holds() {
	case $1 in
	rule) lint_trap "$2" "$3" | grep -aq "\[$2\]$" ;;
	unshown) [ -n "$2" ] ;;
	status) [ "$(cat "$work/status")" = "$2" ] ;;
	says) contains "$work/said" "$2" ;;
	etab) contains "$work/etab" "$2" ;;
	no-etab) ! contains "$work/etab" "$2" ;;
	lists) contains "$work/listed" "$2" ;;
	no-lists) ! contains "$work/listed" "$2" ;;
	dumps) contains "$work/dumped" "$2" ;;
	no-dumps) ! contains "$work/dumped" "$2" ;;
	rpcinfo) contains "$work/served" "$2" ;;
	no-rpcinfo) ! contains "$work/served" "$2" ;;
	showmount) [ "$(cat "$work/shown-status")" != 0 ] ;;
	mountd) [ ! -f "$work/mountd" ] ;;
	*) false ;;
	esac
}

check_claim() {
	if holds "$1" "$2" "$3"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED: %s: %s %s\n' "$3" "$1" "$2"
	fi
}

# Which claims need what real programs show?
is_real() {
	case $1 in
	rule | unshown) false ;;
	esac
}

check_trap() {
	lint=$(sed -n 's/^lint //p' "$traps/$1.claim")
	servers=no
	grep -Eq '^(showmount|(no-)?rpcinfo)' "$traps/$1.claim" && servers=yes
	make_tree "$1"
	[ "$sandbox" = no ] || real "$servers"
	while read -r word rest; do
		if [ "$word" = lint ]; then
			continue
		elif [ "$sandbox" = no ] && is_real "$word"; then
			skipped=$((skipped + 1))
		else
			check_claim "$word" "$rest" "$1"
		fi
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
	mkdir -p "$work/tree/etc"
	printf '/srv/a 10.1.0.1(ro)\n' >"$work/tree/etc/exports"
	real yes
	if [ "$(cat "$work/shown-status" 2>/dev/null)" != 0 ] ||
		[ ! -f "$work/mountd" ]; then
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
