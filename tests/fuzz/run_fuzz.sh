#!/bin/sh
# Fuzzes every target, or those named, each for some seconds, starting from its
# corpus.
#
#     tests/fuzz/run_fuzz.sh BUILD SECONDS [TARGET…]
#
# New inputs go to BUILD/corpus/TARGET, one that fails to
# BUILD/TARGET-crash-…; copy it to tests/fuzz/corpus/TARGET when the bug is
# fixed. Status 1 if something failed.
set -eu

build=$1
seconds=$2
shift 2
passed=0
failed=0

targets() {
	for source in tests/fuzz/fuzz_*.c; do
		basename "$source" .c | sed 's/^fuzz_//'
	done
}

wrapper=
if setarch "$(uname -m)" -R true 2>/dev/null; then
	wrapper="setarch $(uname -m) -R"
fi

# fuzz TARGET: the log is BUILD/fuzz-TARGET.log.
fuzz() {
	dictionary=
	if [ -e "tests/fuzz/$1.dict" ]; then
		dictionary=-dict=tests/fuzz/$1.dict
	fi
	mkdir -p "$build/corpus/$1"
	$wrapper "$build/tests/fuzz/fuzz_$1" -max_total_time="$seconds" \
		$dictionary -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
		-artifact_prefix="$build/$1-" -print_final_stats=1 \
		"$build/corpus/$1" "tests/fuzz/corpus/$1" \
		>"$build/fuzz-$1.log" 2>&1
}

if [ $# -eq 0 ]; then
	# shellcheck disable=SC2046
	set -- $(targets)
fi
for target; do
	status=0
	fuzz "$target" || status=$?
	sed -n "s/^stat::number_of_executed_units: */$target: inputs tried: /p
		s/^stat::new_units_added: */$target: new ones kept: /p" \
		"$build/fuzz-$target.log"
	if [ "$status" -eq 0 ]; then
		passed=$((passed + 1))
	else
		tail -n 60 "$build/fuzz-$target.log"
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
