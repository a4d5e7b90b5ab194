"""Puts things that are no plain file in the place of each file and folder that
an audit opens below its root: nothing blocks it, nothing ends it but itself.

    check_odd_files.py

EXPORTCTL is the program to test. Status 1 if anything is wrong.
"""

import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile

PROGRAM = os.environ["EXPORTCTL"]
CAPTURED = "tests/fixtures/cli/audit-captured/root"
LIMIT = 60  # seconds, far above what any run needs


def make_fifo(path):
    os.mkfifo(path)


def make_folder(path):
    os.mkdir(path)


def make_socket(path):
    # the path of a socket is short; its folder is not
    folder = os.open(os.path.dirname(path), os.O_PATH)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"/proc/self/fd/{folder}/{os.path.basename(path)}")
    os.close(folder)


def make_loop(path):
    os.symlink(os.path.basename(path), path)


def make_way_out(path):
    os.symlink("../" * 20 + "proc/self/mem", path)


def make_sparse(path):
    with open(path, "wb") as file:
        file.truncate(1 << 40)


def make_noise(path):
    with open(path, "wb") as file:
        file.write(random.Random(path).randbytes(8192))


def make_long_line(path):
    with open(path, "wb") as file:
        file.write(b"/x " + b"a" * (1 << 20))


KINDS = [
    make_fifo,
    make_folder,
    make_socket,
    make_loop,
    make_way_out,
    make_sparse,
    make_noise,
    make_long_line,
]


def opened(root):
    """The paths that an audit of root opens there."""
    with tempfile.NamedTemporaryFile("r") as trace:
        command = ["strace", "-o", trace.name, "-e", "trace=openat2"]
        command += [PROGRAM, "--root", root, "audit"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        names = re.findall(r'openat2\(\d+, "(/(?:[^"\\]|\\.)+)"', trace.read())
    return sorted({name for name in names if "\\" not in name})


def put(root, name, make):
    path = root + name
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except OSError:
        return False  # something odd is there already
    make(path)
    return True


def audit(root):
    """What is wrong, or None."""
    command = [PROGRAM, "--root", root, "audit", "--format", "json"]
    try:
        run = subprocess.run(
            command, capture_output=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return "it hangs"
    if run.returncode not in (0, 1, 2):
        return f"status {run.returncode}: {run.stderr[-2000:]!r}"
    if run.returncode == 2 and not run.stderr.startswith(b"exportctl: "):
        return f"status 2 without a reason: {run.stderr[-2000:]!r}"
    return None


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as work:
        root = os.path.join(work, "root")
        for name in opened(CAPTURED):
            for make in KINDS:
                shutil.rmtree(root, ignore_errors=True)
                shutil.copytree(CAPTURED, root, symlinks=True)
                if not put(root, name, make):
                    continue
                wrong = audit(root)
                passed += wrong is None
                failed += wrong is not None
                if wrong:
                    print(f"FAILED: {name}, {make.__name__}: {wrong}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0 or passed < 100)


if __name__ == "__main__":
    main()
