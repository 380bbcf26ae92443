/* SPDX-License-Identifier: MIT */
/* print_driven.c: how a daemon and its driver got on, for people. */
#include <stdio.h>
#include <sys/wait.h>

#include "explain/report.h"
#include "sys/text.h"

static void print_daemon(const struct explain_driven *d, FILE *to)
{
	int sig = WIFSIGNALED(d->daemon) ? WTERMSIG(d->daemon) : 0;
	char name[TEXT_SIGNAL];

	if (d->stubborn)
		fprintf(to, "          told to end, the daemon did not within "
			    "10 s, and was killed\n");
	else if (!d->ended)
		return;
	else if (sig)
		fprintf(to, "          %s%s ended the daemon\n",
			d->died ? "" : "then ", text_signal(sig, name));
	else
		fprintf(to, "          the daemon%s exited %d\n",
			d->died ? "" : "'s first process",
			WEXITSTATUS(d->daemon));
}

void explain_print_driven(
	const struct explain_seen *seen, const char *cmd, FILE *to)
{
	const struct explain_driven *d = &seen->driven;
	char text[200];

	if (!d->is)
		return;
	text_show(cmd ? cmd : "", text, sizeof(text));
	if (cmd)
		fprintf(to, "driver    %s\n", text);
	if (d->ready)
		fprintf(to,
			"          the daemon was ready after %.3f s (%s)%s\n",
			(double)d->ready_us / 1e6, d->how,
			d->own_net ? ", in a network of its own" : "");
	else
		fprintf(to, "          the daemon was never ready: the driver "
			    "did not run\n");
	if (d->ran)
		fprintf(to, "          the driver ran for %.3f s\n",
			(double)d->us / 1e6);
	print_daemon(d, to);
}
