# The differential test: exportctl against the exportfs that is installed.
DIFFERENTIAL = $(BUILD)/tests/differential/differential
DIFFERENTIAL_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,\
	$(filter-out %/clear_stack.c,$(wildcard tests/differential/*.c)))
CLEAR_STACK = $(BUILD)/tests/differential/clear_stack.so

$(DIFFERENTIAL_OBJECTS): LAYER_FLAGS = $(call include_of,base) \
	-iquote tests/support -iquote tests/differential
$(DIFFERENTIAL): $(DIFFERENTIAL_OBJECTS) $(SUPPORT) $(call library_of,base)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^

# Loaded into exportfs, so without sanitizers.
$(CLEAR_STACK): tests/differential/clear_stack.c
	@mkdir -p $(@D)
	$(call quiet,LD)$(CC) -std=gnu11 -D_GNU_SOURCE \
		-include src/base/banned.h $(WARNINGS) -Wno-missing-prototypes \
		-O1 -fPIC -shared -o $@ $<

.PHONY: differential-program
differential-program: $(DIFFERENTIAL) $(CLEAR_STACK)
