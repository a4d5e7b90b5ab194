#!/bin/sh
# Runs test suites, one after the other, and sums up their cases.
#
#     tests/run_all.sh BUILD SUITE…
#
# SUITE: one of SUITES in the Makefile, or asan, which is the suites below again
# with the programs of BUILD/asan. A suite says what it skips in lines that begin
# with "skipped:", and closes with a line `N passed, N failed[, N skipped]`, or
# ends with status 77 when all of it is skipped. The logs stay in
# BUILD/test-logs. Status 1 if anything failed.
set -eu

# All that run the program on many inputs, without those that count its system
# calls or compare thousands of times what sweep and fake ask, too.
under_sanitizers="unit cli fixtures rules corpus fake sweep odd traps good
	differential ganesha audit access"
build=$1
shift
logs=$build/test-logs
limit=600 # seconds for a suite, far above what any needs
passed=0
failed=0
skipped=0

# The programs of cmocka report in their own way; a program that dies before
# it reports is one failed case.
run_unit() {
	for source in tests/unit/test_*.c; do
		name=$(basename "$source" .c)
		status=0
		"$1/tests/unit/$name" || status=$?
		if [ "$status" -gt 125 ] && [ "$status" -ne 255 ]; then
			echo "$name: ended with status $status"
		fi
		echo "end of $name: status $status"
	done >"$logs/unit-programs" 2>&1
	cat "$logs/unit-programs"
	awk '
		/^\[  PASSED  \] [0-9]+ test/ { passed += $4; told = 1 }
		/^\[  FAILED  \] [0-9]+ test/ { failed += $4; told = 2 }
		/^\[  SKIPPED \] [0-9]+ test/ { skipped += $4; next }
		/^\[ RUN / { name = $4; reason = "" }
		/^[^[]/ { reason = $0 }
		/^\[  SKIPPED \]/ && $4 == name {
			print "skipped: " name ": " reason
			name = ""
		}
		/^end of test_/ {
			if (told == 0 || ($5 != 0 && told == 1))
				failed++
			told = 0
		}
		END {
			printf "%d passed, %d failed", passed, failed
			if (skipped)
				printf ", %d skipped", skipped
			print ""
			exit failed > 0
		}' "$logs/unit-programs"
}

# Each fuzz target over its corpus; a program that does not report is one
# failed case.
run_corpus() {
	for source in tests/fuzz/fuzz_*.c; do
		target=$(basename "$source" .c)
		target=${target#fuzz_}
		"$1/tests/fuzz/replay_$target" "tests/fuzz/corpus/$target"/* ||
			echo "replay_$target: ended with status $?"
		echo "end of $target"
	done >"$logs/corpus-programs" 2>&1
	awk -f tests/support/sum_counts.awk "$logs/corpus-programs"
}

# run SUITE PROGRAMS: the suite with the programs of that folder.
run() {
	case $1 in
	unit) run_unit "$2" ;;
	corpus) run_corpus "$2" ;;
	cli | faults | state | odd | traps | fixtures | rules | good | differential | \
	showmount | fake | sweep | ganesha | audit | access)
		BUILD=$2 EXPORTCTL=$2/exportctl sh "tests/run_$1.sh"
		;;
	schema | docs | contrib | html)
		BUILD=$2 EXPORTCTL=$2/exportctl sh "tests/check_$1.sh"
		;;
	*)
		echo "no such suite: $1"
		return 2
		;;
	esac
}

# The counts of a log as "passed failed skipped", from its last closing line.
counts_of() {
	sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/& 0 skipped/
		s/^\([0-9]*\) passed, \([0-9]*\) failed[^0-9]*\([0-9]*\).*/\1 \2 \3/p
		' "$1" | tail -n 1
}

# suite LABEL SUITE PROGRAMS
suite() {
	log=$logs/$1.log
	printf '%-18s ' "$1"
	status=0
	$wrapper timeout --foreground -k 10 "$limit" \
		sh "$0" "$build" --one "$2" "$3" >"$log" 2>&1 || status=$?
	counts=$(counts_of "$log")
	# A suite that fails without saying so is one failed case.
	# shellcheck disable=SC2086
	set -- "$1" ${counts:-0 0 0}
	if [ "$status" -eq 77 ]; then
		set -- "$1" 0 0 1
	elif [ "$status" -ne 0 ] && [ "$3" -eq 0 ]; then
		set -- "$1" "$2" 1 "$4"
		echo "the suite ended with status $status" >>"$log"
	elif [ -z "$counts" ]; then
		set -- "$1" "$2" 1 "$4"
		echo "the suite has no closing line" >>"$log"
	fi
	printf '%6d passed, %d failed, %d skipped\n' "$2" "$3" "$4"
	passed=$((passed + $2))
	failed=$((failed + $3))
	skipped=$((skipped + $4))
	if [ "$3" -gt 0 ]; then
		grep -av '^\[ RUN  \|^\[       OK\|^end of .*: status 0$' "$log" |
			tail -n 60 | sed 's/^/    /'
		echo "    (all of it: $log)"
	fi
	sed -n "s/^skipped: */$1: /p" "$log" >>"$logs/skipped"
}

# Sanitizers of gcc 12 can't live with a very random address space.
set_wrapper() {
	wrapper=
	if [ "$1" = asan ] && setarch "$(uname -m)" -R true 2>/dev/null; then
		wrapper="setarch $(uname -m) -R"
	fi
}

run_suites() {
	for name; do
		set_wrapper "$name"
		if [ "$name" != asan ]; then
			suite "$name" "$name" "$build"
			continue
		fi
		for again in $under_sanitizers; do
			suite "asan-$again" "$again" "$build/asan"
		done
	done
}

if [ "${1-}" = --one ]; then
	run "$2" "$3"
	exit
fi
export ASAN_OPTIONS="${ASAN_OPTIONS-detect_stack_use_after_return=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS-print_stacktrace=1}"
mkdir -p "$logs"
: >"$logs/skipped"
run_suites "$@"
if [ -s "$logs/skipped" ]; then
	echo "Skipped:"
	sed 's/^/    /' "$logs/skipped"
fi
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
