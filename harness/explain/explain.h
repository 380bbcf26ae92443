/* SPDX-License-Identifier: MIT */
/*
 * explain.h: what a filter refuses a real program, seen by running it.
 *
 * One run of the command is a pass. Whatever the filter answers with less than
 * a kill or a trap becomes SECCOMP_RET_TRACE, so that the tracer sees it: it
 * gives the answer itself (EXPLAIN_REAL) or lets the call go on (EXPLAIN_LET,
 * where kills and traps are let go too, and what is logged is told as well).
 * Calls that the filter allows never stop.
 */
#ifndef EXPLAIN_EXPLAIN_H
#define EXPLAIN_EXPLAIN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "suite/evidence.h"
#include "sys/failure.h"
#include "sys/kernel_log.h"
#include "profile/profile.h"
#include "stack/stack.h"

enum explain_mode {
	EXPLAIN_REAL, /* each refusal is dealt as the filter says */
	EXPLAIN_LET,  /* refused calls are noted and let through */
	EXPLAIN_BARE, /* no filter at all */
};

/* Which filter refused a call. That of another is not known, and so the verdict
 * of its place is a guess. */
enum explain_whose {
	EXPLAIN_OURS,	/* the one that is asked about; or, with --arm self,
			   the program's own */
	EXPLAIN_BEFORE, /* it was there before quartet, a container's */
	EXPLAIN_OWN,	/* the program loaded it, unseen */
	EXPLAIN_OTHER,	/* one of these two */
};

/* One call stack from which one call was refused. */
struct explain_place {
	uint32_t arch; /* AUDIT_ARCH_* */
	int nr;
	bool is_32; /* the code that made it: an address is 4 bytes */
	uint64_t ip;
	unsigned image;	    /* which program: addresses mean nothing without */
	uint32_t verdict;   /* SECCOMP_RET_*, with its data */
	bool killed_thread; /* the thread ended, its process lived on */
	enum explain_whose whose;
	char call[32];
	const char *need; /* in words; never NULL */
	int masks;	  /* the signal of the crash that asked, or 0 */
	int ntexts;	  /* the first calls that differ, arguments decoded */
	char texts[3][120];
	unsigned long count;
	uint64_t first_us, last_us; /* since the start of the pass */
	pid_t tid;
	int process, thread; /* of the first one; by creation, from 0 */
	bool threads;	     /* others than that one too */
	char comm[16];
	int nframes;
	struct frame frames[STACK_FRAMES];
	int nwords; /* return addresses and what interpreters run, where they
		       lay above the top */
	struct {
		uint32_t offset;
		uint64_t value;
	} words[2 * STACK_FRAMES];
	struct python python; /* what runs its script frames, if it has some */
	uint64_t script;      /* python_key */
	struct explain_place *next; /* in its bucket */
};

#define EXPLAIN_BUCKETS 256
#define EXPLAIN_PLACES	4000

struct explain_places {
	int n;
	unsigned long calls;
	unsigned long unplaced; /* came when EXPLAIN_PLACES were full */
	struct explain_place *list[EXPLAIN_PLACES]; /* in the order seen */
	struct explain_place *buckets[EXPLAIN_BUCKETS];
};

/* A thread that the filter killed. */
struct explain_lost {
	pid_t tid;
	pid_t own_tid; /* in its own PID namespace */
	int process, thread;
	bool whole; /* its process died with it */
	char comm[16];
	uint64_t tcb; /* its fs base: how glibc's stdio names an owner */
	const struct explain_place *place;
};

/* What a thread of a hang waits on. */
struct explain_wait {
	int process, thread; /* by creation; -1: not known */
	char comm[16];	     /* of its process */
	uint64_t tcb;	     /* its fs base, or 0 */
	uint64_t word;	     /* the futex; 0: it waits on something else */
	char where[128];     /* what lies there: "main_arena+0x0 (libc.so.6)" */
	pid_t owner;	     /* who holds the lock; 0: not known */
	pid_t gone;	     /* the lock names this one, by its own number, and
				there is no such thread; 0: not so */
	const char *told;    /* by what */
	pid_t joins;	     /* the thread that it joins, alive or killed */
	pid_t joins_gone;    /* the same, by its own number, that is gone */
};

struct explain_hang {
	struct hang hang;
	bool busy; /* it does not hang: its time was over, and it waits for what
		      may come, or has something to do */
	struct explain_wait waits[HANG_THREADS];
	const struct explain_place *refused; /* what CAUSE tells of, if it is a
						call that was to wake one */
	char cause[400]; /* in a sentence; empty: the evidence says none */
	int nkills; /* of threads of its processes, that the kernel noted */
	struct kernel_kill kills[KERNEL_KILLS];
};

#define EXPLAIN_LOST 16
#define EXPLAIN_FDS  64

/* Descriptors that were open at the ends of processes. */
struct explain_open {
	bool known; /* the command's own process was seen at its end */
	int n;	    /* of that process; the first EXPLAIN_FDS are told */
	int others; /* of all others together */
	struct explain_fd {
		int fd;
		char what[64]; /* as /proc names it, fit to be shown */
	} list[EXPLAIN_FDS];
};

/* What stood around the first who got EACCES or EPERM from somebody else. */
struct explain_fence {
	bool known;
	bool userns, mntns;    /* not ours */
	bool overrides, admin; /* CAP_DAC_OVERRIDE, CAP_SYS_ADMIN */
	bool no_new_privs;
	char label[80]; /* a security module's; "": none, or unconfined */
};

/* A daemon, and what is to be asked of it. */
struct explain_drive {
	const char *cmd; /* for sh -c, once it is ready, without a filter */
	enum explain_ready {
		READY_LISTENS,
		READY_NOTIFY,  /* sd_notify(3) */
		READY_PIDFILE, /* HOW is it */
		READY_ASKED,   /* by the command HOW, until it exits 0 */
	} ready;
	const char *how;
	int stop;	      /* the signal that tells it to end */
	const char *stop_cmd; /* or a command does; NULL: the signal */
	bool host_net;	      /* no network namespace of its own */
};

struct explain_driven {
	bool is;	 /* it was to be driven */
	bool ready, ran; /* the driver, to its end */
	bool own_net;
	bool died;	       /* the daemon's own process, badly and untold */
	bool ended;	       /* it did, with the status DAEMON */
	bool stubborn;	       /* told to end it did not */
	int status, daemon;    /* as waitpid(2) gives it; the driver's */
	uint64_t ready_us, us; /* since the start; the driver's own time */
	char how[80];	       /* it was seen that it is ready */
};

/* What one pass saw. */
struct explain_seen {
	char broken[200]; /* why it says nothing; empty: it does */
	bool armed;
	uint64_t armed_us;   /* since the start of the pass */
	bool handles;	     /* signals were handled in its process by then */
	char uncovered[120]; /* whom the filter does not cover; empty: all */
	struct explain_driven driven;
	bool ended; /* the command ended by itself; the driver, where
		       there is one and the daemon lived */
	int status; /* as waitpid(2) gives it */
	uint64_t us;
	uint64_t cpu_us;  /* of processors, by all its processes */
	int crash_signal; /* a deadly one that the filter did not send */
	int ncrash_frames;
	struct frame crash_frames[STACK_FRAMES];
	int processes, threads; /* most at once is not known: all told */
	int left_behind;	/* processes that outlived the command */
	int nlost; /* threads that were killed, but for the one that the command
		      died with; the first EXPLAIN_LOST are kept */
	struct explain_lost lost[EXPLAIN_LOST];
	struct explain_hang *hang; /* NULL: it did not hang */
	bool landlock;		   /* it calls landlock_restrict_self */
	bool ptraces;		   /* it wants to trace: it may not, here */
	pid_t pid;		   /* the command's, with what follows */
	int nkills; /* in its processes, that the kernel noted; none is read
		       where we saw them ourselves */
	struct kernel_kill kills[KERNEL_KILLS];
	bool timed_out;	    /* it was ended by --timeout */
	int out, err;	    /* what it wrote to stdout, stderr; memfds */
	bool cut;	    /* it wrote more: EXPLAIN_OUTPUT_MAX */
	bool interrupted;   /* by Ctrl-C, or the like */
	bool none_allowed;  /* the filter lets no call of ARCH pass */
	bool other_shut;    /* ... of the other, i386 or x86-64 */
	bool own_filters;   /* it loaded some beside ours, unseen */
	bool under_another; /* a filter was there before quartet */
	uint32_t arch;	    /* AUDIT_ARCH_* that the filter was built for */
	/* Its processes, but for the command's own, that ended badly and not by
	 * the filter, by name and status. */
	int nfailed, unkept; /* UNKEPT: more than EXPLAIN_LOST kinds */
	struct explain_failed {
		int process, status; /* of the first; as waitpid(2) gives it */
		int n;
		char comm[16];
	} failed[EXPLAIN_LOST];
	struct explain_open open;
	bool logs; /* a filter of ours may log a call that it lets go */
	struct explain_places places;	/* of calls that were refused */
	struct explain_places logged;	/* that were let go and logged; only
					   EXPLAIN_LET notes them; with
					   plan->answers, those that put up a
					   Landlock fence */
	struct explain_places answered; /* EACCES or EPERM, by somebody else:
					   with plan->answers */
	struct explain_fence fence;
};

struct explain_moment;
struct explain_refusal;

struct explain_plan {
	const struct profile *profile;
	const struct profile *base; /* loaded under it, and dealt as it is: what
				       it refuses nobody notes; NULL: none */
	char **argv;
	const char *path; /* of argv[0] */
	struct stack_cache *stacks;
	struct explain_stdio *stdio;
	const struct explain_moment *moment;
	const struct explain_drive *drive; /* NULL: the command is no daemon */
	long timeout; /* milliseconds for each pass; 0: none */
	/* No tracer once the filter is loaded, for programs that trace: what it
	 * does under the filter nobody sees, and what is refused is told by the
	 * filter's listener (seccomp_unotify(2)). */
	bool untraced;
	bool shuffled; /* addresses differ from run to run, as in life */
	bool hidden;   /* what the command writes is not passed on, as without
			  the filter it never is */
	bool answers;  /* each call stops, and EACCES and EPERM are noted */
	bool quiet;    /* ... and goes into pipes */
	bool plain; /* no stacks, of a hang neither; a place has no texts, and
		       is told apart by its call and address alone */
	/* Told each refusal as it comes, with its place unless there was no
	 * room for it; NULL: nobody is. */
	void (*told)(void *to, const struct explain_refusal *refusal,
		const struct explain_place *place);
	void *to;
};

/*
 * Runs the command once. SEEN is zeroed first, and freed by
 * explain_seen_free. Nothing of the command is left running. 0, or -1 and F
 * tells what stood in the way.
 */
int explain_run(const struct explain_plan *plan, enum explain_mode mode,
	struct explain_seen *seen, struct failure *f);
void explain_seen_free(struct explain_seen *seen);

/*
 * The path of the program that NAME means. 0, or -1 and F tells: not found,
 * set-uid, another machine's.
 */
int explain_find(const char *name, char *path, size_t size, struct failure *f);

/* 0 when the program at PATH is one that can be traced here, or is no ELF file;
 * else -1, and F tells. */
int explain_check_machine(const char *path, struct failure *f);

/* True once SIGTERM or SIGHUP came: the pass was cut short. */
bool explain_stopped(void);

#endif
