#!/bin/sh
# Lets every system call fail with which `lint --fix` puts a repaired file in
# the place of the old one, and kills the program at each of them. Whatever
# happens, the file is the old or the new one, whole, with its owner, mode and
# attributes; a failure is told with status 2, and nothing is left behind but
# by a kill, and then one dot file at most.
#
# EXPORTCTL is the program to test (build/exportctl). Prints what is wrong and
# ends with the counts; status 77 without strace.
set -u

cd "$(dirname "$0")/.." || exit 2
EXPORTCTL=$(realpath -- "${EXPORTCTL:-build/exportctl}") || exit 2
passed=0
failed=0
skipped=0

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
if ! strace -o /dev/null true 2>/dev/null; then
	echo 'skipped: strace is missing or may not trace'
	echo '0 passed, 0 failed, 1 skipped'
	exit 77
fi
cd "$work" || exit 2

printf '# home\n/srv/a 10.1.0.5 (rw)   # two\n/srv/b 10.1.0.6(rw)\n' >old
printf '# home\n/srv/a 10.1.0.5(rw)   # two\n/srv/b 10.1.0.6(rw)\n' >new
attributes=

# A file with all that may belong to one, in a folder of its own.
make_file() {
	rm -rf dir
	mkdir dir
	cp old dir/exports
	chmod 0640 dir/exports
	if setfattr -n user.note -v kept dir/exports 2>/dev/null; then
		attributes=yes
	fi
}

# run OPTION…: of strace
run() {
	status=0
	strace -o trace "$@" "$EXPORTCTL" lint -q --fix=unsafe dir/exports \
		>out 2>&1 || status=$?
}

# "name number" of each call from the first flock(2) on: what it is called,
# and how many of that name came before.
calls() {
	awk -F '(' '/^[a-z_0-9]+\(/ {
		count[$1]++
		if ($1 == "flock")
			inside = 1
		if (inside && $1 !~ /^(exit|exit_group|mmap|munmap|brk|close)$/)
			print $1, count[$1]
	}' trace
}

wrong() {
	failed=$((failed + 1))
	echo "FAILED: $1: $2 (status $status)"
	cat out
}

# judge WHAT LEFTOVERS STATUS: how many dot files may be there, and what the
# program may end with besides 0, 1 and 2
judge() {
	left=$(ls -A dir | grep -c '^\.')
	if ! cmp -s dir/exports old && ! cmp -s dir/exports new; then
		wrong "$1" 'the file is neither the old nor the new one'
	elif [ "$(stat -c %a:%u:%g dir/exports)" != "$properties" ]; then
		wrong "$1" 'owner or mode are others'
	elif [ -n "$attributes" ] && [ "$(getfattr --only-values -n user.note \
		dir/exports 2>/dev/null)" != kept ]; then
		wrong "$1" 'an attribute is gone'
	elif [ "$left" -gt "$2" ]; then
		wrong "$1" 'something is left behind'
	elif [ "$status" -le 1 ] && ! cmp -s dir/exports new; then
		wrong "$1" 'it failed and does not say so'
	elif [ "$status" -gt 2 ] && [ "$status" -ne "$3" ]; then
		wrong "$1" 'it crashed'
	else
		passed=$((passed + 1))
	fi
}

make_file
run
calls >calls
properties=$(stat -c %a:%u:%g dir/exports)
if ! cmp -s dir/exports new || ! [ -s calls ]; then
	echo 'FAILED: nothing was fixed'
	cat out
	echo '0 passed, 1 failed'
	exit 1
fi
while read -r name number; do
	for error in EIO ENOSPC EACCES; do
		make_file
		run -e "inject=$name:error=$error:when=$number"
		judge "$name number $number, $error" 0 2
	done
	make_file
	run -e "inject=$name:signal=KILL:when=$number"
	judge "$name number $number, killed" 1 137
	make_file
	run -e "inject=$name:signal=INT:when=$number"
	judge "$name number $number, interrupted" 0 130
done <calls

# A file system without room, and one that is read-only.
in_small_folder() {
	make_file
	cp -p dir/exports kept
	status=0
	unshare -m sh -c '
		mount -t tmpfs -o size=8k none dir && cp -p kept dir/exports &&
			{ head -c 1M /dev/zero >dir/full 2>/dev/null; true; } &&
			eval "$3" &&
			{ "$1" lint -q --fix=unsafe dir/exports >out 2>&1
			  echo $? >status; cp -p dir/exports found
			  ls -A dir | grep "^\." >left; }' sh "$EXPORTCTL" x "$1"
	status=$(cat status)
	if [ "$status" -eq 2 ] && cmp -s found old && ! [ -s left ]; then
		passed=$((passed + 1))
	else
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
if [ -z "$attributes" ]; then
	skipped=$((skipped + 1))
	echo 'skipped: attributes: setfattr or the file system lacks them'
fi
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
