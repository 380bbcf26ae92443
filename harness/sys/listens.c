/* SPDX-License-Identifier: MIT */
/* listens.c: the sockets of /proc/PID/net that processes hold. */
#include "sys/listens.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SOCKETS 4096 /* of the whole namespace; more are not looked at */

struct open {
	unsigned long inode;
	unsigned port; /* 0: a Unix socket */
	bool udp;
};

struct list {
	int n;
	struct open v[SOCKETS];
};

static void add(struct list *list, unsigned long inode, unsigned port, bool udp)
{
	if (inode && list->n < SOCKETS)
		list->v[list->n++] = (struct open){ inode, port, udp };
}

/* "0: 0100007F:1F90 00000000:0000 0A ...": 0A is TCP_LISTEN, and a UDP socket
 * that is bound alone is 07, TCP_CLOSE. */
static void take_inet(struct list *list, const char *line, bool udp)
{
	unsigned port, to, state;
	unsigned long inode;

	if (sscanf(line,
		    " %*d: %*[0-9A-F]:%x %*[0-9A-F]:%x %x %*s %*s %*s %*s %*s "
		    "%lu",
		    &port, &to, &state, &inode) == 4 &&
		port && state == (udp ? 7 : 10) && !to)
		add(list, inode, port, udp);
}

/* "0000000000000000: 00000002 00000000 00010000 0001 01 1234 /path": the flag
 * is SO_ACCEPTCON. */
static void take_unix(struct list *list, const char *line)
{
	unsigned long inode;
	unsigned flags;

	if (sscanf(line, "%*[0-9a-fA-F]: %*x %*x %x %*x %*x %lu", &flags,
		    &inode) == 2 &&
		flags & 0x10000)
		add(list, inode, 0, false);
}

static void read_table(struct list *list, pid_t pid, const char *table)
{
	char path[48], line[512];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/net/%s", pid, table);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (!strcmp(table, "unix"))
			take_unix(list, line);
		else
			take_inet(list, line, table[0] == 'u');
	if (f)
		fclose(f);
}

static const struct open *find(const struct list *list, unsigned long inode)
{
	for (int i = 0; i < list->n; i++)
		if (list->v[i].inode == inode)
			return &list->v[i];
	return NULL;
}

static const struct open *held_by(const struct list *list, pid_t pid)
{
	const struct open *found = NULL;
	char path[320], to[64];
	struct dirent *e;
	ssize_t n;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	d = opendir(path);
	while (d && !found && (e = readdir(d))) {
		n = readlinkat(dirfd(d), e->d_name, to, sizeof(to) - 1);
		to[n > 0 ? n : 0] = '\0';
		if (!strncmp(to, "socket:[", 8))
			found = find(list, strtoul(to + 8, NULL, 10));
	}
	if (d)
		closedir(d);
	return found;
}

bool listens_any(const pid_t *pids, int n, char *what, size_t size)
{
	static const char *const tables[] = { "tcp", "tcp6", "unix", "udp",
		"udp6" };
	const struct open *found = NULL;
	static struct list list;

	list.n = 0;
	for (size_t i = 0; n > 0 && i < sizeof(tables) / sizeof(*tables); i++)
		read_table(&list, pids[0], tables[i]);
	for (int i = 0; i < n && !found; i++)
		found = held_by(&list, pids[i]);
	if (found && found->port)
		snprintf(what, size, "%s port %u", found->udp ? "UDP" : "TCP",
			found->port);
	else if (found)
		snprintf(what, size, "a Unix socket");
	return found;
}
