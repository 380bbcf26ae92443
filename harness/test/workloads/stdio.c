/* SPDX-License-Identifier: MIT */
/* stdio.c: a filter as most are written: a line in, a line out, by stdio. */
#include <ctype.h>
#include <stdio.h>

int main(void)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		for (char *p = line; *p; p++)
			*p = (char)toupper((unsigned char)*p);
		fputs(line, stdout);
	}
	return ferror(stdin) || fflush(stdout);
}
