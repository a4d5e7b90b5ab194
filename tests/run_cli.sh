#!/bin/sh
# Runs exportctl as its users do, and compares what it prints.
#
#     tests/run_cli.sh [CASE]…
#
# A case is a folder tests/fixtures/cli/CASE with
#
#     cmd          a shell snippet, run by sh in a copy of the folder;
#                  $EXPORTCTL is the program, $NETNS the functions of
#                  tests/support/netns.sh
#     stdout       what it must print; no file: nothing
#     stderr       the same
#     status       its exit status; no file: 0
#     skip-unless  a shell snippet: when it fails, the case is skipped, and
#                  what it prints is the reason
#     root/        and other files that cmd names, for example as --root root
#
# EXPORTCTL is the program to test (build/exportctl). UPDATE=1 writes what was
# printed into the cases, for review with git diff.
# Prints a line and a diff for each failure, and ends with the counts. Status
# 1 if a case failed.
set -u

cd "$(dirname "$0")/.." || exit 2
cases=$PWD/tests/fixtures/cli
limit=30 # seconds for a case
passed=0
failed=0
skipped=0

program=$(realpath -- "${EXPORTCTL:-build/exportctl}") || exit 2
if [ ! -x "$program" ]; then
	echo "$0: $program is missing, run make first" >&2
	exit 2
fi
export LC_ALL=C TERM=xterm
unset NO_COLOR POSIXLY_CORRECT

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# a name without blanks, whatever the folder is called
ln -s "$program" "$work/exportctl"
export EXPORTCTL="$work/exportctl"
NETNS=$PWD/tests/support/netns.sh
BUILD=$(realpath -- "${BUILD:-build}")
export NETNS BUILD

# What the case must print, with the files that it left out.
expect() {
	mkdir "$work/expected"
	: >"$work/expected/stdout"
	: >"$work/expected/stderr"
	echo 0 >"$work/expected/status"
	for name in stdout stderr status; do
		if [ -f "$cases/$1/$name" ]; then
			cat "$cases/$1/$name" >"$work/expected/$name"
		fi
	done
}

# The outputs go beside the copy, where cmd can't meet them.
run_case() {
	mkdir "$work/found"
	cp -RPp "$cases/$1" "$work/case"
	status=0
	(cd "$work/case" && exec timeout --foreground -k 5 "$limit" \
		sh ./cmd </dev/null >../found/stdout 2>../found/stderr) ||
		status=$?
	echo "$status" >"$work/found/status"
	expect "$1"
}

# Empty outputs and status 0 need no file.
update_case() {
	for name in stdout stderr status; do
		rm -f "$cases/$1/$name"
		case $name in
		status) [ "$status" -ne 0 ] ;;
		*) [ -s "$work/found/$name" ] ;;
		esac && cat "$work/found/$name" >"$cases/$1/$name"
	done
}

judge_case() {
	if difference=$(cd "$work" && diff -ru expected found); then
		passed=$((passed + 1))
	elif [ -n "${UPDATE-}" ]; then
		update_case "$1"
		passed=$((passed + 1))
		echo "updated: $1"
	else
		failed=$((failed + 1))
		printf 'FAILED: %s\n%s\n' "$1" "$difference"
	fi
}

test_case() {
	if [ -f "$cases/$1/skip-unless" ] &&
		! reason=$(cd "$cases/$1" && sh ./skip-unless 2>&1); then
		skipped=$((skipped + 1))
		echo "skipped: $1: $reason"
		return
	fi
	run_case "$1"
	judge_case "$1"
	rm -rf "$work/case" "$work/found" "$work/expected"
}

if [ $# -eq 0 ]; then
	for folder in "$cases"/*/; do
		set -- "$@" "$(basename "$folder")"
	done
fi
for name; do
	if [ -n "$(find "$cases/$name" -type d -empty)" ]; then
		failed=$((failed + 1))
		echo "FAILED: $name: git loses its empty folders, add .keep"
	elif [ -f "$cases/$name/cmd" ]; then
		test_case "$name"
	else
		failed=$((failed + 1))
		echo "FAILED: $name: there is no cmd"
	fi
done
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
