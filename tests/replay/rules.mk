# Records what real servers answer, into tests/fixtures/replay/nfs4. Not part of
# `make check`, which has no such server.
RECORD_NFS4 = $(BUILD)/tests/replay/record_nfs4
$(BUILD)/tests/replay/record_nfs4.o: LAYER_FLAGS = \
	$(call include_of,rpc) -iquote tests/support
$(RECORD_NFS4): $(BUILD)/tests/replay/record_nfs4.o $(call library_of,rpc)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PACKAGE_LIBS)

test-programs: $(RECORD_NFS4)
