/* SPDX-License-Identifier: MIT */
/* order.c: some order of the steps, within what was seen of their begin and
 * end, does in the model what it did in the kernel. */
#include "model/order.h"
#include "oracle/oracle.h"

bool oracle_model(const struct seen *s, struct finding *f)
{
	static struct order o;

	order_find(s->p, s->r, s->allowed, &o);
	if (o.verdict != ORDER_NONE)
		return false;
	oracle_broken(f, "model", o.step, "%s%s",
		o.only ? "" : "no order of the steps explains it: ", o.text);
	f->loose = !o.only;
	return true;
}
