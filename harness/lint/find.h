/* SPDX-License-Identifier: MIT */
/* find.h: what the checks share. */
#ifndef LINT_FIND_H
#define LINT_FIND_H

#include "sys/bpf.h"
#include "lint/finding.h"
#include "profile/ask.h"
#include "profile/rules.h"

#define LINT_CALLS     512 /* on x86-64, 512 to 547 are x32's alone */
#define LINT_X32_CALLS 548

/* In bpf_reach.loads: the architecture, the halves of an argument. */
#define LINT_ARCH      ((uint64_t)1 << 1)
#define LINT_LOW(arg)  ((uint64_t)1 << (4 + 2 * (arg)))
#define LINT_HIGH(arg) ((uint64_t)1 << (5 + 2 * (arg)))

enum lint_id {
	RULE_NO_ARCH,
	RULE_X32,
	RULE_X32_OPEN,
	RULE_I386,
	RULE_DENY_LIST,
	RULE_URING,
	RULE_PTRACE,
	RULE_KERNEL,
	RULE_LEAVES,
	RULE_NAMESPACES,
	RULE_SURFACE,
	RULE_MACHINE,
	RULE_SIDE,
	RULE_HIGH_BITS,
	RULE_SIBLING,
	RULE_MASK,
	RULE_WHOLE_FLAGS,
	RULE_POINTER,
	RULE_NO_ARGUMENT,
	RULE_ERRNO_ZERO,
	RULE_UPPER_HALF,
	RULE_LOWER_HALF,
	RULE_KILL_THREAD,
	RULE_EXIT_GROUP,
	RULE_NO_EXIT,
	RULE_SIGRETURN,
	RULE_RESTART,
	RULE_ENOSYS,
	RULE_FORECAST,
	RULE_SHADOWED,
	RULE_UNKNOWN,
	RULE_TRACE,
	RULE_NOTIFY,
	RULE_ABORT,
	RULE_CLOCK,
	RULE_WRITE,
	RULE_FUTEX,
	RULE_TSYNC,
	RULE_UPROBE,
	RULE_BUILT,
};

/* The ways into the kernel; the first is the program's own. */
enum way { WAY_HOME, WAY_I386, WAY_X32, NWAYS };

/* What compared_find found last, by argument. */
struct compared_last {
	void (*test)(void);
	unsigned bit;
	uint32_t node, value;
};

struct linter {
	const struct profile *p;
	const struct filter *bpf;
	uint32_t arch;
	struct lint *out;
	struct bpf_reach reach[NWAYS][LINT_X32_CALLS];
	struct asker asker; /* of BPF */
	struct compared_last last[PROFILE_ARGS];
};

uint32_t lint_action(uint32_t verdict);
bool lint_passes(uint32_t verdict);

/* Whether some arguments let the call pass, or all do. A path that was not
 * followed to its end may pass, and may not. */
bool lint_may_pass(const struct bpf_reach *r);
bool lint_always_passes(const struct bpf_reach *r);

/* Of a call by name on the program's own way in; NULL, and false for both
 * questions, when there is no such call. */
const struct bpf_reach *lint_reach(const struct linter *l, const char *call);
bool lint_call_passes(const struct linter *l, const char *call);
bool lint_call_refused(const struct linter *l, const char *call);

/* Adds a finding. CALL is its subject, and the one whose first rule is shown;
 * NULL for none. Returns it, or NULL: there is no room. */
__attribute__((format(printf, 4, 5))) struct lint_finding *lint_add(
	struct linter *l, enum lint_id id, const char *call, const char *format,
	...);

/* The same, at RULE's place; NULL for none. */
__attribute__((format(printf, 4, 5))) struct lint_finding *lint_add_at(
	struct linter *l, enum lint_id id, const struct profile_rule *rule,
	const char *format, ...);

/* Lowers what it is, or adds to what it is about; F may be NULL. */
void lint_lower(struct lint_finding *f, enum lint_level level);
void lint_subject(struct lint_finding *f, const char *call);

/* One of argument ARG of CALL: "CALL, argument ARG", and what comes behind. */
__attribute__((format(printf, 5, 6))) void lint_add_argument(struct linter *l,
	enum lint_id id, const char *call, unsigned arg, const char *format,
	...);

/* Puts what the rules of CALL compare with into DATA: an argument that passes
 * alone may not pass beside others. */
void lint_take_arguments(
	const struct linter *l, const char *call, struct seccomp_data *data);

/* What a call meets: "errno 1 EPERM", "death of the thread". BUF may be used.
 */
const char *lint_words(uint32_t verdict, char *buf, size_t size);

#endif
