#!/bin/sh
# The state that audit keeps, when something goes wrong: every system call
# with which it is read and written fails, and the program is killed at each
# of them; the disk is full or read-only; many runs use it at once. Whatever
# happens, no change is lost: a run that does not keep what it saw leaves it to
# the next one, and one that keeps it has told it. The same with a fleet: two
# fake servers, on ports of their own.
#
# EXPORTCTL is the program to test (build/exportctl), BUILD the build folder.
# Prints what is wrong and
# ends with the counts; status 77 without strace.
set -u

cd "$(dirname "$0")/.." || exit 2
EXPORTCTL=$(realpath -- "${EXPORTCTL:-build/exportctl}") || exit 2
passed=0
failed=0
skipped=0

. tests/support/netns.sh
fake_server=$(realpath -- "$fake_server") || exit 2
fake_pid=
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"; [ -z "$fake_pid" ] || netns_stop "$fake_pid"' EXIT
if ! strace -o /dev/null true 2>/dev/null; then
	echo 'skipped: strace is missing or may not trace'
	echo '0 passed, 0 failed, 1 skipped'
	exit 77
fi
cd "$work" || exit 2

# Of this server, or of those that $operands names.
operands=
audit() {
	# shellcheck disable=SC2086
	"$EXPORTCTL" --root root --target nfs-utils=2.6.2,kernel=6.1 audit \
		--state "$work/dir/state" $operands "$@"
}

wrong() {
	failed=$((failed + 1))
	echo "FAILED: $1: $2 (status $status)"
	cat errors
}

# A state with one run, and what the next one has to tell.
mkdir -p root/etc dir
echo '/srv/a 10.1.0.5(ro)' >root/etc/exports
audit >/dev/null
cp dir/state state
{
	echo '/srv/a 10.1.0.5(rw)'
	echo '/srv/b *(rw,no_root_squash)'
} >root/etc/exports
status=0
audit --changes >changes || status=$?
if [ "$status" -ne 1 ] || ! [ -s changes ]; then
	echo 'FAILED: nothing changed'
	echo '0 passed, 1 failed'
	exit 1
fi

# begin STATE: with that file as the state, none if it is empty
begin() {
	rm -rf dir
	mkdir dir
	if [ -s "$1" ]; then
		cp "$1" dir/state
	fi
}

# "name number" of each call from the one that opens the state on.
calls() {
	awk -F '(' '/^[a-z_0-9]+\(/ {
		count[$1]++
		if (/^openat.*dir\/state/)
			inside = 1
		if (inside && $1 !~ /^(exit|exit_group|mmap|munmap|brk)$/)
			print $1, count[$1]
	}' trace
}

# run OPTION…: of strace, which sees only what is done with the state of a fleet
run() {
	status=0
	# shellcheck disable=SC2086
	strace -o trace ${operands:+-P "$work/dir/state" \
		-P "$work/dir/state-journal"} "$@" "$EXPORTCTL" --root root \
		--target nfs-utils=2.6.2,kernel=6.1 audit \
		--state "$work/dir/state" $operands --changes >out 2>errors ||
		status=$?
}

# judge WHAT TOLD STATUS: TOLD is what both runs together have to tell, STATUS
# what this one may end with besides 0, 1 and 2
judge() {
	next=0
	audit --changes >then 2>>errors || next=$?
	if [ "$status" -gt 2 ] && [ "$status" -ne "$3" ]; then
		wrong "$1" 'it crashed'
	elif [ "$next" -gt 1 ]; then
		wrong "$1" 'the state is spoilt'
	elif [ -s then ] && ! cmp -s then "$2"; then
		wrong "$1" 'the next run tells something else'
	elif ! [ -s then ] && ! cmp -s out "$2"; then
		wrong "$1" 'changes are lost'
	elif [ -s then ] && [ "$status" -le 1 ]; then
		wrong "$1" 'nothing was kept, and it does not say so'
	elif [ "$status" -eq 2 ] && ! [ -s out ] && [ "$4" != write ]; then
		wrong "$1" 'there is no report'
	else
		passed=$((passed + 1))
	fi
}

# fail_all WHAT STATE TOLD: at each call
fail_all() {
	begin "$2"
	run
	calls >calls
	while read -r name number; do
		for error in EIO ENOSPC; do
			begin "$2"
			run -e "inject=$name:error=$error:when=$number"
			judge "$1: $name number $number, $error" "$3" 2 "$name"
		done
		begin "$2"
		run -e "inject=$name:signal=KILL:when=$number"
		judge "$1: $name number $number, killed" "$3" 137 "$name"
	done <calls
}

begin /dev/null
audit --changes >first
fail_all 'another run' state changes
fail_all 'the first run' /dev/null first

# in_small_folder COMMAND WHAT: where there is no room, or no right to write
in_small_folder() {
	begin state
	status=0
	unshare -m sh -c '
		mount -t tmpfs -o size=64k none dir && cp state dir/state &&
			{ head -c 1M /dev/zero >dir/full 2>/dev/null; true; } &&
			eval "$2" &&
			{ "$1" --root root --target nfs-utils=2.6.2,kernel=6.1 \
				audit --state dir/state --changes \
				>out 2>errors
			  echo $? >status; cp dir/state found; }' \
		sh "$EXPORTCTL" "$1"
	status=$(cat status)
	begin found
	judge "$2" changes 2 ''
	if [ "$status" -ne 2 ] || ! cmp -s found state; then
		wrong "$2" 'not refused'
	fi
}

if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then
	in_small_folder true 'a full disk'
	in_small_folder 'mount -o remount,ro dir' 'a read-only file system'
else
	skipped=1
	echo 'skipped: a full disk: needs root and namespaces'
fi

# One of them makes the state, one tells the changes of each round.
begin /dev/null
echo '/srv/a 10.1.0.5(ro)' >root/etc/exports
rounds='1 2 3 4 5 6 7 8'
for round in $rounds; do
	audit --changes >"at-once.$round" 2>&1 &
done
wait
told=$(cat at-once.* | grep -c 'the first run')
runs=$(audit --history --format json | grep -c "\"run\":")
if [ "$told" -eq 1 ] && [ "$runs" -eq 8 ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "FAILED: at once: $told told the changes, $runs of 8 runs are kept"
	cat at-once.*
fi

# serve EXPORTS CLIENT: two servers, of which one list is kept, too
serve() {
	[ -z "$fake_pid" ] || netns_stop "$fake_pid"
	printf '%s\n' "$1" >exports
	echo "$2 /srv/a" >mounts
	netns_start_fake --rpcbind-port 0 --mount-port 0 --nfs-port 0 \
		--exports exports --mounts-file mounts || exit 2
	operands=$(echo "$fake_ports" | sed -n \
		's/^rpcbind=\([0-9]*\) .*nfs=\([0-9]*\)$/127.0.0.1 127.0.0.2 --rpcbind-port \1 --nfs-port \2/p')
}

begin /dev/null
serve '/srv/a 10.1.0.5' old.example
audit --changes >first
cp dir/state state
serve '/srv/a' new.example
status=0
audit --changes >fleet.changes || status=$?
if [ "$status" -ne 1 ] || ! grep -q '^2 of 2 NFS servers' fleet.changes; then
	wrong 'a fleet' 'nothing changed'
fi
fail_all 'another run on a fleet' state fleet.changes
begin /dev/null
audit --changes >first
fail_all 'the first run on a fleet' /dev/null first
begin state
rm at-once.*
runs_at_once=
for round in 1 2 3 4; do
	audit --changes >"at-once.$round" 2>&1 &
	runs_at_once="$runs_at_once $!"
done
# shellcheck disable=SC2086
wait $runs_at_once
told=$(cat at-once.* | grep -c '^2 of 2 NFS servers')
runs=$(audit --history --format json | grep -c "\"run\":")
if [ "$told" -eq 1 ] && [ "$runs" -eq 5 ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "FAILED: fleets at once: $told told the changes, $runs of 5 runs"
	cat at-once.*
fi

if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
