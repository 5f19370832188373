#!/usr/bin/env python3
"""Makes the frozen certificates of one version: make.py DINGJIA FOLDER.

Used once for each released format, and never again for that one: the keys are thrown away here.
What the folder holds, and what has to be done afterwards, stands in README.md.
"""
import os
import pathlib
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "opinions"))
import certificates  # noqa: E402  (found only now)

# The signer's key of a B-LT certificate ends long before its authority: that is what B-LT is for.
DAYS = {"keys": 3650, "signer": 730, "authority": 3650}


def append(source, target):
    if source.exists() and (not target.exists() or
                            source.read_bytes() not in target.read_bytes()):
        with open(target, "ab") as stream:
            stream.write(source.read_bytes())


def freeze(dingjia, suite, folder, work):
    folder.mkdir(parents=True)
    for level, make in certificates.LEVELS.items():
        (work / level).mkdir()
        certificate, anchors = make(dingjia, work / level, suite)
        shutil.copyfile(certificate, folder / (level.lower() + ".xml"))
        append(anchors, folder / "anchors.pem")
        append(work / level / "tsa" / "ca.pem", folder / "stamps.pem")


def main():
    dingjia, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    if folder.exists():
        sys.exit("make: %s is there already; what is frozen stays as it is" % folder)
    certificates.DAYS.update(DAYS)
    for suite in certificates.SUITES:
        with tempfile.TemporaryDirectory() as work:
            freeze(dingjia, suite, folder / suite, pathlib.Path(work))
    shutil.copyfile(certificates.RECORD, folder / "record.xml")
    shutil.copytree(certificates.EVIDENCE, folder / "evidence")
    print("made %s; now write its rows into the table of README.md" % folder)


main()
