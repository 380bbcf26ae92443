/* SPDX-License-Identifier: MIT */
/*
 * symbols.h: what an address of an object file is called. Kept by file and
 * offset, across programs: thousands of them share one libc.
 */
#ifndef STACK_SYMBOLS_H
#define STACK_SYMBOLS_H

#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stdint.h>

#include "stack/frame.h"

struct symbols;

struct symbols *symbols_open(void);
void symbols_close(struct symbols *s);

/* Fills function, file, line and module of F for the address PC in DWFL. */
void symbols_name(struct symbols *s, Dwfl *dwfl, uint64_t pc, struct frame *f);

/* As dwfl_module_addrinfo(3), which has a name or none, and quick. */
bool symbols_find(struct symbols *s, Dwfl_Module *module, uint64_t pc,
	GElf_Off *offset, GElf_Sym *sym);

/*
 * Does SYM, which begins OFFSET before an address, hold it, or is it only its
 * neighbour? Assembly often has symbols without a size. In what is stripped,
 * where there are no local ones, such a symbol seems to reach over all that
 * follows it.
 */
bool symbols_hold(Dwfl_Module *module, const GElf_Sym *sym, GElf_Off offset);

/* Where MODULE has the symbol NAME in memory; 0: it has none. Of all its
 * symbols, and slow: it need not be the one nearest to any address. */
uint64_t symbols_address(Dwfl_Module *module, const char *name);

/* The part behind the last slash. */
const char *symbols_base(const char *path);

#endif
