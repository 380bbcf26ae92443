/* SPDX-License-Identifier: MIT */
/* guest.c: the first process of a kernel that cells are run on. Its root is the
 * host's, read-only; what cells write lies in memory. */
#include "suite/guest.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "suite/guest_campaign.h"
#include "suite/guest_work.h"
#include "suite/link.h"
#include "sys/failure.h"

#define TMP "/dev/shm"

static void mount_all(void)
{
	static const struct {
		const char *type, *at;
	} mounts[] = {
		{ "proc", "/proc" },
		{ "sysfs", "/sys" },
		{ "devtmpfs", "/dev" },
		{ "tmpfs", TMP },
		{ "devpts", "/dev/pts" },
	};

	for (size_t i = 0; i < sizeof(mounts) / sizeof(*mounts); i++) {
		mkdir(mounts[i].at, 0755);
		/* The kernel may have mounted it. */
		if (mount(mounts[i].type, mounts[i].at, mounts[i].type, 0,
			    NULL) &&
			errno != EBUSY)
			failure_say(
				"guest: %s: %s", mounts[i].at, strerror(errno));
	}
}

static void raise_loopback(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return;
	ioctl(fd, SIOCSIFFLAGS, &lo);
	close(fd);
}

/* Bytes as they are; nothing of them is shown or a signal. */
static int open_line(const char *line)
{
	int fd = open(line, O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct termios t;

	if (fd < 0) {
		failure_say("guest: %s: %s", line, strerror(errno));
		return -1;
	}
	if (!tcgetattr(fd, &t)) {
		cfmakeraw(&t);
		tcsetattr(fd, TCSANOW, &t);
	}
	return fd;
}

/* The ends of the line are nobody else's: errors are the console. */
static int take_standard(struct link *line)
{
	int in = fcntl(0, F_DUPFD_CLOEXEC, 10);
	int out = fcntl(1, F_DUPFD_CLOEXEC, 10);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (in < 0 || out < 0 || null < 0 || dup2(null, 0) < 0 ||
		dup2(2, 1) < 0) {
		failure_say("guest: no line: %s", strerror(errno));
		return -1;
	}
	close(null);
	link_open_guest(line, in, out);
	return 0;
}

static int take_line(struct link *line, const char *device)
{
	int fd;

	if (!strcmp(device, GUEST_STANDARD))
		return take_standard(line);
	fd = open_line(device);
	if (fd >= 0)
		link_open_guest(line, fd, fd);
	return fd < 0 ? -1 : 0;
}

/* Everybody's parent: it tells that the guest lives until the worker ends. */
static void stand_by(struct link *line, pid_t worker)
{
	int status;
	pid_t pid;

	for (;;) {
		while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
			if (pid == worker) {
				link_send(line, LINK_LEFT, (uint32_t)status, 0,
					NULL, 0);
				return;
			}
		link_send(line, LINK_BEAT, 0, 0, NULL, 0);
		usleep(250000);
	}
}

/* Whoever asks a kernel that is not a guest turns the host off. */
static void halt(void)
{
	if (getpid() == 1)
		reboot(RB_POWER_OFF);
	/* The end of the first process ends it too, if by a panic. */
	_exit(0);
}

int guest_main(const char *device)
{
	struct link line;
	pid_t worker;

	if (getpid() != 1)
		return -EPERM;
	mount_all();
	raise_loopback();
	setenv("TMPDIR", TMP, 1);
	setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
	/* What stands on the kernel's command line is in its environment. */
	if (getenv("campaign")) {
		guest_campaign();
		halt();
	}
	if (take_line(&line, device))
		halt();
	worker = fork();
	if (!worker)
		_exit(guest_work(&line, TMP));
	if (worker > 0)
		stand_by(&line, worker);
	halt();
	return 0;
}
