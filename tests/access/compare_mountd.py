"""Asks the real rpc.mountd for mounts from many addresses, and compares what it
decides with what exportctl access says: allowed or why not, and by which
export.

Run by tests/run_access.sh, where /etc, /srv and /var/lib/nfs are private. There
is no kernel server, so mountd refuses in the end what it has authenticated;
its log tells what it has decided.
"""
import collections, json, os, random, re, select, socket, struct, subprocess
import sys

EXPORTCTL = os.environ.get("EXPORTCTL", "build/exportctl")
TABLES = int(os.environ.get("TABLES", "250"))
SEED = int(os.environ.get("SEED", "20261126"))
QUESTIONS = 14  # for each table
PORT = 20048
RESERVED, HIGH = range(600, 1000), range(2000, 2400)
SERVER = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
OK, MISSING, DENIED = 0, 2, 13  # mountstat3 of RFC 1813

HOSTS = """127.0.0.1 localhost
::1 localhost ip6-localhost
10.1.0.1 alpha.example.org alpha www
10.1.0.2 Beta.Example.ORG beta
10.1.0.3 multi.example.org multi
10.1.0.4 multi.example.org multi
10.1.0.5 gamma gamma.example.net gamma.example.org
10.1.0.6 delta.lan delta
10.1.0.6 second.example.org
10.1.0.7 short
10.1.0.8 dual.example.org dual
fd00::8 dual.example.org dual
fd00::5 six.example.org six
10.1.0.9 a.b.c.example.org
10.1.0.10 192.168.1.10.lan
10.1.0.11 x-y.example.com alpha
192.168.1.5 pc5.home
""" + "".join("10.2.0.%d many.example.org many\n" % i for i in range(1, 19))
NETGROUP = """trusted (alpha.example.org,,) (short,,) (192.168.1.5,,)
everybody (,,)
nobody (-,,)
outer trusted (delta,,) missing
loop1 loop2 (pc5,,)
loop2 loop1 (six,,)
sixth (fd00::5,,) (fd00::77,,)
case (BETA.example.org,,) (MULTI,,)
users (-,-,) (alpha,joe,) (gamma,,example.org)
broken (alpha (beta,,)
g%s (a.b.c.example.org,,)
""" % ("x" * 200)
ADDRESSES = (["10.1.0.%d" % i for i in range(1, 13)] +
             ["10.2.0.1", "10.2.0.16", "10.2.0.17", "10.2.0.18", "10.2.3.4",
              "127.0.0.1", "127.0.0.2", "192.168.1.5", "192.168.1.9", "::1",
              "fd00::5", "fd00::8", "fd00::77", "fd00:0:0:1::5"])
CLIENTS = """* alpha.example.org alpha ALPHA www beta multi multi.example.org
gamma gamma.example.net gamma.example.org delta delta.lan second.example.org
short dual six many nosuch localhost ip6-localhost x-y.example.com pc5.home
10.1.0.1 10.1.0.2 10.1.0.3 10.1.0.4 10.1.0.12 10.1 010.1.0.1 0x0a010002 10.1.7
10.2.0.17 192.168.1.5 127.0.0.1 ::1 fd00::5 FD00:0::5 fd00::8
::ffff:10.1.0.1
10.1.0.0/24 10.1.0.9/24 10.1.0.0/255.255.255.0 10.0.0.0/8 10.1.0.4/30
10.1.0.0/29 10.1.0.0/0.0.0.255 10.0.0.5/255.0.0.255 10.1.0.5/0.0.0.255
10.1.0.1/32 10.1.0.2/31 0.0.0.0/0 10.1.0.1/0 10.1.0.0/ 0.0.0.0/0.0.0.0
128.0.0.0/1 0.0.0.0/1 192.168.1.0/24 10.1.0.0/33 10.1/16 ::/0 ::1/0 ::/:: fd00::/64
fd00::5/128 fd00::/16 fd00::/ffff:: fd00:0:0:1::/64 fd00::/0
*.example.org *.EXAMPLE.org *.example.* *.lan *.home ** ?* *a* www* alpha*
[a-b]*.example.org [^a]*.example.org [!a]*.example.org ????.example.org
*.b.c.example.org *.c.example.org a?c* *multi* [bB]eta.* [A-B]*.org *[.]org
10.1.0.* 192.168.1.* 192.168.* *.1.* \\\\*alpha* *\\\\.org x[-]y* x[a-]y*
[fd00::5] [ []* *] short* *t s* gamma?example.net
@trusted @everybody @nobody @outer @loop1 @loop2 @sixth @case @CASE @users
@missing @ @broken gss/krb5 gss/sys""".split()
GROUPS = ["@g" + "x" * 200, "@h" + "x" * 200, "@i" + "x" * 200]
PATHS = ["/srv/a", "/srv/a/b", "/srv/a/b/c", "/srv/d", "/srv", "/", "/srv/link",
         "/srv/new", "/srv/a/new/er", "/srv/file", "/srv//d/", "/srv/link/b",
         "/srv/odd name", "/srv/vol", "/srv/vol/in", "/srv/bind"]
ASKED = PATHS + ["/srv/d/e", "/srv/x", "/srv/a/b/c/d", "/srv/a/b/nothing",
                 "/srv/link/b/c", "/srv/file", "/srv/d/../a/./b", "/tmp",
                 "/srv/fifo", "/srv/dangling", "/srv/file/x", "/srv/loop",
                 "/srv/vol/in/it", "/srv/bind/c"]
OPTIONS = ["rw", "ro", "rw,insecure", "ro,insecure", "insecure,crossmnt", "",
           "rw,sec=krb5:sys", "ro,all_squash", "sec=none", "rw,no_root_squash",
           "sec=sys,insecure,sec=krb5,secure", "secure,sec=krb5,insecure",
           "mp", "mp=/srv/vol", "crossmnt,mountpoint=/srv/a", "rw,crossmnt"]


def make_files():
    os.makedirs("/srv/a/b/c/d")
    os.makedirs("/srv/d/e")
    os.makedirs("/srv/x")
    os.makedirs("/srv/odd name")
    os.symlink("a", "/srv/link")
    os.symlink("nowhere", "/srv/dangling")
    os.symlink("loop", "/srv/loop")
    os.mkfifo("/srv/fifo")
    os.mkdir("/srv/bind")
    os.mkdir("/srv/vol")
    for words in ("-t tmpfs tmpfs /srv/vol", "--bind /srv/a/b /srv/bind"):
        subprocess.run(["mount", *words.split()], check=True)
    os.makedirs("/srv/vol/in/it")
    with open("/srv/file", "w"):
        pass
    for name, text in (("hosts", HOSTS), ("netgroup", NETGROUP)):
        with open("/etc/" + name, "w") as file:
            file.write(text)


def make_addresses():
    commands = ["route add local %s dev lo" % net for net in (
        "10.0.0.0/8", "192.168.1.0/24")]
    commands += ["-6 addr add %s/128 dev lo nodad" % address
                 for address in ADDRESSES if address.startswith("fd")]
    for command in commands:
        subprocess.run(["ip", *command.split()], check=True)


def entry(chance, clients):
    word = chance.choice(clients)
    options = chance.choice(OPTIONS)
    if chance.random() < 0.04:
        return "(%s)" % options
    if chance.random() < 0.04:
        return chance.choice(['""', "-insecure", "-rw,sec=krb5"])
    return word if chance.random() < 0.1 else "%s(%s)" % (word, options)


def table(chance):
    """The text of an exports file; some lines are in error."""
    clients = chance.sample(CLIENTS, chance.randrange(4, 24))
    if chance.random() < 0.05:
        clients += GROUPS
    lines = []
    for path in chance.choices(PATHS, k=chance.randrange(1, 7)):
        words = [entry(chance, clients)
                 for _ in range(chance.randrange(1, 7))]
        if chance.random() < 0.02:
            words.append("bad(nonsense)")
        if chance.random() < 0.03:
            words = []
        lines.append(" ".join(['"%s"' % path if " " in path else path] +
                              words) + "\n")
    return "".join(lines)


def opaque(data):
    return struct.pack(">I", len(data)) + data + b"\0" * (-len(data) % 4)


def mount(address, port, path):
    """Sends MNT of version 3 over UDP; the status of the reply."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    call = struct.pack(">10I", port, 0, 2, 100005, 3, 1, 0, 0, 0, 0) + \
        opaque(path.encode())
    with socket.socket(family, socket.SOCK_DGRAM) as channel:
        channel.bind((address, port))
        channel.connect((SERVER[family], PORT))
        channel.settimeout(20)
        channel.send(call)
        return struct.unpack(">7I", channel.recv(4096)[:28])[6]


class Mountd:
    DECISION = re.compile(
        rb".*: (authenticated|refused) mount request from \S+ for "
        rb".* \((.*)\)(?:: (unmatched host|not exported|illegal port) ?\d*)?$")

    def __init__(self):
        self.process = subprocess.Popen(
            ["rpc.mountd", "-F", "-p", str(PORT)], stderr=subprocess.PIPE)
        for family in SERVER:
            self.wait_for(family)

    def wait_for(self, family):
        while self.process.poll() is None:
            try:
                with socket.socket(family) as connection:
                    connection.connect((SERVER[family], PORT))
                return
            except OSError:
                pass
        raise RuntimeError("rpc.mountd does not start")

    def lines(self):
        """What it has said since."""
        text = b""
        while select.select([self.process.stderr], [], [], 0)[0]:
            part = os.read(self.process.stderr.fileno(), 65536)
            if not part:
                raise RuntimeError("rpc.mountd has ended")
            text += part
        return text.splitlines()

    def decision(self):
        """What the log says of the last request: a word, and the export."""
        found = [m for m in map(self.DECISION.match, self.lines()) if m]
        if len(found) != 1:
            return "unheard", None
        word, path, reason = found[0].groups()
        return (reason or word).decode(), path.decode()


def ask(questions, *options):
    """The answers of exportctl, in the same order."""
    lines = "".join("%s %s\n" % (address, path.replace(" ", "\\040"))
                    for address, path in questions)
    result = subprocess.run(
        [EXPORTCTL, "access", "--quiet", "--nfs-version", "3", "--format",
         "jsonl", "--input", "-", *options], input=lines,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    if len(answers) != len(questions):
        raise RuntimeError(result.stderr)
    return answers


FILES = ("--hosts", "/etc/hosts", "--netgroup", "/etc/netgroup")
REFUSALS = {"it wants a source port below 1024": "illegal port",
            "not to this client": "not exported",
            "neither the path nor": "not exported",
            "nothing is exported to this client": "unmatched host",
            "clients get nowhere with sec=none": "authenticated"}


def expected(answer, by_address):
    """The same from an answer of exportctl. Where the names of netgroups are
    long together, mountd goes by addresses, and does not see that it has no
    entry for a client at all."""
    word = answer["verdict"]
    if word == "allowed":
        return "authenticated", answer["export"]
    for text, refusal in REFUSALS.items():
        if text in answer["why"]:
            word = refusal
    if by_address and word == "unmatched host":
        word = "not exported"
    return word, answer["export"]


def agree(decision, status, answer, by_address):
    word, path = expected(answer, by_address)
    if decision[0] != word or path not in (None, decision[1]):
        return False
    # without a kernel server nothing is granted in the end
    told = answer["mnt_status"]
    return told is None or (told or DENIED) == status


def main():
    chance = random.Random(SEED)
    counts = collections.Counter()
    failed = passed = 0
    make_files()
    make_addresses()
    mountd = Mountd()
    for number in range(TABLES):
        text = table(chance)
        with open("/etc/exports", "w") as file:
            file.write(text)
        subprocess.run(["exportfs", "-ra"], stderr=subprocess.DEVNULL, cwd="/")
        high = chance.random() < 0.3
        ports = HIGH if high else RESERVED
        questions = [(chance.choice(ADDRESSES), chance.choice(ASKED))
                     for _ in range(QUESTIONS)]
        options = FILES if number % 4 else ("--resolve",)
        answers = ask(questions, "--port", str(ports[0]), *options)
        with open("/var/lib/nfs/etab") as file:
            etab = file.read()
        by_address = all(group in etab for group in GROUPS)
        for (address, path), answer in zip(questions, answers):
            mountd.lines()
            status = mount(address, ports[counts.total() % len(ports)], path)
            decision = mountd.decision()
            counts[decision[0]] += 1
            if agree(decision, status, answer, by_address):
                passed += 1
                continue
            failed += 1
            print("FAILED: table %d: %s at %s from %d: %s, %s, %s; mountd: "
                  "%s, %s\n%s" % (
                      number, address, path, ports[0],
                      expected(answer, by_address),
                      answer["mnt_status"], answer["why"], decision, status,
                      text))
    mountd.process.terminate()
    print("mountd: " + ", ".join("%d %s" % (n, word)
                                 for word, n in sorted(counts.items())))
    if not all(counts[word] for word in [
            "authenticated", *REFUSALS.values()]):
        failed += 1
        print("FAILED: mountd has not decided in all ways")
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main())
