#include "assert_conditions.h"

/* What is asked of the solver, and what `expect` does not let it answer. */
static const struct right_row {
	enum access_can can;
	bool by_mountd; /* over NFSv3 */
	bool no_write, no_root;
} right_rows[ASSERT_RIGHTS] = {
	[ASSERT_READ] = { .can = CAN_READ },
	[ASSERT_WRITE] = { .can = CAN_WRITE },
	[ASSERT_ROOT] = { .can = CAN_ROOT },
	[ASSERT_READ_ONLY] = { .can = CAN_READ,
			       .no_write = true,
			       .no_root = true },
	[ASSERT_READ_WRITE] = { .can = CAN_WRITE, .no_root = true },
	[ASSERT_MOUNT] = { .can = CAN_READ, .by_mountd = true },
};

unsigned assert_conditions_of(const struct assertion *assertion,
			      struct assert_condition *conditions)
{
	const struct right_row *row = &right_rows[assertion->right];
	unsigned count = 0;

	conditions[count++] = (struct assert_condition){
		.can = row->can,
		.wanted = assertion->verb == ASSERT_DENY ? ACCESS_DENIED
							 : ACCESS_ALLOWED,
	};
	if (assertion->verb != ASSERT_EXPECT)
		return count;
	if (row->no_write)
		conditions[count++] =
			(struct assert_condition){ CAN_WRITE, ACCESS_DENIED,
						   "it is read-write" };
	if (row->no_root)
		conditions[count++] =
			(struct assert_condition){ CAN_ROOT, ACCESS_DENIED,
						   "it grants root" };
	return count;
}

unsigned assert_version_of(const struct assertion *assertion,
			   unsigned nfs_version)
{
	return right_rows[assertion->right].by_mountd ? 3 : nfs_version;
}
