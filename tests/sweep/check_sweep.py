"""What exportctl says of servers, compared with what they are.

    check_sweep.py [PART]...

Run by tests/run_sweep.sh, in a private network. A part is a function part_NAME
below; it yields (case, problem), where problem is None if all is well.
"""
import concurrent.futures, contextlib, csv, json, os, pty, random, re, shutil
import signal, sqlite3, subprocess, sys, tempfile, time

import jsonschema

BUILD = os.environ.get("BUILD", "build")
EXPORTCTL = os.environ.get("EXPORTCTL", "build/exportctl")
FAKE = BUILD + "/tests/support/fake_server/fake_server"
LIMIT = 60  # seconds for any command, far above what one needs
HOST_SECONDS = "12" if "asan" in EXPORTCTL else "3"  # for a hostile server

RAW = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|"
                 rb"\xe2\x80[\x8b-\x8f\x9b-\xaf]|\xe2\x81[\xa0-\xaf]")


class Server:
    """The fake server with its log, ready when it is made."""

    def __init__(self, *options):
        self.log = tempfile.NamedTemporaryFile("r")
        self.process = subprocess.Popen(
            [FAKE, "--log", self.log.name, *options], stdout=subprocess.PIPE)
        if not self.process.stdout.readline().startswith(b"ready"):
            raise RuntimeError("the fake server does not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def events(self):
        """Each line of the log as (what, {key: value})."""
        events = []
        for line in self.log:
            what, *pairs = line.split()
            events.append((what, dict(p.split("=", 1) for p in pairs)))
        return events


def ask(command, *arguments, stdin=None):
    return subprocess.run([EXPORTCTL, command, *arguments], input=stdin,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=LIMIT)


def answers(command, *arguments, **more):
    """The servers of jsonl by their host, and the exit status."""
    result = ask(command, "--format", "jsonl", *arguments, **more)
    servers = {}
    for line in result.stdout.splitlines():
        server = json.loads(line)
        del server[command][1000:]  # a few are enough to look at
        servers[server["host"]] = server
    return servers, result


def differs(what, found, wanted):
    if found != wanted:
        return "%s: %r instead of %r" % (what, found, wanted)
    return None


def modes():
    """Mode and the status that a client should arrive at."""
    lines = subprocess.run([FAKE, "--list-modes"], stdout=subprocess.PIPE,
                           check=True, text=True).stdout.splitlines()
    return [tuple(line.split("\t")[:2]) for line in lines]


def part_conversation():
    """The shortest conversation that is safe, and nothing about the caller."""
    for command, procedure in (("exports", "5"), ("mounts", "2")):
        with Server("--generate", "3,2", "--mounts", "3") as server:
            result = ask(command, "127.0.0.1")
            events = server.events()
        calls = [(e["transport"], e["program"], e["version"], e["procedure"],
                  e["flavor"]) for what, e in events if what == "call"]
        connections = [e for what, e in events if what == "connection"]
        ports = [int(e["source"]) for _, e in events]
        yield command + ": status", differs("status", result.returncode, 0)
        yield command + ": calls", differs("calls", calls, [
            ("udp", "100000", "2", "3", "0"),
            ("tcp", "100005", "3", procedure, "0")])
        yield command + ": connections", differs("connections",
                                                 len(connections), 1)
        yield command + ": ports", None if min(ports) >= 1024 else \
            "a reserved port was used"


SERVERS = [  # options of the fake, of exportctl, via
    ((), (), "mount3/tcp"),
    (("--rpcbind-versions", "2"), (), "mount3/tcp"),
    (("--rpcbind-versions", "3,4"), (), "mount3/tcp"),
    (("--rpcbind-versions", "3"), (), "mount3/tcp"),
    (("--rpcbind-versions", "2"), ("--tcp",), "mount3/tcp"),
    (("--rpcbind-transport", "tcp"), (), "mount3/tcp"),
    (("--rpcbind-transport", "udp"), (), "mount3/tcp"),
    (("--udp-only",), (), "mount3/udp"),
    (("--udp-only", "--rpcbind-versions", "4"), (), None),
    (("--tcp-only",), ("--udp",), None),
    (("--mount-versions", "1"), (), "mount1/tcp"),
    (("--mount-versions", "2"), (), "mount2/tcp"),
    (("--mount-versions", "1"), ("--mount-version", "3"), None),
    (("--mount-versions", "1,2"), ("--mount-version", "2"), "mount2/tcp"),
    (("--no-rpcbind",), ("--mount-port", "20048"), "mount3/tcp"),
    (("--no-rpcbind",), (), None),
    (("--drop", "1"), (), "mount3/tcp"),
    (("--rpcbind-port", "1111"), ("--rpcbind-port", "1111"), "mount3/tcp"),
    ((), ("--reserved-port",), "mount3/tcp"),
    ((), ("--via", "mount"), "mount3/tcp"),
]


def part_servers():
    """Servers of every kind, and the options that go with them."""
    for fake, options, via in SERVERS:
        name = " ".join(fake + options) or "plain"
        with Server("--no-nfs", "--generate", "3,2", *fake) as server:
            found, result = answers("exports", *options, "127.0.0.1")
            ports = [int(e["source"]) for _, e in server.events()]
        yield name, differs("via", found["127.0.0.1"]["via"], via) or \
            differs("exports", len(found["127.0.0.1"]["exports"]),
                    3 if via else 0) or \
            differs("status", result.returncode, 0 if via else 2) or \
            differs("reserved ports", any(p < 1024 for p in ports),
                    "--reserved-port" in options)
    with Server("--ipv6", "--generate", "3,2"):
        found, _ = answers("exports", "::1", "[::1]", "127.0.0.1")
        yield "IPv6", differs("hosts", sorted(found), ["127.0.0.1", "::1"]) or \
            differs("via", found["::1"]["via"], "mount3/tcp")


# In a sweep a server may send less; in 12 seconds a drip is enough; the port of
# NFS is closed here.
IN_SWEEP = {"million-nodes": "too-large", "million-groups": "too-large",
            "rpcbind-port-2049": "refused"}
if HOST_SECONDS == "12":
    IN_SWEEP["rpcbind-drip"] = "ok"


def check_modes(command, listed, fake, options):
    """Asks a server for each mode, with honest ones between them."""
    wanted = {"127.2.%d.%d" % (i // 250, i % 250 + 1):
              (mode, IN_SWEEP.get(mode, status))
              for i, (mode, status) in enumerate(listed)}
    honest = ["127.3.0.%d" % i for i in range(1, 31)]
    hosts = [h for pair in zip(wanted, honest * 9) for h in pair]
    for address, (mode, _) in wanted.items():
        fake += ["--mode-for", "%s=%s" % (address, mode)]
    with Server("--generate", "3,2", "--mounts", "3", *fake):
        begun = time.monotonic()
        found, result = answers(command, "--patient", "--timeout",
                                HOST_SECONDS, *options, *hosts)
        took = time.monotonic() - begun
    yield command + ": status", differs("status", result.returncode, 1)
    yield command + ": deadline", None if took < 30 else \
        "it took %d seconds" % took
    for address, (mode, status) in wanted.items():
        yield "%s of %s" % (command, mode), differs(
            "status", found[address]["status"], status)
    for address in set(hosts) & set(honest):
        server = found[address]
        yield "%s of %s" % (command, address), differs(
            "status", server["status"], "ok") or differs(
            "entries", len(server[command]), 3)


def part_modes():
    """Hostile servers among honest ones, all asked at once."""
    listed = [m for m in modes() if not m[0].startswith("nfs4-")]
    for command in ("exports", "mounts"):
        yield from check_modes(command, listed, ["--no-nfs"], [])


def part_nfs4_modes():
    """The same over NFSv4."""
    listed = [m for m in modes() if m[0].startswith("nfs4-")]
    yield from check_modes("exports", listed, [], ["--via", "nfs4"])


def memory_of(host, *options):
    """Status and peak memory in KiB of one run."""
    with tempfile.TemporaryFile() as out, \
            tempfile.NamedTemporaryFile() as used:
        subprocess.run(["/usr/bin/time", "-f", "%M", "-o", used.name,
                        EXPORTCTL, "exports", "--format", "json", *options,
                        host], stdout=out, stderr=subprocess.DEVNULL)
        out.seek(0)
        head = out.read(500).decode()
        memory = int(used.read().split()[-1])
    found = re.search('"status":"([a-z0-9-]*)"', head)
    return found and found.group(1), memory


# Their entries are kept, up to the limits.
LARGE = {"endless-list", "endless-groups", "million-nodes", "million-groups",
         "ten-million-nodes", "ten-million-groups", "huge-fragment"}


def part_memory():
    """Each mode asked alone: status, and memory."""
    listed = modes()
    addresses = {m: "127.2.1.%d" % i for i, (m, _) in enumerate(listed, 1)}
    fake = ["--mode-for=%s=%s" % (address, mode)
            for mode, address in addresses.items()]
    with Server("--generate", "3,2", *fake), \
            concurrent.futures.ThreadPoolExecutor(4) as pool:
        jobs = {mode: pool.submit(
            memory_of, address, "--timeout",
            "1" if status == "timeout" else "30", "--via",
            "nfs4" if mode.startswith("nfs4-") else "mount")
            for (mode, status), address in zip(listed, addresses.values())}
        for mode, status in listed:
            found, memory = jobs[mode].result()
            yield mode, differs("status", found, status)
            if "asan" not in EXPORTCTL:
                yield mode + ": memory", None if memory < 1024 * (
                    384 if mode in LARGE else 64) else "%d KiB" % memory


def part_many():
    """A thousand servers, then with a hundred dead ones among them."""
    alive = ["127.5.%d.%d" % (i // 250, i % 250 + 1) for i in range(1000)]
    mixed = [a if i % 10 else "127.9.%d.%d" % (i // 250, i % 250 + 1)
             for i, a in enumerate(alive)]
    with Server("--no-nfs", "--generate", "3,2"):
        for name, hosts, dead in (("alive", alive, 0), ("mixed", mixed, 100)):
            found, result = answers(
                "exports", "--input", "-", stdin="\n".join(hosts).encode())
            yield name + ": status", differs("status", result.returncode,
                                             1 if dead else 0)
            yield name + ": hosts", differs("hosts", sorted(found),
                                            sorted(hosts))
            statuses = [s["status"] for s in found.values()]
            yield name + ": ok", differs("ok", statuses.count("ok"),
                                         1000 - dead)
            yield name + ": dead", differs(
                "unreachable", statuses.count("unreachable"), dead)
        result = ask("exports", "--format", "json", "--input", "-",
                     stdin="\n".join(mixed).encode())
        yield "the order of the input", differs(
            "order", [s["host"] for s in json.loads(result.stdout)["servers"]],
            mixed)


def part_formats():
    """No format prints what a terminal must not get; JSON keeps to its
    schema."""
    for command in ("exports", "mounts"):
        with open("doc/schema/exportctl-%s-1.json" % command) as file:
            schema = json.load(file)
        jsonschema.Draft7Validator.check_schema(schema)
        lines = dict(schema, **schema["definitions"]["server"])
        for mode, _ in modes():
            if not mode.startswith(("names-", "half-", "rpcbind-red", "nfs4-n",
                                    "nfs4-l")):
                continue
            via = "nfs4" if mode.startswith("nfs4") else "auto"
            if command == "mounts" and via == "nfs4":
                continue
            with Server("--mode", mode, "--generate", "3,2"):
                for kind in ("table", "json", "jsonl", "showmount"):
                    result = ask(command, "--timeout", "1", "--format", kind,
                                 "--via", via, "127.0.0.1")
                    name = "%s --format %s of %s" % (command, kind, mode)
                    output = result.stderr + result.stdout
                    yield name, "raw bytes" if RAW.search(output) else \
                        None if is_utf8(output) else "bytes that are no UTF-8"
                    if kind == "json":
                        jsonschema.validate(json.loads(result.stdout), schema)
                    if kind == "jsonl":
                        jsonschema.validate(json.loads(result.stdout), lines)


def is_utf8(output):
    try:
        output.decode()
    except UnicodeDecodeError:
        return False
    return True


def part_output():
    """A full disk, and readers that go."""
    hosts = ["127.6.0.%d" % i for i in range(1, 101)]
    with Server("--no-nfs", "--generate", "100,2"):
        for kind in ("table", "json", "jsonl", "showmount"):
            with open("/dev/full", "w") as full:
                result = subprocess.run(
                    [EXPORTCTL, "exports", "--format", kind, "127.0.0.1"],
                    stdout=full, stderr=subprocess.PIPE)
            yield "a full disk: " + kind, differs(
                "status", result.returncode, 2) or differs(
                "message", result.stderr,
                b"exportctl: write error: No space left on device\n")
            process = subprocess.Popen(
                [EXPORTCTL, "exports", "--format", kind, *hosts],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdout.close()
            message = process.stderr.read()
            process.stderr.close()
            yield "a closed pipe: " + kind, differs(
                "status", process.wait(), 0) or differs(
                "message", message, b"")
    with Server("--no-nfs", "--generate", "1,1") as server:
        process = subprocess.Popen(
            [EXPORTCTL, "exports", "--format", "jsonl", "--jobs", "1", *hosts],
            stdout=subprocess.PIPE)
        process.stdout.close()
        process.wait()
        asked = {e["address"] for what, e in server.events()}
        yield "nobody reads: nobody is asked", None if len(asked) < 5 else \
            "%d were asked" % len(asked)


def part_limits():
    """--max-reply and --max-total: what is there stays, and is marked."""
    hosts = ["127.0.0.%d" % i for i in range(1, 9)]
    with Server("--no-nfs", "--generate", "100,1"):
        found, result = answers("exports", "--max-reply", "1024", "127.0.0.1")
        server = found["127.0.0.1"]
        yield "--max-reply", differs("status", server["status"],
                                     "too-large") or differs(
            "complete", server["complete"], False) or differs(
            "exit status", result.returncode, 1) or (
            None if 0 < len(server["exports"]) < 100 else "no part of the list")
        result = ask("exports", "--max-total", "40000", "--format", "json",
                     *hosts)
        servers = json.loads(result.stdout)["servers"]
        yield "--max-total", differs("exit status", result.returncode, 1) or \
            differs("lists", {(s["status"], len(s["exports"]))
                              for s in servers},
                    {("ok", 100), ("too-large", 0)})
        found, result = answers("exports", "--max-total", "40000", *hosts)
        yield "jsonl keeps nothing", differs(
            "statuses", {s["status"] for s in found.values()}, {"ok"})


def part_progress():
    """A terminal is told how far a sweep is."""
    with Server("--no-nfs", "--generate", "1,1", "--delay", "300"):
        for options, wanted in (((), True), (("-q",), False)):
            child, terminal = pty.fork()
            if child == 0:
                os.execv(EXPORTCTL, ["exportctl", "exports", *options,
                                     "--format", "json", "127.0.5.0/30"])
            text = b""
            try:
                while piece := os.read(terminal, 65536):
                    text += piece
            except OSError:
                pass  # EIO: the other end is closed
            os.close(terminal)
            _, status = os.waitpid(child, 0)
            yield "progress " + " ".join(options), differs(
                "progress", b" of 2 done, " in text, wanted) or differs(
                "status", os.waitstatus_to_exitcode(status), 0)


def part_operands():
    """Names, networks, --input, and what is wrong with them."""
    with Server("--no-nfs", "--generate", "1,1"):
        found, result = answers("exports", "127.0.5.0/24")
        yield "a network", differs("hosts", len(found), 254) or \
            differs("status", result.returncode, 0)
        found, _ = answers("exports", "127.0.5.0/31", "127.0.5.0/32")
        yield "a network of two", differs("hosts", sorted(found),
                                          ["127.0.5.0", "127.0.5.1"])
        found, _ = answers("exports", "127.0.5.7", "127.0.5.0/28",
                           "127.0.5.0/29", "127.0.5.7", "127.0.5.20")
        yield "nobody is asked twice", differs("hosts", len(found), 15)
        found, result = answers("exports", "127.9.0.0/28")
        yield "a silent network", differs("hosts", found, {}) or \
            differs("status", result.returncode, 2)
        found, _ = answers("exports", "--show-silent", "127.9.0.0/28")
        yield "--show-silent", differs("hosts", len(found), 14) or differs(
            "statuses", {s["status"] for s in found.values()}, {"unreachable"})
        found, result = answers("exports", "one.example", "none.example")
        yield "a name", differs("address", found["one.example"]["address"],
                                "127.0.3.1")
        yield "a wrong name", differs(
            "status", found["none.example"]["status"], "unresolved") or \
            differs("status", result.returncode, 1)
        found, _ = answers("exports", "two.example")
        yield "the second address answers", differs(
            "address", found["two.example"]["address"], "127.0.3.2")
        result = ask("exports", "--all-addresses", "--format", "json",
                     "two.example", "one.example")
        servers = json.loads(result.stdout)["servers"]
        yield "--all-addresses", differs(
            "addresses", [s["address"] for s in servers],
            ["127.0.3.2", "127.9.0.1", "127.0.3.1"])
        found, result = answers("exports", "--input", "-", stdin=(
            b"# servers\n127.0.5.1 127.0.5.2\n\n  bad(name) [::1\n127.0.5.3"))
        yield "--input", differs("hosts", sorted(found), [
            "127.0.5.1", "127.0.5.2", "127.0.5.3"]) or differs(
            "status", result.returncode, 2) or differs(
            "messages", result.stderr.decode(),
            "exportctl: -:4:3: neither a host name nor an address; it is left "
            "out\nexportctl: -:4:13: neither a host name nor an address; it is "
            "left out\n")
        found, result = answers("exports", "--input", "/dev/null")
        yield "an empty --input", differs("status", result.returncode, 2)
        result = ask("exports", "--format", "json", "127.0.5.9", "127.0.5.1",
                     "127.0.5.5")
        yield "json keeps the order", differs(
            "hosts", [s["host"] for s in json.loads(result.stdout)["servers"]],
            ["127.0.5.9", "127.0.5.1", "127.0.5.5"])
    for arguments in (["10.0.0.0/8"], ["::/0"], ["a b"], ["1.2.3.4/33"],
                      ["/24"], ["--timeout", "0", "x"], ["--jobs", "0", "x"],
                      ["--timeout", "nan", "x"], [""],
                      ["--input", "/nonexistent"]):
        result = ask("exports", *arguments)
        yield " ".join(arguments), differs("status", result.returncode, 2) or \
            differs("stdout", result.stdout, b"") or \
            (None if result.stderr else "no message")


def interrupted(command, *arguments):
    """JSON and status of a sweep that ^C ends while it waits for the dead."""
    with Server("--no-nfs", "--generate", "2,1"):
        process = subprocess.Popen(
            [EXPORTCTL, command, "--patient", "--format", "json",
             "--timeout", "50", "--jobs", "1", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        # an open UDP socket to a dead one: those before it have answered
        while process.poll() is None and "127.9.0.1" not in subprocess.run(
                ["ss", "-Hanu"], stdout=subprocess.PIPE, text=True).stdout:
            pass
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=LIMIT)
    return json.loads(out), process.returncode


def part_interrupt():
    """^C gives what is there."""
    for name, dead, wanted in (("an address", "127.9.0.1",
                                ["ok", "interrupted"]),
                               ("a network", "127.9.0.0/30", ["ok"])):
        document, status = interrupted("exports", "127.0.0.1", dead)
        yield name, differs("partial", document.get("partial"), True) or \
            differs("status", status, 1) or differs(
            "servers", [s["status"] for s in document["servers"]], wanted)
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(folder)
        memory.changes({"127.0.0.1": BEFORE}, "127.0.0.1")
        document, status = interrupted(
            "audit", "--state", memory.state, "127.0.0.1", "127.9.0.1")
        yield "an audit", differs("partial", document.get("partial"), True) or \
            differs("status", status, 1)
        yield "its state", differs("runs", len(history(memory, "127.0.0.1")), 1)


def part_probe():
    """What servers can do."""
    for tls, wanted in (("starttls", "offered"), ("plain", "no"),
                        ("wrongtoken", "no"), ("short", "no"),
                        ("denied", "no"), ("hang", "no")):
        with Server("--generate", "1,1", "--tls", tls):
            found, _ = answers("exports", "--probe", "127.0.0.1")
        yield "tls " + tls, differs(
            "tls", found["127.0.0.1"]["probe"]["tls"], wanted)
    with Server("--generate", "2,1"):
        found, _ = answers("exports", "--probe", "127.0.0.1")
        yield "flavors", differs(
            "sec", [e.get("sec") for e in found["127.0.0.1"]["exports"]],
            [["sys"]] * 2)
    with Server("--generate", "2,1", "--mount-versions", "1,3",
                "--nfs-versions", "3", "--flavors", "390003,1") as server:
        found, _ = answers("exports", "--probe", "127.0.0.1")
        probe = found["127.0.0.1"]["probe"]
        yield "versions", differs("MOUNT", probe["mount_versions"],
                                  ["1", "3"]) or \
            differs("NFS", probe["nfs_versions"], ["3"])
        yield "flavors by NFSv4 only", differs(
            "sec", [e.get("sec") for e in found["127.0.0.1"]["exports"]],
            [None] * 2)
        mounted = [e for what, e in server.events()
                   if what == "call" and e["program"] == "100005" and
                   e["procedure"] in ("1", "3")]
        yield "--probe leaves no trace", differs("calls", mounted, [])
        found, _ = answers("exports", "--mnt", "127.0.0.1")
        yield "--mnt", differs(
            "sec", [e.get("sec") for e in found["127.0.0.1"]["exports"]],
            [["krb5", "sys"]] * 2)
        calls = [e["procedure"] for what, e in server.events()
                 if what == "call" and e["program"] == "100005" and
                 e["procedure"] in ("1", "3")]
        yield "each MNT has its UMNT", differs("calls", calls,
                                               ["1", "3", "1", "3"])


AUDITED = [  # options of the fake, rules that find something, those that don't
    (("--generate", "2,1"), "lists-exports no-tls auth-sys rpcbind-amplifies",
     "world-export lists-clients old-version v4-only insecure-port"),
    (("--generate", "2,1", "--rpcbind-transport", "tcp"), "lists-exports",
     "rpcbind-amplifies"),
    # it is asked over UDP first, and heard over TCP
    (("--generate", "2,1", "--drop", "1"), "lists-exports rpcbind-amplifies",
     ""),
    (("--no-rpcbind",), "", "rpcbind-amplifies"),
    (("--no-mount",), "rpcbind-amplifies", ""),
    (("--generate", "2,1", "--mounts", "2"), "lists-clients", "world-export"),
    (("--generate", "2,0"), "world-export", "malformed-reply"),
    (("--generate", "1,1", "--nfs-versions", "2,3"), "old-version",
     "auth-sys"),
    (("--generate", "1,1", "--tls", "starttls"), "", "no-tls tls-optional"),
    (("--generate", "1,1", "--tls", "starttls", "--no-mount"),
     "tls-optional insecure-port v4-only auth-sys",
     "no-tls lists-exports lists-clients world-export"),
    (("--generate", "1,1", "--no-nfs"), "lists-exports", "no-tls auth-sys"),
    (("--mode", "names-control"), "malformed-reply", ""),
    (("--mode", "endless-list"), "malformed-reply", ""),
]


def audit(*arguments, **more):
    """The report as JSON, and the result."""
    result = ask("audit", "--format", "json", "--min-severity", "info",
                 "--timeout", HOST_SECONDS, *arguments, **more)
    return json.loads(result.stdout), result


def exposure_is_wrong(exposure, rules):
    """The reasons add up, and are those that rules found."""
    if not exposure:
        return differs("a world export", "remote-world-export" in rules, False)
    ids = {r["id"] for r in exposure["reasons"]}
    return differs(
        "sum", sum(round(10 * r["points"]) for r in exposure["reasons"]),
        round(10 * exposure["score"])) or differs(
        "without a finding", ids - rules, set()) or differs(
        "world", "remote-world-export" in ids, "remote-world-export" in rules)


def part_audit():
    """Servers as the audit sees them, alone, hostile, and among others."""
    with open("doc/schema/exportctl-audit-fleet-1.json") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    for fake, raised, silent in AUDITED:
        name = " ".join(fake)
        with Server(*fake) as server:
            report, result = audit("127.0.0.1")
            text = ask("audit", "--timeout", HOST_SECONDS, "127.0.0.1")
            touched = [e for what, e in server.events()
                       if what == "call" and e["program"] == "100005" and
                       e["procedure"] in ("1", "3", "4")]
        jsonschema.validate(report, schema)
        rules = {f["rule"] for f in report["findings"]}
        yield name + ": exposure", exposure_is_wrong(
            report["servers"][0]["exposure"], rules)
        yield name, differs(
            "missing", {"remote-" + r for r in raised.split()} - rules,
            set()) or differs(
            "wrong", rules & {"remote-" + r for r in silent.split()},
            set()) or differs("touched", touched, [])
        yield name + " as text", "raw bytes" if RAW.search(
            text.stdout + text.stderr) else None if max(
            map(len, text.stdout.decode().splitlines())) <= 78 else \
            "a line is too long for a mail"
    listed = [m for m in modes() if not m[0].startswith("nfs4-")]
    hosts = ["127.4.%d.1" % i for i in range(len(listed))]
    each = [w for host, (mode, _) in zip(hosts, listed)
            for w in ("--mode-for", host + "=" + mode)]
    with Server("--no-nfs", "--generate", "3,2", *each):
        report, result = audit("127.5.0.1", "127.9.0.7", *hosts)
    jsonschema.validate(report, schema)
    found = {s["host"]: s for s in report["servers"]}
    yield "among hostile ones", differs(
        "exports", found["127.5.0.1"]["exports"], 3) or differs(
        "dead", found["127.9.0.7"]["status"], "unreachable") or differs(
        "servers", len(found), len(hosts) + 2) or differs(
        "status", result.returncode, 1)
    for arguments, status in ((("127.9.0.7",), 2), (("127.9.0.0/30",), 2),
                              (("127.0.0.1", "--compliance", "cis"), 2)):
        yield " ".join(arguments), differs(
            "status", ask("audit", *arguments).returncode, status)


def fleet_of(*arguments, stdin=None):
    """The report of audit in all formats but text, and each status."""
    found = {}
    for name in ("json", "csv", "prometheus", "nagios", "html"):
        result = ask("audit", "--format", name, *arguments, stdin=stdin)
        found[name] = result.stdout.decode()
        yield name, found, result


def metrics_of(text):
    """{name: {labels: value}}"""
    metrics = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, labels, value = re.fullmatch(
            r"([a-z_]+)\{((?:[a-z]+=\"[^\"]*\",?)+)\} (\d+(?:\.\d)?)",
            line).groups()
        metrics.setdefault(name, {})[
            tuple(re.findall('"([^"]*)"', labels))] = float(value)
    return metrics


def part_audit_formats():
    """What the formats of the audit say of one fleet, compared with JSON."""
    hosts = ["127.5.0.%d" % i for i in range(1, 6)] + ["127.9.0.7", "127.9.0.8"]
    statuses = {}
    with Server("--no-nfs", "--generate", "3,0", "--mounts", "2",
                "--mode-for", "127.5.0.2=names-control"):
        for name, found, result in fleet_of(*hosts):
            statuses[name] = result.returncode
            yield name, "raw bytes" if RAW.search(
                result.stdout.replace(b"\r\n", b"").replace(b"\t", b"")
            ) else None
        output = tempfile.NamedTemporaryFile("r")
        ask("audit", "--format", "prometheus", "-o", output.name, *hosts)
        with open(output.name) as file:
            yield "to a file", differs("metrics", file.read(),
                                       found["prometheus"])
    report = json.loads(found["json"])
    rows = list(csv.DictReader(found["csv"].splitlines()))
    yield "csv", differs(
        "findings", sorted((r["server"], r["severity"], r["rule"],
                            r["fingerprint"]) for r in rows if r["rule"]),
        sorted((f["file"], f["severity"], f["rule"], f["fingerprint"])
               for f in report["findings"])) or differs(
        "silent", [(r["server"], r["status"]) for r in rows if not r["rule"]],
        [(s["host"], s["status"]) for s in report["servers"] if
         not any(f["file"] == s["host"] for f in report["findings"])])
    metrics = metrics_of(found["prometheus"])
    yield "prometheus", differs(
        "up", metrics["exportctl_up"],
        {(s["host"],): s["status"] == "ok" for s in report["servers"]}
    ) or differs("findings", {
        k: v for k, v in metrics["exportctl_findings"].items() if v}, {
        (f["file"], f["severity"]): sum(
            o["file"] == f["file"] and o["severity"] == f["severity"]
            for o in report["findings"]) for f in report["findings"]}
    ) or differs("exports", metrics["exportctl_exports_listed"], {
        (s["host"],): s["exports"] for s in report["servers"]
        if s["exports"] is not None}) or differs(
        "mounts", metrics["exportctl_mounts_listed"], {
            (s["host"],): s["mounts"] for s in report["servers"]
            if s["mounts"] is not None}) or differs(
        "exposure", metrics["exportctl_exposure"], {
            (s["host"],): s["exposure"]["score"] for s in report["servers"]
            if s["exposure"]}) or differs(
        "a silent server has findings", ("127.9.0.7", "low") in
        metrics["exportctl_findings"], False)
    if shutil.which("promtool"):
        checked = subprocess.run(
            ["promtool", "check", "metrics"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, input=found["prometheus"].encode())
        yield "promtool", differs("promtool", (checked.returncode,
                                               checked.stdout), (0, b""))
    line = found["nagios"]
    numbers = dict(re.findall(r" ([a-z]+)=([0-9.]+)", line.split("|")[1]))
    yield "nagios", differs("lines", (line.count("\n"), line.count("|")),
                            (1, 1)) or differs(
        "findings", {s: int(n) for s, n in numbers.items()
                     if s in report["summary"]},
        {s: n for s, n in report["summary"].items() if s != "info"}) or differs(
        "servers", (numbers["servers"], numbers["answered"]), ("7", str(
            sum(s["status"] == "ok" for s in report["servers"])))) or differs(
        "exposure", float(numbers["exposure"]),
        max(s["exposure"]["score"] for s in report["servers"]
            if s["exposure"])) or differs(
        "word", line.split()[1], "CRITICAL")
    yield "status", differs("statuses", statuses, {
        "json": 1, "csv": 1, "prometheus": 1, "html": 1, "nagios": 2})
    for options, arguments, status, word in NAGIOS:
        with Server("--no-nfs", "--rpcbind-transport", "tcp", *options):
            result = ask("audit", "-f", "nagios", *arguments)
        yield "nagios " + " ".join(options + arguments), differs(
            "status", (result.returncode, result.stdout.split()[1:2]),
            (status, [word.encode()]))
    names = "".join("%s%03d|.example\n" % ("x" * 230, i) for i in range(50))
    result = ask("audit", "-f", "nagios", "--input", "-",
                 stdin=names.encode() + b"127.0.0.1\n")
    yield "a long line", None if len(result.stdout) < 1500 else "%d bytes" % \
        len(result.stdout)
    yield "a bar in a name", differs("bars", result.stdout.count(b"|"), 1)


class Memory:
    """Runs of the audit with a state, of servers with lists of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.state = os.path.join(folder, "state")

    def servers(self, stack, lists):
        """{host: (exports, mounts)} -> they run as long as the stack."""
        for host, (exports, mounts) in lists.items():
            names = []
            for kind, lines in (("exports", exports), ("mounts", mounts)):
                names.append(os.path.join(self.folder, kind + host))
                with open(names[-1], "w") as file:
                    file.write("".join(line + "\n" for line in lines))
            stack.enter_context(Server(
                "--no-nfs", "--rpcbind-transport", "tcp", "--bind", host,
                "--exports", names[0], "--mounts-file", names[1]))

    def ask(self, *arguments, **more):
        return ask("audit", "--state", self.state, "--timeout", HOST_SECONDS,
                   *arguments, **more)

    def changes(self, lists, *hosts, options=()):
        """What changed, as {"findings new": [(host, …)]}, and the status."""
        with contextlib.ExitStack() as stack:
            self.servers(stack, lists)
            result = self.ask("--changes", "-f", "json", *options, *hosts)
        if not result.stdout:
            return {}, result.returncode
        report = json.loads(result.stdout)
        jsonschema.validate(report, SCHEMAS["changes"])
        found = {}
        for kind in ("findings", "exports", "clients", "unchecked"):
            for how, items in report[kind].items():
                keys = {"findings": ["rule"], "clients": ["client"],
                        "exports": ["path", "clients", "clients_before"],
                        "unchecked": ["what"]}[kind]
                rows = [tuple(i[k] for k in ["host", *keys] if k in i)
                        for i in items]
                if rows:
                    found["%s %s" % (kind, how)] = rows
        return found, result.returncode


def schema_of(name):
    with open("doc/schema/exportctl-audit-%s-1.json" % name) as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    return schema


SCHEMAS = {name: schema_of(name) for name in ("changes", "history")}
ONE, TWO, THREE = "127.0.1.1", "127.0.1.2", "127.0.1.3"
BEFORE = (["/a 10.0.0.2 10.0.0.1", "/b 10.0.0.3"], ["c1 /a", "c2 /a", "c1 /b"])
# the order of a list does not matter
AGAIN = (["/b 10.0.0.3", "/a 10.0.0.1 10.0.0.2"], ["c2 /a", "c1 /b"])
AFTER = (["/a 10.0.0.1 10.0.0.9", "/c"], ["c1 /a", "c3 /c"])
SILENT = "the server"
DIFFERENT = {
    "findings new": [(ONE, "remote-world-export")],
    "exports appeared": [(ONE, "/c", "(everyone)")],
    "exports vanished": [(ONE, "/b", "10.0.0.3")],
    "exports changed": [(ONE, "/a", "10.0.0.1,10.0.0.9",
                         "10.0.0.1,10.0.0.2")],
    "clients came": [(ONE, "c3")], "clients went": [(ONE, "c2")],
}
NIGHTS = [  # of one fleet: its lists, options, what is told, the status
    ({ONE: BEFORE, TWO: BEFORE}, (), {
        "findings new": [(ONE, "remote-lists-clients"),
                         (TWO, "remote-lists-clients")]}, 0),
    ({ONE: BEFORE, TWO: AGAIN}, (), {}, 0),
    ({ONE: BEFORE}, (), {"unchecked lost": [(TWO, SILENT)]}, 1),
    ({ONE: BEFORE}, (), {}, 0),
    ({ONE: BEFORE, TWO: BEFORE}, (), {"unchecked back": [(TWO, SILENT)]}, 0),
    ({}, (), {"unchecked lost": [(ONE, SILENT), (TWO, SILENT)]}, 2),
    ({ONE: BEFORE, TWO: BEFORE}, (),
     {"unchecked back": [(ONE, SILENT), (TWO, SILENT)]}, 0),
    # what is hidden is not gone
    ({ONE: BEFORE, TWO: BEFORE}, ("--min-severity", "high"), {}, 0),
    ({ONE: AFTER, TWO: BEFORE}, (), DIFFERENT, 1),
    ({ONE: AFTER, TWO: BEFORE}, (), {}, 0),
    ({ONE: AFTER, TWO: (BEFORE[0], [])}, (), {
        "findings fixed": [(TWO, "remote-lists-clients")],
        "clients went": [(TWO, "c1"), (TWO, "c2")]}, 0),
]


def history(memory, *hosts):
    report = json.loads(memory.ask("--history", "-f", "json", *hosts).stdout)
    jsonschema.validate(report, SCHEMAS["history"])
    return [(r["servers"], r["answered"], r["exports"], r["new"], r["fixed"])
            for r in report["runs"]]


def state_of_root():
    name = "/var/lib/exportctl/audit.db"
    return os.path.exists(name) and os.stat(name).st_mtime_ns


def spellings():
    """Of names and addresses of the same servers."""
    lists = {"127.0.3.1": BEFORE}
    first = "findings new", "remote-lists-clients"
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(folder)
        found, _ = memory.changes(lists, "ONE.example")
        yield "a name in capitals", differs(
            "changes", found, {first[0]: [("ONE.example", first[1])]})
        yield "the same name in small letters", differs(
            "changes", memory.changes(lists, "one.EXAMPLE"), ({}, 0))
        # as they were kept before
        with sqlite3.connect(memory.state) as database:
            database.execute("INSERT INTO servers(name) VALUES('one.example')")
            database.execute(
                "INSERT INTO runs(server, time, exports, clients, appeared, "
                "vanished, info, low, medium, high, critical) "
                "VALUES(2, 1800000000, 0, 0, 0, 0, 0, 0, 0, 0, 0)")
        found, _ = memory.changes(lists, "one.example")
        yield "a state with both, the one", differs(
            "exports", found["exports appeared"][0][0], "one.example")
        for name in ("ONE.example", "one.example"):
            yield "a state with both, " + name, differs(
                "changes", memory.changes(lists, name), ({}, 0))
        yield "history of both", differs(
            "runs", len(history(memory, "ONE.EXAMPLE")), 6)
        with sqlite3.connect(memory.state) as database:
            yield "servers in the state", differs(
                "names", database.execute("SELECT name FROM servers").fetchall(),
                [("ONE.example",), ("one.example",)])
        yield "an address", differs(
            "changes", memory.changes({}, "2001:DB8::1"),
            ({"unchecked lost": [("2001:DB8::1", SILENT)]}, 2))
        for text in ("2001:db8::1", "[2001:db8:0::0001]", "2001:db8::1/128"):
            yield "an address as " + text, differs(
                "changes", memory.changes({}, text), ({}, 2))


def part_audit_state():
    """What is told of a fleet from night to night."""
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(folder)
        for i, (lists, options, told, status) in enumerate(NIGHTS):
            yield "night %d" % i, differs("changes", memory.changes(
                lists, ONE, TWO, options=options), (told, status))
        yield "history", differs("runs", history(memory, ONE, TWO), [
            (2, 2, 4, 2, 0), (2, 2, 4, 0, 0), (2, 1, 2, 0, 0),
            (2, 1, 2, 0, 0), (2, 2, 4, 0, 0), (2, 0, 0, 0, 0),
            (2, 2, 4, 0, 0), (2, 2, 4, 0, 0), (2, 2, 4, 1, 0),
            (2, 2, 4, 0, 0), (2, 2, 4, 0, 1)])
        yield "history of a network", differs(
            "runs", history(memory, "127.0.1.0/31")[8:], [
                (1, 1, 2, 1, 0), (1, 1, 2, 0, 0), (1, 1, 2, 0, 0)])
        yield "history of nobody", differs("runs", history(memory, THREE), [])
        text = memory.ask("--history", ONE).stdout.decode().splitlines()
        yield "history as text", differs(
            "lines", (len(text), max(map(len, text)) <= 78), (25, True))
        yield "another server", differs("changes", memory.changes(
            {THREE: BEFORE}, ONE, TWO, THREE, options=("--fail-on", "low")), ({
                "findings new": [(THREE, "remote-lists-clients")],
                "unchecked lost": [(ONE, SILENT), (TWO, SILENT)]}, 1))
        with Server("--no-nfs", "--bind", THREE, "--generate", "1,1"):
            local = [subprocess.run(
                [EXPORTCTL, "--root", folder, "audit", "--state",
                 memory.state, "--changes"], stdout=subprocess.PIPE)
                for _ in range(2)]
        yield "this server in the same file", differs(
            "told", (local[1].returncode, local[1].stdout), (0, b""))
        local = subprocess.run(
            [EXPORTCTL, "--root", folder, "audit", "--state", memory.state,
             "--history"], stdout=subprocess.PIPE)
        yield "history of this server", differs(
            "lines", len(local.stdout.splitlines()), 7)
    yield from spellings()
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(folder)
        kept = state_of_root()
        yield "nothing is kept unasked", differs(
            "files", (ask("audit", "127.9.0.7").returncode, state_of_root()),
            (2, kept))
        memory.changes({ONE: BEFORE}, ONE)
        # an address of a network where packets are lost
        with sqlite3.connect(memory.state) as database:
            database.execute("UPDATE servers SET name = '127.9.0.1'")
        for round, told in enumerate(([("127.9.0.1", SILENT)], None)):
            found, _ = memory.changes({}, "127.9.0.0/30")
            yield "gone from a network, %d" % round, differs(
                "changes", found.get("unchecked lost"), told)
        for _ in range(2):
            with Server("--no-nfs", "--bind", TWO, "--generate", "40000,1",
                        "--mounts", "3"):
                told = memory.ask("--changes", TWO).stdout
        yield "a list that is too long", differs("told", told, b"")
        found, _ = memory.changes({TWO: BEFORE}, TWO)
        yield "a list that is too long no more", differs(
            "exports", (found["unchecked back"], "exports vanished" in found),
            ([(TWO, "the list of exports")], False))


def part_audit_waivers():
    """What a waiver hides, by its server."""
    hosts = ["one.example", ONE, TWO]
    for pattern, waived in (("server = ONE.example", hosts[:1]),
                            ("server = 127.0.1.*", hosts[1:]),
                            ("server = 127.0.1.?", hosts[1:]),
                            ("server = 127.0.1", []),
                            ("path = /srv/*", hosts)):
        with tempfile.NamedTemporaryFile("w") as config:
            config.write("[waiver a]\nrule = remote-world-export\n" + pattern)
            config.flush()
            with Server("--no-nfs", "--generate", "1,0"):
                report = json.loads(ask(
                    "audit", "-f", "json", "--config", config.name,
                    *hosts).stdout)
        yield pattern, differs(
            "waived", [f["file"] for f in report["findings"]
                       if f["rule"] == "remote-world-export" and
                       f["suppressed"]], waived)
    with tempfile.TemporaryDirectory() as folder, \
            Server("--no-nfs", "--generate", "1,0"):
        memory = Memory(folder)
        config = os.path.join(folder, "config")
        with open(config, "w") as file:
            for name, server in (("a", "*"), ("b", "nobody")):
                file.write("[waiver %s]\nrule = remote-world-export\n"
                           "server = %s\nuntil = 2001-12-31\n" %
                           (name, server))
        ended = ("exportctl: %s: the waiver a ended on 2001-12-31, and what "
                 "it hid is reported again\n" % config).encode()
        for options, told in (((), ended), (("--changes",), b"")):
            result = memory.ask("--config", config, *options, *hosts)
            yield "a waiver that ended, %r" % (options,), differs(
                "stderr", result.stderr, told) or differs(
                "reported", bool(result.stdout), bool(told))


def part_audit_page():
    """Of more servers than a page has room for, those with the most to say."""
    hosts = ["127.5.%d.%d" % (i // 250, i % 250 + 1) for i in range(2100)]
    with Server("--no-nfs", "--generate", "1,1",
                "--mode-for", hosts[-1] + "=names-control"):
        page = ask("audit", "-f", "html", "--input", "-",
                   stdin="\n".join(hosts).encode()).stdout.decode()
    there = set(re.findall(r'id="(server-\d+|[0-9a-f]{16}|rule-[a-z0-9-]+)"',
                           page))
    servers = [name for name in there if name.startswith("server-")]
    yield "servers", differs("on the page", len(servers), 2000) or differs(
        "the worst", "server-2099" in there, True) or differs(
        "is said", "Here are the 2000 with the most to say" in page, True)
    yield "links", differs(
        "lost", set(re.findall(r'href="#([^"]+)"', page)) - there, set())


def part_audit_many():
    """A thousand servers with a state, a hundred of them dead; then hostile
    ones, of which two runs must be alike, too."""
    hosts = ["127.%d.%d.%d" % (5 if i % 10 else 9, i // 250, i % 250 + 1)
             for i in range(1000)]
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(folder)
        with Server("--no-nfs", "--generate", "3,2", "--mounts", "3"):
            told = [memory.ask("--changes", "-f", "json", "--input", "-",
                               stdin="\n".join(hosts).encode())
                    for _ in range(3)]
        first = json.loads(told[0].stdout)
        jsonschema.validate(first, SCHEMAS["changes"])
        yield "the first run", differs("told", (
            first["first"], first["asked"], len(first["unchecked"]["lost"]),
            len({f["host"] for f in first["findings"]["new"]}),
            first["clients"]["came"]), (True, 1000, 100, 900, []))
        yield "nothing changed", differs(
            "told", [(t.returncode, t.stdout, t.stderr) for t in told[1:]],
            [(0, b"", b"")] * 2)
        yield "the history", differs(
            "runs", [r[:3] for r in history(memory, *hosts)],
            [(1000, 900, 2700)] * 3)
        # How much of a drip has arrived in time is the clock's to say.
        listed = [m for m, _ in modes()
                  if not m.startswith("nfs4-") and not m.endswith("drip")]
        each, names = [], []
        for i, mode in enumerate(listed):
            names.append("127.4.%d.1" % i)
            each += ["--mode-for", names[-1] + "=" + mode]
        with Server("--no-nfs", "--generate", "3,2", *each):
            told = [memory.ask("--changes", *names) for _ in range(2)]
        yield "hostile", "raw bytes" if RAW.search(told[0].stdout) else \
            differs("told again", (told[1].stdout, told[1].stderr), (b"", b""))


NAGIOS = [  # options of the fake, operands, status and word
    (("--generate", "2,1"), ("127.0.0.1",), 0, "OK"),
    (("--generate", "2,1"), ("127.0.0.1", "127.9.0.7"), 1, "WARNING"),
    (("--generate", "2,0"), ("127.0.0.1", "--fail-on", "never"), 0, "OK"),
    (("--generate", "2,0"), ("127.0.0.1", "127.9.0.7"), 2, "CRITICAL"),
    (("--generate", "2,1"), ("127.9.0.7",), 3, "UNKNOWN"),
    (("--generate", "2,1"), ("127.9.0.0/30",), 3, "UNKNOWN"),
]


def random_exports(chance):
    lines = []
    for i in range(chance.randrange(8)):
        clients = [chance.choice(["10.%d.0.0/16" % chance.randrange(99),
                                  "10.1.1.%d" % chance.randrange(99),
                                  "*.example.com", "@group", "*", "one.example"])
                   for _ in range(chance.randrange(1, 5))]
        path = chance.choice(["/srv/p%d", "/srv/with\\040blank%d",
                              "/srv/\\303\\274%d", "/srv/deep/er/%d"]) % i
        lines.append("%s %s\n" % (path, " ".join(
            c + "(ro,no_subtree_check)" for c in clients)))
    return "".join(lines)


def start_mountd():
    """rpc.mountd, once it answers. Now and then one loses its place in rpcbind
    when it follows another at once; the next one then has it."""
    for _ in range(3):
        mountd = subprocess.Popen(["rpc.mountd", "-F"],
                                  stderr=subprocess.DEVNULL)
        for _ in range(200):
            if subprocess.run(["showmount", "127.0.0.1"],
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0:
                return mountd
            if mountd.poll() is not None:
                break
        mountd.terminate()
        mountd.wait()
    raise RuntimeError("rpc.mountd does not start")


def part_mountd():
    """The lists of the real rpc.mountd, as showmount prints them."""
    rpcbind = subprocess.Popen(["rpcbind", "-f", "-w"])
    mountd = None
    chance = random.Random(20261126)
    try:
        for round in range(40):
            with open("/etc/exports", "w") as file:
                file.write(random_exports(chance))
            with open("/var/lib/nfs/rmtab", "w") as file:
                for _ in range(chance.randrange(6)):
                    file.write("10.1.1.%d:/srv/p%d:0x00000001\n" % (
                        chance.randrange(99), chance.randrange(9)))
            subprocess.run(["exportfs", "-ra"], stderr=subprocess.DEVNULL)
            if mountd:
                mountd.terminate()
                mountd.wait()
            mountd = start_mountd()
            for command, option in (("exports", "-e"), ("mounts", "-a")):
                for host in ("127.0.0.1", "::1"):
                    real = subprocess.run(["showmount", "--no-headers", option, host],
                                          stdout=subprocess.PIPE)
                    result = ask(command, "--format", "showmount", host)
                    yield "%s %s, round %d" % (command, host, round), differs(
                        "stdout", result.stdout, real.stdout)
    finally:
        for process in (mountd, rpcbind):
            if process:
                process.terminate()
                process.wait()


def main(names):
    parts = [name[5:] for name in globals() if name.startswith("part_")]
    passed = failed = 0
    for name in names or parts:
        for case, problem in globals()["part_" + name]():
            if problem is None:
                passed += 1
            else:
                failed += 1
                print("FAILED: %s: %s: %s" % (name, case, problem))
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main(sys.argv[1:]))
