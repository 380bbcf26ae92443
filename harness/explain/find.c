/* SPDX-License-Identifier: MIT */
/* find.c: which program a command names, and whether it may be run. */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "explain/explain.h"
#include "sys/arch.h"

static int refuse(struct failure *f, const char *path, const char *why)
{
	return failure_set(f, FAILURE_USAGE, "%s: %s", path, why);
}

/* As execvp(3) looks for it. */
static bool search(const char *name, char *path, size_t size)
{
	const char *dirs = getenv("PATH");
	struct stat st;
	size_t n;

	if (strchr(name, '/')) {
		snprintf(path, size, "%s", name);
		return true;
	}
	for (dirs = dirs ? dirs : "/bin:/usr/bin"; *dirs; dirs += n) {
		n = strcspn(dirs, ":");
		snprintf(path, size, "%.*s%s%s", (int)n, dirs, n ? "/" : "",
			name);
		if (!access(path, X_OK) && !stat(path, &st) &&
			S_ISREG(st.st_mode))
			return true;
		n += dirs[n] == ':';
	}
	return false;
}

/* An exec under a tracer, or after no_new_privs, gives no privileges: it would
 * be another program than the one that is asked about. */
static bool gains_privileges(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return false;
	return (st.st_mode & S_ISUID && st.st_uid != geteuid()) ||
	       (st.st_mode & S_ISGID && st.st_gid != getegid()) ||
	       (geteuid() &&
		       getxattr(path, "security.capability", NULL, 0) > 0);
}

/* Of a script that begins with HEAD. */
static int check_interpreter(
	const char *path, const char *head, struct failure *f)
{
	char name[256], why[320];

	head += 2 + strspn(head + 2, " \t");
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(head, " \t\n"), head);
	if (!name[0] || !access(name, X_OK))
		return 0;
	snprintf(why, sizeof(why), "its interpreter %s: %s", name,
		strerror(errno));
	return refuse(f, path, why);
}

int explain_check_machine(const char *path, struct failure *f)
{
	union {
		Elf64_Ehdr e; /* e_machine is where it is in Elf32_Ehdr */
		char text[256];
	} head = { .text = "" };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char why[80];
	ssize_t n;

	/* A program may be run without being readable. */
	if (fd < 0)
		return 0;
	n = read(fd, &head, sizeof(head) - 1);
	close(fd);
	if (n > 2 && !memcmp(head.text, "#!", 2))
		return check_interpreter(path, head.text, f);
	if (n < (ssize_t)sizeof(Elf32_Ehdr) ||
		memcmp(head.e.e_ident, ELFMAG, SELFMAG) != 0 ||
		head.e.e_machine == ARCH_ELF_NATIVE ||
		head.e.e_machine == ARCH_ELF_COMPAT)
		return 0;
	snprintf(why, sizeof(why),
		"is for another machine (ELF machine %d); quartet "
		"traces " ARCH_TEXT,
		head.e.e_machine);
	return refuse(f, path, why);
}

int explain_find(const char *name, char *path, size_t size, struct failure *f)
{
	struct stat st;

	if (!search(name, path, size))
		return refuse(f, name, "no such command");
	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return refuse(f, path, strerror(EISDIR));
	if (access(path, X_OK))
		return refuse(f, path, strerror(errno));
	if (access(path, R_OK))
		return refuse(f, path,
			"may be run but not read: nobody but root may look "
			"into such a process (proc(5))");
	if (gains_privileges(path))
		return refuse(f, path,
			"gains privileges when it is run (set-uid, set-gid or "
			"capabilities), which no traced program does: run it "
			"as the user it becomes");
	return explain_check_machine(path, f);
}
