#!/usr/bin/env python3
"""What the program itself says. Usage: own.py ANCHORS CERTIFICATE..., the program in $DINGJIA
and the anchors of time-stamp authorities in $TSA_ANCHORS."""
import json
import os
import subprocess
import sys

import signed


def verify(anchors, paths):
    """{path: what was said}"""
    words = [os.environ["DINGJIA"], "verify", *paths, "--trust", anchors, "--format", "ndjson"]
    if os.path.exists(os.environ["TSA_ANCHORS"]):
        words += ["--tsa-trust", os.environ["TSA_ANCHORS"]]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    every = [json.loads(line) for line in done.stdout.splitlines()]
    return {said["source"]: said for said in every if "source" in said}


def passed(said):
    if said["indication"] != "TOTAL-PASSED":
        raise ValueError("%s / %s: %s" % (said["indication"], said["subindication"],
                                          said["reason"]["en"]))
    return True


def main():
    anchors, *paths = sys.argv[1:]
    said = verify(anchors, paths)
    for path in paths:
        name = signed.signatures(path)[0].name
        signed.tell(path, name + "/file", lambda: passed(said[path]))


main()
