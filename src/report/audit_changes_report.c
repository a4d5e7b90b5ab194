#include "audit_changes_report.h"

bool audit_server_changes_tell(const struct audit_server_changes *server,
			       bool fleet, enum audit_kind kind)
{
	return !server->first || kind == AUDIT_FINDING ||
	       (fleet && kind == AUDIT_UNCHECKED);
}

bool audit_server_changes_any(const struct audit_server_changes *server,
			      bool fleet)
{
	for (int kind = 0; kind < AUDIT_KINDS; kind++) {
		const size_t *counts = server->changes->counts[kind];

		if ((counts[CHANGE_APPEARED] || counts[CHANGE_VANISHED] ||
		     counts[CHANGE_OTHER]) &&
		    audit_server_changes_tell(server, fleet,
					      (enum audit_kind)kind))
			return true;
	}
	return false;
}

bool audit_changes_report_first(const struct audit_changes_report *report)
{
	for (size_t i = 0; i < report->count; i++)
		if (!report->servers[i].first)
			return false;
	return true;
}
