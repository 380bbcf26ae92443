/* SPDX-License-Identifier: MIT */
/*
 * cell.h: the memory that a cell shares with its runner: the filter goes in,
 * the result comes out. Fixed-width types alone: the probe may be 32-bit.
 * The runner hands it over as descriptor CELL_FD; the probe maps it and closes
 * the descriptor. Whatever stands in it after the start is a stranger's word:
 * the runner checks each number that it uses.
 */
#ifndef PROBE_CELL_H
#define PROBE_CELL_H

#include <stdint.h>

#define CELL_FD	   3
#define CELL_MAGIC 0x71756172u

/* BPF_MAXINSNS, linux/bpf_common.h: the most that seccomp(2) takes. */
#define CELL_INSNS 4096

enum cell_mode {
	CELL_NONE,   /* no filter */
	CELL_STRICT, /* SECCOMP_MODE_STRICT */
	CELL_FILTER, /* insns[] */
};

enum cell_stage {
	CELL_STARTED = 1,  /* main reached, page mapped */
	CELL_SET_UP,	   /* setup() returned 0 */
	CELL_ARMED,	   /* the filter is loaded, run() was called */
	CELL_DONE,	   /* run() returned */
	CELL_SETUP_FAILED, /* result holds the errno */
	CELL_ARM_FAILED,   /* result holds the errno */
};

/* struct sock_filter of linux/filter.h. */
struct cell_insn {
	uint16_t code;
	uint8_t jt;
	uint8_t jf;
	uint32_t k;
};

struct cell_page {
	uint32_t magic;
	uint32_t mode;	/* enum cell_mode */
	uint32_t flags; /* SECCOMP_FILTER_FLAG_* */
	uint32_t ninsns;
	uint32_t stage;	 /* enum cell_stage */
	int32_t result;	 /* what run() returned, or the errno of a stage */
	int32_t line;	 /* of the failed CHECK */
	uint32_t itimer; /* an interval timer ran at arming */
	uint32_t nvalues;
	uint32_t unused;
	int64_t values[16];
	uint8_t pad[4096 - 40 - 128];
	struct cell_insn insns[CELL_INSNS];
};

_Static_assert(sizeof(struct cell_page) == 4096 + 8 * CELL_INSNS, "layout");

#endif
