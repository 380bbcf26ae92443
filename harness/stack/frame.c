/* SPDX-License-Identifier: MIT */
/* frame.c: what a frame of a call stack is called. */
#include "stack/frame.h"

void frame_put(struct text *t, const struct frame *f)
{
	if (f->shown[0])
		text_put(t, "%s", f->shown);
	else if (f->module[0])
		text_put(t, "%s+0x%llx", f->module, (unsigned long long)f->at);
	else
		text_put(t, "0x%llx", (unsigned long long)f->ip);
}
