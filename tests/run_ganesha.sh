#!/bin/sh
# exportctl exports and a real server that speaks NFSv4 only: nfs-ganesha.
#
#     BUILD=build EXPORTCTL=build/exportctl tests/run_ganesha.sh
#
# The server runs in private namespaces, one after the other with other
# configurations, and serves directories on a file system in memory. It wants to
# be root. Prints what is wrong, and ends with the counts. Status 1 if anything
# is wrong.
set -u

cd "$(dirname "$0")/.." || exit 2
# shellcheck source=tests/support/netns.sh
. tests/support/netns.sh
EXPORTCTL=$(realpath "${EXPORTCTL:-build/exportctl}")
# shellcheck disable=SC2034
NETNS_TRIES=5000
passed=0
failed=0

if [ "${1-}" != inside ]; then
	if [ "$(id -u)" -ne 0 ] || ! netns_available ||
		! netns_has ganesha.nfsd; then
		echo "skipped: not root, no namespaces, or no ganesha.nfsd here"
		exit 77
	fi
	work=$(mktemp -d) || exit 2
	netns_run sh "$0" inside "$work"
	status=$?
	rm -rf "$work"
	exit "$status"
fi
work=$2

# shows NAME COMMAND…: it prints what stdin has, and its status in a last line.
shows() {
	name=$1
	shift
	cat >"$work/expected"
	{
		"$@" 2>&1
		echo "status $?"
	} >"$work/shown"
	if diff -a -u "$work/expected" "$work/shown"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $name"
	fi
}

# export_of ID PATH PSEUDO MORE
export_of() {
	mkdir -p "$work/data/$2"
	echo "EXPORT { Export_Id = $1; Path = $work/data/$2; Pseudo = $3; $4" \
		"FSAL { Name = VFS; } }"
}

# configure MINORS: with the blocks of $work/exports. There is no name service
# in here that Bind_addr could use, and no keytab.
configure() {
	cat <<-END
	NFS_CORE_PARAM { Protocols = 4; Enable_NLM = false;
		Enable_RQUOTA = false; }
	NFSv4 { RecoveryBackend = fs; RecoveryRoot = "$work/recovery";
		Graceless = true; Minor_Versions = $1; }
	NFS_KRB5 { Active_krb5 = false; }
	EXPORT_DEFAULTS { Access_Type = RO; Protocols = 4; Transports = TCP;
		SecType = sys; }
	END
	cat "$work/exports"
}

# start MINORS
start() {
	configure "$1" >"$work/ganesha.conf"
	ganesha.nfsd -F -L "$work/log" -f "$work/ganesha.conf" \
		-p "$work/pid" >/dev/null 2>&1 &
	ganesha=$!
	if ! netns_wait_for "$ganesha" "$EXPORTCTL" exports -q --via nfs4 \
		127.0.0.1; then
		grep -a ':CRIT\|:FATAL' "$work/log"
		echo "FAILED: ganesha.nfsd does not start"
		exit 1
	fi
}

# The server keeps a folder for each client that has a session.
clients_that_stayed() {
	find "$work/recovery" -mindepth 3 | sed "s|$work/||"
}

stop() {
	shows 'nobody is left on the server' clients_that_stayed <<-'END'
	status 0
	END
	netns_stop "$ganesha"
	rm -f "$work/log"
}

exports_of_all_kinds() {
	export_of 1 a /srv/a ''
	export_of 2 b /srv/nest/b 'SecType = sys,krb5;'
	export_of 3 k /home 'SecType = krb5p,krb5i;'
	export_of 4 none /srv/none 'Access_Type = None;'
	export_of 5 other /srv/other 'Access_Type = None;
		CLIENT { Clients = 192.0.2.1; Access_Type = RO; }'
}

# check_minors MINORS VERSION
check_minors() {
	exports_of_all_kinds >"$work/exports"
	start "$1"
	shows "minor versions $1" "$EXPORTCTL" exports --via nfs4 127.0.0.1 \
		<<-END
	PATH         SECURITY     STATE
	/home        krb5p:krb5i  wrong-security
	/srv/a       sys
	/srv/nest/b  krb5:sys
	  from $2: what this host may see; who else may mount it is not told
	status 0
	END
	# without asking for it: there is no MOUNT service
	shows "minor versions $1, JSON" \
		"$EXPORTCTL" exports --format json 127.0.0.1 <<-END
	{"schema":"exportctl-exports/1","servers":[
	{"host":"127.0.0.1","address":"127.0.0.1","status":"ok","complete":true,"error":null,"via":"$2","exports":[
	{"path":"/home","clients":null,"sec":["krb5p","krb5i"],"state":"wrong-security"},
	{"path":"/srv/a","clients":null,"sec":["sys"],"state":"ok"},
	{"path":"/srv/nest/b","clients":null,"sec":["krb5","sys"],"state":"ok"}],"notes":["rpcbind refuses connections"]}]}
	status 0
	END
	stop
}

check_root() {
	mkdir -p "$work/data/root/dir"
	touch "$work/data/root/file"
	export_of 1 root / '' >"$work/exports"
	start "$1"
	shows "the root is an export, minor versions $1" \
		"$EXPORTCTL" exports --format json --via nfs4 127.0.0.1 <<-END
	{"schema":"exportctl-exports/1","servers":[
	{"host":"127.0.0.1","address":"127.0.0.1","status":"ok","complete":true,"error":null,"via":"$2","exports":[
	{"path":"/","clients":null,$3"state":"ok"}],"notes":["the root is an export itself; others in it are not looked for"]}]}
	status 0
	END
	stop
}

mkdir "$work/data" "$work/recovery" &&
	mount -t tmpfs tmpfs "$work/data" || exit 2
check_minors 0,1,2 nfs4.0
check_minors 1,2 nfs4.2
check_minors 1 nfs4.1
# only a session tells of the flavors of the root
check_root 0,1,2 nfs4.0 ''
check_root 1,2 nfs4.2 '"sec":["sys"],'
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
