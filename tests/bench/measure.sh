# What the benchmarks share. Sourced; work is a folder for results, which are
# files of one line "seconds KiB [CPU seconds]"; broken becomes 1 when something
# could not run.

# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154
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

# medians NAME: the middle of each column of the input, as file NAME.
medians() {
	awk '{ print $1 }' "$work/runs" | sort -n >"$work/column1"
	awk '{ print $2 }' "$work/runs" | sort -n >"$work/column2"
	paste -d ' ' "$work/column1" "$work/column2" |
		awk '{ line[NR] = $0 }
			END { print line[int((NR + 1) / 2)] }' >"$work/$1"
	[ -s "$work/runs" ]
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

memory_in_mib() {
	compute 'a / 1024' "$(kibibytes "$1")" 0 '%.1f MiB'
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
