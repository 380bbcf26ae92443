/* SPDX-License-Identifier: MIT */
/* program_file.c: loads futex programs and the filter that they run under. */
#include "session/program_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sys/arch.h"
#include "cmd/quartet.h"
#include "profile/profile.h"

#define FILE_MAX (1 << 20)

static bool is_text(const unsigned char *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (data[i] < 9 || (data[i] > 13 && data[i] < 32) ||
			data[i] > 126)
			return false;
	return true;
}

int program_file_load(const char *verb, const char *path, struct program *p)
{
	static unsigned char data[FILE_MAX];
	char err[300];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	n = fd < 0 ? -1 : read(fd, data, sizeof(data));
	if (n < 0) {
		fprintf(stderr, "quartet: %s: %s: %s\n", verb, path,
			strerror(errno));
		if (fd >= 0)
			close(fd);
		return EXIT_USAGE;
	}
	close(fd);
	if (!is_text(data, (size_t)n)) {
		program_decode(p, data, (size_t)n);
	} else if (program_parse(p, path, (char *)data, (size_t)n, err,
			   sizeof(err))) {
		fprintf(stderr, "quartet: %s\n", err);
		return EXIT_USAGE;
	}
	return 0;
}

int program_file_profile(
	const char *verb, const char *profile, struct filter *bpf)
{
	struct profile_error err;
	struct profile *p;
	char dir[256];
	int ret = profile_shipped(dir, sizeof(dir));

	if (ret) {
		fprintf(stderr, "quartet: %s: /proc/self/exe: %s\n", verb,
			strerror(-ret));
		return EXIT_SYSTEM;
	}
	p = profile_load(dir, profile, &err);
	if (!p || profile_build(p, ARCH_NATIVE, bpf, &err)) {
		fprintf(stderr, "quartet: %s\n", err.text);
		profile_free(p);
		return EXIT_USAGE;
	}
	profile_free(p);
	return 0;
}
