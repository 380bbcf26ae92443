/* SPDX-License-Identifier: MIT */
/* java_find.c: the virtual machine's tables of its own structures. */
#include <string.h>

#include "stack/java.h"
#include "stack/symbols.h"
#include "sys/mem.h"

#define ENTRIES 8192 /* of a table */
#define NAME	64

/* VMStructEntry and VMTypeEntry of vmStructs.hpp. */
struct field_entry {
	uint64_t type, field, is;
	int32_t is_static, pad;
	uint64_t offset, address;
};

struct type_entry {
	uint64_t type, super;
	int32_t oop, integer, is_unsigned, pad;
	uint64_t size;
};

/* FIELD: NULL of a type's size. Some have moved from one type to another. */
static const struct wanted {
	enum java_field to;
	const char *type, *field;
} wanted[] = {
	{ JAVA_HEAPS, "CodeCache", "_heaps" },
	{ JAVA_ARRAY_LEN, "GrowableArrayBase", "_len" },
	{ JAVA_ARRAY_LEN, "GenericGrowableArray", "_len" },
	{ JAVA_ARRAY_DATA, "GrowableArray<int>", "_data" },
	{ JAVA_HEAP_MEMORY, "CodeHeap", "_memory" },
	{ JAVA_HEAP_SEGMAP, "CodeHeap", "_segmap" },
	{ JAVA_HEAP_LOG2, "CodeHeap", "_log2_segment_size" },
	{ JAVA_SPACE_LOW, "VirtualSpace", "_low" },
	{ JAVA_SPACE_HIGH, "VirtualSpace", "_high" },
	{ JAVA_BLOCK_SIZE, "HeapBlock", NULL },
	{ JAVA_BLOCK_USED, "HeapBlock::Header", "_used" },
	{ JAVA_BLOB_NAME, "CodeBlob", "_name" },
	{ JAVA_BLOB_SIZE, "CodeBlob", "_size" },
	{ JAVA_BLOB_FRAME, "CodeBlob", "_frame_size" },
	{ JAVA_BLOB_CODE, "CodeBlob", "_code_begin" },
	{ JAVA_BLOB_CODE_OFFSET, "CodeBlob", "_code_offset" },
	{ JAVA_BLOB_RELOCATION, "CodeBlob", "_relocation_size" },
	{ JAVA_BLOB_MUTABLE, "CodeBlob", "_mutable_data" },
	{ JAVA_NMETHOD_METHOD, "nmethod", "_method" },
	{ JAVA_NMETHOD_METHOD, "CompiledMethod", "_method" },
	{ JAVA_NMETHOD_PCS, "nmethod", "_scopes_pcs_offset" },
	{ JAVA_NMETHOD_PCS_END, "nmethod", "_dependencies_offset" },
	{ JAVA_NMETHOD_METADATA, "nmethod", "_metadata_offset" },
	{ JAVA_NMETHOD_SCOPES, "CompiledMethod", "_scopes_data_begin" },
	{ JAVA_NMETHOD_SCOPES, "nmethod", "_scopes_data_begin" },
	{ JAVA_NMETHOD_SCOPES_OFFSET, "nmethod", "_scopes_data_offset" },
	{ JAVA_NMETHOD_IMMUTABLE, "nmethod", "_immutable_data" },
	{ JAVA_PC_SIZE, "PcDesc", NULL },
	{ JAVA_PC_OFFSET, "PcDesc", "_pc_offset" },
	{ JAVA_PC_SCOPE, "PcDesc", "_scope_decode_offset" },
	{ JAVA_METHOD_CONST, "Method", "_constMethod" },
	{ JAVA_CONST_SIZE, "ConstMethod", NULL },
	{ JAVA_CONST_POOL, "ConstMethod", "_constants" },
	{ JAVA_CONST_FLAGS, "ConstMethod", "_flags" },
	{ JAVA_CONST_FLAGS, "ConstMethod", "_flags._flags" },
	{ JAVA_CONST_CODE_SIZE, "ConstMethod", "_code_size" },
	{ JAVA_CONST_NAME, "ConstMethod", "_name_index" },
	{ JAVA_POOL_SIZE, "ConstantPool", NULL },
	{ JAVA_POOL_HOLDER, "ConstantPool", "_pool_holder" },
	{ JAVA_POOL_SOURCE, "ConstantPool", "_source_file_name_index" },
	{ JAVA_KLASS_NAME, "Klass", "_name" },
	{ JAVA_SYMBOL_LENGTH, "Symbol", "_length" },
	{ JAVA_SYMBOL_BODY, "Symbol", "_body" },
	{ JAVA_MAJOR, "Abstract_VM_Version", "_vm_major_version" },
};

/* Without these there are no frames. */
static const enum java_field needed[] = { JAVA_HEAPS, JAVA_ARRAY_LEN,
	JAVA_ARRAY_DATA, JAVA_HEAP_MEMORY, JAVA_HEAP_SEGMAP, JAVA_HEAP_LOG2,
	JAVA_SPACE_LOW, JAVA_SPACE_HIGH, JAVA_BLOCK_SIZE, JAVA_BLOCK_USED,
	JAVA_BLOB_NAME, JAVA_BLOB_SIZE, JAVA_BLOB_FRAME, JAVA_NMETHOD_METHOD,
	JAVA_METHOD_CONST, JAVA_CONST_SIZE, JAVA_CONST_POOL, JAVA_CONST_FLAGS,
	JAVA_CONST_CODE_SIZE, JAVA_CONST_NAME, JAVA_POOL_SIZE, JAVA_POOL_HOLDER,
	JAVA_KLASS_NAME, JAVA_SYMBOL_LENGTH, JAVA_SYMBOL_BODY };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The name at AT; "": there is none, or a longer one. */
static void read_name(pid_t tid, uint64_t at, char name[NAME])
{
	ssize_t n = at ? mem_read(tid, at, name, NAME) : 0;

	if (n <= 0 || !memchr(name, '\0', (size_t)n))
		name[0] = '\0';
}

static bool is_wanted_type(const char *type)
{
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (!strcmp(type, wanted[i].type))
			return true;
	return false;
}

static void take(
	struct java *j, const char *type, const char *field, uint64_t value)
{
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (!strcmp(type, wanted[i].type) &&
			(field ? wanted[i].field &&
						!strcmp(field, wanted[i].field)
			       : !wanted[i].field))
			j->at[wanted[i].to] = value;
}

static void read_fields(struct java *j, pid_t tid, uint64_t at)
{
	char type[NAME] = "", field[NAME];
	struct field_entry e;
	uint64_t last = 0;

	for (int i = 0; i < ENTRIES; i++, at += sizeof(e)) {
		if (!mem_read_all(tid, at, &e, sizeof(e)) || !e.type)
			return;
		if (e.type != last)
			read_name(tid, e.type, type);
		last = e.type;
		if (!is_wanted_type(type))
			continue;
		read_name(tid, e.field, field);
		take(j, type, field, e.is_static ? e.address : e.offset);
	}
}

static void read_types(struct java *j, pid_t tid, uint64_t at)
{
	struct type_entry e;
	char type[NAME];

	for (int i = 0; i < ENTRIES; i++, at += sizeof(e)) {
		if (!mem_read_all(tid, at, &e, sizeof(e)) || !e.type)
			return;
		read_name(tid, e.type, type);
		take(j, type, NULL, e.size);
	}
}

static int is_machine(Dwfl_Module *module, void **user, const char *name,
	Dwarf_Addr start, void *arg)
{
	(void)user;
	(void)start;
	if (strcmp(symbols_base(name), "libjvm.so") != 0)
		return DWARF_CB_OK;
	*(Dwfl_Module **)arg = module;
	return DWARF_CB_ABORT;
}

/* What a table's variable points to; 0: nothing. */
static uint64_t table(Dwfl_Module *module, pid_t tid, const char *name)
{
	uint64_t variable = symbols_address(module, name), at = 0;

	return variable && mem_read_all(tid, variable, &at, sizeof(at)) ? at
									: 0;
}

/* Offsets are small: what is read by them does not go round. */
static bool is_sound(const struct java *j)
{
	for (size_t i = 0; i < COUNT(needed); i++)
		if (j->at[needed[i]] == JAVA_NONE)
			return false;
	for (int i = 0; i < JAVA_FIELDS; i++)
		if (i != JAVA_HEAPS && i != JAVA_MAJOR &&
			j->at[i] != JAVA_NONE && j->at[i] > 4096)
			return false;
	return true;
}

struct java java_find(Dwfl *dwfl, pid_t tid)
{
	struct java j = { .looked = true };
	Dwfl_Module *module = NULL;
	uint64_t fields, types;
	int major = 0;

	dwfl_getmodules(dwfl, is_machine, &module, 0);
	fields = module ? table(module, tid, "gHotSpotVMStructs") : 0;
	types = fields ? table(module, tid, "gHotSpotVMTypes") : 0;
	if (!types)
		return j;
	memset(j.at, 0xff, sizeof(j.at));
	read_fields(&j, tid, fields);
	read_types(&j, tid, types);
	if (j.at[JAVA_MAJOR] != JAVA_NONE)
		mem_read_all(tid, j.at[JAVA_MAJOR], &major, sizeof(major));
	j.excluded = major >= 20;
	j.is = is_sound(&j);
	return j;
}
