/* SPDX-License-Identifier: MIT */
/* tree.h: folders with all that is in them. */
#ifndef SYS_TREE_H
#define SYS_TREE_H

/* Removes NAME, as unlinkat(2) takes AT and NAME, and all below it; follows no
 * link. What cannot be removed stays. */
void tree_remove(int at, const char *name);

#endif
