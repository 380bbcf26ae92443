/* SPDX-License-Identifier: MIT */
/*
 * sorted.h: the symbols of a module in the order of their addresses.
 * dwfl_module_addrinfo(3) looks at each of them for each address: 100,000 of a
 * JavaScript engine, ten milliseconds.
 */
#ifndef STACK_SORTED_H
#define STACK_SORTED_H

#include <elfutils/libdwfl.h>
#include <stdint.h>

#define SORTED_NONE -1 /* no symbol holds the address */
#define SORTED_ASK                                                             \
	-2 /* not known here: dwfl_module_addrinfo is to be asked              \
	    */

struct sorted {
	uint64_t key;	/* the caller's, for the file; 0: this place is free */
	unsigned asked; /* how often, before it was worth its making */
	int n;		/* -1: it cannot be made */
	struct sorted_symbol *v;
};

/*
 * The number, for dwfl_module_getsym_info, of the symbol with a size that
 * dwfl_module_addrinfo would choose for what lies OFFSET behind START, where
 * MODULE begins; or one of the above.
 */
int sorted_find(
	struct sorted *s, Dwfl_Module *module, uint64_t start, uint64_t offset);

void sorted_free(struct sorted *s);

#endif
