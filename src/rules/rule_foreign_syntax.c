#include "client_rules.h"
#include "host_names.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct finding *finding;

	if (host_word_of(run, entry) != HOST_FOREIGN)
		return;
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"`%.*s` is the name of a host to exportfs, and as no host has "
		"that name it is left out",
		STR_ARG(client_written(run, entry)));
	finding->fix.description =
		"write clients as `host(options)`, separated by blanks";
}

const struct rule rule_foreign_syntax = {
	.slug = "foreign-syntax",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.loses = true,
	.summary = "words of another system's exports file",
	.rationale = "BSD, Solaris and old servers have other forms: "
		     "=public, rw=host1:host2, -network. Linux takes such a "
		     "word for a host, finds no address for it and leaves it "
		     "out. What the word should restrict may be open, and "
		     "what it should allow is closed.",
	.remedy = "Write each client as a host, network or netgroup with its "
		  "options in parentheses, separated by blanks.",
	.bad = "/srv/data =public(ro) ro=alpha:beta\n",
	.good = "/srv/data alpha.example.com(ro) 10.1.0.0/16(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_entry = check,
};
