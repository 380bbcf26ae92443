/* SPDX-License-Identifier: MIT */
/* qemu.c: workers on any kernel for a PC, in QEMU. Its root is the host's
 * files, read-only, by 9p; its line a port of virtio-serial. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite/machine.h"
#include "sys/beside.h"
#include "sys/failure.h"
#include "sys/path.h"

#define PROGRAM "qemu-system-x86_64"
#define MEMORY	"1024M"
#define HOW	"scripts/kernel fetch SUITE gets Debian's"

static char image[PATH_MAX], initrd[PATH_MAX + 8];

static void choose(const char *file)
{
	snprintf(image, sizeof(image), "%s", file);
	snprintf(initrd, sizeof(initrd), "%s.initrd", file);
}

static void choose_debian(const char *suite)
{
	char name[200], file[PATH_MAX];

	snprintf(name, sizeof(name), "%s/vmlinuz", suite);
	kernel_cached(name, file, sizeof(file));
	choose(file);
}

static int refuse(const char *file, const char *what)
{
	failure_say("qemu: %s: %s", file, what);
	return 111;
}

/* "Linux kernel x86 boot protocol", Documentation/arch/x86/boot.rst: the magic
 * number at 0x202, and the release where 0x20e points to, 0x200 before it. */
static int read_release(char *release, size_t size)
{
	unsigned char head[0x210] = { 0 };
	FILE *f = fopen(image, "re");
	long at;
	int err = 0;

	if (!f)
		return -errno;
	if (fread(head, 1, sizeof(head), f) != sizeof(head) ||
		memcmp(head + 0x202, "HdrS", 4) != 0)
		err = -ENOEXEC;
	at = head[0x20e] + head[0x20f] * 256 + 0x200;
	if (!err && (fseek(f, at, SEEK_SET) || !fgets(release, (int)size, f)))
		err = -ENOEXEC;
	fclose(f);
	release[strcspn(release, " \n")] = '\0';
	return err;
}

static int prepare(void)
{
	char release[80] = "";
	int err;

	if (!image[0])
		return refuse("no kernel", "name one: -k qemu:FILE, or "
					   "-k debian:SUITE; " HOW);
	if (!path_has(PROGRAM))
		return refuse(PROGRAM, "not here: install qemu-system-x86");
	err = read_release(release, sizeof(release));
	if (err == -ENOEXEC)
		return refuse(image, "no kernel for a PC (a bzImage)");
	if (err == -ENOENT)
		return refuse(image, "not there: " HOW);
	if (err)
		return refuse(image, strerror(-err));
	if (access(initrd, R_OK))
		return refuse(initrd, "not there: scripts/kernel initrd makes "
				      "it from the kernel's modules");
	kernel_set_release(release);
	return 0;
}

/* It takes two pipes by the names of FIFOs alone, FILE.in and FILE.out. */
static int link_pipes(const struct machine_ends *e, char *line, size_t size)
{
	static const char *const ends[][2] = {
		{ "in", "/proc/self/fd/3" },
		{ "out", "/proc/self/fd/4" },
	};
	char dir[PATH_MAX], path[PATH_MAX + 16];

	snprintf(dir, sizeof(dir), "%s/boxqem%03d", e->st->base, e->st->no);
	if (mkdir(dir, 0700) && errno != EEXIST)
		return -errno;
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/line.%s", dir, ends[i][0]);
		if (symlink(ends[i][1], path) && errno != EEXIST)
			return -errno;
	}
	snprintf(line, size, "pipe,id=line,path=%s/line", dir);
	return 0;
}

/* The timer check takes a host that is busy for a broken timer, and panics. */
static void become_qemu(const struct machine_ends *e)
{
	char quartet[PATH_MAX], append[PATH_MAX + 200], line[PATH_MAX + 40];
	char *argv[] = { PROGRAM, "-nodefaults", "-no-user-config", "-display",
		"none", "-no-reboot", "-M", "q35", "-accel", "tcg,thread=multi",
		"-cpu", "max,arch-capabilities=off", "-smp", "2", "-m", MEMORY,
		"-kernel", image, "-initrd", initrd, "-append", append,
		"-serial", "chardev:console", "-chardev",
		"file,id=console,path=/dev/fd/5", "-chardev", line, "-device",
		"virtio-serial-pci,max_ports=2", "-device",
		"virtserialport,chardev=line,nr=1,name=quartet", "-fsdev",
		"local,id=host,path=/,readonly=on,security_model=none,"
		"multidevs=remap",
		"-device", "virtio-9p-pci,fsdev=host,mount_tag=host", NULL };

	if (beside_path(quartet, sizeof(quartet), "quartet"))
		return;
	snprintf(append, sizeof(append),
		"console=ttyS0 loglevel=5 panic=-1 no_timer_check "
		"rdinit=/init \"quartet=%s\"",
		quartet);
	if (link_pipes(e, line, sizeof(line)))
		return;
	machine_put_descriptors(e);
	execvp(PROGRAM, argv);
}

static const struct machine_kind qemu_kind = {
	.program = PROGRAM,
	.become = become_qemu,
};

static int keep(const struct kernel_start *st, int out)
{
	return machine_keep(st, &qemu_kind, out);
}

static pid_t start_qemu(const struct kernel_start *st, int *records)
{
	return kernel_fork(keep, st, records);
}

const struct kernel kernel_qemu = {
	.name = "qemu",
	.about = "qemu:FILE: any kernel for a PC, in QEMU",
	.choose = choose,
	.prepare = prepare,
	.start = start_qemu,
};

const struct kernel kernel_debian = {
	.name = "debian",
	.about = "debian:SUITE: the one that scripts/kernel fetched, in QEMU",
	.choose = choose_debian,
	.prepare = prepare,
	.start = start_qemu,
};
