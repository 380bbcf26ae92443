/* SPDX-License-Identifier: MIT */
/*
 * init.c: what an initramfs has as its first program: it loads the modules that
 * lie beside it, takes the host's files as the root, and goes on as `quartet
 * guest`. Static, for there is no libc yet.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ROOT "/host"
/* The only serial port of virtio that there is; which device it is on depends
 * on what else there is. */
#define PORT "/dev/vport*p1"

static void give_up(const char *what)
{
	dprintf(2, "quartet: init: %s: %s\n", what, strerror(errno));
	reboot(RB_POWER_OFF);
	_exit(1);
}

/* In the order of their names. One that is built in already is there. */
static void load_modules(void)
{
	glob_t g;

	if (glob("/modules/*.ko", 0, NULL, &g))
		return;
	for (size_t i = 0; i < g.gl_pathc; i++) {
		int fd = open(g.gl_pathv[i], O_RDONLY | O_CLOEXEC);

		if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) &&
				      errno != EEXIST))
			give_up(g.gl_pathv[i]);
		close(fd);
	}
	globfree(&g);
}

static void find_port(char *port, size_t size)
{
	glob_t g;

	for (int i = 0; i < 100; i++) {
		if (!glob(PORT, 0, NULL, &g)) {
			snprintf(port, size, "%s", g.gl_pathv[0]);
			globfree(&g);
			return;
		}
		usleep(50000);
	}
	errno = ENODEV;
	give_up(PORT);
}

/* The folders of what is mounted there later are the host's. */
static void enter_root(void)
{
	mkdir(ROOT, 0755);
	if (mount("host", ROOT, "9p", MS_RDONLY,
		    "trans=virtio,version=9p2000.L,msize=262144,cache=loose"))
		give_up("the host's files, by 9p");
	if (chdir(ROOT) || mount(".", "/", NULL, MS_MOVE, NULL) ||
		chroot(".") || chdir("/"))
		give_up("/");
}

int main(void)
{
	const char *quartet = getenv("quartet");
	char port[PATH_MAX];

	mkdir("/dev", 0755);
	if (mount("dev", "/dev", "devtmpfs", 0, NULL) && errno != EBUSY)
		give_up("/dev");
	load_modules();
	find_port(port, sizeof(port));
	enter_root();
	if (!quartet) {
		errno = EINVAL;
		give_up("no quartet=FILE on the kernel's command line");
	}
	unsetenv("quartet");
	execl(quartet, quartet, "guest", port, NULL);
	give_up(quartet);
}
