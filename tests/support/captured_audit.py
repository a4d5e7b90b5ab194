#!/usr/bin/env python3
"""Audits root/, which a real server was copied to, and prints what the audit
says of the running server: its findings, the clients, and what was not checked.

    captured_audit.py [OPTION…]

times has lines "SECONDS PATH": when the server's files were changed. The
directories that etab names, and the empty ones of the kernel, which git does
not keep, are made. OPTIONs go to audit. EXPORTCTL is the program.
"""
import json
import os
import re
import subprocess
import sys

ROOT = "root"


def make_folders():
    os.makedirs(ROOT + "/etc/exports.d", exist_ok=True)
    if os.path.exists(ROOT + "/proc/fs/nfsd/threads"):
        os.makedirs(ROOT + "/proc/fs/nfsd/clients", exist_ok=True)
    with open(ROOT + "/var/lib/nfs/etab", "rb") as etab:
        for line in etab:
            path = re.sub(rb"\\([0-7]{3})",
                          lambda match: bytes([int(match.group(1), 8)]),
                          line.split(b"\t")[0])
            if b"nosuch" not in path:
                os.makedirs(ROOT.encode() + path, exist_ok=True)


def set_times():
    with open("times") as times:
        for line in times:
            seconds, path = line.split(None, 1)
            os.utime(ROOT + path.rstrip("\n"), (int(seconds), int(seconds)),
                     follow_symlinks=False)


# With status 2 where a file can't be read there is a report all the same.
def exportctl(*words):
    result = subprocess.run([os.environ["EXPORTCTL"], *words],
                            stdout=subprocess.PIPE, text=True)
    return result.stdout


def audit(*words):
    return exportctl("--root", ROOT, "--target", "nfs-utils=2.6.2,kernel=6.1",
                     "audit", "--min-severity", "info", *words, *sys.argv[1:])


def live_rules():
    rules = json.loads(exportctl("rules", "--format", "json"))["rules"]
    return {rule["rule"] for rule in rules if "live" in rule["needs"]}


# What any server that was set up in the same way has.
ORDINARY = {"rpcbind-exposed"}


def prepare():
    make_folders()
    set_times()


def main():
    prepare()
    shown = live_rules() - ORDINARY | {"parse-stops-here"}
    for finding in json.loads(audit("--format", "json"))["findings"]:
        if finding["rule"] in shown:
            print("%(severity)s: %(file)s:%(line)d: %(message)s [%(rule)s]"
                  % finding)
    text = audit()
    for title in "\nClients\n", "\nNot checked\n":
        if title in text:
            print(text[text.index(title):], end="")
            break


if __name__ == "__main__":
    main()
