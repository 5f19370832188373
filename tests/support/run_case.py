#!/usr/bin/env python3
"""Runs one command-line case: a folder whose name is a sentence and whose files say what to expect.

  args              the command line, one line, as for a shell (quotes, $VARIABLES, > and | work)
  setup             optional: shell commands run before, in the sandbox
  expected.status   the exit status (0 when absent)
  expected.out      standard output, exactly
  expected.err      standard error, exactly
  expected.out.has  lines that must each occur somewhere in standard output
  expected.err.has  the same for standard error
  expected.json     part that standard output, read as JSON, must contain: objects by their members,
                    arrays by their elements in the same places
  after             optional: shell commands run afterwards, in the sandbox, that must succeed

The command runs in an empty folder of its own that is removed afterwards. DINGJIA is the program,
SAMPLES, FIXTURES and SCHEMAS are folders of the source tree. In the expected texts the sandbox is
written SANDBOX, and a shortened digest DIGEST: packs change more often than reports. --update rewrites expected.out, expected.err and expected.status.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# What AddressSanitizer says where /proc is not mounted.
NO_PROC = re.compile(r"^==\d+==WARNING: reading executable name failed.*\n", re.M)
DIGEST = re.compile("[0-9a-f]{16}…")
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def environment(program, sandbox):
    env = {name: value for name, value in os.environ.items()
           if name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS")}
    env.update(DINGJIA=program, HOME=sandbox, LC_ALL="C.UTF-8", TERM="dumb",
               SAMPLES=str(ROOT / "samples"), FIXTURES=str(ROOT / "tests" / "fixtures"),
               SCHEMAS=str(ROOT / "schemas"))
    return env


def shell(command, env, sandbox):
    return subprocess.run(["/bin/bash", "-c", command], cwd=sandbox, env=env,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120)


def read(folder, name):
    path = folder / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def contains(actual, part, place):
    """The first place where `actual` does not contain `part`, or None."""
    if isinstance(part, dict) and isinstance(actual, dict):
        for key, value in part.items():
            if key not in actual:
                return "%s.%s is missing" % (place, key)
            wrong = contains(actual[key], value, place + "." + key)
            if wrong:
                return wrong
        return None
    if isinstance(part, list) and isinstance(actual, list):
        if len(part) != len(actual):
            return "%s has %d elements, not %d" % (place, len(actual), len(part))
        for index, (one, other) in enumerate(zip(actual, part)):
            wrong = contains(one, other, "%s[%d]" % (place, index))
            if wrong:
                return wrong
        return None
    return None if actual == part else "%s is %r, not %r" % (place, actual, part)


def compare_text(name, expected, actual):
    if expected is None or expected == actual:
        return []
    return ["%s differs\n--- expected\n%s--- actual\n%s---" % (name, expected, actual)]


def compare_parts(name, parts, actual):
    if parts is None:
        return []
    return ["%s does not contain: %s\n--- actual\n%s---" % (name, line, actual)
            for line in parts.splitlines() if line and line not in actual]


def compare_json(part, actual):
    if part is None:
        return []
    try:
        document = json.loads(actual)
    except ValueError as error:
        return ["standard output is not JSON: %s\n%s" % (error, actual[:2000])]
    wrong = contains(document, json.loads(part), "$")
    return [wrong] if wrong else []


def readable(stream, sandbox):
    """The text of a stream without what differs from run to run and from place to place."""
    text = NO_PROC.sub("", stream.decode("utf-8", "replace"))
    for folder, name in ((sandbox, "SANDBOX"), (str(ROOT / "samples"), "SAMPLES"),
                         (str(ROOT / "tests" / "fixtures"), "FIXTURES")):
        text = text.replace(folder, name)
    return DIGEST.sub("DIGEST", text)


def run(folder, program, sandbox):
    """(status, out, err, problems of setup)"""
    env = environment(program, sandbox)
    setup = read(folder, "setup")
    if setup:
        done = shell("set -e\n" + setup, env, sandbox)
        if done.returncode != 0:
            return None, "", "", ["setup failed:\n" + done.stdout.decode() + done.stderr.decode()]
    done = shell('"$DINGJIA" ' + read(folder, "args").strip(), env, sandbox)
    texts = [readable(stream, sandbox) for stream in (done.stdout, done.stderr)]
    return done.returncode, texts[0], texts[1], []


def judge(folder, status, out, err):
    wanted = int((read(folder, "expected.status") or "0").strip())
    problems = [] if status == wanted else [
        "exit status %d, expected %d\n--- out\n%s--- err\n%s---" % (status, wanted, out, err)]
    problems += compare_text("standard output", read(folder, "expected.out"), out)
    problems += compare_text("standard error", read(folder, "expected.err"), err)
    problems += compare_parts("standard output", read(folder, "expected.out.has"), out)
    problems += compare_parts("standard error", read(folder, "expected.err.has"), err)
    problems += compare_json(read(folder, "expected.json"), out)
    for fault in ("AddressSanitizer", "LeakSanitizer", "runtime error:", "ThreadSanitizer"):
        if fault in err:
            problems.append("the sanitizer speaks:\n" + err)
            break
    return problems


def afterwards(folder, program, sandbox):
    after = read(folder, "after")
    if not after:
        return []
    done = shell("set -e\n" + after, environment(program, sandbox), sandbox)
    if done.returncode == 0:
        return []
    return ["after failed:\n" + done.stdout.decode() + done.stderr.decode()]


def update(folder, status, out, err):
    for name, text in (("expected.out", out), ("expected.err", err)):
        if (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")
    if status != 0:
        (folder / "expected.status").write_text("%d\n" % status)
    elif (folder / "expected.status").exists():
        (folder / "expected.status").unlink()


def main():
    parser = argparse.ArgumentParser(description="Runs one or more command-line cases.")
    parser.add_argument("--program", required=True)
    parser.add_argument("--update", action="store_true", help="rewrite the expected files")
    parser.add_argument("folder", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    bad = 0
    for folder in options.folder:
        sandbox = tempfile.mkdtemp(prefix="dingjia-case-")
        try:
            program = os.path.abspath(options.program)
            status, out, err, problems = run(folder, program, sandbox)
            if not problems and options.update:
                update(folder, status, out, err)
            if not problems:
                problems = judge(folder, status, out, err) + afterwards(folder, program, sandbox)
        finally:
            shutil.rmtree(sandbox, ignore_errors=True)
        bad += bool(problems)
        for problem in problems:
            print("%s: %s" % (folder, problem))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
