# What contrib/ has for audit; read by tests/check_contrib.sh, whose functions
# and folder it uses.

audit_tree=tests/fixtures/cli/audit-captured/root

# installed SCRIPT: runs the script of contrib/cron as cron would, with the
# settings in $work/default.
installed() {
	mkdir -p "$work/cron.daily" "$work/bin"
	ln -sf "$EXPORTCTL" "$work/bin/exportctl"
	sed "s|^PATH=|&$work/bin:|; s|/etc/default/exportctl|$work/default|g" \
		"contrib/cron/$1" >"$work/cron.daily/exportctl-audit"
	chmod 755 "$work/cron.daily/exportctl-audit"
	run-parts "$work/cron.daily"
}

# settings OPTIONS [STATE]: those of the audit, and those on its state
settings() {
	printf 'EXPORTCTL_AUDIT="--root %s %s"\nEXPORTCTL_STATE="%s"\n%s\n' \
		"$audit_tree" "$1" "${2-}" \
		'EXPORTCTL_MAILTO=storage@example.org' >"$work/default"
}

# says_nothing WHAT COMMAND…
says_nothing() {
	what=$1
	shift
	if "$@" >"$work/out" 2>&1 && ! [ -s "$work/out" ]; then
		pass
	else
		fail "$what"
	fi
}

check_cron() {
	run-parts --test contrib/cron | sort >"$work/out"
	if printf 'contrib/cron/%s\n' exportctl-audit exportctl-fleet exportctl-mail |
		cmp -s - "$work/out"; then pass; else fail 'run-parts --test'; fi
	settings ''
	"$EXPORTCTL" --root "$audit_tree" audit >"$work/report"
	try 'cron: findings' installed exportctl-audit
	cp "$work/out" "$work/mailed"
	try 'cron: the report' cmp "$work/report" "$work/mailed"
	settings --fail-on=never
	says_nothing 'cron: no findings' installed exportctl-audit
	settings --no-such-option
	refuse 'cron: an audit that fails' installed exportctl-audit
	cp "$work/out" "$work/mailed"
	try 'cron: its reason' grep -q no-such-option "$work/mailed"
}

# With --changes: what is new, nothing, what was mended although all is well.
check_cron_changes() {
	audit_tree=$work/tree
	rm -rf "$audit_tree"
	cp -R tests/fixtures/cli/audit-captured/root "$audit_tree"
	settings --fail-on=never "--state=$work/cron.db --changes"
	try 'cron: what is new' installed exportctl-audit
	if [ -s "$work/out" ]; then pass; else fail 'cron: nothing is new'; fi
	says_nothing 'cron: nothing has changed' installed exportctl-audit
	: >"$audit_tree/etc/exports.d/extra.exports"
	try 'cron: something was mended' installed exportctl-audit
	if grep -q '^Fixed' "$work/out"; then pass; else fail 'cron: fixed'; fi
	audit_tree=tests/fixtures/cli/audit-captured/root
}

check_mail() {
	mkdir -p "$work/bin"
	printf '#!/bin/sh\necho "$*" >"%s/arguments"\ncat >"%s/sent"\n' \
		"$work" "$work" >"$work/bin/sendmail"
	chmod 755 "$work/bin/sendmail"
	settings --fail-on=never
	says_nothing 'mail: no findings' installed exportctl-mail
	settings ''
	if [ -e "$work/sent" ]; then fail 'mail without findings'; else pass; fi
	says_nothing 'mail: findings' installed exportctl-mail
	"$EXPORTCTL" --root "$audit_tree" audit --format html >"$work/page"
	try 'mail: what is sent' /usr/bin/python3 tests/contrib/check_mail.py \
		"$work/sent" "$work/report" "$work/page"
	expect 'mail: how it is sent' -t "$(cat "$work/arguments")"
	rm -f "$work/sent"
	settings --fail-on=never "--state=$work/mail.db --changes"
	says_nothing 'mail: what is new' installed exportctl-mail
	if [ -s "$work/sent" ]; then pass; else fail 'mail: it is not sent'; fi
	rm -f "$work/sent"
	says_nothing 'mail: nothing has changed' installed exportctl-mail
	if [ -e "$work/sent" ]; then fail 'mail without changes'; else pass; fi
	rm -f "$work/bin/sendmail"
}

# The service with the program that is tested.
audit_unit() {
	mkdir -p "$work/audit"
	sed "s|/usr/local/bin/exportctl|$EXPORTCTL|" \
		contrib/systemd/exportctl-audit.service \
		>"$work/audit/exportctl-audit.service"
	cp contrib/systemd/exportctl-audit.timer "$work/audit"
}

check_audit_unit() {
	if ! command -v systemd-analyze >/dev/null; then
		skip 'audit service: systemd-analyze is missing'
		return
	fi
	audit_unit
	SYSTEMD_UNIT_PATH=$work/audit: systemd-analyze verify --man=no \
		"$work/audit/exportctl-audit.service" \
		"$work/audit/exportctl-audit.timer" >"$work/all" 2>&1
	grep -F exportctl "$work/all" >"$work/out"
	if [ -s "$work/out" ]; then fail 'audit service'; else pass; fi
	# each of these gives it mounts of its own, most of them a /proc without nfsd
	refuse 'audit service: what hides the server' grep -E \
		'^(ProtectControlGroups|ProtectKernel(Tunables|Modules)|ProtectProc|ProcSubset|ProtectSystem|ProtectHome|PrivateTmp|PrivateNetwork|PrivateUsers|MountAPIVFS|Root(Directory|Image)|DynamicUser)=' \
		"$work/audit/exportctl-audit.service"
	try 'audit service: exposure' systemd-analyze security --no-pager \
		--offline=true --threshold=30 "$work/audit/exportctl-audit.service"
	try 'audit timer: every night' systemd-analyze calendar \
		"$(sed -n 's/^OnCalendar=//p' "$work/audit/exportctl-audit.timer")"
	mkdir -p "$work/users/etc"
	try 'the user of the service' systemd-sysusers --root "$work/users" \
		"$PWD/contrib/systemd/exportctl-audit.sysusers"
	try 'the user of the service is made' \
		grep -q '^exportctl:' "$work/users/etc/passwd"
}

# as_service COMMAND…: without root, with the capability of the service
as_service() {
	setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \
		--bounding-set=-all,+dac_read_search \
		--inh-caps=-all,+dac_read_search \
		--ambient-caps=-all,+dac_read_search "$@"
}

# It sees what root sees, although all files are closed to it.
check_audit_user() {
	if [ "$(id -u)" != 0 ] || ! as_service true 2>/dev/null; then
		skip 'user of the audit service: needs root and setpriv'
		return
	fi
	cp -R "$audit_tree" "$work/closed"
	find "$work/closed" -type f -exec chmod 400 {} +
	"$EXPORTCTL" --root "$work/closed" audit >"$work/root"
	cp "$EXPORTCTL" "$work/exportctl"
	chmod 711 "$work"
	as_service "$work/exportctl" --root "$work/closed" audit >"$work/user"
	try 'audit service: what its user sees' cmp "$work/root" "$work/user"
	refuse 'audit service: its user writes nowhere' \
		as_service sh -c 'echo >"$1" || exit 1' sh "$work/closed/new"
	refuse 'audit service: the control' setpriv --reuid=65534 \
		--clear-groups cat "$work/closed/etc/exports"
}

# allowed_calls UNIT: what its filter lets through, one system call a line
allowed_calls() {
	sed -n 's/^SystemCallFilter=//p' "$1" |
		while read -r sets; do
			case $sets in
			'~'*) sign=- sets=${sets#?} ;;
			*) sign=+ ;;
			esac
			for set in $sets; do
				expand_calls "$set" | sed "s/^/$sign /"
			done
		done | awk '
		{ if ($1 == "+") allowed[$2] = 1; else delete allowed[$2] }
		END { for (name in allowed) print name }' | sort
}

# expand_calls SET: its system calls, and those of the sets in it
expand_calls() {
	systemd-analyze syscall-filter "$1" | sed 1d |
		grep -v '#' | while read -r name; do
			case $name in
			@*) expand_calls "$name" ;;
			*) echo "$name" ;;
			esac
		done
}

# trace ARGUMENT…: exportctl as a service runs it; its system calls are added to
# $work/service/trace, its files go to $work/service
trace() {
	as_service strace -f -A -o "$work/service/trace" "$work/exportctl" "$@" \
		>/dev/null 2>&1
}

# check_calls UNIT: it allows what was traced
check_calls() {
	unit_file=contrib/systemd/$1.service
	allowed_calls "$unit_file" >"$work/allowed"
	sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' "$work/service/trace" |
		sort -u >"$work/called"
	comm -23 "$work/called" "$work/allowed" >"$work/out"
	if [ -s "$work/out" ] || ! grep -qx openat2 "$work/allowed" ||
		! grep -qx linkat "$work/called"; then
		fail "$1: system calls that it may not make"
	else
		pass
	fi
	sed -n 's/^RestrictAddressFamilies=//p' "$unit_file" | tr ' ' '\n' |
		sort >"$work/families"
	sed -n 's/.*socket(\(AF_[A-Z0-9_]*\),.*/\1/p' "$work/service/trace" |
		sort -u >"$work/asked"
	comm -13 "$work/families" "$work/asked" >"$work/out"
	if [ -s "$work/out" ]; then
		fail "$1: address families that it may not use"
	else
		pass
	fi
}

# Fresh and once more, since a file is replaced in another way than made.
prepare_calls() {
	rm -rf "$work/service"
	mkdir "$work/service"
	cp "$EXPORTCTL" "$work/exportctl"
	chmod 711 "$work"
	chown 65534:65534 "$work/service"
}

can_trace() {
	[ "$(id -u)" = 0 ] && as_service strace -o /dev/null true 2>/dev/null &&
		command -v systemd-analyze >/dev/null
}

check_audit_calls() {
	if ! can_trace; then
		skip 'calls of the audit service: needs root, strace and systemd'
		return
	fi
	prepare_calls
	for _ in 1 2; do
		trace audit --format=prometheus \
			--output="$work/service/exportctl.prom"
		trace audit --state="$work/service/audit.db"
	done
	trace --root "$audit_tree" audit
	check_calls exportctl-audit
}

check_prometheus() {
	"$EXPORTCTL" --root "$audit_tree" audit --format prometheus \
		>"$work/metrics"
	"$EXPORTCTL" audit --rpcbind-port 1 --nfs-port 1 127.0.0.1 \
		--format prometheus >"$work/fleet.metrics"
	rules=contrib/prometheus/exportctl.rules.yml
	try 'dashboard' /usr/bin/python3 tests/contrib/check_metrics.py \
		"$work/metrics" contrib/grafana/exportctl.json "$rules" \
		"$work/queries.yml" "$work/fleet.metrics"
	if ! command -v promtool >/dev/null; then
		skip 'prometheus: promtool is missing'
		return
	fi
	try 'promtool check metrics' sh -c 'promtool check metrics <"$1"' sh \
		"$work/metrics"
	try 'promtool check rules' promtool check rules "$rules"
	try 'promtool test rules' promtool test rules \
		contrib/prometheus/exportctl.rules.test.yml
	try 'queries of the dashboard' promtool check rules "$work/queries.yml"
}

check_audit() {
	check_cron
	check_cron_changes
	check_mail
	check_audit_unit
	check_audit_user
	check_audit_calls
	check_prometheus
}
