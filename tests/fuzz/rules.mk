# Fuzz targets. One is a file fuzz_<name>.c, a row here with the highest layer
# that it links (and one with what else it links), a folder corpus/<name>/ of inputs, and if it helps a
# dictionary <name>.dict. check replays the corpus with the ordinary compiler;
# check-fuzz builds with clang and libFuzzer in a folder of its own.
FUZZ_LAYER_assertions = parsers
FUZZ_LAYER_conversation = rpc
FUZZ_OBJECTS_conversation = $(FAKE_LOOP) $(SUPPORT)
FUZZ_LAYER_exports = rules
FUZZ_LAYER_ini = parsers
FUZZ_LAYER_live = parsers
FUZZ_LAYER_netgroup = parsers
FUZZ_LAYER_nfs4_compound = rpc
FUZZ_LAYER_record_marking = rpc
FUZZ_LAYER_rpc_reply = rpc
FUZZ_LAYER_rpcbind = rpc
FUZZ_LAYER_server_list = parsers
FUZZ_LAYER_suppression = parsers

FUZZ_TARGETS = $(sort $(patsubst tests/fuzz/fuzz_%.c,%,\
	$(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_REPLAYS = $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/replay_%)
FUZZ_PROGRAMS = $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/fuzz_%)

define fuzz_rules
$(BUILD)/tests/fuzz/fuzz_$(1).o: LAYER_FLAGS = \
	$(call include_of,$(FUZZ_LAYER_$(1))) -iquote tests/fuzz \
	-iquote tests/support
$(BUILD)/tests/fuzz/replay_$(1): $(BUILD)/tests/fuzz/replay_main.o \
	$(BUILD)/tests/fuzz/fuzz_$(1).o $(FUZZ_OBJECTS_$(1)) \
	$(call library_of,$(FUZZ_LAYER_$(1)))
	$$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $$@ $$^ $(PACKAGE_LIBS)
$(BUILD)/tests/fuzz/fuzz_$(1): $(BUILD)/tests/fuzz/fuzz_$(1).o \
	$(FUZZ_OBJECTS_$(1)) \
	$(call library_of,$(FUZZ_LAYER_$(1)))
	$$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $$@ $$^ \
		$(PACKAGE_LIBS)
endef
$(foreach t,$(FUZZ_TARGETS),$(eval $(call fuzz_rules,$(t))))

$(BUILD)/tests/fuzz/replay_main.o: LAYER_FLAGS = -iquote tests/fuzz

test-programs: $(FUZZ_REPLAYS)
fuzz-programs: $(FUZZ_PROGRAMS)
