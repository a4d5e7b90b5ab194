# make demo      install what is missing to build, build, show real exports and
#                list a live server
# make check     install what the tests need and run them all
# make help      the other targets
#
# V=1 shows the commands, SANITIZE=address,undefined builds with sanitizers
# (use it with a BUILD folder of its own, as check-asan does).

VERSION = 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
SANITIZE ?=
V ?= 0

CC ?= cc
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config

# Sources by layer. A layer may include itself and what its row names, and is
# a static library; the compiler and the linker refuse anything else.
LAYERS = base parsers rpc model access rules gather report commands
DIR_base = src/base
DIR_parsers = parsers
DIR_rpc = rpc
DIR_model = src/model
DIR_access = src/access
DIR_rules = src/rules
DIR_gather = src/gather
DIR_report = src/report
DIR_commands = src/commands
USES_base =
USES_parsers = base
USES_rpc = base
USES_model = parsers base
USES_access = model parsers base
USES_rules = access model parsers base
USES_gather = model rpc parsers base
USES_report = rules access model rpc parsers base
USES_commands = report rules gather access model rpc parsers base

PACKAGES = libuv libtirpc libnfsidmap jansson sqlite3
PACKAGE_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PACKAGE_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)
CMOCKA_LIBS := $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null)

WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla \
	-Wwrite-strings -Wimplicit-fallthrough
ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -DEXPORTCTL_VERSION='"$(VERSION)"' \
	-include src/base/banned.h $(WARNINGS) $(CFLAGS) $(PACKAGE_CFLAGS) \
	-fno-strict-aliasing -fstack-protector-strong -MMD -MP
ALL_LDFLAGS = $(LDFLAGS) -Wl,--as-needed -Wl,-z,relro
ifneq ($(SANITIZE),)
ALL_CFLAGS += -fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
ALL_LDFLAGS += -fsanitize=$(SANITIZE)
else
ALL_CFLAGS += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
endif

quiet = $(if $(filter 1,$(V)),,@printf '  %-6s %s\n' $(1) $@;)

include_of = $(foreach l,$(1) $(USES_$(1)),-iquote $(DIR_$(l)))
library_of = $(foreach l,$(1) $(USES_$(1)),$(BUILD)/lib$(l).a)
sources_of = $(sort $(wildcard $(DIR_$(1))/*.c))
objects_of = $(patsubst %.c,$(BUILD)/%.o,$(call sources_of,$(1)))

PROGRAM = $(BUILD)/exportctl
RULES_MANUAL = $(BUILD)/doc/exportctl-rules.7
COMPLETIONS = $(addprefix $(BUILD)/completion/exportctl.,bash zsh fish)

.PHONY: all demo check check-asan check-fuzz bench docs install uninstall \
	clean help test-programs fuzz-programs
all: $(PROGRAM) $(RULES_MANUAL) $(COMPLETIONS)

define layer_rules
$(BUILD)/lib$(1).a: $(call objects_of,$(1))
$(call objects_of,$(1)): LAYER_FLAGS = $(call include_of,$(1))
endef
$(foreach l,$(LAYERS),$(eval $(call layer_rules,$(l))))

COMMAND_LIST = $(BUILD)/generated/command_list.h
COMMANDS = $(sort $(patsubst src/commands/cmd_%.c,%,\
	$(wildcard src/commands/cmd_*.c)))
$(call objects_of,commands): LAYER_FLAGS += -iquote $(BUILD)/generated
$(BUILD)/src/commands/command_catalog.o: $(COMMAND_LIST)

# One COMMAND(name) for each src/commands/cmd_<name>.c, one RULE(name) for each
# src/rules/rule_<name>.c that is a rule; rewritten when files come or go.
$(COMMAND_LIST): src/commands Makefile
	@mkdir -p $(@D)
	$(call quiet,GEN)printf 'COMMAND(%s)\n' $(COMMANDS) > $@

RULE_LIST = $(BUILD)/generated/rule_list.h
RULES = $(sort $(patsubst src/rules/rule_%.c,%,\
	$(filter-out %/rule_catalog.c %/rule_profiles.c %/rule_runner.c,\
	$(wildcard src/rules/rule_*.c))))
$(call objects_of,rules): LAYER_FLAGS += -iquote $(BUILD)/generated
$(BUILD)/src/rules/rule_catalog.o: $(RULE_LIST)

$(RULE_LIST): src/rules Makefile
	@mkdir -p $(@D)
	$(call quiet,GEN)printf 'RULE(%s)\n' $(RULES) > $@

# The style and the script of the HTML report, as strings of C.
AUDIT_PAGE = $(BUILD)/generated/audit_page.h
AUDIT_PAGE_PARTS = src/report/audit_page.css src/report/audit_page.js
$(call objects_of,report): LAYER_FLAGS += -iquote $(BUILD)/generated
$(BUILD)/src/report/html_page.o: $(AUDIT_PAGE)

$(AUDIT_PAGE): $(AUDIT_PAGE_PARTS) Makefile
	@mkdir -p $(@D)
	$(call quiet,GEN)for part in $(AUDIT_PAGE_PARTS); do \
		echo "static const char audit_page_$${part##*.}[] ="; \
		sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $$part; \
		echo ';'; \
	done > $@

$(BUILD)/src/main.o: LAYER_FLAGS = $(call include_of,commands)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) $(ALL_CFLAGS) $(LAYER_FLAGS) -c -o $@ $<

$(BUILD)/lib%.a:
	@mkdir -p $(@D)
	$(call quiet,AR)rm -f $@ && $(AR) rcs $@ $^

$(PROGRAM): $(BUILD)/src/main.o $(call library_of,commands)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PACKAGE_LIBS)

# Pages about all rules, made from the texts in the rules themselves.
PAGES = $(BUILD)/tools/rules_manual
$(BUILD)/tools/rules_manual.o: LAYER_FLAGS = $(call include_of,report)
$(PAGES): $(BUILD)/tools/rules_manual.o $(call library_of,report)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PACKAGE_LIBS)

$(RULES_MANUAL): $(PAGES)
	@mkdir -p $(@D)
	$(call quiet,GEN)$(PAGES) mdoc > $@

docs: $(PAGES)
	$(PAGES) markdown > doc/rules.md
	$(PAGES) exposure > doc/exposure.md

# Completion of the shells, made from the table of commands.
COMPLETION = $(BUILD)/tools/shell_completion
$(BUILD)/tools/shell_completion.o: LAYER_FLAGS = $(call include_of,commands)
$(COMPLETION): $(BUILD)/tools/shell_completion.o $(call library_of,commands)
	$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PACKAGE_LIBS)

$(COMPLETIONS): $(COMPLETION)
	@mkdir -p $(@D)
	$(call quiet,GEN)$(COMPLETION) $(patsubst .%,%,$(suffix $@)) > $@

# Unit tests: tests/unit/test_<module>.c links the layer of <module> and the
# layers below it, nothing else. One that is named for no module has a row here.
# In test_replay_<what>.c the event loop is the one of tests/support, which has
# no sockets and does not wait; test_<protocol>_stubs.c also links what rpcgen
# makes of rpc/<protocol>.x.
UNIT_LAYER_event_sockets = base
STUB_DIR = $(BUILD)/generated/stubs
stubs_of = $(if $(filter %_stubs,$(1)),$(STUB_DIR)/$(1:%_stubs=%)_xdr.o)
UNIT_TESTS = $(sort $(patsubst tests/unit/test_%.c,%,\
	$(wildcard tests/unit/test_*.c)))
UNIT_PROGRAMS = $(UNIT_TESTS:%=$(BUILD)/tests/unit/test_%)
SUPPORT = $(BUILD)/libsupport.a
FAKE_LOOP = $(BUILD)/tests/support/fake_event_loop.o
$(SUPPORT): $(filter-out $(FAKE_LOOP),\
	$(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c)))
$(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c)): \
	LAYER_FLAGS = $(call include_of,model) -iquote tests/support

layer_of = $(or $(UNIT_LAYER_$(1)),$(if $(filter replay_% %_stubs,$(1)),rpc),$(strip \
	$(foreach l,$(LAYERS),$(if $(wildcard $(DIR_$(l))/$(1).c),$(l)))))
define unit_rules
$(BUILD)/tests/unit/test_$(1).o: LAYER_FLAGS = \
	$(call include_of,$(call layer_of,$(1))) -iquote tests/support \
	-iquote $(STUB_DIR)
$(BUILD)/tests/unit/test_$(1).o: | $(call stubs_of,$(1))
$(BUILD)/tests/unit/test_$(1): $(BUILD)/tests/unit/test_$(1).o \
	$(call stubs_of,$(1)) \
	$(if $(filter replay_%,$(1)),$(FAKE_LOOP)) $(SUPPORT) \
	$(call library_of,$(call layer_of,$(1)))
	$$(call quiet,LD)$(CC) $(ALL_LDFLAGS) -o $$@ $$^ $(CMOCKA_LIBS) \
		$(PACKAGE_LIBS)
endef
$(foreach t,$(UNIT_TESTS),$(eval $(call unit_rules,$(t))))

# rpcgen writes the path of its input into the stubs.
$(STUB_DIR)/%_xdr.c: rpc/%.x
	@mkdir -p $(@D)
	$(call quiet,GEN)cp $< $(@D) && cd $(@D) && rm -f $*.h $(@F) && \
		rpcgen -h -o $*.h $(<F) && rpcgen -c -o $(@F) $(<F)
$(STUB_DIR)/%_xdr.o: $(STUB_DIR)/%_xdr.c
	$(call quiet,CC)$(CC) $(CFLAGS) $(PACKAGE_CFLAGS) \
		$(SANITIZE:%=-fsanitize=%) -w -c -o $@ $<

test-programs: all $(UNIT_PROGRAMS)

# What follows is for people. The packages are looked for before make reads
# what pkg-config says about them, hence the second make.
JOBS ?= $(shell nproc 2>/dev/null || echo 1)
submake = @$(MAKE) --no-print-directory $(if $(findstring j,\
	$(firstword -$(MAKEFLAGS)) $(filter -j%,$(MAKEFLAGS))),,-j$(JOBS))
SUITES = unit cli fixtures rules good corpus schema docs contrib faults state \
	odd traps differential showmount fake sweep ganesha audit access html
.PHONY: $(SUITES:%=check-%)
ASAN_BUILD = $(BUILD)/asan
SANITIZERS = address,undefined
FUZZ_SECONDS ?= 60
FUZZ ?=

demo:
	@sh tools/install_packages.sh build
	$(submake) all $(FAKE_SERVER)
	@BUILD=$(BUILD) sh tools/demo.sh $(PROGRAM)

check:
	@sh tools/install_packages.sh test
	$(submake) test-programs differential-program
	$(submake) BUILD=$(ASAN_BUILD) SANITIZE=$(SANITIZERS) test-programs \
		differential-program
	@sh tests/run_all.sh $(BUILD) $(SUITES) asan

$(SUITES:%=check-%):
	@sh tools/install_packages.sh test
	$(submake) test-programs differential-program
	@sh tests/run_all.sh $(BUILD) $(@:check-%=%)

check-asan:
	@sh tools/install_packages.sh test
	$(submake) BUILD=$(ASAN_BUILD) SANITIZE=$(SANITIZERS) test-programs \
		differential-program
	@sh tests/run_all.sh $(BUILD) asan

check-fuzz:
	@sh tools/install_packages.sh test
	$(submake) BUILD=$(BUILD)/fuzz CC=clang \
		SANITIZE=fuzzer-no-link,$(SANITIZERS) fuzz-programs
	@sh tests/fuzz/run_fuzz.sh $(BUILD)/fuzz $(FUZZ_SECONDS) $(FUZZ)

bench:
	@sh tools/install_packages.sh test
	$(submake) all $(FAKE_SERVER)
	@BUILD=$(BUILD) sh tests/bench/bench.sh $(PROGRAM)

BINDIR = $(DESTDIR)$(PREFIX)/bin
SHAREDIR = $(DESTDIR)$(PREFIX)/share
MANDIR = $(SHAREDIR)/man
BASH_COMPLETION = $(SHAREDIR)/bash-completion/completions/exportctl
ZSH_COMPLETION = $(SHAREDIR)/zsh/site-functions/_exportctl
FISH_COMPLETION = $(SHAREDIR)/fish/vendor_completions.d/exportctl.fish

install: all
	install -d $(BINDIR) $(MANDIR)/man1 $(MANDIR)/man7
	install -m 755 $(PROGRAM) $(BINDIR)/exportctl
	install -m 644 doc/exportctl.1 $(MANDIR)/man1/exportctl.1
	install -m 644 $(RULES_MANUAL) $(MANDIR)/man7/exportctl-rules.7
	install -D -m 644 $(BUILD)/completion/exportctl.bash $(BASH_COMPLETION)
	install -D -m 644 $(BUILD)/completion/exportctl.zsh $(ZSH_COMPLETION)
	install -D -m 644 $(BUILD)/completion/exportctl.fish $(FISH_COMPLETION)

uninstall:
	rm -f $(BINDIR)/exportctl $(MANDIR)/man1/exportctl.1 \
		$(MANDIR)/man7/exportctl-rules.7 $(BASH_COMPLETION) \
		$(ZSH_COMPLETION) $(FISH_COMPLETION)

help:
	@echo 'make demo                install what building needs, build,'
	@echo '                         show the examples, this host and a server'
	@echo 'make check               install what testing needs, run all tests'
	@echo 'make                     build $(PROGRAM)'
	@echo 'make check-SUITE         one of: $(SUITES)'
	@echo 'make check-asan          unit, cli, sweep and others with sanitizers'
	@echo 'make check-fuzz          fuzz each target, or those that FUZZ names,'
	@echo '                         for FUZZ_SECONDS (now $(FUZZ_SECONDS))'
	@echo 'make bench               compare speed with exportfs, augtool,'
	@echo '                         showmount and nmap'
	@echo 'make docs                writes doc/rules.md and doc/exposure.md'
	@echo 'make install, uninstall  below PREFIX (now $(PREFIX)); DESTDIR'
	@echo 'make clean               remove build/'
	@echo 'V=1 shows the commands, BUILD=DIR builds elsewhere, JOBS=N'

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
-include $(wildcard tests/*/rules.mk tests/*/*/rules.mk)
