/* SPDX-License-Identifier: MIT */
/* side.c: one of two kernels that run the same programs, as the campaign sees
 * it. */
#include "session/side.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "oracle/differ.h"
#include "session/side_kernel.h"
#include "sys/proc.h"

int side_start(
	struct side *s, int no, const struct filter *bpf, struct failure *f)
{
	pid_t parent = getpid();
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return failure_set(
			f, FAILURE_SYSTEM, "%s: %s", s->name, strerror(errno));
	fflush(NULL);
	s->pid = fork();
	if (s->pid == 0) {
		setpgid(0, 0);
		proc_die_with(parent, SIGTERM);
		close(fds[0]);
		_exit(side_kernel(s->name, s->console, no, bpf, fds[1]));
	}
	close(fds[1]);
	s->line = (struct link){ .in = fds[0], .out = fds[0] };
	if (s->pid > 0)
		return 0;
	close(fds[0]);
	return failure_set(
		f, FAILURE_SYSTEM, "%s: fork: %s", s->name, strerror(errno));
}

void side_ask(struct side *s, const struct program *p, int times, bool fresh)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	size_t size = program_encode(p, data);

	link_send(&s->line, LINK_PROGRAM, (uint32_t)times, fresh, data, size);
}

/* The next message: 1; 0: *STOP, or the end; or a negative errno. */
static int next(struct side *s, const volatile sig_atomic_t *stop,
	struct link_head *head, const char **data)
{
	struct pollfd fd = { .fd = s->line.in, .events = POLLIN };
	int ret;

	while (!(ret = link_next(&s->line, head, data))) {
		if (*stop || (s->end && time(NULL) > s->end))
			return 0;
		if (poll(&fd, 1, 200) <= 0)
			continue;
		ret = link_fill(&s->line);
		if (ret)
			return ret;
	}
	return ret;
}

/* It has said on standard error what was wrong, but for how it ended. */
static int gone(struct side *s, struct failure *f)
{
	int status = 0;

	waitpid(s->pid, &status, 0);
	s->pid = 0;
	if (WIFSIGNALED(status))
		return failure_set(f, FAILURE_SYSTEM,
			"%s: who keeps it was ended by signal %d", s->name,
			WTERMSIG(status));
	return failure_set(
		f, FAILURE_SYSTEM, "%s: no kernel to go on with", s->name);
}

static bool is_among(const char *name, const char *names)
{
	size_t n = strlen(name);

	for (const char *at = names; (at = strstr(at, name)); at += n)
		if ((at == names || at[-1] == ' ') && at[n] == ' ')
			return true;
	return false;
}

static void take_features(struct side *s, const char *data, size_t size)
{
	char names[4096];

	snprintf(names, sizeof(names), "%.*s", (int)size, data);
	s->has = 0;
	for (int i = 0; differ_features[i]; i++)
		if (is_among(differ_features[i], names))
			s->has |= 1u << i;
}

int side_up(
	struct side *s, const volatile sig_atomic_t *stop, struct failure *f)
{
	struct link_head head = { 0 };
	const char *data = "";
	int ret;

	while (head.kind != LINK_HAS) {
		ret = next(s, stop, &head, &data);
		if (!ret)
			return 1;
		if (ret < 0)
			return gone(s, f);
		if (head.kind == LINK_HELLO)
			snprintf(s->release, sizeof(s->release), "%.*s",
				(int)head.size, data);
	}
	take_features(s, data, head.size);
	s->boots = 1;
	return 0;
}

enum side_told side_answer(struct side *s, const volatile sig_atomic_t *stop,
	struct runs *r, struct failure *f)
{
	struct link_head head;
	const char *data;
	int ret;

	do {
		ret = next(s, stop, &head, &data);
		if (!ret)
			return SIDE_STOPPED;
		if (ret < 0) {
			gone(s, f);
			return SIDE_GONE;
		}
	} while (head.kind != LINK_SEEN && head.kind != LINK_LEFT);
	if (head.kind == LINK_LEFT) {
		snprintf(
			s->died, sizeof(s->died), "%.*s", (int)head.size, data);
		s->boots++;
		return SIDE_DIED;
	}
	memset(r, 0, offsetof(struct runs, kinds));
	memcpy(r, data, head.size < sizeof(*r) ? head.size : sizeof(*r));
	return SIDE_SAW;
}

void side_end(struct side *s)
{
	int status;

	if (s->pid > 0) {
		/* The other side has it open, too. */
		shutdown(s->line.in, SHUT_RDWR);
		close(s->line.in);
		waitpid(s->pid, &status, 0);
	}
	s->pid = 0;
	link_close(&s->line);
}
