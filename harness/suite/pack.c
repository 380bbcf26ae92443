/* SPDX-License-Identifier: MIT */
/* pack.c: many records in little room. Pure. */
#include "suite/pack.h"

#include <errno.h>
#include <stdlib.h>

#define A_LIST (-1)

int pack_open(struct pack *p)
{
	p->values = json_array();
	p->shapes = json_array();
	p->place_of = json_object();
	return p->values && p->shapes && p->place_of ? 0 : -ENOMEM;
}

void pack_close(struct pack *p)
{
	json_decref(p->values);
	json_decref(p->shapes);
	json_decref(p->place_of);
}

/* Where V stands in LIST, at whose end it is put when it is new. */
static json_int_t place(struct pack *p, json_t *list, const json_t *v)
{
	char *text = json_dumps(
		v, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(4));
	json_int_t at = (json_int_t)json_array_size(list);
	const json_t *known = text ? json_object_get(p->place_of, text) : NULL;

	if (known)
		at = json_integer_value(known);
	else if (!text ||
		 json_object_set_new(p->place_of, text, json_integer(at)) ||
		 json_array_append(list, (json_t *)v))
		at = -ENOMEM;
	free(text);
	return at;
}

static json_int_t shape(struct pack *p, const json_t *object)
{
	json_t *keys = json_array(), *value;
	json_int_t at = keys ? 0 : -ENOMEM;
	const char *key;

	json_object_foreach((json_t *)object, key,
		value) if (!at && json_array_append_new(keys, json_string(key)))
		at = -ENOMEM;
	if (!at)
		at = place(p, p->shapes, keys);
	json_decref(keys);
	return at;
}

static int append(json_t *to, json_int_t n)
{
	return n < A_LIST || json_array_append_new(to, json_integer(n))
		       ? -ENOMEM
		       : 0;
}

static json_t *pack_list(struct pack *p, const json_t *list)
{
	json_t *out = json_array();
	int err = append(out, A_LIST);

	for (size_t i = 0; !err && i < json_array_size(list); i++)
		err = append(out, pack_add(p, json_array_get(list, i)));
	if (!err)
		return out;
	json_decref(out);
	return NULL;
}

json_t *pack_row(struct pack *p, const json_t *object)
{
	json_t *out = json_array(), *value;
	int err = append(out, shape(p, object));
	const char *key;

	json_object_foreach((json_t *)object, key, value) if (!err) err =
		append(out, pack_add(p, value));
	if (!err)
		return out;
	json_decref(out);
	return NULL;
}

json_int_t pack_add(struct pack *p, const json_t *v)
{
	json_int_t at;
	json_t *packed;

	if (!json_is_object(v) && !json_is_array(v))
		return place(p, p->values, v);
	packed = json_is_array(v) ? pack_list(p, v) : pack_row(p, v);
	if (!packed)
		return -ENOMEM;
	at = place(p, p->values, packed);
	json_decref(packed);
	return at;
}
