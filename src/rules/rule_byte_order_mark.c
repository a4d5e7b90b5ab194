#include "rule.h"

static void report(struct rule_run *run, uint32_t document)
{
	struct finding *finding = rule_report_place(
		run, document, (struct span){ 0, 3 },
		"the byte order mark becomes a part of the first path, which "
		"then names nothing that exists");

	finding->fix.description = "delete the first three bytes of the file";
	rule_edit(run, finding, finding->span, "");
}

static void check(struct rule_run *run)
{
	const struct export_documents *documents = run->table->input.documents;

	for (uint32_t i = 0; i < documents->list.count; i++) {
		struct str text = documents->list.items[i].syntax.text;

		if (str_starts(text, STR("\xef\xbb\xbf")))
			report(run, i);
	}
}

const struct rule rule_byte_order_mark = {
	.slug = "byte-order-mark",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a file that begins with a byte order mark",
	.rationale = "Some editors put the bytes EF BB BF before the text. "
		     "exportfs takes them for the beginning of the first "
		     "path, or of a path where a comment was meant.",
	.remedy = "Store the file without a byte order mark.",
	.bad = "\xef\xbb\xbf/srv/data 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.check_table = check,
};
