#!/bin/sh
# Installs the Debian packages that building or testing needs.
#
#     tools/install_packages.sh build    what `make` needs; no daemon
#     tools/install_packages.sh test     also what `make check` needs
#
# What is already there is left alone; when nothing is missing this does
# nothing, and needs neither root nor a network. Nothing is asked, except that
# sudo may want its password on a terminal. Servers that the tests call come
# with the set `test`: they are installed under a policy-rc.d that starts no
# service, and the units that this run brought in are disabled afterwards.
#
# Status: 0 all there, 1 something is missing and can't be installed, 2 usage.
set -eu

policy=/usr/sbin/policy-rc.d
policy_backup=$policy.before-exportctl
policy_mark='put here by exportctl while packages are installed'

say() {
	printf '%s\n' "$*" >&2
}

# One package a line, with what it is for.
build_packages() {
	cat <<-'END'
	gcc compiler
	libc6-dev C library headers
	make build
	pkg-config finds the libraries
	libuv1-dev event loop
	libnfsidmap-dev user and group names
	libtirpc-dev RPC codecs
	libjansson-dev JSON
	libsqlite3-dev state of the audit
	END
}

test_packages() {
	build_packages
	cat <<-'END'
	libcmocka-dev unit tests
	rpcsvc-proto rpcgen, whose decoders ours are compared with
	clang fuzzing
	libclang-rt-dev fuzzing
	mandoc checks the manual page
	python3 plays servers for showmount
	python3-jsonschema checks JSON output
	augeas-tools compared with in the benchmark
	augeas-lenses compared with in the benchmark
	strace lets system calls fail
	attr attributes of files
	patch reads the diffs that are printed
	time measures memory in the benchmark
	systemd checks the units
	chromium looks at the HTML report
	tidy checks the HTML report
	prometheus checks metrics and alert rules
	fonts-dejavu-core letters for chromium
	zsh tries its completion
	fish tries its completion
	util-linux private namespaces
	iproute2 brings up the network of a namespace
	nftables loses packets in a namespace
	nmap compared with in the benchmark
	rpcbind portmapper for servers under test
	nfs-common showmount and its like, compared with
	nfs-kernel-server exportfs and mountd, compared with
	nfs-ganesha a server that speaks NFSv4 only
	nfs-ganesha-vfs a server that speaks NFSv4 only
	END
}

packages_of() {
	case $1 in
	build) build_packages ;;
	test) test_packages ;;
	esac
}

installed_packages() {
	# shellcheck disable=SC2016
	dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
		sed -n 's/^installed //p' | LC_ALL=C sort -u
}

# The lines of packages_of whose package is not installed.
missing_packages() {
	wanted=$(packages_of "$1")
	# shellcheck disable=SC2046
	there=$(installed_packages $(printf '%s\n' "$wanted" |
		sed 's/ .*//'))
	printf '%s\n' "$wanted" | while read -r name reason; do
		case "
$there
" in
		*"
$name
"*) ;;
		*) printf '%s %s\n' "$name" "$reason" ;;
		esac
	done
}

names_of() {
	printf '%s\n' "$1" | sed 's/ .*//'
}

list_packages() {
	printf '%s\n' "$1" | while read -r name reason; do
		printf '  %-20s %s\n' "$name" "$reason" >&2
	done
}

# give_up WHY PACKAGES
give_up() {
	say "exportctl: $1. Missing packages:"
	list_packages "$2"
	say "Install them as root with:"
	say "  apt-get update && apt-get install --no-install-recommends" \
		"$(names_of "$2" | tr '\n' ' ')"
	exit 1
}

not_debian() {
	say "exportctl: this is not a Debian system (no dpkg-query, apt-get)," \
		"so nothing is installed."
	say "Install what corresponds to these Debian packages, then run" \
		"\`make\` or \`make check-unit\`:"
	list_packages "$(packages_of "$1")"
	exit 1
}

# The policy of invoke-rc.d and deb-systemd-invoke: 101 is "not allowed".
# After a kill -9 of an earlier run its policy may still be in place.
forbid_services() {
	if [ -e "$policy" ] || [ -L "$policy" ]; then
		grep -qs "$policy_mark" "$policy" ||
			mv -f "$policy" "$policy_backup"
	fi
	printf '#!/bin/sh\n# %s\nexit 101\n' "$policy_mark" >"$policy.new"
	chmod 755 "$policy.new"
	mv -f "$policy.new" "$policy"
}

allow_services() {
	rm -f "$policy.new"
	if [ -e "$policy_backup" ] || [ -L "$policy_backup" ]; then
		mv -f "$policy_backup" "$policy"
	elif grep -qs "$policy_mark" "$policy"; then
		rm -f "$policy"
	fi
}

# disable_unit PACKAGE UNIT: with systemctl where there is one; deb-systemd-helper
# keeps the books that the package's own scripts read, and serves only them.
disable_unit() {
	if command -v systemctl >/dev/null 2>&1; then
		systemctl disable "$2" >/dev/null 2>&1 || true
	fi
	if command -v deb-systemd-helper >/dev/null 2>&1; then
		DPKG_MAINTSCRIPT_PACKAGE=$1 deb-systemd-helper disable "$2" \
			>/dev/null 2>&1 || true
	fi
}

disable_init_script() {
	if command -v update-rc.d >/dev/null 2>&1; then
		update-rc.d "$1" disable >/dev/null 2>&1 || true
	fi
}

# Units that something can enable: those with an [Install] section.
disable_services_of() {
	dpkg -L "$1" 2>/dev/null | while read -r file; do
		case $file in
		*/systemd/system/*.service | */systemd/system/*.socket | \
		*/systemd/system/*.target | */systemd/system/*.timer | \
		*/systemd/system/*.path)
			if grep -qs '^\[Install\]' "$file"; then
				disable_unit "$1" "${file##*/}"
				printf '%s\n' "${file##*/}"
			fi
			;;
		/etc/init.d/*)
			disable_init_script "${file##*/}"
			;;
		esac
	done
}

disable_new_services() {
	units=$(installed_packages | LC_ALL=C comm -13 "$before" - |
		while read -r package; do
			disable_services_of "$package"
		done | LC_ALL=C sort -u)
	if [ -n "$units" ]; then
		say "exportctl: disabled, so that nothing starts by itself:" \
			"$(printf '%s' "$units" | tr '\n' ' ')"
	fi
}

# Runs at every end of an installation of the set `test`.
finish() {
	disable_new_services || true
	allow_services
	rm -f "$before"
}

install_once() {
	DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none \
	NEEDRESTART_SUSPEND=1 UCF_FORCE_CONFFOLD=1 \
	apt-get -qq -y --no-install-recommends --no-remove \
		-o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
		-o Dpkg::Options::=--force-confdef \
		-o Dpkg::Options::=--force-confold \
		install "$@" </dev/null >&2
}

# A failure is not the end: one package list of several may be out of reach.
update_lists() {
	say "exportctl: apt-get update"
	apt-get -qq -o DPkg::Lock::Timeout=300 update </dev/null >&2 || true
}

install_packages() {
	if ! apt-cache -q show "$@" >/dev/null 2>&1; then
		update_lists
		install_once "$@"
		return
	fi
	if install_once "$@"; then
		return
	fi
	update_lists
	DEBIAN_FRONTEND=noninteractive dpkg --configure -a \
		--force-confdef --force-confold </dev/null >&2 || true
	install_once "$@"
}

guard_services() {
	before=$(mktemp)
	trap finish EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	installed_packages >"$before"
	forbid_services
}

install_as_root() {
	say "exportctl: installing Debian packages:"
	list_packages "$2"
	if [ "$1" = test ]; then
		guard_services
	fi
	# shellcheck disable=SC2046
	install_packages $(names_of "$2") || true
	rest=$(missing_packages "$1")
	if [ -n "$rest" ]; then
		give_up "packages could not be installed" "$rest"
	fi
}

# The script goes in through stdin: root may not be able to read a home folder
# that is mounted over NFS.
install_through_sudo() {
	command -v sudo >/dev/null 2>&1 ||
		give_up "not root, and there is no sudo" "$2"
	if ! sudo -n true 2>/dev/null; then
		if ! [ -t 0 ] || ! [ -t 2 ]; then
			give_up "not root, and sudo needs a password" "$2"
		fi
		say "exportctl: packages are missing; sudo installs them"
	fi
	sudo -- sh -s -- "$1" <"$0" || exit 1
}

case $#:${1-} in
1:build | 1:test) ;;
*)
	say "usage: $0 build|test"
	exit 2
	;;
esac
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	not_debian "$1"
fi
missing=$(missing_packages "$1")
if [ -z "$missing" ]; then
	exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
	install_as_root "$1" "$missing"
else
	install_through_sudo "$1" "$missing"
fi
