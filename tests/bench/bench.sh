#!/bin/sh
# Measures `exportctl show --format etab` beside exportfs and augtool, on the
# same files in one run, `exportctl lint`, `access`, `who` and `audit`, and what
# bench_servers.sh does:
#
#     tests/bench/bench.sh PROGRAM
#
# exportfs runs with a private /etc and /var/lib/nfs, as root or in a user
# namespace; nothing of this system is touched. Times are medians. Slowness is
# shown, not punished: the status is 1 only if something could not run.
set -eu
# shellcheck source=tests/bench/measure.sh
. tests/bench/measure.sh

program=$(realpath "$1")
PATH=$PATH:/usr/sbin:/sbin
broken=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# What a server has.
ten_lines() {
	awk 'BEGIN {
		for (i = 0; i < 10; i++)
			printf "/srv/none/%d 10.0.%d.0/24(rw,sync) " \
				"10.1.0.%d(ro)\n", i, i, i
	}'
}

# What exportfs is slow with: it compares every client with all others.
many_clients() {
	awk 'BEGIN {
		for (i = 0; i < 10000; i++)
			printf "/srv/none/%d 10.%d.%d.1(rw) 11.%d.%d.1(ro)\n",
				i, i / 256, i % 256, i / 256, i % 256
	}'
}

# one_client N: lines of about 50 bytes, each for one address.
one_client() {
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "/srv/none/%03d/export-%07d 10.%d.%d.%d(rw,sync)\n",
				i % 1000, i, i / 65536, i / 256 % 256, i % 256
	}'
}

# A path with 20,000 clients, addresses and networks inside each other.
one_path() {
	awk 'BEGIN {
		printf "/srv/none/path"
		for (i = 0; i < 20000; i++)
			printf " \\\n\t10.%d.%d.%d%s(%s)", i / 256 % 256, i % 256,
				i % 3 ? 0 : 7, i % 3 ? "/24" : "",
				i % 7 ? "rw" : "ro"
		print ""
	}'
}

# private.sh COMMAND…: runs it where /etc and /var/lib/nfs are private.
write_private_script() {
	cat >"$work/private.sh" <<-END
	set -eu
	mount --make-rprivate / 2>/dev/null || true
	mount --bind "$work/etc" /etc
	mount --bind "$work/nfs" /var/lib/nfs
	cd /
	exec "\$@"
	END
	mkdir -p "$work/etc" "$work/nfs"
	printf '127.0.0.1 localhost\n' >"$work/etc/hosts"
	printf 'hosts: files\n' >"$work/etc/nsswitch.conf"
	cp -a /etc/alternatives /etc/ld.so.cache "$work/etc/"
	if [ "$(id -u)" -eq 0 ]; then
		isolate="unshare -mn sh $work/private.sh"
	else
		isolate="unshare -Urmn sh $work/private.sh"
	fi
}

# own NAME FILE BATCH TIMES, and the same for the others.
# shellcheck disable=SC2317
own() {
	sh "$work/repeat.sh" "$3" "$4" \
		"$program" show --format etab "$2" >"$work/runs"
	medians "$1"
}

exportfs_on() {
	cp "$2" "$work/etc/exports"
	rm -f "$work/nfs/"*
	touch "$work/nfs/etab"
	# shellcheck disable=SC2086
	$isolate sh "$work/repeat.sh" "$3" "$4" exportfs -ra >"$work/runs" &&
		[ -s "$work/nfs/etab" ] && medians "$1"
}

augtool_on() {
	sh "$work/repeat.sh" "$3" "$4" augtool --noautoload \
		--transform "Exports incl $2" "print /files$2" >"$work/runs" &&
		medians "$1"
}

# beside OTHER COMMAND FILE BATCH TIMES TARGET
beside() {
	if "$2" other "$3" "$4" "$5" 2>/dev/null; then
		time_row "$1" other
		ratio_row "$1 / exportctl" other own "$6"
	else
		could_not_run "$1"
	fi
}

bench_ten() {
	printf 'Ten lines, 20 clients\n'
	ten_lines >"$work/ten.exports"
	own own "$work/ten.exports" 50 5
	time_row exportctl own 'target: below 3 ms'
	row '' "$(memory_in_mib own)" 'target: below 8 MiB resident'
	beside 'exportfs -ra' exportfs_on "$work/ten.exports" 20 5 ''
	beside augtool augtool_on "$work/ten.exports" 5 5 ''
}

bench_clients() {
	printf '\n10,000 lines, 20,000 clients\n'
	many_clients >"$work/many.exports"
	own own "$work/many.exports" 3 5
	time_row exportctl own
	beside 'exportfs -ra' exportfs_on "$work/many.exports" 1 3 \
		'target: at least 100'
	beside augtool augtool_on "$work/many.exports" 1 1 ''
}

bench_growth() {
	printf '\nFrom 100,000 lines to 1,000,000\n'
	one_client 100000 >"$work/small.exports"
	one_client 1000000 >"$work/large.exports"
	own small "$work/small.exports" 1 7
	own large "$work/large.exports" 1 5
	size=$(wc -c <"$work/large.exports")
	time_row '100,000 lines' small
	time_row '1,000,000 lines' large 'target: below 3,000 ms'
	ratio_row 'growth' large small 'target: at most 11'
	row 'file' "$(compute 'a / 1048576' "$size" 0 '%.1f MiB')"
	row 'peak memory' "$(memory_in_mib large)"
	row 'memory / file' "$(compute 'a * 1024 / b' "$(kibibytes large)" \
		"$size" '%.1f times')" 'target: below 8'
}

# lint NAME FILE BATCH TIMES, of the text alone.
lint() {
	sh "$work/repeat.sh" "$3" "$4" "$program" lint --quiet "$2" \
		>"$work/runs"
	medians "$1"
}

bench_lint() {
	printf '\nlint\n'
	one_path >"$work/path.exports"
	lint ten "$work/ten.exports" 50 5
	lint path "$work/path.exports" 1 5
	lint small "$work/small.exports" 1 5
	lint large "$work/large.exports" 1 3
	time_row 'ten lines' ten 'target: below 5 ms'
	time_row '20,000 clients of a path' path 'target: below 1,000 ms'
	time_row '100,000 lines' small 'target: below 1,000 ms'
	time_row '1,000,000 lines' large
	ratio_row 'growth' large small 'target: at most 11'
	row 'peak memory' "$(memory_in_mib large)"
}

# A thousand paths with 99 addresses and networks and a pattern each.
many_paths() {
	awk 'BEGIN {
		for (i = 0; i < 1000; i++) {
			printf "/srv/none/%d", i
			for (k = 0; k < 99; k++)
				printf " 10.%d.%d.%d%s(rw)", i % 256, k,
					k % 3 ? 0 : 7, k % 3 ? "/24" : ""
			printf " *.d%d.example.com(ro)\n", i
		}
	}'
}

# one_path_of N: addresses, networks of many sizes, and a pattern each hundred.
one_path_of() {
	awk -v n="$1" 'BEGIN {
		printf "/srv/none/path"
		for (i = 0; i < n; i++) {
			address = sprintf("10.%d.%d.%d", i * 7 % 256,
				i / 256 % 256, i * 31 % 256)
			if (i % 100 == 0)
				address = sprintf("*.d%d.example.com", i)
			else if (i % 3 == 0)
				address = address "/" 17 + i % 14
			printf " \\\n\t%s(rw)", address
		}
		print ""
	}'
}

path_questions() {
	awk 'BEGIN {
		for (i = 0; i < 100000; i++)
			printf "10.%d.%d.7 /srv/none/path/x\n", i % 251,
				i % 113
	}'
}

questions() {
	awk 'BEGIN {
		for (i = 0; i < 100000; i++)
			printf "10.%d.%d.7 /srv/none/%d/x\n", i % 251, i % 113,
				i % 1000
	}'
}

# asks NAME EXPORTS QUESTIONS
asks() {
	sh "$work/repeat.sh" 1 3 "$program" access --file "$work/$2.exports" \
		--hosts /dev/null --format jsonl --input "$work/$3" \
		>"$work/runs"
	medians "$1"
}

# after_loading LOADING ASKED: the milliseconds between.
after_loading() {
	compute '(b - a) * 1000' "$(seconds "$1")" "$(seconds "$2")" '%.0f'
}

bench_one_path() {
	path_questions >"$work/path-questions"
	for size in 10000 100000; do
		one_path_of "$size" >"$work/$size.exports"
		asks "loading$size" "$size" none
		asks "asked$size" "$size" path-questions
	done
	few=$(after_loading loading10000 asked10000)
	many=$(after_loading loading100000 asked100000)
	row '100,000 questions, 10,000 clients' "$few ms"
	row '100,000 questions, 100,000 clients' "$many ms" \
		'of one path; target: below 2,000 ms'
	row 'growth' "$(compute 'a / b' "$many" "$few" '%.1f times')" \
		'target: far below 10'
}

bench_access() {
	printf '\naccess, who\n'
	many_paths >"$work/paths.exports"
	questions >"$work/questions"
	: >"$work/none"
	asks loading paths none
	asks asked paths questions
	time_row 'loading 100,000 entries' loading
	time_row '100,000 questions, loading too' asked \
		'target: below 2,000 ms after loading'
	bench_one_path
	sh "$work/repeat.sh" 1 5 "$program" who --file "$work/path.exports" \
		/srv/none/path >"$work/runs"
	medians who
	time_row 'who, 20,000 clients of a path' who 'target: below 500 ms'
}

# A server whose 100,000 exports root keeps root on, with 10,000 clients, live
# and connected ones and such that have only mounted something once.
make_server() {
	root=$work/server
	mkdir -p "$root/etc" "$root/var/lib/nfs" "$root/proc/net/rpc/nfsd.export" \
		"$root/proc/net/rpc/auth.unix.ip" "$root/proc/fs/nfsd/clients"
	awk 'BEGIN {
		for (i = 0; i < 100000; i++)
			printf "/srv/none/%d/e%d 10.%d.%d.0/24(rw,%s)\n",
				i / 100, i, i / 256 % 256, i % 256,
				"no_root_squash"
	}' >"$root/etc/exports"
	"$program" show --root "$root" --format etab >"$root/var/lib/nfs/etab"
	printf '#path domain(flags)\n' >"$root/proc/net/rpc/nfsd.export/content"
	printf '#class IP domain\n' >"$root/proc/net/rpc/auth.unix.ip/content"
	printf '%s\n' '-2 +3 +4 +4.1 +4.2' >"$root/proc/fs/nfsd/versions"
	printf '8\n' >"$root/proc/fs/nfsd/threads"
	printf 'tcp 2049\n' >"$root/proc/fs/nfsd/portlist"
	seq -f "$root/proc/fs/nfsd/clients/%.0f" 2 5001 | xargs mkdir
	awk -v root="$root" 'BEGIN {
		rmtab = root "/var/lib/nfs/rmtab"
		tcp = root "/proc/net/tcp"
		print "  sl  local_address rem_address   st" >tcp
		for (i = 0; i < 10000; i++) {
			address = sprintf("10.%d.%d.%d", i / 256 % 256, i % 256, 9)
			printf "%s:/srv/none/%d/e%d:0x00000001\n", address,
				i / 100, i >rmtab
			if (i % 2)
				continue
			printf "%4d: 0100000A:0801 09%02X%02X0A:02E6 01\n", i,
				i % 256, i / 256 % 256 >tcp
			info = root "/proc/fs/nfsd/clients/" i / 2 + 2 "/info"
			printf "clientid: 0x%x\naddress: \"%s:742\"\n" \
				"status: confirmed\nname: \"c%d\"\n" \
				"minor version: 2\n", i, address, i >info
			close(info)
		}
	}'
}

# audits NAME OPTION…
audits() {
	name=$1
	shift
	sh "$work/repeat.sh" 1 3 "$program" audit --root "$work/server" "$@" \
		>"$work/runs"
	medians "$name"
}

bench_audit() {
	printf '\naudit, 100,000 exports with findings, 10,000 clients\n'
	make_server
	audits text
	audits json --format json
	audits html --format html
	audits state --state "$work/audit.db"
	audits changes --state "$work/audit.db" --changes
	audits stig --compliance stig --format csv
	for name in text json html state changes stig; do
		time_row "$name" "$name" 'target: below 3,000 ms'
	done
	row 'peak memory' "$(memory_in_mib changes)" 'with the state'
}

note_load
write_repeat_script
write_private_script
bench_ten
bench_clients
bench_growth
bench_lint
bench_access
bench_audit
sh tests/bench/bench_servers.sh "$program" || broken=1
exit "$broken"
