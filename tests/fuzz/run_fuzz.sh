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
if $wrapper "$build/tests/fuzz/fuzz_exports" -max_total_time="$seconds" \
	-dict=tests/fuzz/exports.dict -max_len=4096 -timeout=10 \
	-rss_limit_mb=2048 -artifact_prefix="$build/" -print_final_stats=1 \
	-verbosity=0 "$build/corpus" tests/fuzz/corpus; then
	echo '1 passed, 0 failed'
else
	echo '0 passed, 1 failed'
	exit 1
fi
