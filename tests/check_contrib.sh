#!/bin/sh
# Tries what is in contrib/ and the completion of the shells. EXPORTCTL is the
# program, BUILD the folder with its completion. Prints what is wrong or
# skipped and ends with the counts; status 1 if anything is wrong.
set -u

cd "$(dirname "$0")/.." || exit 2
BUILD=$(realpath -- "${BUILD:-build}") || exit 2
EXPORTCTL=$(realpath -- "${EXPORTCTL:-build/exportctl}") || exit 2
unit=/lib/systemd/system/nfs-server.service
script=/etc/init.d/nfs-kernel-server
passed=0
failed=0
skipped=0

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

pass() {
	passed=$((passed + 1))
}

fail() {
	failed=$((failed + 1))
	echo "FAILED: $1"
	cat "$work/out"
}

skip() {
	skipped=$((skipped + 1))
	echo "skipped: $1"
}

# try WHAT COMMAND…
try() {
	what=$1
	shift
	if "$@" >"$work/out" 2>&1; then pass; else fail "$what"; fi
}

# refuse WHAT COMMAND…: it must fail with status 1
refuse() {
	what=$1
	shift
	status=0
	"$@" >"$work/out" 2>&1 || status=$?
	if [ "$status" -eq 1 ]; then pass; else fail "$what: status $status"; fi
}

# The unit with the drop-in, as systemd reads it: nothing to complain of, and
# the check is the first thing that start and reload do.
check_unit() {
	if ! [ -e "$unit" ] || ! command -v systemd-analyze >/dev/null; then
		skip 'systemd: nfs-server.service or systemd-analyze is missing'
		return
	fi
	mkdir -p "$work/units/nfs-server.service.d"
	cp "$unit" "$work/units"
	sed "s|/usr/local/bin/exportctl|$EXPORTCTL|" \
		contrib/systemd/exportctl.conf \
		>"$work/units/nfs-server.service.d/exportctl.conf"
	SYSTEMD_UNIT_PATH=$work/units: systemd-analyze verify \
		"$work/units/nfs-server.service" >"$work/all" 2>&1
	grep -F -e exportctl -e nfs-server "$work/all" >"$work/out"
	if [ -s "$work/out" ]; then fail 'systemd-analyze verify'; else pass; fi
	for setting in ExecStartPre ExecReload; do
		sed -n "s/^$setting=//p" contrib/systemd/exportctl.conf |
			tr '\n' '|' >"$work/out"
		if grep -q '^|/usr/local/bin/exportctl lint .*|-/usr/sbin' \
			"$work/out"; then pass; else fail "$setting"; fi
	done
}

# run_script EXPORTS ACTION: the init script in a private place, with the snippet.
run_script() {
	printf '%b' "$1" >"$work/exports"
	timeout 60 unshare -m sh -c '
		mount --bind "$1/exports" /etc/exports &&
		mount --bind "$1/default" /etc/default/nfs-kernel-server &&
		PATH=$1/bin:$PATH "$2" "$3"' sh "$work" "$script" "$2"
}

good='/srv 10.1.0.0/24(ro)\n'
broken='/srv 10.1.0.0/24(ro)\n/srv/a 10.1.0.0/24(rw,no_rootsquash)\n/srv/b k\n'

# The script of Debian goes on behind the snippet until it finds that there is
# no NFS server in the kernel, if there is none.
check_script() {
	if [ "$(id -u)" != 0 ] || ! unshare -m true 2>/dev/null ||
		! [ -x "$script" ] || ! [ -e /etc/exports ] ||
		! [ -e /etc/default/nfs-kernel-server ]; then
		skip 'init script: needs root, namespaces and nfs-kernel-server'
		return
	fi
	if grep -qw nfsd /proc/filesystems; then
		skip 'init script: this kernel has an NFS server, which is left alone'
		return
	fi
	mkdir -p "$work/bin"
	ln -sf "$EXPORTCTL" "$work/bin/exportctl"
	cp contrib/sysv/nfs-kernel-server "$work/default"
	for action in start reload force-reload restart; do
		refuse "$action with broken exports" run_script "$broken" "$action"
		if grep -q 'unknown option .*no_rootsquash' "$work/out"; then
			pass
		else
			fail "$action does not say why"
		fi
	done
	try 'start with good exports' run_script "$good" start
	run_script "$broken" status >"$work/out" 2>&1
	if grep -q 'no_rootsquash' "$work/out"; then
		fail 'status is checked'
	else
		pass
	fi
	printf 'EXPORTCTL_LINT=--fail-on=low\n' |
		cat - contrib/sysv/nfs-kernel-server >"$work/default"
	refuse 'a strict start' run_script '/srv *(ro)\n' start
}

# complete_bash WORD…: what bash proposes for the last one
complete_bash() {
	bash -c 'source "$0"
		COMP_WORDS=(exportctl "$@"); COMP_CWORD=$#; _exportctl
		echo "${COMPREPLY[@]}"' "$BUILD/completion/exportctl.bash" "$@"
}

complete_fish() {
	fish -c 'source $argv[1]; complete -C $argv[2]' \
		"$BUILD/completion/exportctl.fish" "$1" | cut -f 1 |
		tr '\n' ' ' | sed 's/ $//'
}

# What zsh shows when Tab is pressed behind the line, in a terminal of its own.
complete_zsh() {
	mkdir -p "$work/zsh"
	cp "$BUILD/completion/exportctl.zsh" "$work/zsh/_exportctl"
	timeout 20 zsh -f -c '
		zmodload zsh/zpty
		zpty z zsh -f -i
		zpty -w z "PS1=; fpath=($1 \$fpath); autoload -U compinit"
		zpty -w z "compinit -u -D; echo re\"\"ady"
		zpty -r -m z line "*ready*"
		zpty -w -n z "$2"$'"'\\t'"'
		zpty -r -m z line "*$3*" && echo "$3"' zsh "$work/zsh" "$1" "$2"
}

# expect WHAT EXPECTED FOUND
expect() {
	if [ "$2" = "$3" ]; then
		pass
	else
		printf 'expected: %s\nfound: %s\n' "$2" "$3" >"$work/out"
		fail "$1"
	fi
}

check_bash() {
	expect 'bash: a command' lint "$(complete_bash li)"
	expect 'bash: an option' --fail-on= "$(complete_bash lint --fail)"
	expect 'bash: a choice' json "$(complete_bash lint --format = j)"
	expect 'bash: a choice behind a blank' sarif \
		"$(complete_bash lint --format sa)"
	expect 'bash: a global option' --root= "$(complete_bash --roo)"
	expect 'bash: a global option behind a command' --quiet \
		"$(complete_bash lint --qui)"
	expect 'bash: no global option' '' "$(complete_bash showmount --qui)"
}

check_fish() {
	if ! command -v fish >/dev/null; then
		skip 'completion: fish is missing'
		return
	fi
	expect 'fish: a command' lint "$(complete_fish 'exportctl li')"
	expect 'fish: an option' --fail-on \
		"$(complete_fish 'exportctl lint --fail')"
	expect 'fish: no global option' '' \
		"$(complete_fish 'exportctl showmount --qui')"
	expect 'fish: a choice' critical \
		"$(complete_fish 'exportctl lint --fail-on c')"
}

check_zsh() {
	if ! command -v zsh >/dev/null; then
		skip 'completion: zsh is missing'
		return
	fi
	expect 'zsh: a command' explain "$(complete_zsh 'exportctl expl' explain)"
	expect 'zsh: an option' statistics \
		"$(complete_zsh 'exportctl lint --stat' statistics)"
	expect 'zsh: a choice' checkstyle \
		"$(complete_zsh 'exportctl lint --format=ch' checkstyle)"
}

check_hooks() {
	try '.pre-commit-hooks.yaml' /usr/bin/python3 -c '
import re
text = open(".pre-commit-hooks.yaml").read()
hook = dict(re.findall(r"^[- ] (\w+): (.*)$", text, re.M))
assert hook["entry"] == "exportctl lint" and hook["language"] == "system"
for name in ["exports", "etc/exports", "a/b.exports"]:
    assert re.search(hook["files"], name), name
for name in ["exports.md", "myexports", "etc/exports.d/README"]:
    assert not re.search(hook["files"], name), name'
}

. tests/support/netns.sh
. tests/contrib/audit.sh
. tests/contrib/fleet.sh

check_unit
check_script
check_bash
check_fish
check_zsh
check_hooks
check_audit
check_fleet
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
