/* SPDX-License-Identifier: MIT */
/*
 * java.h: the frames of a thread that runs Java in HotSpot, from the process's
 * memory, without its help.
 *
 * By the tables that libjvm.so has of its own structures for its own debugger
 * (gHotSpotVMStructs and gHotSpotVMTypes, src/hotspot/share/runtime/
 * vmStructs.cpp of OpenJDK), and by how frames lie on the stack on x86-64
 * (src/hotspot/cpu/x86/frame_x86.hpp), 11 and later. What is read is hostile:
 * every loop is bounded, and what makes no sense ends the stack.
 */
#ifndef STACK_JAVA_H
#define STACK_JAVA_H

#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "stack/frame.h"

/* Where a field lies in its structure; of a static one its address; of a type
 * its size. */
enum java_field {
	JAVA_HEAPS,
	JAVA_ARRAY_LEN,
	JAVA_ARRAY_DATA,
	JAVA_HEAP_MEMORY,
	JAVA_HEAP_SEGMAP,
	JAVA_HEAP_LOG2,
	JAVA_SPACE_LOW,
	JAVA_SPACE_HIGH,
	JAVA_BLOCK_SIZE,
	JAVA_BLOCK_USED,
	JAVA_BLOB_NAME,
	JAVA_BLOB_SIZE,
	JAVA_BLOB_FRAME,
	JAVA_BLOB_CODE, /* an address, to 22 */
	JAVA_BLOB_CODE_OFFSET,
	JAVA_BLOB_RELOCATION,
	JAVA_BLOB_MUTABLE,
	JAVA_NMETHOD_METHOD,
	JAVA_NMETHOD_PCS,
	JAVA_NMETHOD_PCS_END,	/* to 22 */
	JAVA_NMETHOD_METADATA,	/* to 22 */
	JAVA_NMETHOD_SCOPES,	/* an address, to 22 */
	JAVA_NMETHOD_IMMUTABLE, /* since 23 */
	JAVA_NMETHOD_SCOPES_OFFSET,
	JAVA_PC_SIZE,
	JAVA_PC_OFFSET,
	JAVA_PC_SCOPE,
	JAVA_METHOD_CONST,
	JAVA_CONST_SIZE,
	JAVA_CONST_POOL,
	JAVA_CONST_FLAGS,
	JAVA_CONST_CODE_SIZE,
	JAVA_CONST_NAME,
	JAVA_POOL_SIZE,
	JAVA_POOL_HOLDER,
	JAVA_POOL_SOURCE,
	JAVA_KLASS_NAME,
	JAVA_SYMBOL_LENGTH,
	JAVA_SYMBOL_BODY,
	JAVA_MAJOR,
	JAVA_FIELDS
};

#define JAVA_NONE UINT64_MAX

struct java {
	bool looked; /* for one, if there is none */
	bool is;
	unsigned excluded; /* see java_number */
	uint64_t at[JAVA_FIELDS];
};

/* The virtual machine among the modules of DWFL, which thread TID's process has
 * mapped. */
struct java java_find(Dwfl *dwfl, pid_t tid);

/* The registers of a frame of 64-bit code. */
struct java_regs {
	uint64_t pc, sp, fp;
};

#define JAVA_HEAD 512 /* bytes of a blob that are read */

enum java_kind { JAVA_STUB, JAVA_INTERPRETER, JAVA_NMETHOD };

/* A piece of code that the virtual machine made. */
struct java_blob {
	uint64_t at, code;
	enum java_kind kind;
	int frame; /* words of its frame; 0: by the frame pointer */
	char name[32];
	unsigned char head[JAVA_HEAD];
};

/* The piece that holds PC. */
bool java_blob(
	const struct java *j, pid_t tid, uint64_t pc, struct java_blob *blob);

/*
 * What the frame R in BLOB runs, as at most MAX frames to be shown, of which
 * the last has R's PC and SP; more than one where calls were compiled into
 * their caller. INNERMOST: its PC is not behind a call. Returns how many, at
 * least 1.
 */
int java_name(const struct java *j, pid_t tid, const struct java_blob *blob,
	const struct java_regs *r, bool innermost, struct frame *to, int max);

/* From R to the frame that called it. */
bool java_sender(pid_t tid, const struct java_blob *blob, struct java_regs *r);

/* METHOD, at the bytecode BCI; -1: that is not known. F is a script frame. */
void java_name_method(const struct java *j, pid_t tid, uint64_t method, int bci,
	struct frame *f);

/* BCP, an address in METHOD's bytecode, as an index; -1: it is none. */
int java_bci(const struct java *j, pid_t tid, uint64_t method, uint64_t bcp);

/*
 * The number at *AT in the N bytes at B (UNSIGNED5: five bytes of 6 bits at
 * most); *AT is behind it then. Since 20 the EXCLUDED lowest values of a byte
 * are not used. False: there is no whole one. Pure.
 */
bool java_number(const unsigned char *b, size_t n, unsigned excluded,
	size_t *at, uint32_t *number);

/* The line of the bytecode BCI by the N bytes of a compressed line number
 * table; 0: it has none. Pure. */
int java_line(const unsigned char *table, size_t n, unsigned excluded, int bci);

#endif
