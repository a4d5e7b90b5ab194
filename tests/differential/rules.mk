# The differential test: exportctl against the exportfs that is installed.
DIFFERENTIAL = $(BUILD)/tests/differential/differential
DIFFERENTIAL_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,\
	$(wildcard tests/differential/*.c))

$(DIFFERENTIAL_OBJECTS): LAYER_FLAGS = $(call include_of,base) \
	-iquote tests/support -iquote tests/differential
$(DIFFERENTIAL): $(DIFFERENTIAL_OBJECTS) $(SUPPORT) $(call library_of,base)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^

.PHONY: differential-program
differential-program: $(DIFFERENTIAL)
