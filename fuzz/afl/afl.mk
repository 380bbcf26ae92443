# SPDX-License-Identifier: MIT
# fuzz/afl: what AFL++ needs to fuzz futex programs: the target, the mutator, a
# dictionary and seeds. `quartet fuzz` looks for them beside itself.
AFL := $(B)/afl

# Its own edges are none of the map's: the list of files to instrument is empty.
$(B)/quartet-target: fuzz/afl/target.c $(B)/fuzz/afl/map.o $(B)/libquartet.a \
		| $(B)/profiles
	@mkdir -p $(AFL)
	@echo src:nothing >$(AFL)/instrument
	AFL_QUIET=1 AFL_LLVM_ALLOWLIST=$(AFL)/instrument afl-clang-fast \
		$(HARNESS_CFLAGS) -o $@ $^ $(LIBS)

MUTATOR_SRC := fuzz/afl/mutator.c fuzz/program/mutate.c fuzz/program/program.c
$(AFL)/mutator.so: $(MUTATOR_SRC) fuzz/program/mutate.h fuzz/program/program.h
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -fPIC -shared -o $@ $(MUTATOR_SRC)

$(AFL)/seeds: $(wildcard fuzz/seeds/*.futex)
	@mkdir -p $(@D)
	rm -rf $@
	mkdir $@
	cp $^ $@/

$(AFL)/futex.dict: fuzz/afl/futex.dict
	@mkdir -p $(@D)
	cp $< $@

afl: $(B)/quartet-target $(AFL)/mutator.so $(AFL)/seeds $(AFL)/futex.dict
.PHONY: afl
