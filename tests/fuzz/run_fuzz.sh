#!/bin/sh
# Fuzzes for some seconds, starting from the corpus.
#
#     tests/fuzz/run_fuzz.sh BUILD SECONDS
#
# New inputs go to BUILD/corpus, one that fails to BUILD/crash-…; copy it to
# tests/fuzz/corpus when the bug is fixed. Status 1 if something failed.
set -eu

build=$1
seconds=$2

mkdir -p "$build/corpus"
wrapper=
if setarch "$(uname -m)" -R true 2>/dev/null; then
	wrapper="setarch $(uname -m) -R"
fi
log=$build/fuzz.log
status=0
$wrapper "$build/tests/fuzz/fuzz_exports" -max_total_time="$seconds" \
	-dict=tests/fuzz/exports.dict -max_len=4096 -timeout=10 \
	-rss_limit_mb=2048 -artifact_prefix="$build/" -print_final_stats=1 \
	"$build/corpus" tests/fuzz/corpus >"$log" 2>&1 || status=$?
sed -n 's/^stat::number_of_executed_units: */inputs tried: /p
	s/^stat::new_units_added: */new ones kept: /p' "$log"
if [ "$status" -eq 0 ]; then
	echo '1 passed, 0 failed'
else
	tail -n 60 "$log"
	echo '0 passed, 1 failed'
	exit 1
fi
