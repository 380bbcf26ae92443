/* SPDX-License-Identifier: MIT */
/*
 * evidence.h: what was seen of a cell from outside. Filled by spawn, trace
 * and hang; read by judge and record; never judged where it is gathered.
 */
#ifndef SUITE_EVIDENCE_H
#define SUITE_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "hang/hang.h"
#include "probe/probe.h"
#include "stack/frame.h"
#include "sys/kernel_report.h"

#define EV_DEATHS 8
#define EV_TIDS	  64

/* What a refusal did. */
enum refusal_end {
	REFUSAL_ANSWERED, /* a trap, and its handler went on */
	REFUSAL_THREAD,	  /* the thread ended, its process lived on */
	REFUSAL_PROCESS,  /* the process ended there */
};

/* A call that the filter refused, to one thread. */
struct refusal {
	pid_t tid;
	int thread;    /* in order of creation, 0 is the leader */
	uint32_t arch; /* AUDIT_ARCH_* */
	int nr;	       /* -1: not known */
	char call[32]; /* its name on that arch, or the number as text */
	uint64_t args[6];
	uint64_t ip;
	enum refusal_end end;
	int nframes;
	struct frame frames[STACK_FRAMES];
};

struct evidence {
	char broken[200]; /* why there is no evidence; empty when there is */
	int wait_status;  /* of the leader's process, as waitpid(2) gives it */
	bool ended;	  /* the process ended by itself */
	uint32_t stage;	  /* enum cell_stage */
	int result;	  /* what run() returned */
	int line;	  /* of a failed CHECK */
	int nvalues;
	int64_t values[16];
	int nrefusals; /* in the order seen; of more than EV_DEATHS the last one
			  and the first ones are kept */
	int nrefused;  /* all that were seen */
	struct refusal refusals[EV_DEATHS];
	int crash_signal; /* a deadly signal that the filter did not send */
	uint64_t crash_ip;
	uint64_t crash_addr;
	int ncrash_frames;
	struct frame crash_frames[STACK_FRAMES];
	bool hung;
	bool leader_zombie; /* while other threads of it live */
	struct hang hang;
	char effect[64]; /* "file NAME", "canary", "process"; empty: none */
	bool unkillable; /* something of it is left, whatever was done */
	char limit[64];	 /* a limit of the runner that was hit; empty: none */
	int nthreads;	 /* threads seen in the process */
	int ntids;	 /* tasks seen, of which the last EV_TIDS are kept */
	pid_t tids[EV_TIDS];
	char report[KERNEL_REPORT]; /* of the kernel, about itself; empty: none
				     */
	uint64_t start_us;	    /* since the run began */
	uint64_t us;		    /* wall time of the cell */
};

#endif
