/* What the commands about access have in common: the table that they are asked
 * about, and what is known of names and file systems. */
#ifndef EXPORT_SUBJECT_H
#define EXPORT_SUBJECT_H

#include "access_check.h"
#include "access_clients.h"
#include "command.h"
#include "mnt_status.h"
#include "table_gather.h"

struct export_subject_options {
	struct option_list files; /* in the place of the system's */
	const char *hosts, *netgroup;
	bool resolve;
	int can;	 /* enum access_can */
	const char *sec; /* NULL: any */
	int nfs_version; /* 0: 4, 1: 3 */
};

/* The rows of these options in the table of a command whose struct has a field
 * subject: those about the table, and those about what is asked. */
#define EXPORT_TABLE_OPTION_ROWS(type)                                         \
	{ .name = "file",                                                      \
	  .kind = OPTION_PATH,                                                 \
	  .repeatable = true,                                                  \
	  .argument = "FILE",                                                  \
	  .help = "judge FILE in the place of the system's files",             \
	  .offset = offsetof(type, subject.files) },                           \
		{ .name = "nfs-version",                                       \
		  .kind = OPTION_CHOICE,                                       \
		  .choices = export_subject_versions,                          \
		  .initial = "4",                                              \
		  .help = "over this version of NFS; 3 is what mountd "        \
			  "answers",                                           \
		  .offset = offsetof(type, subject.nfs_version) },             \
		{ .name = "resolve",                                           \
		  .kind = OPTION_FLAG,                                         \
		  .help = "ask the name services for names and addresses",     \
		  .offset = offsetof(type, subject.resolve) },                 \
		{ .name = "hosts",                                             \
		  .kind = OPTION_PATH,                                         \
		  .argument = "FILE",                                          \
		  .help = "look names and addresses up in FILE, a hosts file", \
		  .offset = offsetof(type, subject.hosts) },                   \
	{                                                                      \
		.name = "netgroup", .kind = OPTION_PATH, .argument = "FILE",   \
		.help = "take netgroups from FILE",                            \
		.offset = offsetof(type, subject.netgroup)                     \
	}

#define EXPORT_WISH_OPTION_ROWS(type)                                          \
	{ .name = "can",                                                       \
	  .kind = OPTION_CHOICE,                                               \
	  .choices = export_subject_can,                                       \
	  .initial = "read",                                                   \
	  .help = "what must be allowed",                                      \
	  .offset = offsetof(type, subject.can) },                             \
	{                                                                      \
		.name = "sec", .kind = OPTION_TEXT, .argument = "FLAVOR",      \
		.help = "with this security flavor, not just any",             \
		.offset = offsetof(type, subject.sec)                          \
	}

extern const char *const export_subject_can[], *const export_subject_versions[];

struct export_subject {
	const struct command_context *context;
	struct root root;
	struct table_gather gather;
	struct exports_files files;
	struct export_documents documents;
	struct export_table table;
	struct export_index index;
	const struct local_paths *local; /* NULL: not known */
	struct access_sources sources;
	struct access_wish wish; /* the port is the command's */
	unsigned nfs_version;
	bool failed; /* a file could not be read */
};

/* Reads the files and builds the table. False, when that can't be done or the
 * options are wrong, which is told; *status is then what to end with. */
bool export_subject_begin(const struct command_context *context,
			  const struct export_subject_options *options,
			  struct export_subject *subject, int *status)
	__attribute__((warn_unused_result));

void export_subject_end(struct export_subject *subject);

/* A path as the server takes it: links are followed below the root, unless
 * --file names another table; what is not there is only made absolute, without
 * doubled slashes and dots. *asked, which may be NULL, becomes what it is,
 * which is not known with --file. The result lives in the arena of the context.
 */
struct str export_subject_path(struct export_subject *subject, struct str path,
			       struct asked_path *asked);

#endif
