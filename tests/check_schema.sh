#!/bin/sh
# Validates what show and lint print with --format json for all fixtures and
# examples, and rules, audit, exports and mounts, against the JSON Schemas, and
# the other formats of lint. Lists of servers that answer are validated by
# tests/run_sweep.sh. EXPORTCTL names the program; Debian's python3-jsonschema
# does the work, once for all documents.
set -eu

export EXPORTCTL="${EXPORTCTL-build/exportctl}"
python=/usr/bin/python3

if ! "$python" -c 'import jsonschema' 2>/dev/null; then
	echo 'skipped: python3-jsonschema is not installed'
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
fi
exec "$python" - tests/fixtures/exports/*.exports doc/examples/*.exports <<'END'
import base64, json, os, re, shutil, subprocess, sys, tempfile
import xml.etree.ElementTree
import jsonschema

def run(command, operands, output="json"):
    command = [os.environ["EXPORTCTL"], "--root", "tests/fixtures/exports/root",
               "--target", "nfs-utils=2.6.2,kernel=6.1", command,
               "--format", output] + operands
    return subprocess.run(command, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)

def unique(pairs):
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("a key occurs twice: %r" % [k for k, _ in pairs])
    return keys

# KEY_base64 stands beside a KEY in which U+FFFD stands for the wrong bytes;
# everything else in KEY is also in the exact bytes.
def check_exact_bytes(entry):
    for key in [k for k in entry if k.endswith("_base64")]:
        exact = base64.b64decode(entry[key], validate=True)
        name = entry[key[:-len("_base64")]]
        if "\ufffd" not in name:
            raise ValueError("%s beside a name without U+FFFD" % key)
        if not all(part.encode() in exact for part in name.split("\ufffd")):
            raise ValueError("%s does not belong to its name" % key)

def check(command, operands, validator):
    result = run(command, operands)
    if result.returncode not in STATUSES.get(command, (0, 1)):
        raise ValueError("status %d: %s" % (
            result.returncode, result.stderr.decode(errors="replace")))
    if not result.stdout.isascii():
        raise ValueError("the output is not pure ASCII")
    if not result.stdout.endswith(b"\n"):
        raise ValueError("the output does not end in a newline")
    document = json.loads(result.stdout, object_pairs_hook=unique)
    errors = sorted(validator.iter_errors(document), key=lambda e: list(e.path))
    if errors:
        raise ValueError("\n".join("/%s: %s" % (
            "/".join(map(str, e.path)), e.message) for e in errors[:5]))
    CHECKS[command](document, result.returncode)

def check_show(document, status):
    lost = any(e["state"] != "loaded" for e in document["entries"])
    if lost and status != 1:
        raise ValueError("something is not loaded, but the status is 0")
    for entry in document["entries"]:
        check_exact_bytes(entry)

def check_lint(document, status):
    levels = ["critical", "high", "medium", "low", "info"]
    found = [f["severity"] for f in document["findings"]
             if not f["suppressed"]]
    if document["summary"] != {l: found.count(l) for l in levels}:
        raise ValueError("the summary does not count the findings")
    if (status == 1) != any(levels.index(l) <= 2 for l in found):
        raise ValueError("the status is not that of the findings")
    prints = [f["fingerprint"] for f in document["findings"]]
    if len(set(prints)) != len(prints):
        raise ValueError("two findings have one fingerprint")
    for finding in document["findings"]:
        check_exact_bytes(finding)

def check_rules(document, status):
    names = [r["rule"] for r in document["rules"]]
    if names != sorted(names):
        raise ValueError("the rules are not sorted")

def check_audit(document, status):
    check_lint(document, status)
    for client in document["clients"]:
        check_exact_bytes(client)
        for mount in client["mounts"]:
            check_exact_bytes(mount)
    check_exposure(document["exposure"])

def tenths(number):
    if round(number * 10) != number * 10:
        raise ValueError("%r has more than one decimal" % number)
    return round(number * 10)

def check_sum(what, scored):
    points = sum(tenths(reason["points"]) for reason in scored["reasons"])
    if points != tenths(scored["score"]):
        raise ValueError("%s: the reasons are %d tenths, the score is %r" % (
            what, points, scored["score"]))

def check_exposure(exposure):
    check_sum("the server", exposure)
    ids = {kind: [row["id"] for row in rows]
           for kind, rows in exposure["weights"].items()}
    for export in exposure["exports"]:
        check_exact_bytes(export)
        check_sum(export["path"], export)
        if export["clients"] not in ids["clients"] or any(
                r["id"] not in ids["exports"] for r in export["reasons"]):
            raise ValueError("an id is not among the weights")
        if export["score"] > exposure["score"]:
            raise ValueError("an export is more exposed than the server")
    scores = [export["score"] for export in exposure["exports"]]
    if scores != sorted(scores, reverse=True):
        raise ValueError("the exports are not sorted")

def check_access(document, status):
    for answer in document["answers"]:
        check_exact_bytes(answer)
        decided = [c for c in answer["considered"] if c["outcome"] == "decides"]
        if len(decided) != (answer["decided_by"] is not None):
            raise ValueError("what decides is not among what was looked at")

def check_test(document, status):
    held = [a["result"] == "pass" for a in document["assertions"]]
    if (status == 0) != all(held):
        raise ValueError("the status is not that of the assertions")

def check_who(document, status):
    if (status == 1) != (not document["reach"]):
        raise ValueError("the status is not that of the list")

def check_servers(document, status):
    failed = [s for s in document["servers"] if s["status"] != "ok"]
    if (status == 0) != (not failed):
        raise ValueError("the status is not that of the servers")
    for server in document["servers"]:
        check_exact_bytes(server)
        for entry in server.get("exports", []) + server.get("mounts", []):
            check_exact_bytes(entry)

# Nobody is asked: the port is closed, and the NFSv4 clients are in a folder.
CLOSED = ["--mount-port", "1", "--nfs-port", "1", "--timeout", "2", "127.0.0.1"]
CLIENTS = ["--root", "tests/fixtures/cli/mounts-nfs4-clients/root"]
STATUSES = {"exports": (2,)}
CHECKS = {"show": check_show, "lint": check_lint, "audit": check_audit,
          "rules": check_rules, "exports": check_servers,
          "mounts": check_servers, "access": check_access,
          "who": check_who, "test": check_test}

def validator(command):
    with open("doc/schema/exportctl-%s-1.json" % command) as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)

# What --write-baseline notes are the fingerprints that JSON shows.
def check_baseline(path):
    with tempfile.NamedTemporaryFile() as file:
        result = run("lint", ["--min-severity", "info", "--write-baseline",
                              file.name, path])
        document = json.load(open(file.name))
    validator("baseline").validate(document)
    findings = json.loads(result.stdout)["findings"]
    if document["fingerprints"] != sorted(f["fingerprint"] for f in findings):
        raise ValueError("the baseline is not that of the findings")

# What changed between two runs, and the list of them.
def check_state(_):
    with tempfile.TemporaryDirectory() as folder:
        exports = os.path.join(folder, "etc/exports")
        os.mkdir(os.path.dirname(exports))
        documents = {}
        for text in (b"/a 10.1.0.1(ro)\n/b\\377 10.1.0.2(ro)\n",
                     b"/a 10.1.0.1(rw)\n/c\\377 *(rw,no_root_squash)\n"):
            with open(exports, "wb") as file:
                file.write(text)
            for option in ("--changes", "--history"):
                result = run("audit", ["--root", folder, option, "--state",
                                       os.path.join(folder, "state")])
                documents[option] = json.loads(result.stdout,
                                               object_pairs_hook=unique)
    changes, history = documents["--changes"], documents["--history"]
    validator("audit-changes").validate(changes)
    validator("audit-history").validate(history)
    for table in ("findings", "exports"):
        for entries in changes[table].values():
            for entry in entries:
                check_exact_bytes(entry)
            if not entries and table == "exports":
                raise ValueError("not all changes of exports are there")
    if [r["exports"] for r in history["runs"]] != [2, 2]:
        raise ValueError("these are not the two runs")

def check_compliance(path):
    for name in ("stig", "cis", "ssg", "kisa"):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "etc"))
            shutil.copy(path, os.path.join(folder, "etc/exports"))
            result = run("audit", ["--root", folder, "--compliance", name])
        document = json.loads(result.stdout, object_pairs_hook=unique)
        validator("audit-compliance").validate(document)
        results = [i["result"] for i in document["ids"]]
        if result.returncode != ("fail" in results):
            raise ValueError("the status is not that of %s" % name)
        for entry in document["ids"]:
            for evidence in entry["evidence"]:
                check_exact_bytes(evidence)
            if entry["result"] == "fail" and not any(
                    e["result"] == "fail" for e in entry["evidence"]):
                raise ValueError("%s fails without evidence" % entry["id"])

# The other formats tell the same findings, in the same order.
def lint_as(output, path):
    return run("lint", ["--resolve", path], output).stdout

def findings_of(path):
    findings = json.loads(lint_as("json", path))["findings"]
    return [f for f in findings if not f["suppressed"]]

def check_sarif(path, validator):
    document = json.loads(lint_as("sarif", path), object_pairs_hook=unique)
    validator.validate(document)
    rules = document["runs"][0]["tool"]["driver"]["rules"]
    found = []
    for result in document["runs"][0]["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            raise ValueError("ruleIndex is not that of %s" % result["ruleId"])
        place = result["locations"][0]["physicalLocation"]
        line = place["region"]["startLine"] if "region" in place else 1
        found.append((result["ruleId"], line))
    if found != [(f["rule"], f["line"]) for f in findings_of(path)]:
        raise ValueError("the results are not the findings")

GITHUB = re.compile(rb"::(error|warning|notice) file=[^,:]+,line=(\d+),"
                    rb"endLine=\d+,col=\d+,endColumn=\d+,title=([a-z0-9-]+)"
                    rb"::[^\x00-\x1f]+\n")

def check_github(path):
    output = lint_as("github", path)
    found = GITHUB.findall(output)
    if GITHUB.sub(b"", output):
        raise ValueError("not all lines are workflow commands")
    if [(t.decode(), int(l)) for _, l, t in found] != [
            (f["rule"], f["line"]) for f in findings_of(path)]:
        raise ValueError("the commands are not the findings")

def check_checkstyle(path):
    tree = xml.etree.ElementTree.fromstring(lint_as("checkstyle", path))
    found = [(e.get("source")[len("exportctl."):], int(e.get("line")))
             for e in tree.iter("error")]
    if found != [(f["rule"], f["line"]) for f in findings_of(path)]:
        raise ValueError("the errors are not the findings")

def other_formats(paths):
    with open("tests/fixtures/schema/sarif-2.1.0.json") as file:
        sarif = jsonschema.Draft7Validator(json.load(file))
    checks = {"sarif": lambda path: check_sarif(path, sarif),
              "github": check_github, "checkstyle": check_checkstyle}
    return [(name, path, check) for path in paths
            for name, check in checks.items()]

def main(paths):
    validators = {command: validator(command) for command in CHECKS}
    cases = [("rules", []), ("audit", []), ("exports", CLOSED),
             ("mounts", CLIENTS + CLOSED),
             ("test", ["--file", "doc/examples/seed.exports",
                       "doc/examples/seed.assertions"])]
    for path in paths:
        cases += [("show", ["--resolve", path]), ("lint", ["--resolve", path]),
                  ("access", ["--resolve", "--file", path, "10.1.2.3"]),
                  ("access", ["--uid", "1", "--gid", "2", "--nfs-version",
                              "3", "--file", path, "alpha", "/srv/a"]),
                  ("who", ["--resolve", "--file", path, "/srv"])]
    failed = 0
    for command, operands in cases:
        try:
            check(command, operands, validators[command])
        except Exception as error:
            failed += 1
            print("FAIL %s %s: %s" % (command, " ".join(operands), error))
    others = [("baseline", paths[0], check_baseline),
              ("audit --state", "", check_state)]
    others += [("audit --compliance", path, check_compliance)
               for path in paths[::8]]
    others += other_formats(paths[::8])
    for name, path, check_one in others:
        try:
            check_one(path)
        except Exception as error:
            failed += 1
            print("FAIL %s %s: %s" % (name, path, error))
    print("%d passed, %d failed" % (len(cases) + len(others) - failed, failed))
    return failed > 0

sys.exit(main(sys.argv[1:]))
END
