#!/usr/bin/env python3
"""Levels B-B, B-T and B-LT end to end: the real program beside real servers of `openssl ts` and
`openssl ocsp`, then verification with the servers gone.

Usage: run.py PROGRAM
"""
import os
import shutil
import sys
import tempfile

import attacks
import augmenting
import countersigning
import opinions
import policies
import times
from authority import Authority
from bench import SUITES, Bench


def issue(bench):
    """A certificate of every suite and level."""
    bench.certify("short", "short-b.xml")  # before it expires
    tsa = ["--tsa", bench.authority.url + "/tsa", *bench.trust_all()]
    for suite in SUITES:
        bench.certify("office-" + suite, suite + "-b.xml")
        bench.certify("office-" + suite, suite + "-t.xml", *tsa)
        bench.certify("office-" + suite, suite + "-lt.xml", *tsa, "--level", "lt")
    bench.certify("office-p256", "p256-t2.xml", *tsa)
    bench.certify("exchange-p256", "other-lt.xml", *tsa, "--level", "lt")


def main(program):
    folder = tempfile.mkdtemp(prefix="dingjia-levels-")
    try:
        os.mkdir(folder + "/authority")
        os.mkdir(folder + "/work")
        with Authority(folder + "/authority").serving() as authority:
            bench = Bench(os.path.abspath(program), folder + "/work", authority)
            issue(bench)
            augmenting.run(bench)
            countersigning.run(bench)
        for part in (times, policies, attacks, opinions):
            part.run(bench)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("levels: %d checks, %d failed" % (bench.checks, bench.problems))
    return 1 if bench.problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: run.py PROGRAM")
    sys.exit(main(sys.argv[1]))
