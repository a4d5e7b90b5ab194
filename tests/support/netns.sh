# Functions for tests that need a network and system files of their own.
# Sourced: . tests/support/netns.sh, in the folder of the project.
#
#   netns_has PROGRAM…           are these installed?
# Outside:
#   netns_available              can namespaces be made here?
#   netns_has_mountd             and can the real servers run in them? They
#                                want to be root, and nobody, too
#   netns_run COMMAND…           runs it in private mount, network and process
#                                namespaces, lo up; what it leaves running ends
#                                with it
# Inside:
#   netns_private_files          /etc, /run, /srv and /var/lib/nfs of its own
#   netns_start_rpcbind          sets rpcbind_pid
#   netns_start_mountd OPTION…   rpc.mountd serves /var/lib/nfs/etab and rmtab;
#                                sets mountd_pid
#   netns_start_fake OPTION…     the fake server; sets fake_pid and fake_ports
#                                (rpcbind=N mountd=N nfs=N)
#   netns_stop PID               ends what was started, and waits for its end
#   netns_drop                   reads addresses and networks of IPv4, one on a
#                                line: packets to them are lost from now on
#
# What is started is ready when the function returns; nothing sleeps. Status 1:
# it could not be done. BUILD is the build folder.

# shellcheck shell=sh
PATH=$PATH:/usr/sbin:/sbin
fake_server=${BUILD:-build}/tests/support/fake_server/fake_server
NETNS_TRIES=500 # of looking whether a server answers, some ms each

netns_flags() {
	printf '%s ' -m -n -p -f --kill-child --mount-proc
	[ "$(id -u)" -eq 0 ] || printf '%s ' -r
}

netns_has() {
	for netns_program; do
		command -v "$netns_program" >/dev/null || return 1
	done
}

netns_available() {
	# shellcheck disable=SC2046
	netns_has ip unshare && unshare $(netns_flags) true 2>/dev/null
}

netns_has_mountd() {
	[ "$(id -u)" -eq 0 ] && netns_available &&
		netns_has exportfs rpc.mountd rpcbind showmount rpcinfo
}

netns_run() {
	# shellcheck disable=SC2016,SC2046
	unshare $(netns_flags) sh -c '
		mount --make-rprivate / || exit
		ip link set lo up || exit
		echo 65535 2>/dev/null >/proc/sys/net/core/somaxconn
		exec "$@"' netns "$@"
}

netns_private_files() {
	mount -t tmpfs -o mode=755 tmpfs /run &&
		mount -t tmpfs -o mode=755 tmpfs /srv &&
		mount -t tmpfs -o mode=755 tmpfs /var/lib/nfs || return
	mkdir -p /var/lib/nfs/sm /var/lib/nfs/sm.bak /run/etc/exports.d
	touch /var/lib/nfs/etab /var/lib/nfs/rmtab /run/etc/exports
	printf '127.0.0.1 localhost\n::1 localhost\n' >/run/etc/hosts
	printf 'hosts: files\nnetgroup: files\n' >/run/etc/nsswitch.conf
	cp -a /etc/alternatives /etc/ld.so.cache /etc/passwd /etc/group \
		/etc/netconfig /etc/protocols /etc/rpc /etc/services \
		/run/etc/ 2>/dev/null
	mount --bind /run/etc /etc
}

# netns_wait_for PID COMMAND…: until the command succeeds; not when the server
# has ended, or after many tries.
netns_wait_for() {
	netns_server=$1
	shift
	netns_try=0
	until "$@" >/dev/null 2>&1; do
		netns_try=$((netns_try + 1))
		kill -0 "$netns_server" 2>/dev/null || return 1
		[ "$netns_try" -lt "$NETNS_TRIES" ] || return 1
	done
}

netns_start_rpcbind() {
	rpcbind -f -w >/dev/null 2>&1 &
	rpcbind_pid=$!
	netns_wait_for "$rpcbind_pid" rpcinfo -p 127.0.0.1
}

netns_start_mountd() {
	rpc.mountd -F "$@" >/dev/null 2>&1 &
	mountd_pid=$!
	netns_wait_for "$mountd_pid" showmount -d 127.0.0.1
}

netns_start_fake() {
	netns_work=$(mktemp -d) || return
	mkfifo "$netns_work/ready" || return
	"$fake_server" "$@" >"$netns_work/ready" &
	fake_pid=$!
	# also returns when the server ends without a word
	read -r netns_word fake_ports <"$netns_work/ready"
	rm -r "$netns_work"
	[ "$netns_word" = ready ]
}

netns_stop() {
	kill "$1" 2>/dev/null
	wait "$1" 2>/dev/null
	return 0
}

netns_drop() {
	{
		echo 'table ip netns_dead {'
		echo 'set addresses {'
		echo 'type ipv4_addr; flags interval; auto-merge'
		echo "elements = { $(tr '\n' ',') }"
		echo '}'
		echo 'chain input {'
		echo 'type filter hook input priority 0'
		echo 'ip daddr @addresses drop'
		echo '}'
		echo '}'
	} | nft -f -
}
