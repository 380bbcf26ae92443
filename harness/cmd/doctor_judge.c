/* SPDX-License-Identifier: MIT */
/* doctor_judge.c: what each verb needs of the machine. */
#include "cmd/doctor.h"

#include <string.h>

static const char *const names[PARTS] = {
	[PART_KERNEL] = "kernel",
	[PART_LIBC] = "libc",
	[PART_PROC] = "/proc",
	[PART_SECCOMP] = "seccomp",
	[PART_ACTIONS] = "actions",
	[PART_OUTER] = "outer filters",
	[PART_NNP] = "no_new_privs",
	[PART_PTRACE] = "ptrace",
	[PART_OTHERS] = "ptrace, others",
	[PART_FILTERS] = "reading filters",
	[PART_USER_NS] = "user namespaces",
	[PART_NET_NS] = "networks",
	[PART_LOG] = "kernel log",
	[PART_STACK] = "limit: stack",
	[PART_FILES] = "limit: files",
	[PART_MEMORY] = "limit: memory",
	[PART_CPU] = "limit: time",
	[PART_SIZE] = "limit: file size",
	[PART_TMP] = "scratch folder",
	[PART_PROFILES] = "profiles",
	[PART_PROBES] = "probes",
	[PART_TARGET] = "fuzzer",
	[PART_AFL] = "AFL++",
	[PART_UML] = "user-mode Linux",
	[PART_QEMU] = "QEMU",
};

static const char *const verbs[] = { "run", "list", "show", "lint", "ask",
	"diff", "disasm", "dump", "check", "convert", "exec", "explain",
	"report", "export", "status", "merge", "fuzz", "replay", "minimize",
	"learn" };

#define CELLS  "run show"
#define TRACES "run show exec explain minimize check dump"
#define LOADS  "run show exec explain minimize fuzz replay"
#define READS                                                                  \
	"run show lint ask diff disasm check convert exec explain fuzz "       \
	"replay minimize"
#define FINDS READS " list learn merge"
#define LONG  "run fuzz minimize"

/* Of VERBS, without PART: SO. Those that stop it stand first. */
static const struct need {
	enum doctor_part part;
	bool stops;
	const char *verbs, *so;
} needs[] = {
	{ PART_PROC, true, FINDS,
		"it finds its files, and sees processes, by /proc" },
	{ PART_SECCOMP, true, LOADS, "it loads filters" },
	{ PART_PTRACE, true, TRACES, "it looks at what it runs by ptrace" },
	{ PART_PROBES, true, CELLS " list", "there are no probes to run" },
	{ PART_TARGET, true, "fuzz", "its target for AFL++ was not built" },
	{ PART_AFL, true, "fuzz", "it varies programs by AFL++" },
	{ PART_TMP, true, CELLS, "cells have no folder to run in" },
	{ PART_PROFILES, false, READS,
		"the profiles that ship are missing: only files can be named" },
	{ PART_PROBES, false, "merge",
		"which cells are missing cannot be told" },
	{ PART_OUTER, false, "run",
		"it stops unless --outer-filter is given; what the other "
		"filter refuses is then taken for the profile's doing" },
	{ PART_OUTER, false, "show fuzz replay",
		"what the other filter refuses is taken for the profile's "
		"doing" },
	{ PART_OUTER, false, "minimize",
		"calls that the other filter refuses are missing in its "
		"profile" },
	{ PART_OUTER, false, "explain",
		"what the other filter refuses cannot be let go" },
	{ PART_ACTIONS, false, CELLS,
		"cells whose profile has such an action are broken" },
	{ PART_ACTIONS, false, "explain",
		"what takes such an action cannot be told" },
	{ PART_KERNEL, false, CELLS,
		"a cell that differs may be this kernel's news, and not "
		"wrong" },
	{ PART_LIBC, false, CELLS,
		"a cell that differs may be this libc's news, and not wrong" },
	{ PART_OTHERS, false, "explain",
		"not --pid, but for processes of its own" },
	{ PART_FILTERS, false, "check",
		"only threads without any filter are told from others" },
	{ PART_FILTERS, false, "dump", "not pid:PID" },
	{ PART_NET_NS, false, "explain",
		"--drive has no network of its own: a port may be taken" },
	{ PART_LOG, false, "explain",
		"at which call a program died is a guess with --untraced; "
		"--pid does not know of threads killed before" },
	{ PART_FILES, false, LOADS, "it may not open all the files it needs" },
	{ PART_MEMORY, false, LOADS, "it may run out of memory" },
	{ PART_CPU, false, LONG, "it is ended when that time is used up" },
	{ PART_SIZE, false, LONG, "records may not become as long as needed" },
	{ PART_UML, false, "run", "not -k uml" },
	{ PART_QEMU, false, "run", "not -k debian:SUITE, -k qemu:FILE" },
};

#define NNEEDS (sizeof(needs) / sizeof(*needs))

const char *doctor_name(enum doctor_part part)
{
	return names[part];
}

const char *doctor_verb(size_t i)
{
	return i < sizeof(verbs) / sizeof(*verbs) ? verbs[i] : NULL;
}

bool doctor_is_extra(enum doctor_part part)
{
	return part == PART_UML || part == PART_QEMU;
}

/* Is WORD one of the words of LIST? */
static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = list; (s = strstr(s, word)); s += n)
		if ((s == list || s[-1] == ' ') && (!s[n] || s[n] == ' '))
			return true;
	return false;
}

enum doctor_works doctor_judge(const char *verb, const bool lacks[PARTS],
	const char *why[DOCTOR_WHYS + 1])
{
	enum doctor_works works = WORKS_WHOLE;
	size_t n = 0;

	for (size_t i = 0; i < NNEEDS && n < DOCTOR_WHYS; i++) {
		const struct need *need = &needs[i];

		if (!lacks[need->part] || !has_word(need->verbs, verb))
			continue;
		if (!need->stops && works == WORKS_NOT)
			break;
		if (need->stops)
			works = WORKS_NOT;
		else if (!doctor_is_extra(need->part))
			works = WORKS_IN_PART;
		why[n++] = need->so;
	}
	why[n] = NULL;
	return works;
}
