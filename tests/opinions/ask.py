#!/usr/bin/env python3
"""Asks one verifier of others about certificates of every suite and level that it knows.

Usage: ask.py ENGINE DINGJIA BUILD_FOLDER [ISSUER]. The good certificate must be right in every
part, each changed sibling wrong in exactly the parts its change breaks. Every answer is printed.
ISSUER is a row of certificates.ISSUERS: who signs, the program itself when it is left out.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import certificates
import changes
import engines


def part_name(signature, part):
    """'#statement' and '#signature-1-properties' are references."""
    names = {"#statement": "statement", "#%s-properties" % signature: "properties"}
    return names.get(part, part)


def answers(command, anchors, files):
    """{(name of the change, signature, part): right?}"""
    names = {str(path): name for name, path in files.items()}
    done = subprocess.run([*command, str(anchors), *names], stdout=subprocess.PIPE, text=True,
                          encoding="utf-8", check=True)
    found = {}
    for line in done.stdout.splitlines():
        word, path, part, why = line.split("\t")
        print("  %-4s %-26s %s %s" % (word, names[path], part, why[:160]))
        signature, _, part = part.partition("/")
        found[names[path], signature, part_name(signature, part)] = word == "ok"
    return found


def expected(told, name, first, wrong_anchor):
    broken = changes.broken(name, first) | ({"chain"} if wrong_anchor else set())
    if told == {"file"}:
        return {"file": not broken} if first else {}
    apart = told - {"whole"}
    answer = {part: part not in broken for part in apart}
    if "whole" in told:
        answer["whole"] = not broken - (apart & {"chain"})
    return answer


def compare(told, found, signatures, names, wrong_anchor=False):
    """Complaints about answers that are missing, surplus or other than they must be."""
    complaints = []
    for name in names:
        got = {key[1:]: right for key, right in found.items() if key[0] == name}
        # Not even reading a file is one way of refusing it.
        if name != "good" and got.get(("signature-0", "whole")) is False:
            continue
        wanted = {(signature, part): right for at, signature in enumerate(signatures)
                  for part, right in expected(told, name, at == 0, wrong_anchor).items()}
        complaints += ["%s: %s of %s is %s, expected %s" % (name, key[1], key[0], got.get(key),
                                                            wanted.get(key))
                       for key in sorted(set(got) | set(wanted)) if got.get(key) != wanted.get(key)]
    return complaints


def self_test():
    """An engine that likes everything, and one that says nothing, must not get through."""
    names = list(changes.CHANGES)
    content = {(name, "signature-1", "whole"): True for name in names}
    for found in (content, {}):
        complaints = {line.partition(":")[0]
                      for line in compare({"whole"}, found, ["signature-1"], names)}
        if complaints != set(names) - ({"good"} if found else set()):
            sys.exit("ask: it does not notice an engine that is no use")


def ask(engine, command, issued, work):
    told = engines.ENGINES[engine][1]
    os.environ["TSA_ANCHORS"] = str(issued.stamps)
    files = changes.write_all(issued.certificate, issued.stranger, work)
    signatures = changes.signature_names(issued.certificate)
    complaints = compare(told, answers(command, issued.anchors, files), signatures, files)
    if told & {"chain", "whole", "file"}:
        print("  under an anchor that is not the issuer's:")
        good = {"good": files["good"]}
        complaints += compare(told, answers(command, issued.stranger / "ca.pem", good), signatures,
                              good, wrong_anchor=True)
    for complaint in complaints:
        print("FAILED: " + complaint)
    return not complaints


def main():
    engine, dingjia, build = sys.argv[1], os.path.abspath(sys.argv[2]), pathlib.Path(sys.argv[3])
    issuer = (*sys.argv, "own")[4]
    suites, _, prepare = engines.ENGINES[engine]
    os.environ["DINGJIA"] = dingjia
    self_test()
    results = []
    try:
        command = prepare(build.resolve())
        for suite, level, issued in certificates.issued(issuer, dingjia, build.resolve(), suites):
            print("%s: %s %s" % (engine, suite, level), flush=True)
            with tempfile.TemporaryDirectory() as folder:
                results.append(ask(engine, command, issued, pathlib.Path(folder)))
    except engines.Skipped as reason:
        print("SKIPPED: %s: %s" % (engine, reason))
        sys.exit(77)
    sys.exit(0 if results and all(results) else 1)


main()
