"""What a browser makes of the HTML report, compared with the JSON of the same
audit: every finding, client and fact that was not checked is on the page, the
heads of columns sort, foreign names stay text, both colour schemes can be read.

    check_page.py [--fleet]

--fleet: the page on other servers, too, in a private network.
"""
import html, json, os, re, shutil, subprocess, sys, tempfile

PROGRAM = os.environ["EXPORTCTL"]
FAKE = os.environ.get("BUILD", "build") + \
    "/tests/support/fake_server/fake_server"
SEVERITIES = ["info", "low", "medium", "high", "critical"]
OWN_TAGS = set("""html head meta title style body header h1 p ul li strong main
    section h2 div table thead tr th tbody td span code a pre h3 script
    button""".split())
EVIL = "<script>document.title='taken'</script>"
NAME = "<img src=x onerror=alert(1)>&amp;\"'"


def audit(root, output, least="info", hosts=()):
    result = subprocess.run(
        [PROGRAM, "--root", root, "--target", "nfs-utils=2.6.2,kernel=6.1",
         "audit", "--min-severity", least, "--format", output, *hosts],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if result.returncode > 1 or result.stderr:
        raise ValueError("audit: status %d, %s" %
                         (result.returncode, result.stderr))
    return result.stdout


def dump(work, page, dark, width):
    with open("tests/html/in_page.js") as file:
        script = "<script>\n%s</script>\n</body>" % file.read()
    path = os.path.join(work, "page.html")
    with open(path, "w") as file:
        file.write(page.replace("</body>", script))
    return subprocess.run(
        ["timeout", "60", "chromium", "--headless", "--no-sandbox",
         "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--user-data-dir=" + os.path.join(work, "profile"),
         "--blink-settings=preferredColorScheme=%d" % (not dark),
         "--window-size=%d,900" % width, "--dump-dom", "file://" + path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout.decode()


def look(work, page, dark=False, width=1200):
    dom = dump(work, page, dark, width)
    found = re.search(r'<pre id="seen">(.*?)</pre>', dom, re.S)
    if not found:
        raise ValueError("the script in the page did not end: %s" % dom[-300:])
    return json.loads(html.unescape(found.group(1)))


def expect(what, found, wanted):
    if isinstance(wanted, list) and isinstance(found, list):
        for one, other in zip(found, wanted):
            expect(what, one, other)
    if found != wanted:
        raise ValueError("%s: %.300r, not %.300r" % (what, found, wanted))


def octal(text, encoding="utf-8"):
    return "".join("\\%03o" % byte for byte in text.encode(encoding))


# What JSON has, as it is printed elsewhere. The only byte here that is no
# UTF-8 is 0xff.
def printed(text):
    text = re.sub(r"\\(?=0[0-3][0-7])", r"\\134", text)
    text = text.replace("\ufffd", octal("\xff", "latin-1"))
    return re.sub("[\x00-\x1f\x7f\u202e]", lambda m: octal(m.group()), text)


# Places are compared without the line: findings on a whole file have none.
def check_findings(seen, report):
    found = sorted((c[0], re.sub(r":\d+$", "", c[1]), c[2],
                    c[3].split("\n")[0]) for c in seen["findings"])
    expect("findings", found, sorted(
        (f["severity"], f["file"], f["rule"], printed(f["message"]))
        for f in report["findings"]))
    for finding in report["findings"]:
        place = "%s:%d" % (finding["file"], finding["line"])
        if finding["end_column"] > 1 and place not in [
                cells[1] for cells in seen["findings"]]:
            raise ValueError("%s is not a place of the page" % place)


def check_exposure(seen, exposure):
    expect("exposure", seen["exposure"],
           [["%.1f" % e["score"], printed(e["path"]), printed(e["client"]),
             ", ".join("%s %.1f" % (r["id"], r["points"])
                       for r in e["reasons"])] for e in exposure["exports"]])
    expect("reasons", [r.split()[0] for r in seen["reasons"]],
           ["%.1f" % r["points"] for r in exposure["reasons"]] +
           ["not"] * len(exposure["not_counted"]))
    used = {r["id"] for e in exposure["exports"] for r in e["reasons"]}
    expect("words", seen["words"],
           ["; ".join("%s: %s" % (w["id"], w["text"])
                      for w in exposure["weights"]["exports"]
                      if w["id"] in used) + "."] if used else [])


def check_rest(seen, report, least="info"):
    check_findings(seen, report)
    check_exposure(seen, report["exposure"])
    expect("clients", [c[0] for c in seen["clients"]],
           [printed(c["client"]) for c in report["clients"]])
    for cells, client in zip(seen["clients"], report["clients"]):
        for mount in client["mounts"]:
            if printed(mount["path"]) not in cells[2]:
                raise ValueError("%r is not in %r" % (mount, cells))
    expect("not checked", seen["unchecked"],
           [[u["what"], u["why"]] for u in report["not_checked"]])
    expect("tiles", seen["tiles"],
           [[str(report["summary"][s]), s] for s in
            reversed(SEVERITIES[SEVERITIES.index(least):])] +
           [["%.1f" % report["exposure"]["score"], "exposure"]])
    expect("heading", seen["heading"], "NFS exports of " + report["host"])
    expect("title", seen["title"], seen["heading"])


def check_nature(seen):
    expect("foreign tags", set(seen["tags"]) - OWN_TAGS, set())
    expect("scripts", seen["scripts"], 2)
    expect("things to load", seen["loads"], 0)
    expect("links without an end", seen["lost"], [])
    expect("each head has a scope", seen["heads"], True)
    expect("the page is too wide", seen["wide"], False)
    if seen["contrast"] < 4.5:
        raise ValueError("contrast: %.2f" % seen["contrast"])


def place(text):
    name, colon, line = text.rpartition(":")
    return (name, int(line)) if colon else (text, 0)


def address(text):
    return [int(part, 16) for part in re.findall("[0-9a-f]+", text)]


def count(text):
    return -1 if text == "-" else float(text)


KEYS = {"Severity": SEVERITIES.index, "Place": place, "Rule": str,
        "Client": address, "State": str, "Server": address, "Answer": str,
        "Exposure": float, "Path": str,
        **dict.fromkeys(["Servers", "Exports", "Mounts", "Exposure",
                        *SEVERITIES], count)}


def check_clicks(clicks, ways):
    expect("heads and ways",
           [(c["head"], c["sort"]) for c in clicks],
           [(h, w) for h, first in ways for w in (first, {
               "ascending": "descending", "descending": "ascending"}[first])])
    for click in clicks:
        expect("sorted heads", click["sorted"], 1)
        column = [KEYS[click["head"]](cell) for cell in click["column"]]
        expect("%s %s" % (click["head"], click["sort"]), column,
               sorted(column, reverse=click["sort"] == "descending"))


def check_sorting(seen):
    check_clicks(seen["clicks"]["findings"],
                 [("Severity", "ascending"), ("Place", "ascending"),
                  ("Rule", "ascending")])
    check_clicks(seen["clicks"]["clients"],
                 [("Client", "ascending"), ("State", "ascending")])
    check_clicks([c for c in seen["clicks"]["exposure"]
                  if c["head"] == "Exposure"], [("Exposure", "ascending")])


def captured_root(work):
    root = os.path.join(work, "captured")
    shutil.copytree("tests/fixtures/cli/audit-captured/root", root)
    return root


def write(root, path, data):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def hostile_root(work):
    root = os.path.join(work, NAME)
    evil, name = EVIL.encode(), NAME.encode()
    quoted = name.replace(b'"', b"\\042")
    write(root, "etc/exports",
          b'"/srv/%s" *(rw,no_root_squash)\n"/srv/%s" <b>host</b>(ro)\n'
          b'/srv/\x1b[31m\xff\xe2\x80\xae 10.0.0.0/8(rw)\n'
          b'/srv/a *(ro,%s)\n' % (evil, quoted, b"</pre><h4>option"))
    write(root, "var/lib/nfs/etab", b"/srv/<i>x</i>\t<u>y</u>(ro)\n")
    write(root, "var/lib/nfs/rmtab",
          b"%s:/srv/%s:0x00000001\n" % (b"<s>client</s>", evil))
    return root


def pair(root, least="info"):
    page = audit(root, "html", least).decode()
    return page, json.loads(audit(root, "json", least))


def check_captured(work):
    page, report = pair(captured_root(work))
    if len(report["findings"]) < 50 or len(report["clients"]) < 4:
        raise ValueError("the captured server has less than it had")
    for dark in False, True:
        seen = look(work, page, dark)
        expect("dark", seen["dark"], dark)
        check_rest(seen, report)
        check_nature(seen)
        check_sorting(seen)


def check_narrow(work):
    page, report = pair(captured_root(work))
    seen = look(work, page, width=500)
    check_findings(seen, report)
    check_nature(seen)


# What is hidden is not said to be absent.
def check_hidden(work):
    page, report = pair(captured_root(work), "medium")
    check_rest(look(work, page), report, "medium")


def check_hostile(work):
    page, report = pair(hostile_root(work))
    seen = look(work, page)
    text = "\n".join(cells[3] for cells in seen["findings"])
    expect("heading", seen["heading"],
           "NFS exports of " + os.path.join(work, NAME))
    check_rest(seen, report)
    check_nature(seen)
    shown = "/srv/\\033[31m\\377\\342\\200\\256"
    if "/srv/" + EVIL not in text or shown not in text:
        raise ValueError("a hostile name is not shown as it is")
    if re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", page):
        raise ValueError("a control character is in the page")


def check_nothing(work):
    root = os.path.join(work, "nothing")
    os.mkdir(root)
    page, report = pair(root)
    seen = look(work, page)
    expect("findings", report["findings"], [])
    check_rest(seen, report)
    check_nature(seen)


class Fleet:
    """An honest server, one whose names are markup, and one that is away."""

    hosts = ["127.0.1.1", "127.0.1.2", "127.0.1.3"]

    def __init__(self, work):
        lists = os.path.join(work, "lists")
        with open(lists, "w") as file:
            file.write("/srv/%s\n/srv/\\033\\377\n" %
                       EVIL.replace(" ", "\\040"))
        self.servers = []
        for options in (["--generate", "3,2", "--mounts", "2"],
                        ["--exports", lists, "--nfs-versions", "2,3"]):
            server = subprocess.Popen(
                [FAKE, "--bind", self.hosts[len(self.servers)], *options],
                stdout=subprocess.PIPE)
            server.stdout.readline()
            self.servers.append(server)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.terminate()
            server.wait()
            server.stdout.close()

    def pair(self, work):
        return (audit(work, "html", hosts=self.hosts).decode(),
                json.loads(audit(work, "json", hosts=self.hosts)))


def check_fleet_rows(seen, report):
    found = sorted((c[0], c[1], c[2], c[3].split("\n")[0])
                   for c in seen["findings"])
    expect("findings", found, sorted(
        (f["severity"], f["file"], f["rule"], printed(f["message"]))
        for f in report["findings"]))
    rules = [rule for rule, _ in sorted(
        {(f["rule"], f["file"]) for f in report["findings"]})]
    expect("rules", [[c[1], c[2]] for c in seen["fleet"]],
           [[r, str(rules.count(r))] for r in sorted(
               sorted(set(rules)), key=lambda r: -max(
                   SEVERITIES.index(f["severity"])
                   for f in report["findings"] if f["rule"] == r))])
    of_host = lambda host: [f for f in report["findings"] if f["file"] == host]
    expect("servers", seen["servers"], [
        [s["host"], s["status"]] +
        ["-" if s[key] is None else str(s[key]) for key in
         ("exports", "mounts")] +
        ["-" if s["exposure"] is None else "%.1f" % s["exposure"]["score"]] +
        [str(sum(f["severity"] == severity for f in of_host(s["host"])))
         for severity in reversed(SEVERITIES)] for s in report["servers"]])
    expect("each server", [lines[0] for lines in seen["each"]],
           [s["host"] for s in report["servers"]])
    for lines, server in zip(seen["each"], report["servers"]):
        expect(server["host"], [line.split()[-1] for line in lines[2:]],
               [f["rule"] for f in of_host(server["host"])])


def check_fleet(work):
    with Fleet(work) as fleet:
        page, report = fleet.pair(work)
    if len(report["findings"]) < 8:
        raise ValueError("the fleet has less than it had")
    if "/srv/" + EVIL not in "".join(f["message"] for f in report["findings"]):
        raise ValueError("the hostile name is not in a message")
    for dark in False, True:
        seen = look(work, page, dark)
        expect("dark", seen["dark"], dark)
        check_fleet_rows(seen, report)
        expect("tiles", seen["tiles"], [[str(report["summary"][s]), s]
                                        for s in reversed(SEVERITIES)])
        check_nature(seen)
        check_clicks(seen["clicks"]["fleet"], [
            ("Severity", "ascending"), ("Rule", "ascending"),
            ("Servers", "descending")])
        check_clicks(seen["clicks"]["servers"], [
            ("Server", "ascending"), ("Answer", "ascending")] + [
            (name, "descending") for name in
            ["Exports", "Mounts", "Exposure", *reversed(SEVERITIES)]])
        check_clicks(seen["clicks"]["findings"], [
            ("Severity", "ascending"), ("Server", "ascending"),
            ("Rule", "ascending")])
    check_nature(look(work, page, width=500))
    result = subprocess.run(["tidy", "-e", "-q", "-utf8"], input=page.encode(),
                            stderr=subprocess.PIPE)
    expect("tidy", result.stderr.decode(), "")


# Of tidy, which knows HTML 5, neither an error nor a warning.
def check_markup(work):
    for make in captured_root, hostile_root:
        page = audit(make(work), "html")
        result = subprocess.run(["tidy", "-e", "-q", "-utf8"], input=page,
                                stderr=subprocess.PIPE)
        expect("tidy", result.stderr.decode(), "")


def main():
    checks = [check_captured, check_narrow, check_hidden, check_hostile,
              check_nothing, check_markup]
    if "--fleet" in sys.argv:
        checks.append(check_fleet)
    failed = 0
    for check in checks:
        with tempfile.TemporaryDirectory() as work:
            try:
                check(work)
            except Exception as error:
                failed += 1
                print("FAILED: %s: %s" % (check.__name__, error))
    print("%d passed, %d failed" % (len(checks) - failed, failed))
    return failed > 0


sys.exit(main())
