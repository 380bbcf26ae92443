/* SPDX-License-Identifier: MIT */
/*
 * probe.h: what a probe is. A probe is one C file under probes/GROUP/ that
 * does one thing and declares what must happen to it; this is the only header
 * of ours that it includes (escape/ has two more: entry.h, sweep.h).
 *
 *   setup()  runs before the filter: open, map, start threads here.
 *   run()    runs armed. It returns 0 when the thing was done, or the errno
 *            met; it may also never return.
 *
 * A probe never judges itself. What it returns goes to a page that the runner
 * reads, then the leader thread ends by the raw exit: nothing else is called
 * on the way out.
 *
 * PROBE      defines the probe. It is built for every flavour with a libc.
 * PROBE_RAW  the same, and it is built for the flavour `raw` too: the file
 *            calls no libc function, only what this header offers.
 */
#ifndef PROBE_H
#define PROBE_H

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sys/sys.h"

/* What happened to a cell, seen from outside. */
enum outcome {
	OUT_BROKEN,  /* no verdict can be made: the evidence is missing */
	OUT_WORKS,   /* run() returned 0, or the declared status was seen */
	OUT_FAILS,   /* run() returned an errno */
	OUT_EXITS,   /* ended by exit with another status than the declared */
	OUT_DIES,    /* the filter killed the process at a call */
	OUT_LOSES,   /* the filter killed a thread, the process lived on */
	OUT_CRASHES, /* ended by a signal that the filter did not send */
	OUT_MASKS,   /* a crash, hidden by the kill of a call it makes */
	OUT_HANGS,   /* threads are left that nobody wakes, or that spin */
	OUT_ZOMBIE,  /* it hangs, and the leader is a zombie */
	OUT_ESCAPES, /* an effect outside that the filter should prevent */
	OUT_SKIP,    /* not run, for a reason */
};

#define GLIBC(major, minor) (0x10000000u | (major) << 16 | (minor) << 8)
#define MUSL(major, minor, patch)                                              \
	(0x20000000u | (major) << 16 | (minor) << 8 | (patch))
#define KERNEL(major, minor) ((major) << 16 | (minor) << 8)

/*
 * One row of a declaration: an outcome, and where it holds. The first row
 * whose conditions all hold decides; a row with `.or` set joins the next
 * matching row as a permitted alternative (only for races by nature: set
 * `.repeat` too). A cell that no row matches is broken. Under `none` every
 * probe must work: no row is needed, or read, for it.
 *
 * Lists are words parted by blanks, each a glob, negated by a leading `!`;
 * a list holds if some plain word matches (or there is none) and no negated
 * word does.
 */
struct expect {
	enum outcome outcome;
	int num; /* FAILS errno, EXITS status, CRASHES and MASKS signal */
	const char *call;    /* DIES, LOSES, MASKS: the refused call, "a|b" when
				either may be; HANGS, ZOMBIE: the refused call
				that led there, if any; ESCAPES: the effect */
	const char *under;   /* profiles */
	const char *flavour; /* flavours */
	unsigned libc;	 /* this libc, at least this version: GLIBC(2, 34) */
	unsigned kernel; /* at least this kernel: KERNEL(5, 17) */
	const char *has; /* features, all of them, `!` negates: see has.h */
	const char *why; /* the cause, where the outcome surprises */
	bool or ;
};

#define WORKS		 .outcome = OUT_WORKS
#define FAILS(e)	 .outcome = OUT_FAILS, .num = (e)
#define EXITS(status)	 .outcome = OUT_EXITS, .num = (status)
#define DIES(name)	 .outcome = OUT_DIES, .call = (name)
#define LOSES(name)	 .outcome = OUT_LOSES, .call = (name)
#define CRASHES(sig)	 .outcome = OUT_CRASHES, .num = (sig)
#define MASKS(sig, name) .outcome = OUT_MASKS, .num = (sig), .call = (name)
#define HANGS		 .outcome = OUT_HANGS
#define HANGS_AT(name)	 .outcome = OUT_HANGS, .call = (name)
#define ZOMBIE		 .outcome = OUT_ZOMBIE
#define ZOMBIE_AT(name)	 .outcome = OUT_ZOMBIE, .call = (name)
#define ESCAPES(effect)	 .outcome = OUT_ESCAPES, .call = (effect)

#define PROBE_EXPECT_MAX 48
#define PROBE_SEEN_MAX	 8

struct probe {
	const char *about;  /* one line: what is done */
	int (*setup)(void); /* 0, or the errno that makes the cell broken */
	int (*run)(void);
	const char *under;    /* profiles it is run under, by name, no globs */
	const char *flavours; /* a list as in struct expect; NULL is all */
	const char *has;      /* features without which it is skipped */
	const char *stdin_text; /* what standard input holds; NULL: nothing */
	int exits;	/* the status that means it worked, when run() does not
			   return: `exit(7)` */
	bool exits_set; /* set by PROBE_EXITS */
	int dies_of;   /* the signal that means it worked under `none`: abort */
	int repeat;    /* runs of each cell; 0 is 1. For races by nature */
	bool untraced; /* no ptrace: a tracer would change what happens (an
			  ignored signal wakes a traced thread). The refused
			  call is then not known, DIES("?") */
	bool no_stdin; /* start with descriptor 0 closed */
	struct expect expect[PROBE_EXPECT_MAX];
	const char *symptom;   /* gallery/: what the users of .seen[0] met */
	const char *diagnosis; /* and what `quartet explain` says of it, a glob,
				  under the first of .under and .flavours */
	const char *covers; /* other suites' cases that it has the claim of, by
			       their names in probes/cases.txt */
	const char *seen[PROBE_SEEN_MAX]; /* where it was met or promised: URLs,
					     man pages, kernel files */
};

/*
 * Where several are linked to one program (probe_group.c), each is found by
 * the symbol that make named it by; `probe` is then nobody's. The nop keeps a
 * function's start from looking like where the last call of the object before
 * returns to: a stack that is guessed would name that.
 */
#define PROBE_CALLED(name) __asm__("\"probe " name "\"")
#ifdef PROBE_NAME
#define PROBE_ALIAS                                                            \
	__asm__(".text\n\tnop");                                               \
	extern const struct probe probe_called PROBE_CALLED(PROBE_NAME)        \
		__attribute__((alias("probe")));
#else
#define PROBE_ALIAS
#endif

#define PROBE_IS(raw)                                                          \
	const bool probe_raw __attribute__((weak)) = (raw);                    \
	extern const struct probe probe __attribute__((weak));                 \
	PROBE_ALIAS                                                            \
	const struct probe probe
#define PROBE		    PROBE_IS(false)
#define PROBE_RAW	    PROBE_IS(true)
#define PROBE_EXITS(status) .exits = (status), .exits_set = true

/*
 * A failed CHECK ends run() with EBADE, "wrong result"; the record then names
 * the line. For a call that failed, return its errno instead.
 */
#define CHECK(cond)                                                            \
	do {                                                                   \
		if (!(cond))                                                   \
			return probe_wrong(__LINE__);                          \
	} while (0)

/* Notes the line and returns EBADE. Any thread, armed or not. */
int probe_wrong(int line);

/*
 * A number for the record ("values":[...]): counts and times that people
 * want to see beside the outcome. At most 16 are kept; the rest are dropped.
 */
void probe_value(long value);

/*
 * Loads the cell's filter into the calling thread, as the runner does for the
 * leader between setup() and run(). For threads started in setup(), which the
 * leader's filter does not cover unless the profile has TSYNC. 0 or an errno.
 */
int probe_arm(void);

/*
 * Under a profile that notifies: the listener, a descriptor of this process,
 * from the arming on; -1 elsewhere. The supervisor can be a thread that
 * setup() started: it is unfiltered, and shares the descriptors.
 */
int probe_listener(void);

/* True under the profile `none`. */
bool probe_unfiltered(void);

/*
 * Starts a thread by the raw clone, on a stack of its own of 64 KiB, that runs
 * fn(arg) and ends by the raw exit. It is no libc thread: it must call no libc
 * function. Works in setup() in each flavour, and armed where clone and mmap
 * are allowed. Returns the thread id or a negative errno. *done, when given,
 * holds 1 while the thread lives and is cleared and woken by the kernel at its
 * end (CLONE_CHILD_CLEARTID): probe_join() waits for that.
 */
long probe_thread(void (*fn)(void *), void *arg, int *done);

/* Waits, by futex alone, until *done is 0. */
void probe_join(int *done);

/*
 * Forks a partner: an unfiltered process that runs fn() at once and exits with
 * its result. For setup(): what must come from outside (a signal, a close, a
 * look at /proc) comes from there. It shares the descriptors, and memory
 * mapped MAP_SHARED. The runner ends it with the cell. Returns its id or a
 * negative errno.
 */
long probe_partner(int (*fn)(void));

/*
 * Waits until thread TID sleeps in a system call and did so twice in a row
 * with no run between (/proc/TID/task/TID/{stat,status}). For the partner, or
 * for setup(): it opens files. 0, or an errno: ESRCH when the thread has ended.
 */
int probe_wait_asleep(long tid);

/* Waits until thread TID of this or another process has ended. Who calls it
 * opens files: a partner, setup(), or a profile that allows that. */
void probe_wait_ended(long tid);

/*
 * Forks a partner that waits until the calling thread sleeps and sends SIG to
 * its process, and after a SIGSTOP a SIGCONT; when THEN is given, it waits
 * until that thread sleeps again, and runs THEN. 0 or an errno.
 */
int probe_signal_me(int sig, int (*then)(void));

/* A page of zeroes that partners share. For setup(); NULL when there is none.
 */
void *probe_shared(void);

/* The futex operations, with no libc. Times are relative, in nanoseconds. */
long probe_wait(volatile int *word, int val, long timeout_ns); /* <0: none */
long probe_wake(volatile int *word, int count);
/*
 * A gate, an int that is 0 while it is shut: opening it lets everybody pass,
 * now and later. By futex alone, and with no call once it is open. Threads
 * started in setup() pass one before they are of use: a filter that reaches
 * them (TSYNC) while libc still sets them up kills them there.
 */
void probe_open(int *gate);
void probe_pass(int *gate);
/* probe_wait() with a time-out that no cell lives to see: an hour. */
long probe_wait_timed(volatile int *word, int val);
/*
 * Sleeps between two looks at what wakes nobody; nothing may rest on how long.
 * By a futex time-out, which every profile with futex allows.
 */
void probe_nap(long ns);

/*
 * The world outside the sandbox, for the escape probes. The runner lays a
 * directory before each cell and looks at it after: a new name in it, or a
 * changed canary file, is an effect ("file", "canary"), and so is a process
 * that a filtered thread started ("process").
 */
#define PROBE_OUTSIDE                                                          \
	"outside" /* the directory, relative to the cell's own                 \
		   */
#define PROBE_CANARY "outside/canary" /* 16 bytes, all 'c' */

extern const struct probe probe;
extern const bool probe_raw;

#endif
