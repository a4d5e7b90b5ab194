"""Runs nfs-utils' showmount and exportctl side by side and compares stdout,
stderr and status, byte for byte.

    compare_showmount.py answers|waits|limits|hostile|terminal|options|tables...

In a network of its own (run_showmount.sh makes it): options and tables need
rpcbind and rpc.mountd at work, the others bring servers that misbehave.
EXPORTCTL, SHOWMOUNT and FAKE_SERVER are programs; SHOWMOUNT_SLOW makes the part waits run
SHOWMOUNT too. Prints what differs, and the counts at the end.
"""
import concurrent.futures
import itertools
import os
import pty
import random
import subprocess
import sys

from scripted_server import Servers

EXPORTCTL = os.environ["EXPORTCTL"]
SHOWMOUNT = os.environ["SHOWMOUNT"]
FIXTURES = os.path.join(os.path.dirname(__file__), "../fixtures/showmount/")
LIMIT = 300  # seconds; showmount itself may wait for 194
MODES = ["-e", "-a", "-d", ""]


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def judge(self, name, ok, *details):
        if ok:
            self.passed += 1
            return
        self.failed += 1
        print("FAILED: %s" % name)
        for label, detail in details:
            print("  %s: %.2000r" % (label, detail))


def run(program, arguments, environment=()):
    """Gives (status, stdout, stderr) of a program that goes by the name
    showmount."""
    result = subprocess.run(
        arguments, executable=program, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LIMIT,
        env=dict(os.environ, LC_ALL="C", **dict(environment)))
    return result.returncode, result.stdout, result.stderr


def run_ours(arguments, environment=(), as_command=False):
    return run(EXPORTCTL, (["exportctl"] if as_command else [])
               + ["showmount"] + arguments, environment)


def run_theirs(arguments, environment=()):
    return run(SHOWMOUNT, ["showmount"] + arguments, environment)


def compare(case):
    """A case is a name, arguments and variables; gives judge()'s."""
    name, arguments, environment = case
    # half of the cases, always the same ones
    ours = run_ours(arguments, environment, len(name) % 2 == 0)
    theirs = run_theirs(arguments, environment)
    return (name, ours == theirs, ("exportctl", ours), ("showmount", theirs))


def compare_all(tally, cases, workers=4):
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for verdict in pool.map(compare, cases):
            tally.judge(*verdict)


def lines_of(name):
    with open(FIXTURES + name) as file:
        for line in file:
            line = line.strip()
            if line and not line.startswith("#"):
                yield line


class Hosts:
    """Gives each line of a fixture a server at an address of its own; a line
    "host=ADDRESS" has none, one with "ipv6" has it there."""

    def __init__(self, network):
        self.network, self.count = network, 0
        self.servers = Servers()

    def add(self, line):
        if line.startswith("host="):
            return line[len("host="):]
        self.count += 1
        if line.startswith("ipv6"):
            host, line = "fd00::%x" % self.count, line[len("ipv6"):]
        else:
            host = "127.%d.%d.%d" % (self.network, self.count >> 8,
                                     self.count & 255)
        self.servers.add(host, line)
        return host


def check_answers(tally):
    hosts = Hosts(1)
    cases = []
    for line in lines_of("answers"):
        host = hosts.add(line)
        cases += [("answers: %s: %s" % (line, mode),
                   [mode, host] if mode else [host], {})
                  for mode in ("-e", "-a")]
    hosts.servers.start()
    compare_all(tally, cases)


def check_wait(case):
    name, host, text = case
    expected = (0, b"", b"") if text == "list" \
        else (1, b"", text.encode() + b"\n")
    verdicts = [(run_ours(["-e", host]), "exportctl")]
    if os.environ.get("SHOWMOUNT_SLOW"):
        verdicts.append((run_theirs(["-e", host]), "showmount"))
    for (status, out, error), program in verdicts:
        found = (status, b"" if status == 0 else out, error)
        yield ("waits: %s: %s" % (program, name),
               found == expected and (status != 0 or out != b""),
               ("expected", expected), ("found", (status, out, error)))


def check_waits(tally):
    hosts = Hosts(2)
    cases = []
    for line in lines_of("waits"):
        words, text = [part.strip() for part in line.split("|")]
        cases.append((words, hosts.add(words), text))
    hosts.servers.start()
    with concurrent.futures.ThreadPoolExecutor(len(cases)) as pool:
        for verdicts in pool.map(lambda case: list(check_wait(case)), cases):
            for verdict in verdicts:
                tally.judge(*verdict)


def check_limits(tally):
    """Lists on which showmount crashes: words, exports that must be printed,
    whether it is all."""
    hosts = Hosts(3)
    cases = [("m=many:100000", 100000, True),
             ("m=hollow:4000001:0", 4000000, False),
             ("m=hollow:140000:1020", 128000, False)]
    asked = [(hosts.add(words), words, least, complete)
             for words, least, complete in cases]
    hosts.servers.start()
    for host, words, least, complete in asked:
        status, out, error = run_ours(["-e", "--no-headers", host])
        expected = b"" if complete else \
            b"showmount: the list is too long; the rest is missing\n"
        tally.judge("limits: " + words,
                    status == (0 if complete else 1) and error == expected
                    and out.count(b"\n") >= least,
                    ("found", (status, out.count(b"\n"), error)))


WORDS = ["-a", "-d", "-e", "--all", "--al", "--a", "--d", "--directories",
         "--e", "--exports", "--no-headers", "--no", "--n", "-h", "--help",
         "--he", "-v", "--version", "--v", "-x", "-E", "-n", "--nothing",
         "--all=1", "--e=", "-ae", "-ea", "-eh", "-ev", "-xe", "-e127.0.0.1",
         "--", "-", "---", "--=", "127.0.0.1", "localhost", "::1",
         "127.0.0.2", "", "no.such.host", "own.example"]


def option_cases():
    chance = random.Random(1)
    yield []
    yield from ([word] for word in WORDS)
    yield from map(list, itertools.product(WORDS[:1] + WORDS[2:3]
                                           + WORDS[10:11] + WORDS[31:],
                                           repeat=2))
    for _ in range(400):
        yield [chance.choice(WORDS) for _ in range(chance.randint(2, 5))]


def check_options(tally):
    for host in ("127.0.0.1", "::1", "localhost", ""):
        theirs = run_theirs(["-e"] + [host] * bool(host))
        tally.judge("options: mountd answers at " + host, theirs[0] == 0,
                    ("showmount", theirs))
    cases = [("options: %s%s" % (arguments, "".join(variables)), arguments,
              variables)
             for arguments in option_cases()
             for variables in ({}, {"POSIXLY_CORRECT": "1"})]
    compare_all(tally, cases)


class Tables:
    """Exports files and lists of mounts by chance, as mountd reads them."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.number = 0

    def name(self):
        return "".join(self.chance.choice(
            ["a", "b", "srv", "/", "-", ".", "\\040", "\\011", "\\134",
             "\xc3\xa9", "\xff", "%", "\\033"])
            for _ in range(self.chance.randint(1, 9)))

    def client(self):
        number = self.chance.randint(1, 250)
        return self.chance.choice(
            ["*", "10.0.0.%d" % number, "10.%d.0.0/16" % number,
             "*.d%d.example.org" % number, "@group%d" % number,
             "host%d.example" % (number % 9), "fd00::%x" % number,
             "fd00:%x::/64" % number, "gss/krb5"])

    def exports(self):
        lines = ["/marker%d *(ro)\n" % self.number]
        for _ in range(self.chance.choice([0, 1, 3, 10, 40])):
            clients = " ".join(
                self.client() + "(ro,no_subtree_check)"
                for _ in range(self.chance.choice([1, 1, 2, 5, 20])))
            lines.append("/%s %s\n" % (self.name(), clients))
        return "".join(lines)

    def mounts(self):
        lines = []
        for _ in range(self.chance.choice([0, 1, 5, 50, 300])):
            lines.append("%s:/%s:0x%08x\n" % (
                self.chance.choice(["10.0.0.%d", "host%d", "fd00::%d",
                                    "%d\xe9 x"]) % self.chance.randint(1, 30),
                self.name(), self.chance.randint(1, 9)))
        return "".join(lines)

    def install(self):
        """Writes the next tables; mountd looks at the seconds of rmtab."""
        self.number += 1
        with open("/etc/exports", "w", encoding="latin-1") as file:
            file.write(self.exports())
        subprocess.run(["exportfs", "-ra"], stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open("/var/lib/nfs/rmtab", "w", encoding="latin-1") as file:
            file.write(self.mounts())
        os.utime("/var/lib/nfs/rmtab", (self.number * 10, self.number * 10))


def check_tables(tally):
    tables = Tables(2)
    for _ in range(int(os.environ.get("TABLES", "250"))):
        tables.install()
        marker = b"/marker%d " % tables.number
        out = run_theirs(["-e", "127.0.0.1"])[1]
        if marker not in out:
            tally.judge("tables: mountd does not have table %d"
                        % tables.number, False, ("showmount", out))
            continue
        cases = [("tables: %d: %s" % (tables.number, mode),
                  [word for word in (mode, "127.0.0.1") if word], {})
                 for mode in MODES]
        compare_all(tally, cases)


def on_terminal(program, arguments):
    """Gives (status, text) of a program that goes by the name showmount on a
    terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["LC_ALL"] = "C"
        os.execv(program, ["showmount"] + arguments)
    text = bytearray()
    try:
        while piece := os.read(terminal, 65536):
            text += piece
    except OSError:
        pass  # EIO: the other end is closed
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return (os.waitstatus_to_exitcode(status),
            text.replace(b"\r\n", b"\n").decode("utf-8", "replace"))


def check_terminal(tally):
    hosts = Hosts(4)
    plain, odd = hosts.add("m=good"), hosts.add("m=odd")
    hosts.servers.start()
    for mode in MODES:
        words = [mode] if mode else []
        ours = on_terminal(EXPORTCTL, words + [plain])
        theirs = on_terminal(SHOWMOUNT, words + [plain])
        tally.judge("terminal: plain: " + mode, ours == theirs,
                    ("exportctl", ours), ("showmount", theirs))
        with open(FIXTURES + "terminal" + mode, encoding="utf-8") as file:
            expected = 0, file.read()
        ours = on_terminal(EXPORTCTL, words + ["--no-headers", odd])
        tally.judge("terminal: odd: " + mode, ours == expected,
                    ("expected", expected), ("exportctl", ours))


def is_harmless(text):
    return all(c == "\n" or c.isprintable() and c != "\ufffd" for c in text)


def check_hostile_mode(case):
    """Whatever a server does, the program ends by itself and leaves a terminal
    alone (of which long lists would be too much)."""
    mode, host, option = case
    if mode.startswith("names-"):
        status, text = on_terminal(EXPORTCTL, [option, host])
    else:
        status, text = run_ours([option, host])[0], ""
    return ("hostile: %s: %s" % (mode, option),
            status in (0, 1) and is_harmless(text),
            ("found", (status, text)))


def check_hostile(tally):
    program = os.environ["FAKE_SERVER"]
    listing = subprocess.run([program, "--list-modes"], text=True,
                             stdout=subprocess.PIPE, check=True).stdout
    modes = [line.split("\t")[0] for line in listing.splitlines()]
    hosts = ["127.4.0.%d" % (i + 1) for i in range(len(modes))]
    server = subprocess.Popen(
        [program, "--until-eof", "--mounts", "3"]
        + ["--mode-for=%s=%s" % pair for pair in zip(hosts, modes)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    server.stdout.readline()  # says that it is ready
    cases = [(mode, host, option) for mode, host in zip(modes, hosts)
             for option in ("-e", "-a")]
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        for verdict in pool.map(check_hostile_mode, cases):
            tally.judge(*verdict)
    server.stdin.close()
    server.wait()


PARTS = {"answers": check_answers, "waits": check_waits,
         "limits": check_limits, "hostile": check_hostile,
         "options": check_options, "tables": check_tables,
         "terminal": check_terminal}


def main():
    tally = Tally()
    for part in sys.argv[1:]:
        PARTS[part](tally)
    print("%d passed, %d failed" % (tally.passed, tally.failed))
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
