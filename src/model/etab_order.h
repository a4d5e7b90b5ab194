/* The order of the lines that exportfs writes to etab. */
#ifndef ETAB_ORDER_H
#define ETAB_ORDER_H

#include "export_table.h"

/* Fills table->order with the loaded entries as nfs-utils lists them: by type
 * of client; within a type a new path bucket goes to the front, an entry of a
 * bucket that is there goes behind the bucket's last one (export_add in its
 * export.c). Reading such a list back reverses the buckets again. */
void etab_order(struct arena *arena, struct export_table *table);

/* The bucket of a path: the sum of its bytes, as signed characters, each
 * times its index, modulo 2^32 and then 1021. */
uint32_t etab_bucket(struct str path);

#endif
