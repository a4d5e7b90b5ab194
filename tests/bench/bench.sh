#!/bin/sh
# Measures `exportctl show --format etab` beside exportfs and augtool, on the
# same files in one run, and `exportctl lint`: tests/bench/bench.sh PROGRAM
#
# exportfs runs with a private /etc and /var/lib/nfs, as root or in a user
# namespace; nothing of this system is touched. Times are medians. Slowness is
# shown, not punished: the status is 1 only if something could not run.
set -eu

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

# repeat.sh BATCH TIMES COMMAND…: one line "seconds KiB" for each time, the
# mean of a batch that is run at once and the peak memory of one run. A
# command that ends with more than status 1 ends everything.
write_repeat_script() {
	cat >"$work/repeat.sh" <<-'END'
	set -eu
	batch=$1
	times=$2
	shift 2
	run() {
		"$@" >/dev/null 2>&1 </dev/null || [ $? -eq 1 ]
	}
	memory() {
		/usr/bin/time -q -f %M -- "$@" 2>&1 >/dev/null </dev/null |
			tail -n 1
	}
	while [ "$times" -gt 0 ]; do
		i=$batch
		begin=$(date +%s%N)
		while [ "$i" -gt 0 ]; do
			run "$@"
			i=$((i - 1))
		done
		end=$(date +%s%N)
		echo "$(((end - begin) / batch)) $(memory "$@")"
		times=$((times - 1))
	done | awk '{ printf "%.6f %d\n", $1 / 1000000000, $2 }'
	END
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

# medians NAME: the middle of each column of the input, as file NAME.
medians() {
	awk '{ print $1 }' "$work/runs" | sort -n >"$work/column1"
	awk '{ print $2 }' "$work/runs" | sort -n >"$work/column2"
	paste -d ' ' "$work/column1" "$work/column2" |
		awk '{ line[NR] = $0 }
			END { print line[int((NR + 1) / 2)] }' >"$work/$1"
	[ -s "$work/runs" ]
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

seconds() {
	cut -d ' ' -f 1 "$work/$1"
}

kibibytes() {
	cut -d ' ' -f 2 "$work/$1"
}

# compute EXPRESSION-OF-a-AND-b A B FORMAT
compute() {
	awk -v a="$2" -v b="$3" "BEGIN { printf \"$4\", $1 }"
}

row() {
	printf '  %-26s %14s   %s\n' "$1" "$2" "${3-}"
}

time_row() {
	row "$1" "$(compute 'a * 1000' "$(seconds "$2")" 0 '%.2f ms')" "${3-}"
}

# ratio_row LABEL SLOW FAST TARGET
ratio_row() {
	row "$1" "$(compute 'a / b' "$(seconds "$2")" "$(seconds "$3")" \
		'%.1f times')" "${4-}"
}

could_not_run() {
	row "$1" 'could not run'
	broken=1
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

memory_in_mib() {
	compute 'a / 1024' "$(kibibytes "$1")" 0 '%.1f MiB'
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

# Times on a busy machine say little.
note_load() {
	read -r load _ </proc/loadavg
	processors=$(nproc)
	if [ "${load%.*}" -ge "$processors" ]; then
		printf 'Note: the load is %s on %d processors; ' \
			"$load" "$processors"
		printf 'wait until it is below 1 for times that count.\n\n'
	fi
}

note_load
write_repeat_script
write_private_script
bench_ten
bench_clients
bench_growth
bench_lint
exit "$broken"
