/* SPDX-License-Identifier: MIT */
/* guest_campaign.c: a guest that runs one command instead of cells. */
#include "suite/guest_campaign.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sys/failure.h"

#define ARGUMENTS 64
#define DEVICES	  "/sys/bus/pci/devices/*"
/* QEMU's docs/specs/ivshmem-spec.txt: its identity, and its memory. */
#define IVSHMEM	  "0x1af4 0x1110"
#define MEMORY	  "resource2"

static void mount_out(void)
{
	mkdir(GUEST_OUT, 0755);
	if (mount("out", GUEST_OUT, "9p", 0,
		    "trans=virtio,version=9p2000.L,msize=262144,cache=mmap"))
		failure_say("guest: %s: %s", GUEST_OUT, strerror(errno));
	/* Where there is one, it has kcov. */
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
}

static void read_word(const char *dir, const char *name, char *word, int size)
{
	char path[PATH_MAX];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	*word = '\0';
	f = fopen(path, "re");
	if (!f)
		return;
	if (!fgets(word, size, f))
		*word = '\0';
	word[strcspn(word, "\n")] = '\0';
	fclose(f);
}

/* The memory that the host has as a file. */
static void find_memory(void)
{
	char vendor[16], device[16], id[40], path[PATH_MAX];
	glob_t g;
	int fd;

	if (glob(DEVICES, 0, NULL, &g))
		return;
	for (size_t i = 0; i < g.gl_pathc; i++) {
		read_word(g.gl_pathv[i], "vendor", vendor, sizeof(vendor));
		read_word(g.gl_pathv[i], "device", device, sizeof(device));
		snprintf(id, sizeof(id), "%s %s", vendor, device);
		if (strcmp(id, IVSHMEM) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/enable", g.gl_pathv[i]);
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0 || write(fd, "1", 1) < 0)
			failure_say("guest: %s: %s", path, strerror(errno));
		close(fd);
		snprintf(path, sizeof(path), "%s/" MEMORY, g.gl_pathv[i]);
		setenv("QUARTET_BLACKBOX", path, 1);
	}
	globfree(&g);
}

/* "-t" and what is left until END; 0: nothing is. */
static int put_time(char *argv[], int n, const char *end)
{
	static char left[32];
	long long until = atoll(end), now = time(NULL);

	if (!until)
		return n;
	if (until <= now)
		return 0;
	snprintf(left, sizeof(left), "%lld", until - now);
	argv[n++] = "-t";
	argv[n++] = left;
	return n;
}

static int read_command(char *argv[ARGUMENTS + 3])
{
	char *line = NULL, *end = NULL;
	size_t size = 0;
	FILE *f = fopen(GUEST_OUT "/" GUEST_COMMAND, "re");
	int n = 0;

	argv[n++] = "quartet";
	while (f && n < ARGUMENTS && getline(&line, &size, f) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (end)
			argv[n++] = line;
		else
			end = line;
		line = NULL;
	}
	if (f)
		fclose(f);
	n = end ? put_time(argv, n, end) : 0;
	argv[n] = NULL;
	return n;
}

static void tell_left(int status)
{
	FILE *f = fopen(GUEST_OUT "/" GUEST_LEFT, "we");

	if (!f)
		return;
	fprintf(f, "%d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 111);
	fclose(f);
}

void guest_campaign(void)
{
	static char *argv[ARGUMENTS + 3];
	int status = 0;
	pid_t pid, any;

	mount_out();
	find_memory();
	if (read_command(argv)) {
		pid = fork();
		if (pid == 0) {
			execv("/proc/self/exe", argv);
			_exit(111);
		}
		do {
			any = waitpid(-1, &status, 0);
		} while (any != pid && (any > 0 || errno == EINTR));
	}
	tell_left(status);
	sync();
	umount2(GUEST_OUT, MNT_DETACH);
}
