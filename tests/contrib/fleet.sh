# What contrib/ has for the audit of other servers; read by
# tests/check_contrib.sh, whose functions and folder it uses.

# serve_fleet OPTION…: two addresses of a fake server, on ports of its own
serve_fleet() {
	netns_start_fake --rpcbind-port 0 --mount-port 0 --nfs-port 0 "$@" ||
		return
	printf '127.0.0.1\n127.0.0.2\n' >"$work/servers"
	ports=$(echo "$fake_ports" | sed \
		's/^rpcbind=\([0-9]*\) .*nfs=/--rpcbind-port=\1 --nfs-port=/')
	cat >"$work/fleet.default" <<-END
	EXPORTCTL_FLEET="$ports"
	EXPORTCTL_FLEET_STATE="--changes --state=$work/fleet.db"
	EXPORTCTL_FLEET_PAGE=$work/fleet.html
	EXPORTCTL_FLEET_METRICS=$work/fleet.prom
	END
}

# The script as cron would run it.
fleet_installed() {
	mkdir -p "$work/fleet.daily" "$work/bin"
	ln -sf "$EXPORTCTL" "$work/bin/exportctl"
	sed "s|^PATH=|&$work/bin:|
		s|/etc/default/exportctl|$work/fleet.default|g
		s|=/etc/exportctl.servers|=$work/servers|" \
		contrib/cron/exportctl-fleet >"$work/fleet.daily/exportctl-fleet"
	chmod 755 "$work/fleet.daily/exportctl-fleet"
	run-parts "$work/fleet.daily"
}

check_fleet_cron() {
	rm -f "$work/servers"
	: >"$work/fleet.default"
	says_nothing 'fleet: no list of servers' fleet_installed
	if ! serve_fleet --generate 2,1; then
		fail 'fleet: the fake server does not start'
		return
	fi
	try 'fleet: what is found' fleet_installed
	try 'fleet: both servers' test "$(grep -c '^127.0.0.[12], for the first' \
		"$work/out")" = 2
	try 'fleet: the page' grep -q 2.NFS.servers.were.asked "$work/fleet.html"
	try 'fleet: the metrics' grep -qx 'exportctl_up{server="127.0.0.2"} 1' \
		"$work/fleet.prom"
	says_nothing 'fleet: nothing has changed' fleet_installed
	netns_stop "$fake_pid"
	fleet_installed >"$work/out" 2>&1
	cp "$work/out" "$work/mailed"
	try 'fleet: nobody answers' grep -q '^No full answer' "$work/mailed"
}

check_fleet_unit() {
	if ! command -v systemd-analyze >/dev/null; then
		skip 'fleet service: systemd-analyze is missing'
		return
	fi
	mkdir -p "$work/fleet"
	sed "s|/usr/local/bin/exportctl|$EXPORTCTL|" \
		contrib/systemd/exportctl-fleet.service \
		>"$work/fleet/exportctl-fleet.service"
	cp contrib/systemd/exportctl-fleet.timer "$work/fleet"
	SYSTEMD_UNIT_PATH=$work/fleet: systemd-analyze verify --man=no \
		"$work/fleet/exportctl-fleet.service" \
		"$work/fleet/exportctl-fleet.timer" >"$work/all" 2>&1
	grep -F exportctl "$work/all" >"$work/out"
	if [ -s "$work/out" ]; then fail 'fleet service'; else pass; fi
	try 'fleet service: exposure' systemd-analyze security --no-pager \
		--offline=true --threshold=25 "$work/fleet/exportctl-fleet.service"
}

check_fleet_calls() {
	if ! can_trace; then
		skip 'calls of the fleet service: needs root, strace and systemd'
		return
	fi
	prepare_calls
	if ! serve_fleet --generate 2,1; then
		fail 'fleet: the fake server does not start'
		return
	fi
	printf 'localhost\n' >>"$work/servers"
	for _ in 1 2; do
		# shellcheck disable=SC2086
		trace audit --input="$work/servers" $ports --format=prometheus \
			--output="$work/service/exportctl-fleet.prom"
		# shellcheck disable=SC2086
		trace audit --input="$work/servers" $ports --changes \
			--state="$work/service/audit.db"
	done
	netns_stop "$fake_pid"
	try 'fleet service: everybody may read its metrics' \
		test "$(stat -c %a "$work/service/exportctl-fleet.prom")" = 644
	refuse 'fleet service: its folder is closed to others' \
		grep '^DynamicUser=' contrib/systemd/exportctl-fleet.service
	check_calls exportctl-fleet
}

check_fleet() {
	check_fleet_cron
	check_fleet_unit
	check_fleet_calls
}
