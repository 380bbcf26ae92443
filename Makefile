# SPDX-License-Identifier: MIT
# make run: set up what is missing, build, run the suite. make help: the rest.
B ?= build
CFLAGS ?= -O2 -g
EXTRA ?=

# How a probe is built: one flavour a file, which says
#   FLAVOURS += NAME
#   NAME.ORDER  its place in lists
#   NAME.CC     the compiler
#   NAME.FLAGS  what it is given beside PROBE_CFLAGS
#   NAME.SAME   the flavour whose objects it links, being compiled the same: a
#               group's probes are one program then, which has a name for each
#   NAME.ARCH   the audit architecture, as in `quartet list --flavours`
#   NAME.LIBC   glibc, musl or none
#   NAME.VER    a static libc: a command that prints its version, asked here
#   NAME.ASK    a dynamic one: the same, asked where and when a run begins
include $(sort $(wildcard harness/libcs/*.mk))
FLAVOURS := $(foreach f,$(sort $(foreach f,$(FLAVOURS),$($(f).ORDER):$(f))),$(lastword $(subst :, ,$(f))))

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wno-missing-field-initializers
# It reads what strangers wrote. A probe goes without: it is what it says. Not
# where sanitizers look at more, nor unoptimised, where glibc has no way to.
FORTIFY := $(if $(findstring -fsanitize,$(CFLAGS) $(EXTRA)),,$(if \
	$(filter-out -O0,$(filter -O%,$(CFLAGS))),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2))
HARNESS_CFLAGS := -std=gnu11 -D_GNU_SOURCE -Iharness -Ifuzz -I$(B) $(WARN) \
	-Wformat-security -fPIE \
	-fstack-protector-strong $(FORTIFY) $(CFLAGS) $(EXTRA)
LINK := -pie -Wl,-z,relro,-z,now $(CFLAGS) $(EXTRA)
# A probe allocates where it says so: gcc 16 leaves out what is only compared to
# NULL (-fmalloc-dce).
PROBE_CFLAGS := -std=gnu11 -D_GNU_SOURCE -Iharness/probe -Iharness $(WARN) -O1 -g1 \
	-fno-omit-frame-pointer \
	$(patsubst %,-fno-builtin-%,malloc calloc aligned_alloc strdup strndup) $(EXTRA)
LIBS := -lseccomp -ljansson -lyaml -ldw -lelf -liberty

# A target is made under another name and moved into place when it is whole:
# who is killed, or runs twice at once, leaves nothing that looks made.
TMP = $(@D)/.$(@F).$$$$
PLACE = mv $(TMP) $@
COMPILE = -MMD -MP -MT $@ -MF $(TMP).d -c -o $(TMP) $< && \
	mv $(TMP).d $(@:.o=.d) && $(PLACE)

# What is made with other flags, or of another list of files, is made anew: it
# depends on flags/NAME, which holds FLAGS.NAME and changes with it alone.
# Warnings change no code.
comma := ,
quiet = $(filter-out $(filter-out -Wl$(comma)%,$(filter -W%,$(1))),$(1))
FLAGS.harness := $(call quiet,$(CC) $(HARNESS_CFLAGS) $(LINK))
$(foreach f,$(FLAVOURS),$(eval FLAGS.$(f) := \
	$$(call quiet,$$($(f).CC) $$($(f).FLAGS) $$(PROBE_CFLAGS))))
FLAGS.profiles := $(sort $(wildcard harness/profiles/*))
FLAGS.seeds := $(sort $(wildcard fuzz/seeds/*.futex))

# Linked to probes, and to the command; the rest is the library.
MAIN_SRC := $(addprefix harness/cmd/,quartet.c memory.c)
PROBE_SRC := $(addprefix harness/probe/probe_,main.c one.c group.c declare.c)
SRC := $(wildcard harness/*/*.c $(patsubst %,fuzz/%/*.c,program executor model oracle session))
TEST_SRC := $(filter $(wildcard harness/*/test_*.c fuzz/*/test_*.c),$(SRC))
LIB_SRC := $(filter-out $(MAIN_SRC) $(TEST_SRC) harness/bench/% \
	harness/guest/% \
	$(PROBE_SRC),$(SRC))

# Where the probes are: another folder has some that misbehave, for the tests.
P ?= probes
PROBES := $(patsubst $(P)/%.c,%,$(sort $(wildcard $(P)/*/*.c)))
RAW_PROBES := $(patsubst $(P)/%.c,%,$(sort $(shell \
	grep -sl '^PROBE_RAW' $(wildcard $(P)/*/*.c) /dev/null)))

TEST_NAMES := $(TEST_SRC:%.c=%)
TESTS := $(TEST_NAMES:%=$(B)/tests/%)

# What people type: each installs what it needs first, so nothing but make has
# to be there. ARGS goes to the verb.
help:
	@echo 'make run    install what is missing, build, run the suite'
	@echo '            (make run ARGS="exit/*": a part of it; see build/quartet --help)'
	@echo 'make check  the same set-up, then every test, the suite among them'
	@echo 'make        build into $(B)/'
	@echo 'make lint   clang-format, cppcheck, shellcheck, codespell'
	@echo 'make asan   the command, the unit tests and the readers under ASan, UBSan'
	@echo 'make valgrind  the unit tests under valgrind'
	@echo 'make fuzz   fuzz futex programs under four for a minute (see FUZZ)'
	@echo 'make bench  what a cell costs, beside the bare program; what libseccomp builds wrong'
	@echo 'make install    below PREFIX ($(PREFIX)), with manual and completion; make uninstall'
	@echo 'make deb    Debian packages, in build/deb'
	@echo 'make ci     all that has to hold before a change lands'

# All processors, unless told otherwise; what is made is told.
BUILD = +B='$(B)' TOTAL=$(words $(LOGS) $(LIB_SRC) $(MAIN_SRC)) \
	WHAT='the command, and $(words $(PROBES)) probes, each for several C libraries' \
	scripts/building $(MAKE) -s $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

run:
	@scripts/setup run
	@$(BUILD) all
	@was=$$(readlink results/latest); $(B)/quartet run $(ARGS); s=$$?; \
		[ "$$(readlink results/latest)" = "$$was" ] || B=$(B) scripts/nearest; \
		exit $$s

check:
	@scripts/setup run check fuzz
	@$(BUILD) all tests
	@B=$(B) scripts/check

# It found something or not: the report is what make is for here.
FUZZ ?= -t 60
fuzz:
	@scripts/setup fuzz
	@+$(MAKE) -s $(B)/quartet afl
	@$(B)/quartet fuzz -o $(B)/fuzzing $(FUZZ); s=$$?; [ $$s -le 1 ] || exit $$s

ci:
	@scripts/setup ci
	@scripts/ci

lint:
	@scripts/lint

# Built apart: sanitizers change what a program calls, so probes stay without.
asan:
	@+$(MAKE) -s B=build/asan tests build/asan/readers/readers \
		build/asan/seams/seams build/asan/quartet \
		EXTRA='-fsanitize=address,undefined -fno-sanitize-recover=undefined'
	@for t in $(TEST_NAMES:%=build/asan/tests/%); do $$t || exit 1; done
	@build/asan/readers/readers fuzz/readers/seeds/* harness/profiles/*
	@build/asan/seams/seams fuzz/seams/seeds/* /bin/true

# But for those that hold what is known beside what the kernel says of its calls
# and of our own mappings: valgrind answers both in its place; and for what it
# would be at for minutes, which ASan looks at.
valgrind: tests
	@for t in $(filter-out %/test_calls %/test_maps %/test_diff,$(TESTS)); do \
		valgrind -q --leak-check=full --error-exitcode=99 $$t || exit 1; \
	done

bench:
	@+$(MAKE) -s all $(B)/bench/bench_bare $(B)/bench/bench_calls
	@B=$(B) scripts/bench
	@B=$(B) scripts/bench-filters
	@B=$(B) scripts/enough
	@scripts/setup fuzz
	@+$(MAKE) -s bench-fuzz $(B)/bench/bench_built
	@$(B)/bench/bench_built $(BUILT)
	@B=$(B) scripts/bench-fuzz
	@B=$(B) scripts/bench-before
	@B=$(B) scripts/ablate
	@B=$(B) scripts/planted

.DEFAULT_GOAL := all
all: $(B)/quartet probes
probes: $(B)/probes.jsonl $(B)/flavours.json

ifneq ($(wildcard harness/cmd),)
$(B)/quartet: $(MAIN_SRC:%.c=$(B)/%.o) $(B)/libquartet.a | $(B)/profiles
	$(CC) $(LINK) -o $(TMP) $^ $(LIBS) && $(PLACE)
else
# What is installed of the source is enough for probes: the command is there.
$(B)/quartet: $(shell readlink -f "$$(command -v quartet)") | $(B)/profiles
	cp $< $(TMP) && $(PLACE)
endif

$(B)/flags/%: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(FLAGS.$*))' | cmp -s - $@ || \
		echo '$(subst ','\'',$(FLAGS.$*))' >$@

# Files of two folders may have one name: q takes both.
$(B)/libquartet.a: $(LIB_SRC:%.c=$(B)/%.o)
	ar qcs $(TMP) $^ && $(PLACE)

$(B)/harness/%.o: harness/%.c $(B)/flags/harness
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) $(COMPILE)

$(B)/fuzz/%.o: fuzz/%.c $(B)/flags/harness
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) $(COMPILE)

tests: $(TESTS)
$(B)/tests/%: $(B)/%.o $(B)/libquartet.a
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $(TMP) $^ -lcmocka $(LIBS) && $(PLACE)

# The first program of a kernel that boots: alone there.
$(B)/guest/init: $(B)/harness/guest/init.o
	@mkdir -p $(@D)
	$(CC) -static $(CFLAGS) -o $(TMP) $^ && $(PLACE)

$(B)/bench/%: $(B)/harness/bench/%.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(EXTRA) -o $(TMP) $^ && $(PLACE)

$(B)/bench/%: $(B)/fuzz/bench/%.o $(B)/libquartet.a
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $(TMP) $^ $(LIBS) && $(PLACE)

# What EMBED takes in: a verb's help beside it.
$(patsubst %.txt,$(B)/%.o,$(wildcard harness/cmd/*.txt)): $(B)/%.o: %.txt
$(B)/harness/cmd/minimize_profile.o: harness/cmd/minimize.txt
$(B)/harness/profile/write_raw.o: harness/profile/raw_head.txt harness/profile/raw_tail.txt
$(B)/harness/suite/page.o: $(addprefix harness/suite/,page.html page.css $(foreach \
	f,page page_matrix page_figures page_views,$f.js))
$(B)/harness/suite/written.o: harness/suite/written.md
$(B)/harness/suite/report.o: harness/suite/reading.txt
$(B)/fuzz/program/emit.o: fuzz/program/emit_head.txt fuzz/program/emit_tail.txt
# They live on four calls, and touch words that are not aligned on purpose.
$(patsubst %.c,$(B)/%.o,$(wildcard fuzz/executor/inside*.c) \
	fuzz/executor/cover.c): HARNESS_CFLAGS += -fno-sanitize=all

# What a record names as its tool: the commit, and whether it was changed.
$(B)/version.h: FORCE
	@mkdir -p $(@D)
	@echo "#define QUARTET_VERSION \"0.1-$${QUARTET_COMMIT:-$$(git describe \
		--always --dirty 2>/dev/null || echo unknown)}\"" >$(TMP); \
		cmp -s $@ $(TMP) && rm $(TMP) || $(PLACE)

$(B)/harness/cmd/machine.o $(B)/harness/suite/about.o \
	$(B)/harness/lint/sarif.o: $(B)/version.h

$(B)/profiles: $(FLAGS.profiles) $(B)/flags/profiles
	mkdir -p $(TMP) && cp $(FLAGS.profiles) $(TMP)/ && rm -rf $@ && $(PLACE)

# A probe that does not build leaves the compiler's words in its .log: the
# runner shows their first line beside the skip. The .log is what make knows
# of: it goes first and comes last.
PROBE_LIBS = $(if $(filter none,$($(1).LIBC)),,-ldl -lm)
define flavour_rules
$(B)/$(1)/%.o: harness/probe/%.c $(B)/flags/$(1)
	@mkdir -p $$(@D)
	$$($(1).CC) $$($(1).FLAGS) $$(PROBE_CFLAGS) $$(COMPILE)

$(1).SHARED := $(B)/$(1)/probe_main.o $(B)/$(1)/probe_lib.o $(B)/$(1)/arm.o
$(1).ALONE := $(B)/$(1)/probe_one.o $(if $(filter glibc,$(1)),$(B)/$(1)/probe_declare.o)
$(1).OBJS := $$($(1).ALONE) $$($(1).SHARED)
$(1).PROBES := $(if $(filter none,$($(1).LIBC)),$(RAW_PROBES),$(PROBES))
$(1).LOGS := $$($(1).PROBES:%=$(B)/probes/$(1)/%.log)
LOGS += $$($(1).LOGS)

# The declaration of one that does not build for glibc, which declares.
$(B)/declare/$(1)/%: $(P)/%.c $$($(1).OBJS) $(B)/$(1)/probe_declare.o
	@mkdir -p $$(@D)
	@$$($(1).CC) $$($(1).FLAGS) $$(PROBE_CFLAGS) -o $$(TMP) $$< $$($(1).OBJS) \
		$(B)/$(1)/probe_declare.o $(PROBE_LIBS) && $$(PLACE)
endef
$(foreach f,$(FLAVOURS),$(eval $(call flavour_rules,$(f))))

PROGRAM = $(basename $@)
SAYING = @[ -d $(@D) ] || mkdir -p $(@D); rm -f $@ $(1); { $(2); } >$(TMP).said 2>&1; \
	mv $(TMP).d $(PROGRAM).d 2>/dev/null; mv $(TMP).said $@
compile = $($(1).CC) $($(1).FLAGS) $(PROBE_CFLAGS) -MMD -MP -MT $@ -MF $(TMP).d
object = $(compile) -DPROBE_NAME='"$*"' -c -o $(TMP).o $< && mv $(TMP).o $(PROGRAM).o

# A program of its own, from its source,
define program_rules
$(B)/probes/$(1)/%.log: $(P)/%.c $$($(1).OBJS) $(B)/flags/$(1)
	$$(call SAYING,,$$(call compile,$(1)) -o $$(TMP) $$< $$($(1).OBJS) \
		$(PROBE_LIBS) && mv $$(TMP) $$(PROGRAM) || rm -f $$(PROGRAM))
endef
# ... or from an object that another flavour takes too,
define object_rules
$(B)/probes/$(1)/%.log: $(P)/%.c $$($(1).OBJS) $(B)/flags/$(1)
	$$(call SAYING,$$(PROGRAM).o,$$(call object,$(1)) && $$($(1).CC) $$($(1).FLAGS) \
		-o $$(TMP) $$(PROGRAM).o $$($(1).OBJS) $(PROBE_LIBS) && \
		mv $$(TMP) $$(PROGRAM) || rm -f $$(PROGRAM))
endef
# ... or a group's, of another flavour's objects.
define group_rules
$(foreach g,$(sort $(dir $($(1).PROBES))),$(eval $(call one_group,$(1),$(filter $(g)%,$($(1).PROBES)))))
endef
define one_group
$(2:%=$(B)/probes/$(1)/%.log) &: $(2:%=$(B)/probes/$($(1).SAME)/%.log) \
		$$($(1).OBJS) $(B)/$(1)/probe_group.o $(B)/flags/$(1) scripts/link-group
	@LINK='$$($(1).CC) $$($(1).FLAGS) $$(PROBE_CFLAGS)' ALONE='$$($(1).ALONE)' \
		GROUPED=$(B)/$(1)/probe_group.o SHARED='$$($(1).SHARED) $(PROBE_LIBS)' \
		scripts/link-group $(B)/probes/$(1) $(B)/probes/$($(1).SAME) $(2)
endef
SAMES := $(foreach f,$(FLAVOURS),$($(f).SAME))
$(foreach f,$(FLAVOURS),$(eval $(call $(or $(if $($(f).SAME),group),$(if $(filter \
	$(f),$(SAMES)),object),program)_rules,$(f))))

# The list of probes as it is: one that was removed is to be forgotten.
FLAGS.probes := $(PROBES)
$(B)/probes.jsonl: $(LOGS) $(B)/flags/probes scripts/declare
	@MAKE='$(MAKE)' B='$(B)' P='$(P)' FLAVOURS='$(FLAVOURS)' scripts/declare $(PROBES) \
		>$(TMP) && $(PLACE)

$(B)/flavours.json: $(wildcard harness/libcs/*.mk) Makefile
	@mkdir -p $(@D)
	@{ echo '['; $(foreach f,$(FLAVOURS),printf \
		'%s{"name":"$(f)","arch":"$($(f).ARCH)","libc":"$($(f).LIBC)",' "$$sep"; \
		$(if $($(f).ASK),printf '"ask":"%s"}\n' '$($(f).ASK)',printf '"version":"%s"}\n' \
		"$$($($(f).VER) | grep -o '[0-9][0-9.]*[0-9]' | head -n 1)"); \
		sep=,;) echo ']'; } >$(TMP) && $(PLACE)

manual: $(B)/man/quartet.1
$(B)/man/quartet.1: scripts/manual $(wildcard harness/man/*.scd harness/cmd/*.txt)
	scripts/manual $(B)/man

# Below DESTDIR/PREFIX. Who has no AFL++ gets all but the fuzzer.
PREFIX ?= /usr/local
install: all manual $(if $(shell command -v afl-clang-fast),afl)
	scripts/install '$(B)' '$(DESTDIR)' '$(PREFIX)'
uninstall:
	scripts/install -r '$(DESTDIR)' '$(PREFIX)'
deb:
	@scripts/setup package
	@scripts/deb

clean:
	rm -rf $(B)

-include $(wildcard $(addprefix $(B)/,*/*.d fuzz/*/*.d afl/*/*.d afl/pic/*/*.d harness/*/*.d probes/*/*/*.d))
include fuzz/readers/readers.mk
include fuzz/seams/seams.mk
include fuzz/afl/afl.mk
include fuzz/bench/bench.mk
FORCE:
.PHONY: manual install uninstall deb help run fuzz check ci lint asan valgrind bench all probes tests clean FORCE
.DELETE_ON_ERROR:
# Kept, without .SECONDARY: under that, a file that is gone is not missed.
.PRECIOUS: $(B)/flags/% $(B)/harness/%.o $(B)/fuzz/%.o
