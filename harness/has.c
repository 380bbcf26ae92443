/* SPDX-License-Identifier: MIT */
/*
 * has.c: features are asked by a call that does nothing on a kernel that has
 * it: ENOSYS is the only answer that means no.
 */
#include "has.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys.h"

/* The number is given: the headers may be older than the kernel. */
static bool has_call(long nr)
{
	return sys(nr, -1, -1, -1, -1, -1, -1) != -ENOSYS;
}

static bool has_root(void)
{
	return geteuid() == 0;
}

static bool has_clone3(void)
{
	return sys(435, 0, 0) != -ENOSYS;
}

static bool has_futex_waitv(void)
{
	return has_call(449);
}

static bool has_futex2(void)
{
	return has_call(454);
}

/* 335 has an effect only inside a uretprobe trampoline; elsewhere SIGILL. */
static bool has_child_call(long nr)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return false;
	if (pid == 0) {
		long ret = sys(nr, 0, 0, 0, 0, 0, 0);

		_exit(ret == -ENOSYS);
	}
	if (waitpid(pid, &status, 0) != pid)
		return false;
	return !(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

static bool has_uretprobe(void)
{
	return has_child_call(335);
}

static bool has_uprobe(void)
{
	return has_child_call(336);
}

static bool has_ia32(void)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return false;
	if (pid == 0) {
		/* i386 getpid is 20; without the entry it is SIGSEGV. */
		long ret = 20;

		__asm__ volatile("int $0x80" : "+a"(ret) : : "memory");
		_exit(ret == getpid() ? 0 : 1);
	}
	if (waitpid(pid, &status, 0) != pid)
		return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool has_x32(void)
{
	return sys(0x40000000 | 39) > 0;
}

static struct {
	const char *name;
	bool (*ask)(void);
	int known; /* 0 not asked, 1 present, -1 absent */
} features[] = {
	{ "root", has_root, 0 },
	{ "clone3", has_clone3, 0 },
	{ "futex_waitv", has_futex_waitv, 0 },
	{ "futex2", has_futex2, 0 },
	{ "uretprobe", has_uretprobe, 0 },
	{ "uprobe", has_uprobe, 0 },
	{ "ia32", has_ia32, 0 },
	{ "x32", has_x32, 0 },
};

#define NFEATURES (int)(sizeof(features) / sizeof(*features))

const char *has_name(int i)
{
	return i < NFEATURES ? features[i].name : NULL;
}

bool has_known(const char *feature)
{
	for (int i = 0; i < NFEATURES; i++)
		if (!strcmp(features[i].name, feature))
			return true;
	return false;
}

bool has_feature(const char *feature)
{
	for (int i = 0; i < NFEATURES; i++) {
		if (strcmp(features[i].name, feature))
			continue;
		if (!features[i].known)
			features[i].known = features[i].ask() ? 1 : -1;
		return features[i].known > 0;
	}
	return false;
}
