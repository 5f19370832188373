"""Words that have no place in the tree: marks of unfinished work, other people's machines."""
import re
import sys

from style import ROOT

WORDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|/home/\w|/root/|/tmp/bash|localhost:\d|"
                   r"\b(lorem ipsum)\b", re.I)
TEXT = {".c", ".h", ".py", ".sh", ".md", ".txt", ".cmake", ".xml", ".xsd", ".sch", ".json", ".1"}
SKIPPED = {".git", "build", "demo-output", "__pycache__"}


def forbidden(text):
    return [(text.count("\n", 0, match.start()) + 1, match.group(0))
            for match in WORDS.finditer(text)]


def main():
    if not forbidden("a\nTO" + "DO: later"):
        sys.exit("words: the check does not notice its bad example")
    bad = 0
    for path in sorted(ROOT.rglob("*")):
        relative = path.relative_to(ROOT)
        if SKIPPED & set(relative.parts) or path.suffix not in TEXT or path.name == "words.py":
            continue
        for line, word in forbidden(path.read_text(encoding="utf-8", errors="replace")):
            bad += 1
            print("words: %s:%d: %s" % (relative, line, word))
    sys.exit(1 if bad else 0)


main()
