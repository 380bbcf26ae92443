/* SPDX-License-Identifier: MIT */
/* pass.h: what the loop of a pass and its parts share. */
#ifndef EXPLAIN_PASS_H
#define EXPLAIN_PASS_H

#include "explain/breakpoint.h"
#include "explain/explain.h"
#include "explain/io.h"
#include "explain/moment.h"
#include "explain/waited.h"

#define PASS_BUCKETS 1024

struct pass_process {
	pid_t pid;
	int no;	     /* by creation; 0 is the command */
	int threads; /* that it ever had */
	int tasks;   /* that live */
	int open;    /* descriptors, at the end of its last thread */
	unsigned image;
	char comm[16];	/* when it last lost a thread */
	uint64_t alarm; /* until when its ITIMER_REAL may fire, as clock_us() */
	struct pass_process *next;
};

struct pass_task {
	pid_t tid;
	int no;	   /* in its process, by creation; 0 is the leader */
	int again; /* the call that is skipped, to be made again; or -1 */
	uint64_t filters; /* of its own, a bit for each of pass->filters */
	bool privs_shut;  /* it has no_new_privs, as far as it can tell */
	struct pass_patch *patch; /* its own filter, while it is loaded */
	struct pass_process *process;
	struct pass_task *next; /* in its bucket */
};

#define PASS_WAKES 64

/* A refused call that was to wake somebody. */
struct pass_wake {
	struct waited what;
	const struct explain_place *place;
	int process, thread; /* by creation */
};

/* A daemon and its driver: how far they are. */
struct pass_drive {
	enum {
		DRIVE_STARTS, /* the daemon is not ready */
		DRIVE_RUNS,   /* the driver does */
		DRIVE_ENDS,   /* the daemon was told to end */
	} phase;
	pid_t pid;     /* the driver; 0: none runs */
	pid_t asks;    /* what asks whether it is ready, or tells it to end */
	bool answered; /* ... and it is */
	bool streams;  /* the pass's are in use */
	int listening; /* so often it was seen to */
	int log;       /* a memfd: what the daemon writes */
	int notify;    /* the socket of sd_notify(3), or -1 */
	int ns;	       /* its network, or -1: ours */
	char dir[100]; /* of the socket; "": there is none */
	uint64_t next, began, told; /* as clock_us() */
};

/* How far the loading of the filter has got. */
enum pass_phase {
	PASS_UNBORN, /* the command's own execve is still to come */
	PASS_EXECED, /* it came: at the next stop execve returns */
	PASS_ENTRY,  /* to where the dynamic linker hands over */
	PASS_BREAK,  /* to the function */
	PASS_CALLS,  /* to the call */
	PASS_SKIP,   /* from its entry to its return: it was not made */
	PASS_WAIT,   /* for the time */
	PASS_HALT,   /* a thread was asked to stop */
	PASS_ARMED,
};

/* Filters that can be told apart by the data of what they return. */
#define PASS_FILTERS 64

#define PASS_FAMILY  256

struct pass {
	const struct explain_plan *plan;
	enum explain_mode mode;
	struct explain_seen *seen;
	struct explain_io io;
	pid_t pid;
	bool killed; /* all was sent SIGKILL: what comes is no evidence */
	uint64_t killed_us;
	bool untraced;	/* no longer traced */
	int listener;	/* of a filter that tells us itself, or -1 */
	int kernel_log; /* what comes of it, or -1 */
	struct pass_drive drive;
	int nfamily; /* its processes that were seen, while untraced */
	pid_t family[PASS_FAMILY];
	enum pass_phase phase;
	uint64_t start, ended; /* microseconds */
	long filters_then;   /* that the kernel counts after the loading of ours
			      */
	bool shut_by_us;     /* no_new_privs, for a filter that watches */
	long filters_before; /* that were there before quartet */
	int nfilters;
	struct filter *filters[PASS_FILTERS]; /* as they were written */
	struct pass_break stop;
	const struct explain_place *again; /* where a call was refused last */
	int nwakes; /* all that there were: the last PASS_WAKES are kept */
	struct pass_wake wakes[PASS_WAKES];
	unsigned long in_a_row;			/* so often, and nowhere else */
	uint64_t next_look, look, asleep_since; /* microseconds */
	long cpu;
	bool timers_impossible; /* none ran before, and none can be made */
	bool timers_seen;	/* every ITIMER_REAL that is set */
	long calls;		/* of the one that is waited for */
	struct pass_process *processes;
	struct pass_task *tasks[PASS_BUCKETS];
};

#endif
