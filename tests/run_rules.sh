#!/bin/sh
# Lints the trees of the rules that look at files, and of others that have some,
# and audits those of the rules on a running server.
#
#     tests/run_rules.sh [RULE]…
#
# tests/fixtures/rules/RULE/bad* and good* are roots for --root: RULE must
# report something about a bad one, and nothing about a good one, of which no
# other rule says anything at medium or above either. A shell snippet
# `setup` in a tree is run in a copy of it first and removed; it makes what git
# does not keep: modes, owners, empty folders, FIFOs. When it fails the case is
# skipped, and what it prints is the reason. A file `message` is what the
# findings of RULE must say, one a line; a file `target` is the argument of
# --target for that tree; with a file `resolve` names are asked for, of which
# the tree must know all.
#
# EXPORTCTL is the program to test (build/exportctl). Prints what is wrong, and
# ends with the counts. Status 1 if a tree failed.
set -u

cd "$(dirname "$0")/.." || exit 2
EXPORTCTL=$(realpath -- "${EXPORTCTL:-build/exportctl}") || exit 2
trees=tests/fixtures/rules
passed=0
failed=0
skipped=0

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# lint OPTION…
lint() {
	timeout 30 "$EXPORTCTL" --root "$work/root" --quiet \
		--target "$target" lint $resolve --format gcc "$@"
}

# What audit finds, in the form of lint's gcc.
audit() {
	timeout 30 "$EXPORTCTL" --root "$work/root" --quiet \
		--target "$target" audit --format json "$@" | python3 -c '
import json, sys
for finding in json.load(sys.stdin)["findings"]:
    print("%(file)s:%(line)d:%(column)d: %(severity)s: %(message)s [%(rule)s]"
          % finding)'
}

# messages RULE: of its findings in $work/found, without place and level.
messages() {
	sed -n "s/^[^ ]* [a-z]*: \(.*\) \[$1\]\$/\1/p" "$work/found"
}

judge() {
	case $live in
	*" $1 "*) audit --min-severity info >"$work/found" 2>&1 ;;
	*) lint --select "$1" --min-severity info >"$work/found" 2>&1 ;;
	esac
	messages "$1" >"$work/messages"
	case $(basename "$2") in
	bad*) [ -s "$work/messages" ] || return 1 ;;
	good*)
		[ ! -s "$work/messages" ] || return 1
		lint --min-severity medium >"$work/found" 2>&1 || return 1
		;;
	esac
	[ ! -f "$2/message" ] ||
		diff "$2/message" "$work/messages" >>"$work/found"
}

# make_root TREE: in $work/root; fails with a reason.
make_root() {
	rm -rf "$work/root"
	cp -RPp "$1" "$work/root"
	rm -f "$work/root/message" "$work/root/target" "$work/root/resolve"
	if [ -f "$work/root/setup" ]; then
		(cd "$work/root" && sh ./setup 2>&1) || return 1
		rm "$work/root/setup"
	fi
}

test_tree() {
	target=nfs-utils=2.6.2,kernel=6.1
	[ ! -f "$2/target" ] || target=$(cat "$2/target")
	resolve=
	[ ! -f "$2/resolve" ] || resolve=--resolve
	if ! reason=$(make_root "$2"); then
		skipped=$((skipped + 1))
		echo "skipped: $2: $reason"
	elif judge "$1" "$2"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $2"
		cat "$work/found"
	fi
}

test_rule() {
	for kind in bad good; do
		found=
		for tree in "$trees/$1/$kind"*; do
			if [ -d "$tree" ]; then
				found=yes
				test_tree "$1" "$tree"
			fi
		done
		if [ -z "$found" ]; then
			failed=$((failed + 1))
			echo "FAILED: $1 has no $kind tree"
		fi
	done
}

# rules_on NEED: those that the program says need it, and that trees can show;
# no mountd answers for a tree.
rules_on() {
	"$EXPORTCTL" rules --format json | python3 -c '
import json, sys
for rule in json.load(sys.stdin)["rules"]:
    if sys.argv[1] in rule["needs"] and "mountd" not in rule["needs"]:
        print(rule["rule"])' "$1"
}

rules_to_test() {
	{
		rules_on files
		rules_on live
		ls "$trees"
	} | sort -u
}

live=" $(rules_on live | tr '\n' ' ')"
for rule in ${@:-$(rules_to_test)}; do
	test_rule "$rule"
done
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
