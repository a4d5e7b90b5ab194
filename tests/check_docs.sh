#!/bin/sh
# Compares the manual with what the program says of itself: every command,
# every option and every choice that one of them names, the other names too.
# Also checks that the manuals are correct mdoc, and that what README.md says
# the program prints is what it prints. EXPORTCTL is the program.
# Prints what differs and ends with the counts; status 1 if anything does.
set -u

cd "$(dirname "$0")/.." || exit 2
EXPORTCTL=${EXPORTCTL:-build/exportctl}
BUILD=${BUILD:-build}
manual=doc/exportctl.1
passed=0
failed=0
skipped=0

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

commands() {
	"$EXPORTCTL" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

# options_of LABEL HEADING: reads a help text, prints "LABEL --name choices"
# and "LABEL -letter choices" for the options under that heading.
options_of() {
	awk -v label="$1" -v heading="$2" '
		/^[^ ]/ { inside = index($0, heading) == 1 }
		inside && /^ +-/ {
			if (sub(/\[=/, " "))
				sub(/\]/, " ")
			count = 0
			for (i = 1; i <= NF && $i ~ /^-/; i++) {
				sub(/,$/, "", $i)
				names[++count] = $i
			}
			choices = $i ~ /[|]/ ? " " $i : ""
			for (i = 1; i <= count; i++)
				print label, names[i] choices
		}'
}

told_by_program() {
	"$EXPORTCTL" help | options_of global 'Global options'
	for command in $(commands); do
		echo "$command"
		"$EXPORTCTL" help "$command" | options_of "$command" Options:
	done
}

# The same from the items of the option lists, ".It Fl f , -format Cm a | b".
told_by_manual() {
	awk '
		/^\.Sh / {
			label = $0 == ".Sh GLOBAL OPTIONS" ? "global" : ""
			listing = $0 == ".Sh COMMANDS"
		}
		/^\.Ss / && listing {
			label = NF == 2 ? $2 : ""
			if (label)
				print label
		}
		/^\.It Fl / && label {
			count = 0
			choices = ""
			for (i = 3; i <= NF && $i !~ /^(Ar|Cm|Oo|Ns)$/; i++)
				if ($i != ",")
					names[++count] = "-" $i
			for (; i <= NF && / [|] /; i++)
				if ($i !~ /^(Ar|Cm|Oo|Oc|Ns|=)$/)
					choices = choices $i
			for (i = 1; i <= count; i++)
				print label, names[i] \
					(choices ? " " choices : "")
		}' "$manual"
}

complain() {
	sed "s|^|$1: |" "$work/only"
	failed=$((failed + $(wc -l <"$work/only")))
}

compare() {
	told_by_program | sort >"$work/program"
	told_by_manual | sort >"$work/manual"
	passed=$((passed + $(comm -12 "$work/program" "$work/manual" | wc -l)))
	comm -23 "$work/program" "$work/manual" >"$work/only"
	complain "FAILED: not in $manual"
	comm -13 "$work/program" "$work/manual" >"$work/only"
	complain "FAILED: only in $manual"
	if ! grep -q '^help$' "$work/program"; then
		echo "FAILED: $EXPORTCTL does not list its commands"
		failed=$((failed + 1))
	fi
}

check_mdoc() {
	if ! command -v mandoc >/dev/null; then
		echo "skipped: the syntax of the manuals: mandoc is missing"
		skipped=$((skipped + 1))
		return
	fi
	for page in doc/*.[1-8] "$BUILD"/doc/*.[1-8]; do
		if mandoc -Tlint -Wwarning "$page"; then
			passed=$((passed + 1))
		else
			echo "FAILED: mandoc complains of $page"
			failed=$((failed + 1))
		fi
	done
}

# Writes each `$ exportctl …` of the README and the lines behind it, empty ones
# between them, too, into $work/<number>.command and .expected.
split_readme() {
	awk -v work="$work/" '
		!/^    / { empty++ }
		/./ && !/^    / { inside = 0 }
		inside && /^    / && !/^    \$ / {
			for (; empty > 0; empty--)
				print "" >(work number ".expected")
			print substr($0, 5) >(work number ".expected")
		}
		/^    / { empty = 0 }
		/^    \$ exportctl / {
			inside = 1
			number++
			print substr($0, 7) >(work number ".command")
			printf "" >(work number ".expected")
		}' README.md
}

# Below a root of its own, whose users are Debian's, so that nothing depends
# on this host.
exportctl_of_readme() {
	"$EXPORTCTL" --root "$work/root" \
		--target nfs-utils=2.6.2,kernel=6.1 "$@"
}

check_readme() {
	mkdir -p "$work/root/etc" "$work/root/tmp" "$work/root/home/test"
	chmod 1777 "$work/root/tmp"
	echo 'nobody:x:65534:65534::/nonexistent:' >"$work/root/etc/passwd"
	echo 'nogroup:x:65534:' >"$work/root/etc/group"
	split_readme
	for command in "$work"/*.command; do
		expected=${command%.command}.expected
		line=$(sed 's/^exportctl /exportctl_of_readme /' "$command")
		eval "$line" >"$work/found" 2>&1
		if diff "$expected" "$work/found"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			echo "FAILED: README.md: $(cat "$command")"
		fi
	done
}

# check_page KIND FILE
check_page() {
	if "$BUILD/tools/rules_manual" "$1" | diff -q - "$2"; then
		passed=$((passed + 1))
	else
		echo "FAILED: $2 is not what the program says: make docs"
		failed=$((failed + 1))
	fi
}

compare
check_mdoc
check_page markdown doc/rules.md
check_page exposure doc/exposure.md
check_readme
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
