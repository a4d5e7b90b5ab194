#!/bin/sh
# The fake server of the tests, seen by programs that are not ours: showmount
# and rpcinfo, and for single bytes tests/support/raw_rpc.py.
#
#     tests/run_fake.sh
#
# Runs in a private network namespace; where there is none, or the programs are
# missing, all is skipped. Prints what is wrong, and ends with the counts.
# Status 1 if anything is wrong.
set -u

cd "$(dirname "$0")/.." || exit 2
# shellcheck source=tests/support/netns.sh
. tests/support/netns.sh
passed=0
failed=0

if [ "${1-}" != inside ]; then
	if ! netns_available || ! netns_has showmount rpcinfo python3; then
		echo "skipped: no namespaces, showmount, rpcinfo or python3 here"
		exit 77
	fi
	work=$(mktemp -d) || exit 2
	netns_run sh "$0" inside "$work"
	status=$?
	rm -rf "$work"
	exit "$status"
fi
work=$2

# tell NAME OK: counts a case.
tell() {
	if [ "$2" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $1"
	fi
}

# shows NAME COMMAND…: it prints what is in $work/expected, where its status is
# the last line.
shows() {
	name=$1
	shift
	{
		"$@" 2>&1
		echo "status $?"
	} >"$work/shown"
	diff -a -u "$work/expected" "$work/shown"
	tell "$name" $?
}

# raw NAME EXPECTED ARGUMENTS of raw_rpc.py…
raw() {
	name=$1
	expected=$2
	shift 2
	wait=10
	case $expected in
	*silence) wait=0.2 ;;
	esac
	shown=$(python3 tests/support/raw_rpc.py "$wait" "$@")
	[ "$shown" = "$expected" ] || echo "$name: $shown, not $expected"
	[ "$shown" = "$expected" ]
	tell "$name" $?
}

start() {
	netns_start_fake --log "$work/log" "$@" || {
		echo "FAILED: fake_server $*"
		exit 1
	}
}

stop() {
	netns_stop "$fake_pid"
}

# The calls in the log, a line each.
logged() {
	sed -n 's/^call transport=\([a-z]*\) address=[^ ]* port=\([0-9]*\).* program=\([0-9]*\) version=\([0-9]*\) procedure=\([0-9]*\).*/\1 \2 \3 \4 \5/p' \
		"$work/log"
}

check_lists() {
	cat >"$work/exports" <<-'END'
		# a comment
		/srv/data 10.0.0.1 *.example.org @group
		/srv/everyone
		/srv/a\040blank 192.168.0.0/24
		/srv/empty-group ""
		/srv/\033[31m\303\244 h
	END
	printf '%s\n' '10.0.0.2 /srv/data' '10.0.0.1 /srv/data' \
		'host.example.org /srv/a\040blank' >"$work/mounts"
	start --exports "$work/exports" --mounts-file "$work/mounts" --ipv6
	for host in 127.0.0.1 127.200.3.4 ::1; do
		printf '%s\n' "Export list for $host:" \
			'/srv/data        10.0.0.1,*.example.org,@group' \
			'/srv/everyone    (everyone)' \
			'/srv/a blank     192.168.0.0/24' \
			'/srv/empty-group ' \
			"$(printf '/srv/\033[31m\303\244')     h" \
			'status 0' >"$work/expected"
		shows "exports of $host" showmount -e "$host"
	done
	printf '%s\n' 'All mount points on 127.0.0.9:' \
		'10.0.0.1:/srv/data' '10.0.0.2:/srv/data' \
		'host.example.org:/srv/a blank' 'status 0' >"$work/expected"
	shows 'mounts' showmount -a 127.0.0.9
	stop
	# more than a socket takes at once
	start --generate 20000,20
	{
		echo 'Export list for 127.1.39.16:'
		awk 'function ip(n) {
			return sprintf("10.%d.%d.%d", int(n / 65536) % 256,
				int(n / 256) % 256, n % 256)
		}
		BEGIN {
			for (i = 0; i < 20000; i++) {
				printf "/srv/export/%07d %s", i, ip(i)
				for (j = 1; j < 20; j++)
					printf ",%s", ip(i + j)
				print ""
			}
		}'
		echo 'status 0'
	} >"$work/expected"
	shows '20,000 exports' showmount -e 127.1.39.16
	stop
}

check_programs() {
	start
	cat >"$work/expected" <<-END
		   program vers proto   port  service
		    100000    2   tcp    111  portmapper
		    100000    3   tcp    111  portmapper
		    100000    4   tcp    111  portmapper
		    100000    2   udp    111  portmapper
		    100000    3   udp    111  portmapper
		    100000    4   udp    111  portmapper
		    100005    1   tcp  20048  mountd
		    100005    2   tcp  20048  mountd
		    100005    3   tcp  20048  mountd
		    100005    1   udp  20048  mountd
		    100005    2   udp  20048  mountd
		    100005    3   udp  20048  mountd
		    100003    3   tcp   2049  nfs
		    100003    4   tcp   2049  nfs
		status 0
	END
	shows 'what is registered' rpcinfo -p 127.0.0.1
	for transport in tcp udp; do
		cat >"$work/expected" <<-END
			program 100005 version 2 ready and waiting
			status 0
		END
		shows "MOUNT 2, $transport" \
			rpcinfo -T $transport 127.0.0.1 mountd 2
	done
	cat >"$work/expected" <<-END
		rpcinfo: RPC: Program/version mismatch; low version = 3, high version = 4
		program 100003 version 5 is not available
		status 1
	END
	shows 'NFS 5' rpcinfo -t 127.0.0.1 nfs 5
	stop
}

# Servers that lack something; showmount finds its way, and the log tells which.
check_old_servers() {
	printf '/srv h\n' >"$work/exports"
	set -- '--rpcbind-versions 2' '--mount-versions 1' '--udp-only' \
		'--mount-port 0'
	for options; do
		# shellcheck disable=SC2086
		start --exports "$work/exports" $options
		printf '%s\n' 'Export list for 127.0.0.1:' '/srv h' \
			'status 0' >"$work/expected"
		shows "$options" showmount -e 127.0.0.1
		stop
		case $options in
		'--rpcbind-versions 2')
			printf '%s\n' 'tcp 111 100000 4 3' 'tcp 111 100000 3 3' \
				'udp 111 100000 2 3' 'tcp 20048 100005 3 5'
			;;
		'--mount-versions 1')
			printf '%s\n' 'tcp 111 100000 4 3' \
				'tcp 20048 100005 3 5' 'tcp 20048 100005 2 5' \
				'tcp 20048 100005 1 5'
			;;
		*) continue ;;
		esac >"$work/expected"
		echo 'status 0' >>"$work/expected"
		shows "calls with $options" logged
	done
	start --no-mount
	printf '%s\n' 'clnt_create: RPC: Program not registered' 'status 1' >"$work/expected"
	shows 'no MOUNT' showmount -e 127.0.0.1
	stop
	start --no-rpcbind
	printf '%s\n' 'clnt_create: RPC: Unable to receive' 'status 1' >"$work/expected"
	shows 'no rpcbind' showmount -e 127.0.0.1
	stop
}

# What showmount makes of single modes; each server has an address of its own.
check_modes() {
	cat >"$work/modes" <<-'END'
		byte-fragments|/srv h
		two-replies|/srv h
		reply-before-call|/srv h
		wrong-xid-once|/srv h
		verifier-400|/srv h
		mismatch-1-2|/srv h
		mismatch-1-1|/srv h
		names-separators|/srv/before               10.0.0.1
		auth-badcred|RPC: Authentication error; why = Invalid client credential
		auth-tooweak|RPC: Authentication error; why = Client credential too weak
		rpc-mismatch|RPC: Incompatible versions of RPC; low version = 3, high version = 4
		prog-unavail|RPC: Program unavailable
		proc-unavail|RPC: Procedure unavailable
		garbage-args|RPC: Server can't decode arguments
		system-err|RPC: Remote system error
		mismatch-4-9|RPC: Program/version mismatch; low version = 4, high version = 9
		close|RPC: Unable to receive; errno = Connection reset by peer
		reset|RPC: Unable to receive; errno = Connection reset by peer
		half-close|RPC: Unable to receive; errno = Connection reset by peer
		long-path|RPC: Can't decode result
		long-group|RPC: Can't decode result
		name-4gib|RPC: Can't decode result
		rpcbind-port-0|RPC: Unable to send
	END
	set -- --exports "$work/exports"
	last=0
	while IFS='|' read -r mode rest; do
		last=$((last + 1))
		set -- "$@" --mode-for "127.2.0.$last=$mode"
	done <"$work/modes"
	start "$@"
	last=0
	while IFS='|' read -r mode expected; do
		last=$((last + 1))
		showmount -e "127.2.0.$last" >"$work/shown" 2>&1
		grep -aqF -e "$expected" "$work/shown" || cat "$work/shown"
		grep -aqF -e "$expected" "$work/shown"
		tell "showmount -e of $mode" $?
	done <"$work/modes"
	printf '%s\n' 'Export list for 127.0.0.1:' '/srv h' 'status 0' >"$work/expected"
	shows 'another address is honest' showmount -e 127.0.0.1
	stop
}

# raw_mode MODE EXPECTED ARGUMENTS…
raw_mode() {
	start --generate 1,0 --mode "$1"
	raw "$@"
	stop
}

check_bytes() {
	export_call='127.0.0.1 20048 100005 3 5 0'
	getport='127.0.0.1 111 100000 2 3 0'
	head='xid 00000001 00000000 00000000 00000000 00000000'
	# shellcheck disable=SC2086
	{
		raw_mode empty-fragment-first "00000000 8000003c $head" \
			tcp $export_call 32
		raw_mode empty-fragments '00000000 00000000 00000000' \
			tcp $export_call 12
		raw_mode byte-fragments '00000001 01000000 01230000 00014500' \
			tcp $export_call 16
		raw_mode huge-fragment \
			"7fffffff $head 00000001 00000001 2f000000 00000000" \
			tcp $export_call 44
		raw_mode huge-fragment-silent '7fffffff silence' \
			tcp $export_call 8
		raw_mode endless-list \
			"00000018 $head 00007d00 00000001 00000001 2f000000" \
			tcp $export_call 44
		raw_mode verifier-lies \
			'8000001c xid 00000001 00000000 00000000 00000190' \
			tcp $export_call 24
		raw_mode half-close \
			"8000003c $head 00000001 00000013 2f737276 2f657870 6f72 end" \
			tcp $export_call 100
		raw_mode reset 'reset' tcp $export_call 4
		raw_mode silent 'silence' tcp $export_call 4
		raw_mode garbage-flood 'a5a5a5a5 a5a5a5a5' tcp $export_call 8
		raw_mode cut-status-flood \
			'80000014 xid 00000001 00000000 00000000 00000000 80000014' \
			tcp $export_call 28
		raw_mode names-empty \
			"80000080 $head 00000001 0000000b 2f737276" \
			tcp $export_call 40
		raw_mode rpcbind-port-70000 "host/port $head 00011170" \
			udp $getport 28 100005 3 6 0
		raw_mode rpcbind-other-port "host/other-port $head 00004e50" \
			udp $getport 28 100005 3 6 0
		raw_mode rpcbind-other-host "other-host/port $head 00004e50" \
			udp $getport 28 100005 3 6 0
		raw_mode rpcbind-silent 'silence' \
			udp $getport 28 100005 3 6 0
		raw_mode rpcbind-unix \
			"80000030 $head 00000011 2f72756e 2f727063" \
			tcp 127.0.0.1 111 100000 4 3 0 40 100005 3 0 0 0
		start --drop 1
		raw 'the first call is dropped' 'silence' udp $getport 4 1 1 6 0
		raw 'the second is not' "host/port $head 00000000" \
			udp $getport 28 1 1 6 0
		raw 'over UDP the address answers that is asked' \
			"host/port $head 00004e50" \
			udp 127.3.2.1 111 100000 2 3 0 28 100005 3 6 0
		stop
		start --udp-only
		raw 'no port for TCP' "host/port $head 00000000" \
			udp $getport 28 100005 3 6 0
		raw 'a port for UDP' "host/port $head 00004e50" \
			udp $getport 28 100005 3 17 0
		stop
	}
}

# The path that is mounted is "/srv", whose bytes are a number.
check_mnt() {
	mount='127.0.0.1 20048 100005'
	srv='4 796095094'
	head='xid 00000001 00000000 00000000 00000000 00000000'
	handle='fafafafa fafafafa fafafafa fafafafa fafafafa fafafafa fafafafa fafafafa'
	printf '/srv h\n' >"$work/exports"
	start --exports "$work/exports" --flavors 390003,1
	# shellcheck disable=SC2086
	{
		raw 'MNT 3' "8000004c $head 00000000 00000020 $handle 00000002 0005f373 00000001" \
			tcp $mount 3 1 0 80 $srv
		raw 'MNT 1' "8000003c $head 00000000 $handle" \
			tcp $mount 1 1 0 64 $srv
		raw 'MNT of another path' "8000001c $head 00000002" \
			tcp $mount 3 1 0 32 1 788529152
		raw 'UMNT' "80000018 $head" tcp $mount 3 3 0 28 $srv
		raw 'MNT without a path' \
			'host/port xid 00000001 00000000 00000000 00000000 00000004' \
			udp $mount 3 1 0 24
	}
	stop
}

check_tls() {
	null='127.0.0.1 2049 100003 4 0 7'
	head='xid 00000001'
	while read -r answer count expected; do
		start --tls "$answer"
		# shellcheck disable=SC2086
		raw "AUTH_TLS, $answer" "$expected" tcp $null "$count"
		stop
	done <<-END
		starttls 36 80000020 $head 00000000 00000000 00000008 53544152 54544c53 00000000
		plain 28 80000018 $head 00000000 00000000 00000000 00000000
		wrongtoken 36 80000020 $head 00000000 00000000 00000008 53544152 5453534c 00000000
		short 32 8000001c $head 00000000 00000000 00000004 53544152 00000000
		denied 24 80000014 $head 00000001 00000001 00000001
		hang 4 silence
	END
}

# Each mode has a name of its own and a status that answers can have.
check_table() {
	"$fake_server" --list-modes >"$work/table"
	words='ok|unreachable|timeout|refused|denied|no-mount-service|protocol-error|too-large'
	grep -vE "^[a-z0-9-]+	($words)	[^	]+\$" "$work/table"
	[ $? -eq 1 ]
	tell 'rows of --list-modes' $?
	cut -f1 "$work/table" | sort | uniq -d | grep .
	[ $? -eq 1 ]
	tell 'names of --list-modes' $?
}

check_lists
check_programs
check_old_servers
check_modes
check_bytes
check_mnt
check_tls
check_table
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
