/* SPDX-License-Identifier: MIT */
/* report.h: what the passes saw, for people and for programs. */
#ifndef EXPLAIN_REPORT_H
#define EXPLAIN_REPORT_H

#include <stdio.h>

#include "explain/explain.h"

/* In what the two passes are compared. */
enum explain_way {
	EXPLAIN_OUT,
	EXPLAIN_ERR,
	EXPLAIN_END,
	EXPLAIN_FAILED, /* processes */
	EXPLAIN_OPEN,	/* descriptors that are left at the end */
	EXPLAIN_TRIES,	/* how often a refused call is made */
	EXPLAIN_CPU,	/* processor time */
	EXPLAIN_WAYS
};

/* The passes of one question. */
struct explained {
	const char *command;	  /* as it was typed, or its beginning */
	char *const *argv;	  /* the same, all of it */
	const char *profile;	  /* its name */
	const char *when;	  /* the moment of arming */
	const char *drive;	  /* the driver, as it was typed; NULL: none */
	struct explain_seen real; /* under the filter */
	struct explain_seen let;  /* refused calls were let through */
	/* Nothing was refused, and yet it fails: once more, each call looked
	 * at. */
	struct explain_seen others;
	bool untraced; /* what it was refused in the former nobody saw */
	/* Why two runs do not begin alike, whatever is done; empty: they do. */
	char spent[200];
	struct explain_compared {
		bool known;	/* it could be compared */
		bool same;	/* or less, of what is counted */
		bool varies;	/* so do two runs with the calls let through */
		bool first;	/* a second run under the filter was the same */
		bool beginning; /* of a text: as far as both came */
		off_t at;	/* ... the first byte that is not the same */
	} in[EXPLAIN_WAYS];
	struct explain_tried {
		char call[32];
		unsigned long is, was; /* under the filter, and without */
	} tried;
	char once_more[80]; /* how it ended when it ran once more, let through;
			       empty: it did not */
	bool unsure;	    /* that was cut short: what varies is not known */
};

#define EXPLAIN_CHAIN 400

/* Places that look the same to people: one call, one chain of functions. */
struct explain_line {
	unsigned long count;
	const struct explain_place *place; /* the first one */
	bool varies;			   /* not each call is the same */
	char chain[EXPLAIN_CHAIN];	   /* "puts < main (t.c:5)" */
};

/* What was refused for one need; for none that is known, by call. */
struct explain_group {
	unsigned long count;
	uint64_t first_us, last_us;
	bool threads; /* more than one */
	int nlines;
	struct explain_line **lines; /* most used first */
	struct explain_group *next;
};

/*
 * The groups of PLACES in the order in which they were first seen, to be freed
 * with explain_groups_free. 0, or -ENOMEM.
 */
int explain_groups(
	const struct explain_places *places, struct explain_group **groups);
void explain_groups_free(struct explain_group *groups);

/* Has PLACES the call that P is of, made by the same code of
 * the same program? */
bool explain_is_met(
	const struct explain_places *places, const struct explain_place *p);

/* The frames of a place that tell something, in a line: what lies below main
 * and below a thread's start is left out. */
void explain_chain(const struct explain_place *p, char *text, size_t size);

/*
 * Where the call that KILL is of was met when it was let go, and would have
 * been killed so; NULL: it was not. *THERE is the number of places with its
 * address: of one it is the place, of more it may be any of them, and of none
 * only the call is the same.
 */
const struct explain_place *explain_noted(const struct explain_places *places,
	const struct kernel_kill *kill, int *there);

/* "the filter", "a filter that was there before quartet": who refused P's call.
 * P may be NULL, where nobody saw. */
const char *explain_whose(const struct explain_place *p);

/* "it exited 0", "SIGSYS killed it". */
void explain_end(const struct explain_seen *seen, char *text, size_t size);

/* Whose end that is: "it", "the driver". */
const char *explain_who(const struct explain_seen *seen);

/* How a daemon and its driver got on, where there is one. */
void explain_print_driven(
	const struct explain_seen *seen, const char *cmd, FILE *to);

/*
 * What went wrong without a word: threads that are gone from a process that
 * ended as if nothing were, errno answers that it took, another output than
 * without the filter. Nothing when the filtered run did not end by itself.
 */
void explain_print_damage(const struct explained *e, FILE *to);

/* Under the filter it ended well, and without it does not. */
bool explain_did_better(const struct explained *e);

/* How many more of the Ith kind of processes failed than without the filter. */
int explain_failed_more(const struct explained *e, int i);

/* A hang: the sentence, the cause, each thread with its stack. */
void explain_print_hang(const struct explain_hang *h, FILE *to);
/* The same, from the cause on. */
void explain_print_threads(const struct explain_hang *h, FILE *to);
/* Frames, one a line. */
void explain_print_stack(const struct frame *f, int n, FILE *to);

/* Why it ended as it did under the filter, in a sentence; empty: by itself. */
void explain_cause(const struct explained *e, char *text, size_t size);

/* VERBOSE: every place, with its whole stack. 0, or -ENOMEM. */
int explain_print(const struct explained *e, FILE *to, bool verbose);

/* A process that was looked at while it hung, or did not. */
struct explain_process {
	pid_t pid;
	char exe[256];	  /* its program, fit to be shown; may be empty */
	char filters[80]; /* what is known of those on it */
	pid_t tracer;	  /* 0: nobody traces it */
	char tracer_comm[16];
	bool sleeps; /* nobody can wake it, as far as can be seen */
	const struct explain_hang *hang;
};

void explain_print_process(const struct explain_process *p, FILE *to);
int explain_json_process(const struct explain_process *p, FILE *to);

/* One JSON object and a newline, as of the process. 0, or -1 when it cannot be
 * written. */
int explain_json(const struct explained *e, FILE *to);

/* WHAT: "refused", "logged"; WHEN: "", or in which run alone. 0, or -ENOMEM. */
int explain_print_places(FILE *to, const char *what, const char *when,
	const struct explain_places *all, bool verbose);

/* Is there something that another fence than the filter may have done? */
bool explain_asks_others(const struct explained *e);
/* What that was, as far as it is known, and what else to look at. */
int explain_print_others(const struct explained *e, FILE *to, bool verbose);

#endif
