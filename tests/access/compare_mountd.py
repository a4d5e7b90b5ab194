"""Asks the real rpc.mountd for mounts from many addresses, and compares what it
decides with what exportctl access says.

Run by tests/run_access.sh, where /etc, /srv and /var/lib/nfs are private. What
mountd answers means nothing without a kernel server; its log tells what it has
decided.
"""
import json, os, random, re, socket, struct, subprocess, sys

EXPORTCTL = os.environ.get("EXPORTCTL", "build/exportctl")
TABLES = int(os.environ.get("TABLES", "200"))
QUESTIONS = 12  # for each table
PORT = 20048

HOSTS = """127.0.0.1 localhost
127.1.0.1 alpha.example.com alpha
127.1.0.2 beta.example.com beta
127.1.0.3 multi.example.com multi
127.1.0.4 multi.example.com multi
127.1.0.5 gamma.example.org
127.1.0.6 UPPER.Example.COM
127.1.1.1 www.deep.example.com
127.1.1.2 www.lan
"""
NETGROUP = """trusted (alpha.example.com,,) (beta,,) (127.1.0.5,,)
outer trusted (www.lan,,)
everybody (,,)
nobody (-,,)
upper (upper.example.com,,)
"""
CLIENTS = ["*", "alpha.example.com", "alpha", "multi", "127.1.0.2",
           "127.1.0.9", "127.1.0.0/24", "127.1.0.0/16", "127.0.0.0/8",
           "127.1.1.0/24", "127.1.0.4/30", "127.1.0.0/255.255.0.3",
           "127.1.0.1/255.0.0.255", "0.0.0.0/0", "0.0.0.0/0.0.0.0",
           "*.example.com", "*.Example.Com", "*.lan", "**", "www*",
           "*.deep.example.com", "[a-b]*.example.com", "[^a]*.example.com",
           "????.example.com", "127.1.0.*", "@trusted", "@outer",
           "@everybody", "@nobody", "@upper", "@missing", "fd00::/64",
           "::ffff:127.1.0.1", "gss/krb5"]
ADDRESSES = ["127.1.0.%d" % i for i in range(1, 10)] + [
    "127.1.1.1", "127.1.1.2", "127.2.0.1"]
PATHS = ["/srv/a", "/srv/a/b", "/srv/a/b/c", "/srv/d", "/srv", "/"]
ASKED = PATHS + ["/srv/d/e", "/srv/x", "/srv/a/b/c/d"]
OPTIONS = ["rw", "ro", "rw,insecure", "ro,insecure", "rw,crossmnt",
           "rw,sec=krb5:sys", "ro,all_squash", "rw,no_root_squash"]


def table(chance):
    lines = []
    for path in chance.sample(PATHS, chance.randrange(1, 5)):
        clients = chance.sample(CLIENTS, chance.randrange(1, 6))
        lines.append("%s %s\n" % (path, " ".join(
            "%s(%s,no_subtree_check)" % (c, chance.choice(OPTIONS))
            for c in clients)))
    return "".join(lines)


def opaque(data):
    return struct.pack(">I", len(data)) + data + b"\0" * (-len(data) % 4)


def mount(address, reserved, path):
    """Sends MNT of version 3 over TCP, and waits for its answer."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for port in range(700, 1000) if reserved else range(2000, 2300):
            try:
                connection.bind((address, port))
                connection.connect(("127.0.0.1", PORT))
                break
            except OSError:
                connection.close()
                connection.__init__()
                connection.setsockopt(socket.SOL_SOCKET,
                                      socket.SO_REUSEADDR, 1)
        call = struct.pack(">10I", 1, 0, 2, 100005, 3, 1, 0, 0, 0, 0) + \
            opaque(path.encode())
        connection.sendall(struct.pack(">I", 0x80000000 | len(call)) + call)
        connection.recv(4096)


class Mountd:
    def __init__(self):
        self.process = subprocess.Popen(
            ["rpc.mountd", "-F", "-p", str(PORT)], stderr=subprocess.PIPE,
            text=True)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()

    def wait(self):
        while True:
            try:
                socket.create_connection(("127.0.0.1", PORT)).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError("rpc.mountd does not start")

    def decision(self):
        """What the log says of the next request."""
        for line in self.process.stderr:
            found = re.match(r".*\b(authenticated|refused) mount request",
                             line)
            if found:
                word = found.group(1)
                return {"authenticated": "allowed",
                        "refused": "denied"}[word], line
        raise RuntimeError("rpc.mountd has ended")


def ask(questions, reserved):
    """The answers of exportctl, in the same order."""
    lines = "".join("%s %s\n" % (a, p) for a, p in questions)
    result = subprocess.run(
        [EXPORTCTL, "access", "--nfs-version", "3", "--hosts", "/etc/hosts",
         "--netgroup", "/etc/netgroup", "--port", "900" if reserved else
         "2000", "--format", "jsonl", "--input", "-"],
        input=lines, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def main():
    chance = random.Random(20261126)
    passed = failed = 0
    decisions = {"allowed": 0, "denied": 0}
    with open("/etc/hosts", "w") as file:
        file.write(HOSTS)
    with open("/etc/netgroup", "w") as file:
        file.write(NETGROUP)
    os.makedirs("/srv/a/b/c/d")
    os.makedirs("/srv/d/e")
    os.makedirs("/srv/x")
    for number in range(TABLES):
        text = table(chance)
        with open("/etc/exports", "w") as file:
            file.write(text)
        subprocess.run(["exportfs", "-ra"], stderr=subprocess.DEVNULL, cwd="/")
        mountd = Mountd()
        mountd.wait()
        reserved = chance.random() < 0.7
        questions = [(chance.choice(ADDRESSES), chance.choice(ASKED))
                     for _ in range(QUESTIONS)]
        answers = ask(questions, reserved)
        for (address, path), answer in zip(questions, answers):
            mount(address, reserved, path)
            decision, line = mountd.decision()
            decisions[decision] += 1
            if decision == answer["verdict"]:
                passed += 1
                continue
            failed += 1
            print("FAILED: table %d: %s at %s: %s, mountd: %s%s" % (
                number, address, path, answer["why"], line, text))
        mountd.close()
    print("mountd: %(allowed)d allowed, %(denied)d denied" % decisions)
    if not all(decisions.values()):
        failed += 1
        print("FAILED: mountd decides the same always")
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main())
