/* SPDX-License-Identifier: MIT */
/* machine.c: `quartet --version`: what a bug report needs. */
#include "cmd/machine.h"

#include <gnu/libc-version.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "suite/suite.h"
#include "sys/beside.h"
#include "sys/proc.h"
#include "sys/text.h"
#include "version.h"

/* The first line of PATH, without its end; OR where there is none. */
static const char *line_of(
	const char *path, const char * or, char *to, size_t size)
{
	FILE *f = fopen(path, "re");

	if (!f || !fgets(to, (int)size, f))
		snprintf(to, size, "%s", or);
	to[strcspn(to, "\n")] = '\0';
	if (f)
		fclose(f);
	return to;
}

static void print_kernel(void)
{
	char line[256], scope[32];
	struct utsname u;

	uname(&u);
	printf("kernel      %s %s %s, %s\n", u.sysname, u.release, u.machine,
		u.version);
	printf("seccomp     actions %s; filters on this process: %ld\n",
		line_of("/proc/sys/kernel/seccomp/actions_avail", "unknown",
			line, sizeof(line)),
		proc_status(getpid(), "Seccomp_filters"));
	printf("ptrace      yama scope %s\n",
		line_of("/proc/sys/kernel/yama/ptrace_scope", "absent", scope,
			sizeof(scope)));
}

/* How the probes beside this program were built, and the libc they meet here.
 */
static void print_flavours(void)
{
	struct flavour all[SUITE_FLAVOURS];
	char path[4096];
	size_t n = 0;

	if (beside_path(path, sizeof(path), "flavours.json") ||
		access(path, F_OK) ||
		flavour_load(path, all, SUITE_FLAVOURS, &n))
		n = 0;
	printf("probes      %s", n ? "" : "none built");
	for (size_t i = 0; i < n; i++)
		printf("%s%s%s%s", i ? ", " : "", all[i].name,
			all[i].libc ? " " : "",
			all[i].libc ? all[i].version : "");
	putchar('\n');
}

/* Without its colours, "\\033[0;36m", which a pipe is given too. */
static void strip(char *line)
{
	char *to = line;

	for (const char *s = line; *s; s++) {
		if (*s != '\033')
			*to++ = *s;
		else
			s += strcspn(s, "m");
		if (!*s)
			break;
	}
	*to = '\0';
}

static void print_afl(void)
{
	char line[256] = "", shown[1024];
	FILE *f = popen("afl-fuzz -V 2>/dev/null", "re");

	if (f && fgets(line, sizeof(line), f))
		line[strcspn(line, "\n")] = '\0';
	if (f)
		pclose(f);
	strip(line);
	text_show(line[0] ? line : "not installed", shown, sizeof(shown));
	printf("AFL++       %s\n", shown);
}

static void print_system(void)
{
	char line[256], name[256], shown[1024];
	FILE *f = fopen("/etc/os-release", "re");

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "PRETTY_NAME=\"%255[^\"\n]", name) == 1) {
			text_show(name, shown, sizeof(shown));
			printf("system      %s\n", shown);
		}
	if (f)
		fclose(f);
}

void machine_print(void)
{
	const struct scmp_version *v = seccomp_version();

	printf("quartet %s\n", QUARTET_VERSION);
	printf("libseccomp  %u.%u.%u, API level %u\n", v->major, v->minor,
		v->micro, seccomp_api_get());
	printf("libc        glibc %s; compiled by %s\n", gnu_get_libc_version(),
#ifdef __clang__
		"clang " __clang_version__);
#else
		"gcc " __VERSION__);
#endif
	print_system();
	print_kernel();
	print_flavours();
	print_afl();
}
