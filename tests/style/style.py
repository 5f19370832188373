"""What the style checks share: the source tree, and how a check proves that it can fail.

A check is a function from a Tree to a list of complaints. check() first gives it a bad example, on
which it must complain, and a good one, on which it must not; only then the real tree.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)


class Tree:
    """Sources by name relative to src/, such as "xml/load.c"."""

    def __init__(self, files):
        self.files = files

    @classmethod
    def real(cls):
        source = ROOT / "src"
        return cls({str(path.relative_to(source)): path.read_text(encoding="utf-8")
                    for path in sorted(source.rglob("*.[ch]"))})

    def includes(self, name):
        return INCLUDE.findall(self.files[name])


def without_comments(text):
    """C text with comments and the insides of strings blanked, lines kept."""
    def blank(match):
        found = match.group(0)
        if found[0] in "\"'":
            return found[0] + " " * (len(found) - 2) + found[0] if "\n" not in found else found
        return re.sub(r"[^\n]", " ", found)
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text,
                  flags=re.S)


def folder_of(name):
    return name.split("/")[0] if "/" in name else "."


def check(title, function, bad, good):
    """Runs one check; `bad` and `good` are lists of examples (dictionaries of files)."""
    for example in bad:
        if not function(Tree(example)):
            sys.exit("%s: the check does not notice its bad example %r" % (title, example))
    for example in good:
        complaints = function(Tree(example))
        if complaints:
            sys.exit("%s: the check complains of its good example: %s" % (title, complaints))
    complaints = function(Tree.real())
    for complaint in complaints:
        print("%s: %s" % (title, complaint))
    if complaints:
        sys.exit(1)
