#!/usr/bin/env python3
"""Every frozen certificate is still verified as the table of README.md says: run.py DINGJIA."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
NOTHING = "–"


def cells(line):
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


def read_rows():
    lines = (HERE / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [cells(line) for line in lines if re.match(r"\| `\d", line)]
    for row in rows:
        if len(row) != 5:
            sys.exit("frozen: not five cells: %s" % row)
    return rows


def changed(octets, change):
    """The certificate with one octet changed, once: 'old > new'."""
    if change == NOTHING:
        return octets
    old, new = (word.encode() for word in change.split(" > "))
    differences = sum(a != b for a, b in zip(old, new))
    if len(old) != len(new) or differences != 1 or old not in octets:
        sys.exit("frozen: %s does not change one octet" % change)
    return octets.replace(old, new, 1)


def verify(dingjia, path, source, at, more):
    version = HERE / source.parts[0]
    words = [dingjia, "verify", path, "--trust", HERE / source.parent / "anchors.pem",
             "--at", at, "--format", "json"]
    if more != "no stamps":
        words += ["--tsa-trust", HERE / source.parent / "stamps.pem"]
    if more == "record":
        words += ["--record", version / "record.xml", "--evidence", version / "evidence"]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        result = json.loads(done.stdout)["certificates"][0]
    except (ValueError, LookupError):
        return "no result: " + done.stdout + done.stderr
    return " / ".join(filter(None, [result["indication"], result["subindication"]]))


# what a row may ask for besides
MORE = (NOTHING, "record", "no stamps")


def look(dingjia, row, folder):
    name, at, change, more, expected = row
    if more not in MORE:
        sys.exit("frozen: %s is none of %s" % (more, ", ".join(MORE)))
    source = pathlib.Path(name)
    path = folder / source.name
    path.write_bytes(changed((HERE / source).read_bytes(), change))
    found = verify(dingjia, path, source, at, more)
    if found != expected:
        print("FAILED: %s at %s, %s: %s, expected %s" % (name, at, change, found, expected))
    return found == expected


def unlisted(rows):
    """Certificates without a row that lets them pass, or without one that changes them."""
    files = {str(path.relative_to(HERE)) for path in HERE.glob("*/*/*.xml")}
    passed = {row[0] for row in rows if row[2] == NOTHING and row[4] == "TOTAL-PASSED"}
    refused = {row[0] for row in rows if row[2] != NOTHING and row[4] != "TOTAL-PASSED"}
    return sorted(files - passed | files - refused)


def main():
    rows = read_rows()
    missing = unlisted(rows)
    for name in missing:
        print("FAILED: %s needs a row that passes and one that is changed" % name)
    with tempfile.TemporaryDirectory() as folder:
        results = [look(sys.argv[1], row, pathlib.Path(folder)) for row in rows]
    print("%d of %d rows are as the table says" % (sum(results), len(results)))
    sys.exit(0 if results and all(results) and not missing else 1)


main()
