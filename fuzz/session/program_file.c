/* SPDX-License-Identifier: MIT */
/* program_file.c: loads futex programs and the filter that they run under. */
#include "session/program_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sys/beside.h"
#include "sys/arch.h"
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

int program_file_load(const char *path, struct program *p, struct failure *f)
{
	static unsigned char data[FILE_MAX];
	char err[300];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	n = fd < 0 ? -1 : read(fd, data, sizeof(data));
	if (n < 0) {
		failure_set(f, FAILURE_USAGE, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	close(fd);
	if (!is_text(data, (size_t)n)) {
		program_decode(p, data, (size_t)n);
	} else if (program_parse(p, path, (char *)data, (size_t)n, err,
			   sizeof(err))) {
		return failure_set_alone(f, FAILURE_USAGE, "%s", err);
	}
	return 0;
}

int program_file_profile(
	const char *profile, struct filter *bpf, struct failure *f)
{
	struct profile_error err;
	struct profile *p;
	char dir[256];
	int ret = profile_shipped(dir, sizeof(dir));

	if (ret)
		return failure_set(f, FAILURE_SYSTEM, "/proc/self/exe: %s",
			beside_why(ret));
	p = profile_load(dir, profile, &err);
	if (!p || profile_build(p, ARCH_NATIVE, bpf, &err))
		ret = failure_set_alone(f, FAILURE_USAGE, "%s", err.text);
	profile_free(p);
	return ret;
}
