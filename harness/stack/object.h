/* SPDX-License-Identifier: MIT */
/*
 * object.h: the object files that a process has mapped, for libdw.
 *
 * A path says little: the process may have another root or other mounts, and
 * what it mapped may be deleted or replaced. The file that is opened here is
 * the one that is mapped, or else what is mapped is read from memory; what
 * neither is to be had of has no names.
 */
#ifndef STACK_OBJECT_H
#define STACK_OBJECT_H

#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sys/maps.h"

/* What is known of a module, beside what libdw knows: its user data. */
struct object {
	const pid_t *tid; /* who has it mapped */
	/* Tells files apart, and versions of one; 0: it was not opened. What
	 * was read from memory is told apart from all else. */
	uint64_t key;
	bool memory;
	struct object *next;
};

/*
 * What *TID has mapped now. Files are opened when they are needed, by *TID: to
 * be kept pointing to a thread that has the same mapped. NULL: it is not to be
 * read. To be closed with the *LIST that it fills.
 */
Dwfl *object_report(const pid_t *tid, struct object **list);
void object_close(Dwfl *dwfl, struct object *list);

/*
 * Opens the file that is mapped at MAP. A descriptor and its *KEY, and in PATH
 * a name of it, of SIZE bytes, beside which its debug information may lie; or
 * -1: it is not to be had here.
 */
int object_open(pid_t tid, const struct map *map, uint64_t *key, char *path,
	size_t size);

/* Opens MODULE's file once more, if it is still the same. A descriptor or -1.
 */
int object_open_again(Dwfl_Module *module);

/*
 * Is that at PC which MODULE's file says of this address? Not where a file is
 * mapped otherwise than a loader does it: to be read, or a part of it.
 */
bool object_is_loaded(Dwfl_Module *module, Dwarf_Addr pc);

/* Where in MODULE's file the bytes at PC are. */
uint64_t object_offset(Dwfl_Module *module, Dwarf_Addr pc);

/* NULL: MODULE is not of object_report. */
struct object *object_of(Dwfl_Module *module);

#endif
