"""Brings etab and the list that mountd answers with apart, with the real
exportfs, rpcbind and rpc.mountd, and compares what exportctl audit says of it
with what was done. Where nothing was done it must have nothing to say.

Run by tests/run_audit.sh, where /etc, /srv and /var/lib/nfs are private and the
network is, too.
"""
import json, os, random, shutil, subprocess, sys, tempfile

from check_drift import ETAB, EXPORTCTL, exportfs, replace_in_etab

FAKE = os.environ.get("BUILD", "build") + \
    "/tests/support/fake_server/fake_server"
OTHER = "/var/lib/nfs/other"  # another state directory
TABLES = 200
SAFE_LIST = 20000  # paths that mountd is asked for at most

IN_PLACE = "etab was edited in place, which"
MAYBE_IN_PLACE = "etab was edited in place, or"
NO_ADDRESS = "perhaps the name had no address"
STATE = "mountd reads " + OTHER + "/etab"
NAMESPACE = "mountd runs in another mount namespace"
GANESHA = "ganesha.nfsd answers in the place of mountd"
SERVER = "fake_server answers in the place of mountd"

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")

HOSTS = """127.0.0.1 localhost
::1 localhost
10.1.7.7 found.example found
10.1.7.8 many.example
10.1.7.9 many.example
fd00::7 six.example
10.1.0.5 Upper.Example
"""
NETGROUP = """trusted (found.example,,) (many.example,,)
everybody (,,)
"""


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


class Process:
    """A server that ends with the block."""

    def __init__(self, *command, answers):
        self.command, self.answers = command, answers

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        for _ in range(3000):
            if subprocess.run(self.answers, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0:
                return True
            if self.process.poll() is not None:
                break
        self.stop()
        return False

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def __enter__(self):
        # now and then one loses its place in rpcbind to the one before
        for _ in range(3):
            if self.start():
                return self
        raise RuntimeError("%s does not start" % self.command[0])

    def __exit__(self, *_):
        self.stop()


def rpcbind():
    return Process("rpcbind", "-f", "-w",
                   answers=("rpcinfo", "-p", "127.0.0.1"))


def mountd(*before, options=()):
    return Process(*before, "rpc.mountd", "-F", *options,
                   answers=("showmount", "-d", "127.0.0.1"))


class Fake:
    """The fake server with its log."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.log = tempfile.NamedTemporaryFile("r")
        self.process = subprocess.Popen(
            [FAKE, "--log", self.log.name, *self.options],
            stdout=subprocess.PIPE)
        if not self.process.stdout.readline().startswith(b"ready"):
            raise RuntimeError("the fake server does not start")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.calls = self.read_log()
        self.log.close()

    def read_log(self):
        """Transport, program, version and procedure of each call."""
        lines = [line.split() for line in self.log]
        calls = [dict(w.split("=", 1) for w in line[1:]) for line in lines
                 if line[0] == "call"]
        return [(c["transport"], c["program"], c["version"], c["procedure"])
                for c in calls]


class Tally:
    passed = failed = 0

    def equal(self, name, found, wanted):
        if found == wanted:
            self.passed += 1
            return
        self.failed += 1
        print("FAILED: %s: %r instead of %r" % (name, found, wanted))

    def audit(self, name, drifts, why=None, options=(), before=()):
        """drifts: path, client and the cause of each; why it was not
        checked."""
        found, unchecked = audit(options, before)
        alike = len(found) == len(drifts) and len(unchecked) == bool(why) and \
            all(f[:2] == d[:2] and d[2] in f[2]
                for f, d in zip(found, sorted(drifts))) and \
            (not why or why in unchecked[0])
        self.equal(name, None if alike else (found, unchecked), None)


def audit(options, before):
    """What differs as (path, client, message), and what was not checked."""
    result = subprocess.run(
        [*before, EXPORTCTL, "audit", "--no-state", "--format", "json",
         *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    report = json.loads(result.stdout)
    drifts = sorted((f["path"], f["client"] or "", f["message"])
                    for f in report["findings"]
                    if f["rule"] == "drift-remote-view")
    return drifts, [u["why"] for u in report["not_checked"]
                    if u["what"] == "etab against what mountd answers"]


def reload():
    """exportfs, and mountd, which reads etab before it answers."""
    exportfs("-ra")
    subprocess.run(["showmount", "-e", "127.0.0.1"], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def load(text):
    write("/etc/exports", text)
    reload()


def add_to_etab(line):
    with open(ETAB, "a") as file:
        file.write(line)


A = "/srv/a 10.1.1.1(ro,no_subtree_check)\n"
B = "/srv/b 10.1.2.0/24(rw,no_subtree_check) found.example(ro)\n"


def knows_birth(path):
    return subprocess.run(["stat", "-c", "%W", path],
                          stdout=subprocess.PIPE).stdout.strip() != b"0"


def edits(tally):
    """etab is written without exportfs."""
    with mountd():
        load(A + B)
        tally.audit("nothing was done", [])
        add_to_etab("/srv/z\t10.9.9.9(ro)\n")
        tally.audit("a line was added", [("/srv/z", "", IN_PLACE)])
        reload()
        tally.audit("exportfs has written it anew", [])
        replace_in_etab("/srv/a\t", "/srv/aa\t")
        tally.audit("a path was edited", [("/srv/a", "", IN_PLACE),
                                          ("/srv/aa", "", IN_PLACE)])
        reload()
        replace_in_etab("10.1.2.0/24(", "10.1.3.0/24(")
        tally.audit("a client was edited", [
            ("/srv/b", "10.1.2.0/24", IN_PLACE),
            ("/srv/b", "10.1.3.0/24", IN_PLACE)])
        reload()
        write(ETAB, "")
        tally.audit("etab was emptied", [("/srv/a", "", IN_PLACE),
                                         ("/srv/b", "", IN_PLACE)])
        reload()
        replace_in_etab("10.1.1.1(", "*(")
        tally.audit("everybody, by an edit", [
            ("/srv/a", "*", IN_PLACE), ("/srv/a", "10.1.1.1", IN_PLACE)])
        load("/srv/a *(ro)\n")
        replace_in_etab("*(", "10.1.1.1(")
        tally.audit("not everybody, by an edit", [("/srv/a", "*", IN_PLACE)])
        load(A + B)
        load("/srv/b found.example(ro)\n")
        replace_in_etab("found.example(", "many.example(")
        tally.audit("a name was edited", [
            ("/srv/b", "found.example", IN_PLACE),
            ("/srv/b", "many.example", IN_PLACE)])
        load(A + B)
        replace_in_etab("(ro,", "(rwx,")
        tally.audit("an option was misspelled", [("/srv/a", "", IN_PLACE),
                                                 ("/srv/b", "", IN_PLACE)])
        reload()
        add_to_etab("/srv/z\t10.9.9.9(ro)\n")
        tally.audit("who may not look into mountd",
                    [("/srv/z", "", MAYBE_IN_PLACE)], before=NOBODY)
        later = os.stat(ETAB).st_mtime + 3600
        os.utime(ETAB, (later, later))
        tally.audit("who sees the times of etab",
                    [("/srv/z", "", IN_PLACE if knows_birth(ETAB)
                      else MAYBE_IN_PLACE)], before=NOBODY)
        reload()
    with mountd(options=("-t", "3")):
        tally.audit("several processes", [])


def names(tally):
    """Names and links that are not what they were when mountd read etab."""
    os.makedirs("/srv/real/there", exist_ok=True)
    with mountd():
        load("/srv/last/there *(ro)\n" + A)
        os.symlink("/srv/real", "/srv/last")
        tally.audit("a link came later: another rule tells", [])
        reload()
        tally.audit("exportfs follows it", [])
    load(A + "/srv/b found.example(ro) 10.1.7.9(rw)\n/srv/c found.example\n")
    write("/etc/hosts", "127.0.0.1 localhost\n")
    with mountd():
        tally.audit("names without an address", [
            ("/srv/b", "found.example", NO_ADDRESS),
            ("/srv/c", "", NO_ADDRESS)])
        tally.audit("the same, asked: another rule tells", [],
                    options=("--resolve",))
    write("/etc/hosts", HOSTS.replace("10.1.7.7 ", "10.1.7.7 new.example "))
    with mountd():
        tally.audit("a name has become an alias", [])
        tally.audit("the same, asked", [], options=("--resolve",))
    write("/etc/hosts", HOSTS)
    with mountd():
        tally.audit("names are as they were", [])


def other_tables(tally):
    """mountd reads another etab."""
    load(A + B)
    os.makedirs(OTHER)
    write(OTHER + "/etab", "/srv/x\t*(ro)\n/srv/y\t*(ro)\n")
    write(OTHER + "/rmtab", "")
    with mountd(options=("-s", OTHER)):
        tally.audit("another state directory", [("", "", STATE)])
        write("/etc/nfs.conf", "[mountd]\nstate-directory-path=%s\n" % OTHER)
        tally.audit("which nfs.conf names", [])
        os.remove("/etc/nfs.conf")
        with open(ETAB) as file:
            write(OTHER + "/new", file.read() + "/srv/x\t*(ro)\n")
        os.rename(OTHER + "/new", OTHER + "/etab")
        tally.audit("much of it is the same", [("/srv/x", "", STATE)])
    with mountd("unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs "
                "/var/lib/nfs && touch /var/lib/nfs/rmtab && printf "
                "'/srv/x\\t*(ro)\\n' >/var/lib/nfs/etab && exec \"$@\"", "sh"):
        tally.audit("another mount namespace", [("", "", NAMESPACE)])


def show_kernel(versions, threads=8):
    """What a kernel server would show."""
    if not os.path.ismount("/proc/fs"):
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/proc/fs"],
                       check=True)
        os.mkdir("/proc/fs/nfsd")
    write("/proc/fs/nfsd/versions", versions + "\n")
    write("/proc/fs/nfsd/threads", "%d\n" % threads)


def hide_kernel():
    subprocess.run(["umount", "/proc/fs"], check=True)


def silence(tally):
    """Nobody answers, or nobody is asked."""
    load(A + B)
    tally.audit("nothing runs", [])
    show_kernel("-2 +3 +4 +4.1 +4.2")
    tally.audit("nobody answers for NFSv3", [], "rpcbind refuses connections")
    show_kernel("-2 +3 +4 +4.1 +4.2", 0)
    tally.audit("the server is stopped", [])
    show_kernel("-2 +3 +4")
    with Fake("--no-nfs", "--no-mount"):
        tally.audit("mountd is not registered", [], "not registered")
    with Fake("--no-nfs", "--generate", "2,1") as fake:
        show_kernel("-2 -3 +4 +4.1 +4.2")
        tally.audit("NFSv4 only", [])
        hide_kernel()
        os.makedirs("/run/root/var/lib/nfs")
        write("/run/root/var/lib/nfs/etab", "/srv/x\t*(ro)\n")
        tally.audit("--root", [], options=("--root", "/run/root"))
        os.rename(ETAB, ETAB + ".old")
        tally.audit("etab is missing", [])
        os.rename(ETAB + ".old", ETAB)
        write("/etc/exports", "".join("/srv/%d *\n" % i
                                      for i in range(SAFE_LIST + 1)))
        exportfs("-ra")
        tally.audit("a list that is too long", [], "keeps mountd busy")
    tally.equal("nobody was asked", fake.calls, [])


def strangers(tally):
    """Another server is in the place of mountd."""
    load(A + B)
    with Fake("--no-nfs", "--generate", "2,1") as fake:
        tally.audit("another server", [("", "", SERVER)])
    tally.equal("what it was asked", fake.calls, [
        ("udp", "100000", "2", "3"), ("tcp", "100005", "3", "5")])
    for options, drifts, why in (
            (("--mount-versions", "1"), [("", "", SERVER)], None),
            (("--generate", "0,0"), [("", "", SERVER)], None),
            (("--mode", "names-newline"), [("", "", SERVER)], None),
            (("--mode", "auth-tooweak"), [], "denies the call"),
            (("--mode", "list-cut"), [], "no list"),
            (("--mode", "endless-list"), [], "larger than the limit"),
            (("--mode", "silent"), [], "does not answer"),
            (("--mode", "drip"), [], "does not answer"),
            (("--mode", "rpcbind-port-70000"), [], "a port that is none"),
            (("--no-mount",), [], None)):
        with Fake("--no-nfs", *options):
            tally.audit(" ".join(options), drifts, why)


CLIENTS = (
    "found.example", "FOUND.example", "found", "many.example", "six.example",
    "upper.example", "localhost", "lost.example", "10.1.7.7", "10.1.7.8",
    "10.1.0.5", "10.1.1.%d", "10.1", "fd00::7", "fd00::%d", "::1",
    "10.1.0.0/16", "10.1.7.0/24", "10.1.7.0/255.255.255.0", "10.1.7.7/24",
    "10.1.7.0/0.0.0.255", "0.0.0.0/0", "fd00::/64", "10.1.7.9/32",
    "*.example", "*.EXAMPLE", "many*", "?*", "10.1.7.*", "@trusted",
    "@TRUSTED", "@everybody", "@nobody", "gss/krb5", "gss/krb5p",
    "with\\040blank", "quo\\042te", "\\303\\274.example", "bad\\377", "-dash")
PATHS = (
    "/srv/p%d", "/srv/deep/er/%d", "/srv/\\303\\274%d", "/srv/bad\\377%d",
    "/srv/with\\040blank%d", "/srv/new\\012line%d", "/srv/quo\\042te%d",
    "/srv/back\\134slash%d", "/srv/back\\134\\060\\064%d",
    "/srv/hash\\043%d", "//srv//p%d/", "/srv/link/%d", "/srv/file",
    "/srv/real/../p%d", "relative%d")
OPTIONS = (
    "ro", "rw,no_root_squash", "ro,sec=krb5:sys,rw,sec=krb5p", "ro,fsid=%d",
    "ro,mountpoint=/srv/real", "rw,anonuid=%d", "ro,crossmnt,insecure")
TOO_LONG = "ro,mountpoint=/srv/" + "m" * 300  # once defaults are written out


def random_word(chance, words):
    word = chance.choice(words)
    return word % chance.randrange(20) if "%d" in word else word


def random_client(chance):
    kind = chance.random()
    client = random_word(chance, CLIENTS)
    if kind < 0.15:
        client = chance.choice(("*", "", '""'))
    elif kind < 0.25:
        return client
    return "%s(%s,no_subtree_check)" % (
        client, TOO_LONG if kind > 0.99 else random_word(chance, OPTIONS))


def random_table(chance):
    return "".join(
        "%s %s\n" % (random_word(chance, PATHS), " ".join(
            random_client(chance)
            for _ in range(chance.choice((1, 1, 2, 3, 5, 9)))))
        for _ in range(chance.randrange(1, 12)))


def tables(tally):
    """Agreement over tables of all kinds, in every other one of which names
    are asked."""
    chance = random.Random(20261126)
    listed = 0
    write("/srv/file", "")
    with mountd():
        for number in range(TABLES):
            text = random_table(chance)
            load(text)
            tally.audit("table %d\n%s" % (number, text), [],
                        options=("--resolve",) if number % 2 else ())
            listed += len(subprocess.run(
                ["showmount", "--no-headers", "-e", "127.0.0.1"],
                stdout=subprocess.PIPE).stdout.splitlines())
        load(A)
        add_to_etab("/srv/z\t10.9.9.9(ro)\n")
        tally.audit("after all tables", [("/srv/z", "", IN_PLACE)])
    tally.equal("tables have exports", listed > TABLES, True)


def beside(tally):
    """mountd runs, and another server has its place."""
    load(A + B)
    with rpcbind():
        running = mountd()
        running.start()
    with Fake("--no-nfs", "--generate", "2,1"):
        tally.audit("beside mountd", [("", "", SERVER)])
        tally.audit("who may not look into either", [
            ("", "", "of another state directory")], before=NOBODY)
    running.stop()
    if shutil.which("ganesha.nfsd"):
        ganesha(tally)


def ganesha(tally):
    os.makedirs("/srv/g", exist_ok=True)
    write("/run/ganesha.conf", """
        NFS_CORE_PARAM { Protocols = 3; Enable_NLM = false;
                         Enable_RQUOTA = false; }
        NFS_KRB5 { Active_krb5 = false; }
        EXPORT { Export_Id = 1; Path = /srv/g; Pseudo = /g; Protocols = 3;
                 Access_Type = RO; FSAL { Name = VFS; } }
        """)
    with rpcbind(), Process(
            "ganesha.nfsd", "-F", "-L", "/dev/null", "-f", "/run/ganesha.conf",
            "-p", "/run/ganesha.pid", answers=("showmount", "-e", "127.0.0.1")):
        tally.audit("NFS-Ganesha", [("", "", GANESHA)])


def main():
    tally = Tally()
    write("/etc/hosts", HOSTS)
    write("/etc/netgroup", NETGROUP)
    silence(tally)
    strangers(tally)
    beside(tally)
    with rpcbind():
        edits(tally)
        names(tally)
        other_tables(tally)
        tables(tally)
    print("%d passed, %d failed" % (tally.passed, tally.failed))
    return tally.failed > 0


sys.exit(main())
