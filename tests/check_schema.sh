#!/bin/sh
# Validates `exportctl show --format json` of all fixtures and examples
# against its JSON Schema. EXPORTCTL names the program; Debian's
# python3-jsonschema does the work, once for all documents.
set -eu

export EXPORTCTL="${EXPORTCTL-build/exportctl}"
python=/usr/bin/python3

if ! "$python" -c 'import jsonschema' 2>/dev/null; then
	echo 'skipped: python3-jsonschema is not installed'
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
fi
exec "$python" - tests/fixtures/exports/*.exports doc/examples/*.exports <<'END'
import base64, json, os, subprocess, sys
import jsonschema

def show(path):
    command = [os.environ["EXPORTCTL"], "--root", "tests/fixtures/exports/root",
               "show", "--format", "json", "--resolve",
               "--target", "nfs-utils=2.6.2,kernel=6.1", path]
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

def check(path, validator):
    result = show(path)
    if result.returncode not in (0, 1):
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
    lost = any(e["state"] != "loaded" for e in document["entries"])
    if lost and result.returncode != 1:
        raise ValueError("something is not loaded, but the status is 0")
    for entry in document["entries"]:
        check_exact_bytes(entry)

def main(paths):
    with open("doc/schema/exportctl-show-1.json") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failed = 0
    for path in paths:
        try:
            check(path, validator)
        except Exception as error:
            failed += 1
            print("FAIL %s: %s" % (path, error))
    print("%d passed, %d failed" % (len(paths) - failed, failed))
    return failed > 0

sys.exit(main(sys.argv[1:]))
END
