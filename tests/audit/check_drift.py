"""Brings exports files and etab apart with the real exportfs, and compares what
exportctl audit says of it with what was done.

Run by tests/run_audit.sh, where /etc and /var/lib/nfs are private.
"""
import glob, itertools, json, os, random, subprocess, sys

EXPORTCTL = os.environ.get("EXPORTCTL", "build/exportctl")
ETAB = "/var/lib/nfs/etab"
RULES = ("drift-file-etab", "runtime-only-export")
OLD, NEW = 1700000000, 4000000000  # before and after any run of exportfs

NEWER = "changed after exportfs ran last"
BY_HAND = "given by hand"
TAKEN = "taken out by hand"
ALL_TAKEN = "all was taken out, by `exportfs -ua` or when"
ADDED = "added by hand"
GONE = "no file has it"
ERROR = "an error keeps"
PLACED = "put in place after exportfs ran last, or this was done by hand"
LINK = "leads to %s by now"
NO_ADDRESS = "perhaps the name had no address"
OTHER_NAME = "is exported to %s, not to %s as written here"


def write(path, text, changed=NEW):
    with open(path, "w") as file:
        file.write(text)
    os.utime(path, (changed, changed))


def exportfs(*options):
    subprocess.run(["exportfs", *options], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, cwd="/")


def load(text, extra=None):
    """The files, and an etab that is younger than they are."""
    for path in glob.glob("/etc/exports.d/*"):
        os.remove(path)
    write("/etc/exports", text, OLD)
    if extra is not None:
        write("/etc/exports.d/extra.exports", extra, OLD)
    os.utime("/etc/exports.d", (OLD, OLD))
    exportfs("-ra")


def replace_in_etab(old, new):
    with open(ETAB) as file:
        text = file.read()
    if old not in text:
        raise RuntimeError("%r is not in etab" % old)
    with open(ETAB, "w") as file:
        file.write(text.replace(old, new))


def drifts(*options):
    result = subprocess.run(
        [EXPORTCTL, "audit", "--no-state", "--format", "json",
         *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    findings = json.loads(result.stdout)["findings"]
    return sorted((f["path"], f["client"], f["message"]) for f in findings
                  if f["rule"] in RULES)


A = "/srv/a 10.1.1.1(ro,no_subtree_check)\n"
B = "/srv/b 10.1.2.0/24(rw,no_subtree_check)\n"


def situations():
    """(name, options of audit, the drift: path, client and cause)"""
    load(A + B)
    yield "nothing was done", [], []
    write("/etc/exports", "# a comment\n" + B + A)
    yield "order and comments", [], []
    write("/etc/exports", "/srv/a 10.1.1.1(sync,ro,root_squash,"
          "no_subtree_check)\n" + B)
    yield "defaults are spelled out", [], []
    load(A + B)
    os.utime("/etc/exports", (NEW, NEW))
    yield "only touched", [], []

    load(A + B)
    write("/etc/exports", A.replace("ro", "rw") + B)
    yield "an option was edited", [], [("/srv/a", "10.1.1.1", NEWER)]
    write("/etc/exports", A + B + "/srv/c *(ro,no_subtree_check)\n")
    yield "an export was added", [], [("/srv/c", "*", NEWER)]
    write("/etc/exports", A)
    yield "an export was deleted", [], [("/srv/b", "10.1.2.0/24", GONE)]
    write("/etc/exports", A + B.replace("10.1.2.0/24", "10.1.3.0/24"))
    yield "a client was changed", [], [
        ("/srv/b", "10.1.2.0/24", GONE), ("/srv/b", "10.1.3.0/24", NEWER)]
    write("/etc/exports", "")
    yield "the file was emptied", [], [("/srv/a", "10.1.1.1", GONE),
                                       ("/srv/b", "10.1.2.0/24", GONE)]
    os.remove("/etc/exports")
    os.utime("/etc/exports.d", (NEW, NEW))
    yield "the file was deleted", [], [("/srv/a", "10.1.1.1", GONE),
                                       ("/srv/b", "10.1.2.0/24", GONE)]
    load(A)
    write("/etc/exports.d/new.exports", B)
    yield "a file was added", [], [("/srv/b", "10.1.2.0/24", NEWER)]
    load(A, B)
    os.remove("/etc/exports.d/extra.exports")
    os.utime("/etc/exports.d", (NEW, NEW))
    yield "a file of exports.d was deleted", [], [("/srv/b", "10.1.2.0/24",
                                                   GONE)]
    load(A)
    write("/etc/exports.d/ignored.txt", B)
    yield "a file that is not read", [], []

    load(A)
    write("/etc/new", A.replace("ro", "rw"), OLD)
    os.rename("/etc/new", "/etc/exports")
    yield "an older file was moved there", [], [("/srv/a", "10.1.1.1",
                                                 PLACED)]
    write("/etc/new", B, OLD)
    os.rename("/etc/new", "/etc/exports")
    yield "with other exports", [], [("/srv/a", "10.1.1.1", PLACED),
                                     ("/srv/b", "10.1.2.0/24", PLACED)]
    load(A)
    write("/etc/real", A.replace("ro", "rw"), OLD)
    os.remove("/etc/exports")
    os.symlink("/etc/real", "/etc/exports")
    yield "a link to an older file", [], [("/srv/a", "10.1.1.1", NEWER)]
    os.remove("/etc/exports")
    load(A)
    write("/etc/exports", A.replace("ro", "rw"))
    later = os.stat(ETAB).st_mtime_ns + 1
    os.utime("/etc/exports", ns=(later, later))
    yield "edited in the same second", [], [("/srv/a", "10.1.1.1", NEWER)]

    load(A)
    exportfs("-o", "rw,no_subtree_check", "10.9.9.9:/srv/b")
    yield "exportfs -o", [], [("/srv/b", "10.9.9.9", ADDED)]
    exportfs("-ra")
    yield "exportfs -ra takes it away", [], []
    exportfs("-o", "rw,no_subtree_check", "10.1.1.1:/srv/a")
    yield "exportfs -o with other options", [], [("/srv/a", "10.1.1.1",
                                                  BY_HAND)]
    load(A + B)
    exportfs("-u", "10.1.1.1:/srv/a")
    yield "exportfs -u", [], [("/srv/a", "10.1.1.1", TAKEN)]
    load(A + B)
    exportfs("-ua")
    yield "exportfs -ua", [], [("/srv/a", "10.1.1.1", ALL_TAKEN),
                               ("/srv/b", "10.1.2.0/24", ALL_TAKEN)]

    load(A + "/srv/b lost.example(ro,no_subtree_check)\n")
    yield "a name without an address", [], [("/srv/b", "lost.example",
                                             NO_ADDRESS)]
    yield "the same, asked", ["--resolve"], []
    load(A)
    write("/etc/exports", A + "/srv/b lost.example(ro,no_subtree_check)\n")
    exportfs("-ra")  # leaves etab as it is, since nothing in it changes
    yield "it was added, and exportfs ran", [], [("/srv/b", "lost.example",
                                                  NO_ADDRESS + " when exportfs "
                                                  "ran, or it did not run")]
    write("/etc/exports", A + B + "/srv/b lost.example(ro,no_subtree_check)\n")
    yield "more was added", [], [("/srv/b", "10.1.2.0/24", NEWER),
                                 ("/srv/b", "lost.example", NEWER)]
    with open("/etc/hosts", "a") as hosts:
        hosts.write("10.1.7.7 found.example\n")
    load(A + "/srv/b found.example(ro,no_subtree_check)\n")
    yield "a name with an address", [], []
    yield "the same, asked", ["--resolve"], []
    load(A + "/srv/b found.example(ro,no_subtree_check) "
         "10.1.7.7(rw,no_subtree_check)\n")
    yield "a host by name and address", ["--resolve"], []
    load("/srv/a 10.1.7.7(ro,no_subtree_check)\n"
         "/srv/b found.example(rw,no_subtree_check)\n")
    yield "a name after its address", [], []
    yield "the same, asked", ["--resolve"], []
    load("/srv/a found.example(ro,no_subtree_check)\n"
         "/srv/b 10.1.7.7(rw,no_subtree_check)\n")
    yield "an address after its name", [], []
    yield "the same, asked", ["--resolve"], []

    with open("/etc/hosts", "a") as hosts:
        hosts.write("10.1.7.8 ws8.example ws8 backup\n"
                    "10.1.7.9 ws9.example ws9\n")
    load("/srv/a WS8(ro,no_subtree_check) ws9(rw,no_subtree_check)\n")
    yield "names without their domain", [], []
    write("/etc/exports", "/srv/a ws8(rw,no_subtree_check) "
                          "ws9(rw,no_subtree_check)\n")
    yield "an option of one was edited", [], [("/srv/a", "ws8", NEWER)]
    write("/etc/exports", "/srv/a ws8(ro,no_subtree_check)\n")
    yield "one was deleted", [], [("/srv/a", "ws9.example", GONE)]
    load(A + "/srv/a WS8(ro,no_subtree_check)\n")
    exportfs("-ua")
    yield "all were taken out, names as well", [], [
        ("/srv/a", "10.1.1.1", ALL_TAKEN), ("/srv/a", "WS8", ALL_TAKEN)]
    load("/srv/a backup(ro,no_subtree_check)\n")
    yield "a name that leads to another", [], []
    yield "the same, asked", ["--resolve"], []
    write("/etc/exports", "/srv/a ws9(ro,no_subtree_check)\n")
    yield "another host took its place", [], [
        ("/srv/a", "ws9", OTHER_NAME % ("ws8.example", "ws9"))]
    yield "the same, asked", ["--resolve"], [
        ("/srv/a", "ws8.example", GONE), ("/srv/a", "ws9.example", NEWER)]

    load(A + B)
    write("/etc/exports", A + B.replace("rw", "rwx"))
    yield "an option was misspelled", [], [("/srv/b", "10.1.2.0/24", ERROR)]
    write("/etc/exports", A.replace("ro", "rwx") + B)
    yield "an error in the first line", [], [("/srv/a", "10.1.1.1", ERROR),
                                             ("/srv/b", "10.1.2.0/24", ERROR)]
    load(A.replace("ro", "rwx") + B)
    yield "the error was loaded", [], []
    load(A + "/srv/b WS8(rw,no_subtree_check) ws9(rw,no_subtree_check)\n")
    write("/etc/exports", A.replace("ro", "rwx") +
          "/srv/b WS8(rw,no_subtree_check) ws9(rw,no_subtree_check)\n")
    yield "an error before names", [], [("/srv/a", "10.1.1.1", ERROR),
                                        ("/srv/b", "ws8.example", ERROR),
                                        ("/srv/b", "ws9.example", ERROR)]

    load(A + B)
    replace_in_etab("/srv/b\t10.1.2.0/24(rw", "/srv/b\t10.1.2.0/24(ro")
    replace_in_etab("sec=sys,rw", "sec=sys,ro")
    yield "etab was edited", [], [("/srv/b", "10.1.2.0/24", BY_HAND)]
    load(A + B)
    with open(ETAB, "a") as file:
        file.write("/srv/z\t*(rw)\n")
    yield "a line was added to etab", [], [("/srv/z", "*", ADDED)]
    load(A + B)
    with open(ETAB, "a") as file:
        file.write("# by hand\n\n/srv/z  *(rw)\n")
    yield "a line with blanks was added", [], [("/srv/z", "*", ADDED)]
    load(A + B)
    write(ETAB, "", OLD + 1)
    yield "etab was emptied", [], [("/srv/a", "10.1.1.1", ALL_TAKEN),
                                   ("/srv/b", "10.1.2.0/24", ALL_TAKEN)]
    load(A + B)
    os.remove(ETAB)
    yield "etab is missing", [], []

    load("/srv/a 10.1.0.0/255.255.0.0(ro,no_subtree_check) fd00::/64(ro,"
         "no_subtree_check) @group(rw,no_subtree_check) *.example.com(ro,"
         "no_subtree_check)\n")
    yield "clients of all kinds", [], []
    load("\"/srv/with space\" *(ro,no_subtree_check)\n"
         "/srv/tab\\011 *(ro,no_subtree_check)\n")
    yield "names with blanks", [], []
    write("/etc/exports", "\"/srv/with space\" *(rw,no_subtree_check)\n")
    yield "and options", [], [
        ("/srv/tab\t", "*", "/srv/tab\t is still exported"),
        ("/srv/with space", "*", "for * /srv/with space is in force")]
    load("/srv/a *(ro,no_subtree_check,sec=krb5:sys,rw,sec=krb5p,"
         "no_root_squash)\n")
    yield "flavors", [], []
    write("/etc/exports", "/srv/a *(ro,no_subtree_check,sec=sys:krb5,rw,"
          "sec=krb5p,no_root_squash)\n")
    yield "the order of flavors was changed", [], [("/srv/a", "*", NEWER)]
    os.makedirs("/srv/real", exist_ok=True)
    if not os.path.islink("/srv/link"):
        os.symlink("/srv/real", "/srv/link")
    load("/srv/link/ *(ro,no_subtree_check)\n")
    yield "a path through a link", [], []
    load("/srv/late/there *(ro,no_subtree_check)\n" + A)
    os.makedirs("/srv/real/there", exist_ok=True)
    os.symlink("real", "/srv/late")
    yield "a link came later", [], [
        ("/srv/real/there", "*", LINK % "/srv/real/there")]
    exportfs("-ra")
    yield "exportfs follows it", [], []
    os.makedirs("/srv/new/there")
    os.remove("/srv/late")
    os.symlink("new", "/srv/late")
    yield "a link was changed", [], [
        ("/srv/new/there", "*", LINK % "/srv/new/there")]
    write("/etc/exports", "/srv/late/there 10.1.1.1(ro,no_subtree_check)\n" +
          A)
    yield "a link and a client were changed", [], [
        ("/srv/new/there", "10.1.1.1", NEWER), ("/srv/real/there", "*", GONE)]
    load("/srv/late ws8(ro,no_subtree_check) *(ro,no_subtree_check)\n" + A)
    os.remove("/srv/late")
    os.symlink("real", "/srv/late")
    yield "a link with a name was changed", [], [
        ("/srv/real", "*", LINK % "/srv/real"),
        ("/srv/real", "ws8", LINK % "/srv/real")]
    load("/srv/a\n")
    yield "a path without a client", [], []


def random_hosts(chance, kinds):
    """Each host as the ways to write it: names with and without a domain, and,
    if it may be of more kinds, others that can't be told without asking."""
    for i in range(chance.randrange(1, 7)):
        address = "10.1.8.%d" % (i + 1)
        names = ["ws%d.%s.example" % (i, chance.choice("ab"))]
        if chance.random() < 0.7:
            names.append("ws%d" % i)
        if "alias" in kinds and chance.random() < 0.3:
            names.append("alias%d.example" % i)
        chance.shuffle(names)
        yield address, names


def random_files(chance, hosts, kinds):
    """Each host on a path at most once, spelled somehow."""
    lines = []
    for path in "abc":
        for address, names in hosts:
            if chance.random() < 0.6:
                more = [address] if "address" in kinds else []
                client = chance.choice(names + more)
                if chance.random() < 0.2:
                    client = client.upper()
                lines.append(["/srv/" + path, client,
                              chance.choice(["ro", "rw"])])
    chance.shuffle(lines)
    return lines


def text_of(lines):
    return "".join("%s %s(%s,no_subtree_check)\n" % tuple(line)
                   for line in lines)


def random_situations():
    """Nothing was done, whatever the names; where these tell, one option was
    edited, which is all that is told."""
    with open("/etc/hosts") as file:
        known = file.read()
    chance = random.Random(20261127)
    for i in range(200):
        kinds = chance.choice([(), ("alias",), ("alias", "address")])
        hosts = list(random_hosts(chance, kinds))
        with open("/etc/hosts", "w") as file:
            file.write(known + "".join(
                "%s %s\n" % (address, " ".join(names))
                for address, names in hosts))
        lines = random_files(chance, hosts, kinds)
        load(text_of(lines))
        yield "names %d" % i, [], []
        if kinds or not lines:
            continue
        line = chance.choice(lines)
        line[2] = "ro" if line[2] == "rw" else "rw"
        write("/etc/exports", text_of(lines))
        yield "names %d, edited" % i, [], [(line[0], line[1], NEWER)]


def differs(found, wanted):
    if len(found) != len(wanted):
        return True
    return any(f[0] != w[0] or f[1].lower() != w[1].lower() or w[2] not in f[2]
               for f, w in zip(found, wanted))


def main():
    passed = failed = 0
    for name, options, wanted in itertools.chain(situations(),
                                                 random_situations()):
        found = drifts(*options)
        if differs(found, sorted(wanted)):
            failed += 1
            print("FAILED: %s %s: %r instead of %r" % (
                name, " ".join(options), found, wanted))
        else:
            passed += 1
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
