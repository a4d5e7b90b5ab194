#!/bin/sh
# Measures `exportctl exports` beside showmount, xargs with 64 of them, and
# nmap's nfs-showmount, on the same servers in one run:
#
#     tests/bench/bench_servers.sh PROGRAM
#
# The servers are one fake server on many loopback addresses, the dead ones
# addresses to which packets are lost, each time in a network of its own.
# Slowness is shown, not punished: the status is 1 only if something could not
# run. BUILD is the build folder.
set -eu
# shellcheck source=tests/bench/measure.sh
. tests/bench/measure.sh
# shellcheck source=tests/support/netns.sh
. tests/support/netns.sh

broken=0
limit=60 # seconds for a competitor

# addresses COUNT DEAD: one on a line, every tenth a dead one if DEAD is 1.
addresses() {
	awk -v n="$1" -v dead="$2" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "127.%d.%d.%d\n", dead && i % 10 == 0 ? 9 : 5,
				i / 250, i % 250 + 1
	}'
}

# What is measured: each is called by its name, in a network of its own.
# shellcheck disable=SC2317
{
one_exportctl() { sh "$work/repeat.sh" 30 3 "$program" exports 127.5.0.1; }
one_showmount() { sh "$work/repeat.sh" 30 3 showmount -e 127.5.0.1; }
one_run() { showmount -e 127.5.0.1; }
many_exportctl() {
	"$program" exports --format jsonl --input "$work/hosts" "$@" || [ $? -eq 1 ]
}
# showmount blocks SIGTERM, and one that is killed would end xargs.
many_showmount() {
	# shellcheck disable=SC2016
	xargs -P 64 -n 1 sh -c 'timeout -k 5 5 showmount -e "$1"; :' sh \
		<"$work/hosts"
}
many_nmap() {
	nmap -n -Pn -p 111 --script nfs-showmount -iL "$work/hosts"
}
large_showmount() { "$program" exports --format showmount 127.5.0.1; }
large_json() { "$program" exports --format json 127.5.0.1; }
audited() { "$program" audit --input "$work/hosts" "$@" || [ $? -eq 1 ]; }
remembered() { audited --state "$work/fleet.db" --changes; }
paged() { audited --format html; }
interrupted() {
	timeout --foreground -s INT 1 "$program" exports --patient \
		--timeout 30 127.9.0.0/22 || :
}
many_jobs() { many_exportctl --jobs 4096; }
}

# inside PART OPTION…: starts the server with these options, and gives what one
# run costs as a line.
inside() {
	part=$1
	shift
	echo 127.9.0.0/16 | netns_drop
	netns_start_fake "$@"
	case $part in
	one_*) "$part" ;;
	*)
		/usr/bin/time -q -o "$work/used" -f '%e %M %U %S' \
			sh "$0" --part "$part" >"$work/out" 2>/dev/null
		awk '{ print $1, $2, $3 + $4 }' "$work/used"
		;;
	esac
}

# measure NAME PART TIMES OPTION…: the median of so many runs as $work/NAME.
measure() {
	name=$1
	part=$2
	times=$3
	shift 3
	: >"$work/all"
	while [ "$times" -gt 0 ]; do
		netns_run timeout -k 5 "$limit" sh "$0" --inside "$part" "$@" \
			>>"$work/all" || return
		times=$((times - 1))
	done
	sort -n "$work/all" | awk '{ line[NR] = $0 }
		END { print line[int((NR + 1) / 2)] }' >"$work/$name"
	[ -s "$work/$name" ]
}

cpu() {
	cut -d ' ' -f 3 "$work/$1"
}

# against LABEL PART TIMES TARGET OPTION…: what another one needs.
against() {
	label=$1
	part=$2
	times=$3
	target=$4
	shift 4
	if measure other "$part" "$times" "$@" 2>/dev/null; then
		time_row "$label" other
		ratio_row '  / exportctl' other own "$target"
	else
		could_not_run "$label"
	fi
}

bench_one() {
	printf '\nOne server, ten exports\n'
	measure own one_exportctl 1 --no-nfs --generate 10,3
	time_row 'exports' own
	against 'showmount -e' one_showmount 1 'target: above 1' \
		--no-nfs --generate 10,3
}

# large FORMAT SECONDS
large() {
	measure own "large_$1" 3 --no-nfs --generate 1000000,1
	time_row "--format $1" own
	row '' "$(cpu own) s" "target: below $2 s of CPU time"
	row '' "$(memory_in_mib own)" 'target: below 384 MiB'
}

bench_large() {
	printf '\nA million exports of one server\n'
	large showmount 0.5
	large json 2
	if measure other one_run 1 --no-nfs --generate 1000000,1 2>/dev/null
	then
		time_row 'showmount -e' other
	else
		row 'showmount -e' 'crashes'
	fi
}

# bench_thousand DEAD TARGET TARGET-BESIDE-NMAP
bench_thousand() {
	addresses 1000 "$1" >"$work/hosts"
	measure own many_exportctl 5 --no-nfs --generate 5,3
	time_row exports own "$2"
	against 'nmap nfs-showmount' many_nmap 3 "$3" --no-nfs --generate 5,3
}

bench_alive() {
	printf '\n1,000 servers\n'
	bench_thousand 0 'target: below 250 ms' 'target: at least 15'
	against 'xargs -P 64 showmount' many_showmount 1 'target: at least 15' \
		--no-nfs --generate 5,3
}

bench_mixed() {
	printf '\n1,000 servers, 100 of them dead\n'
	bench_thousand 1 'target: below 2,000 ms' 'target: above 1'
	against 'showmount, 5 s at most' many_showmount 1 '' \
		--no-nfs --generate 5,3
}

bench_ten_thousand() {
	printf '\n10,000 servers, 1,000 of them dead, --jobs 4096\n'
	addresses 10000 1 >"$work/hosts"
	measure own many_jobs 3 --no-nfs --generate 5,3
	time_row exports own 'target: below 3,500 ms'
	row '' "$(memory_in_mib own)" 'target: below 64 MiB'
}

bench_audit() {
	printf '\nAudit of 1,000 servers, 100 of them dead\n'
	addresses 1000 1 >"$work/hosts"
	measure own audited 3 --generate 5,3 --mounts 5
	time_row audit own 'target: below 3,000 ms'
	row '' "$(memory_in_mib own)"
	measure own remembered 3 --generate 5,3 --mounts 5
	time_row '--state --changes' own 'target: below 3,000 ms'
	row '' "$(memory_in_mib own)"
	measure own paged 3 --generate 5,3 --mounts 5
	time_row '--format html' own 'target: below 3,000 ms'
}

bench_interrupt() {
	printf '\n1,000 dead servers, interrupted after a second\n'
	measure own interrupted 3 --no-nfs
	row 'time to the end' "$(compute '(a - 1) * 1000' "$(seconds own)" 0 \
		'%.0f ms')" 'target: below 200 ms'
}

# Servers that would keep a client for ever: how long after its --timeout of 2
# seconds the slowest ends.
hostile() {
	while read -r mode; do
		number=$((${number-0} + 1))
		echo "--mode-for=127.7.0.$number=$mode"
	done <"$work/modes" >"$work/options"
	xargs "$fake_server" --generate 5,3 <"$work/options" >/dev/null &
	netns_wait_for $! "$program" exports 127.5.0.1
	seq 1 "$(wc -l <"$work/modes")" | sed 's/^/127.7.0./' |
		xargs -P 32 -n 1 /usr/bin/time -q -a -o "$work/waits" -f '%e' \
			"$program" exports --via mount --timeout 2 >/dev/null \
			2>&1 || :
	sort -n "$work/waits" | tail -n 1
}

bench_hostile() {
	printf '\nServers that never finish, --timeout 2\n'
	"$fake_server" --list-modes | awk -F '\t' '$2 == "timeout" &&
		$1 !~ /^nfs4/ { print $1 }' >"$work/modes"
	netns_run sh "$0" --hostile >"$work/own"
	row "the last of $(wc -l <"$work/modes")" "$(compute '(a - 2) * 1000' \
		"$(seconds own)" 0 '%.0f ms')" 'behind it; target: below 500 ms'
}

case $1 in
--inside)
	shift
	inside "$@"
	exit
	;;
--part)
	"$2"
	exit
	;;
--hostile)
	hostile
	exit
	;;
esac
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
export program work
if ! netns_available || ! netns_has nft showmount nmap; then
	echo 'Servers: namespaces, nft, showmount and nmap are needed'
	exit 1
fi
write_repeat_script
bench_one
bench_large
bench_alive
bench_mixed
bench_ten_thousand
bench_audit
bench_interrupt
bench_hostile
exit "$broken"
