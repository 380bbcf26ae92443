/* SPDX-License-Identifier: MIT */
/* seccomp/notify-addfd.c: a supervisor puts a descriptor into the process that
 * asks, at any number or at one, and within its limits. */
#include "notify.h"

enum { SETFD = 1, SEND = 2, AT = 57 };

/* struct seccomp_notif_addfd; younger than some headers. */
struct addfd {
	uint64_t id;
	uint32_t flags, from, to, to_flags;
};

static int ends[2];

/* Writes to the descriptor that it was told. */
static int use(long limit)
{
	if (notify_load(0))
		return 1;
	if (limit) {
		const unsigned long few[2] = { (unsigned long)limit,
			(unsigned long)limit };

		if (sys(__NR_setrlimit, 7 /* RLIMIT_NOFILE */, few))
			return 2;
	}
	notify_page->got = sys(TRIED);
	return !limit && sys(__NR_write, notify_page->got, "x", 1) != 1;
}

static long add(uint32_t flags, int from, uint32_t to, uint32_t to_flags)
{
	const struct addfd a = { notify_call.id, flags, (uint32_t)from, to,
		to_flags };

	/* SECCOMP_IOCTL_NOTIF_ADDFD */
	return sys(__NR_ioctl, notify_fd, 0x40182103, &a);
}

static bool arrives(void)
{
	char c = 0;

	return sys(__NR_read, ends[0], &c, 1) == 1 && c == 'x';
}

static int added(uint32_t flags)
{
	long pid = notify_start(use, 0, 0), to;

	CHECK_AT(flags, pid > 0 && notify_receive() == 0);
	to = add(flags, ends[1], flags & SETFD ? AT : 0, 0);
	CHECK_AT(flags, to > 2 && (!(flags & SETFD) || to == AT));
	CHECK_AT(flags, notify_answer(to) == (flags & SEND ? -ENOENT : 0) ||
				(flags & SEND));
	CHECK_AT(flags, arrives());
	CHECK_AT(flags, notify_end(pid) == 0 && notify_page->got == to);
	return 0;
}

static int refused(void)
{
	long pid = notify_start(use, 0, 0);

	CHECK(pid > 0 && notify_receive() == 0);
	CHECK(add(4, ends[1], 0, 0) == -EINVAL);
	CHECK(add(0, ends[1], AT, 0) == -EINVAL);
	CHECK(add(0, ends[1], 0, 1) == -EINVAL);
	CHECK(add(0, 200, 0, 0) == -EBADF);
	notify_call.id++;
	CHECK(add(0, ends[1], 0, 0) == -ENOENT);
	notify_call.id--;
	CHECK(add(SETFD, ends[1], AT, 02000000 /* O_CLOEXEC */) == AT);
	CHECK(notify_answer(AT) == 0);
	CHECK(arrives() && notify_end(pid) == 0);
	return 0;
}

static int limited(void)
{
	long pid = notify_start(use, 3, 0);

	CHECK(pid > 0 && notify_receive() == 0);
	CHECK(add(0, ends[1], 0, 0) == -EMFILE);
	CHECK(add(SETFD, ends[1], AT, 0) == -EBADF);
	CHECK(notify_answer(7) == 0);
	CHECK(notify_end(pid) == 0 && notify_page->got == 7);
	return 0;
}

static int setup(void)
{
	return (int)-sys(__NR_pipe, ends);
}

static int run(void)
{
	int err = 0;

	for (uint32_t flags = 0; flags <= (SETFD | SEND) && !err; flags++)
		err = added(flags);
	err = err ? err : refused();
	return err ? err : limited();
}

PROBE_RAW = {
	.about = "hand a pipe to a process that asked for its number",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.has = "pidfd_getfd addfd_send",
	.expect = {
		{ DIES("mmap|mmap2") },
	},
	.covers = "seccomp_bpf/user_notification_addfd "
		  "seccomp_bpf/user_notification_addfd_rlimit "
		  "libseccomp/live-notify_addfd",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html: "
		  "SECCOMP_IOCTL_NOTIF_ADDFD",
		"Linux fs/file.c, receive_fd_replace" },
};
