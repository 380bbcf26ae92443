# SPDX-License-Identifier: MIT
# fuzz/afl: what AFL++ needs to fuzz futex programs: the target, the mutator, a
# dictionary and seeds. `quartet fuzz` looks for them beside itself.
AFL := $(B)/afl

# Its own edges are none of the map's: the list of files to instrument is empty.
AFL_CC := AFL_QUIET=1 AFL_LLVM_ALLOWLIST=$(AFL)/instrument afl-clang-fast
$(AFL)/%.o: fuzz/%.c $(B)/flags/harness
	@mkdir -p $(@D) && echo src:nothing >$(AFL)/instrument
	$(AFL_CC) $(HARNESS_CFLAGS) $(COMPILE)

$(B)/quartet-target: $(AFL)/afl/target.o $(B)/fuzz/afl/map.o $(B)/libquartet.a \
		| $(B)/profiles
	$(AFL_CC) $(LINK) -o $(TMP) $^ $(LIBS) && $(PLACE)

# What AFL++ loads: code that may lie anywhere.
$(AFL)/pic/%.o: fuzz/%.c $(B)/flags/harness
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -fPIC $(COMPILE)

$(AFL)/mutator.so: $(patsubst %,$(AFL)/pic/%.o,afl/mutator program/mutate program/dice \
		program/program)
	$(CC) $(CFLAGS) $(EXTRA) -shared -o $(TMP) $^ && $(PLACE)

$(AFL)/seeds: $(FLAGS.seeds) $(B)/flags/seeds
	mkdir -p $(TMP) && cp $(FLAGS.seeds) $(TMP)/ && rm -rf $@ && $(PLACE)

$(AFL)/futex.dict: fuzz/afl/futex.dict
	@mkdir -p $(@D)
	cp $< $(TMP) && $(PLACE)

afl: $(B)/quartet-target $(AFL)/mutator.so $(AFL)/seeds $(AFL)/futex.dict
.PHONY: afl
