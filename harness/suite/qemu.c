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
#include "suite/qemu.h"
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

static void choose_kcov(const char *name)
{
	char cached[200], file[PATH_MAX];

	snprintf(cached, sizeof(cached), "kcov/%s/bzImage", name);
	kernel_cached(cached, file, sizeof(file));
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

/* The arguments of QEMU, one after the other. */
struct arguments {
	char *argv[64];
	size_t n;
};

static void add(struct arguments *a, const char *const *more)
{
	while (*more && a->n + 1 < sizeof(a->argv) / sizeof(*a->argv))
		a->argv[a->n++] = (char *)*more++;
}

/* As much as can be emulated. */
#define CPU	  "max,arch-capabilities=off"
/* Without what the kernel takes up, and the emulation is slow at: a block of
 * code ends at each stac and clac, `rep movsb` goes byte by byte. */
#define CPU_QUICK CPU ",smap=off,erms=off,fsrm=off,xsave=off,pku=off,la57=off"

/* What each has: LINE and CONSOLE are the ends of its line and of what its
 * kernel says, APPEND is the kernel's command line. */
static void add_machine(struct arguments *a, const char *cpu,
	const char *append, const char *line, const char *console)
{
	const char *const all[] = { PROGRAM, "-nodefaults", "-no-user-config",
		"-display", "none", "-no-reboot", "-M", "q35", "-accel",
		"tcg,thread=multi", "-cpu", cpu, "-smp", "2", "-m", MEMORY,
		"-kernel", image, "-initrd", initrd, "-append", append,
		"-serial", "chardev:console", "-chardev", console, "-chardev",
		line, "-device", "virtio-serial-pci,max_ports=2", "-device",
		"virtserialport,chardev=line,nr=1,name=quartet", "-fsdev",
		"local,id=host,path=/,readonly=on,security_model=none,"
		"multidevs=remap",
		"-device", "virtio-9p-pci,fsdev=host,mount_tag=host", NULL };

	add(a, all);
}

/* The timer check takes a host that is busy for a broken timer, and panics; the
 * watch over the processor's clock gives it up, and with it the vDSO's, in the
 * middle of a run. */
static int command_line(const char *more, char *append, size_t size)
{
	char quartet[PATH_MAX];
	int err = beside_path(quartet, sizeof(quartet), "quartet");

	if (!err)
		snprintf(append, size,
			"console=ttyS0 loglevel=5 panic=-1 no_timer_check "
			"tsc=reliable rdinit=/init \"quartet=%s\"%s",
			quartet, more);
	return err;
}

static void become_qemu(const struct machine_ends *e)
{
	char append[PATH_MAX + 200], line[PATH_MAX + 40];
	struct arguments a = { .n = 0 };

	if (command_line("", append, sizeof(append)) ||
		link_pipes(e, line, sizeof(line)))
		return;
	add_machine(&a, CPU, append, line, "file,id=console,path=/dev/fd/5");
	machine_put_descriptors(e);
	execvp(PROGRAM, a.argv);
}

/* A report of its kernel's ends it: what ran then was the last that began.
 * KASAN tells of one alone, unless it is told otherwise. */
static const char *campaign_line(bool lenient)
{
	return lenient ? " campaign=1 oops=panic kasan_multi_shot"
		       : " campaign=1 oops=panic panic_on_warn=1 "
			 "sysctl.kernel.hung_task_panic=1";
}

void qemu_become(const struct qemu_job *job)
{
	char append[PATH_MAX + 200], console[PATH_MAX + 40];
	char out[PATH_MAX + 80], memory[PATH_MAX + 80];
	const char *const more[] = { "-fsdev", out, "-device",
		"virtio-9p-pci,fsdev=out,mount_tag=out", "-object", memory,
		"-device", "ivshmem-plain,memdev=memory", NULL };
	struct arguments a = { .n = 0 };

	if (command_line(campaign_line(job->lenient), append, sizeof(append)))
		return;
	snprintf(console, sizeof(console), "file,id=console,path=%s",
		job->console);
	snprintf(out, sizeof(out), "local,id=out,path=%s,security_model=none",
		job->out);
	snprintf(memory, sizeof(memory),
		"memory-backend-file,id=memory,share=on,mem-path=%s,size=%uM",
		job->memory, job->memory_mb);
	add_machine(&a, CPU_QUICK, append, "null,id=line", console);
	add(&a, more);
	execvp(PROGRAM, a.argv);
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
	.machine = &qemu_kind,
};

const struct kernel kernel_debian = {
	.name = "debian",
	.about = "debian:SUITE: the one that scripts/kernel fetched, in QEMU",
	.choose = choose_debian,
	.prepare = prepare,
	.start = start_qemu,
	.machine = &qemu_kind,
};

static int prepare_kcov(void)
{
	if (!image[0])
		choose_kcov("kcov");
	if (access(image, R_OK))
		return refuse(image, "not there: scripts/kernel build kcov "
				     "makes it");
	return prepare();
}

const struct kernel kernel_kcov = {
	.name = "kcov",
	.about = "kcov: the one that scripts/kernel built, in QEMU: it tells "
		 "what code is gone through",
	.choose = choose_kcov,
	.prepare = prepare_kcov,
	.start = start_qemu,
	.machine = &qemu_kind,
};
