# Fuzz targets: tests/fuzz/fuzz_<name>.c with the dictionary <name>.dict and
# the inputs in corpus/. check replays the corpus with the ordinary compiler;
# check-fuzz builds with clang and libFuzzer in a folder of its own.
FUZZ_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/fuzz/*.c))
FUZZ_REPLAY = $(BUILD)/tests/fuzz/replay_exports
FUZZ_EXPORTS = $(BUILD)/tests/fuzz/fuzz_exports

$(FUZZ_OBJECTS): LAYER_FLAGS = $(call include_of,rules) -iquote tests/fuzz
$(FUZZ_REPLAY): $(BUILD)/tests/fuzz/replay_main.o \
	$(BUILD)/tests/fuzz/fuzz_exports.o $(call library_of,rules)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^
$(FUZZ_EXPORTS): $(BUILD)/tests/fuzz/fuzz_exports.o $(call library_of,rules)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^

test-programs: $(FUZZ_REPLAY)
fuzz-programs: $(FUZZ_EXPORTS)
