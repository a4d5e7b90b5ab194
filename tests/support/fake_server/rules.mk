# The fake server of the tests. Independent of the client: no layer, and no
# library but libc.
FAKE_SERVER = $(BUILD)/tests/support/fake_server/fake_server
FAKE_SERVER_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,\
	$(wildcard tests/support/fake_server/*.c))

$(FAKE_SERVER_OBJECTS): LAYER_FLAGS = -iquote tests/support/fake_server
$(FAKE_SERVER): $(FAKE_SERVER_OBJECTS)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^

test-programs: $(FAKE_SERVER)
