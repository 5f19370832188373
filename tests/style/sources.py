"""Every source file is built, and every test file is run: no dead files."""
import re
import sys

from style import ROOT


def dead(files, lists):
    """Of `files` ("xml/load.c"), those whose name no list mentions."""
    return [name for name in files
            if not re.search(r"(^|[\s/])%s(\s|$|\))" % re.escape(name.split("/")[-1]), lists, re.M)]


def unused_headers(headers, texts):
    return [name for name in headers
            if not any('#include "%s"' % name in text for text in texts)]


def main():
    if dead(["xml/load.c"], "SOURCES node.c\n") != ["xml/load.c"]:
        sys.exit("sources: the check does not notice a file that is not built")
    if unused_headers(["a/b.h"], ['#include "a/c.h"']) != ["a/b.h"]:
        sys.exit("sources: the check does not notice a header nobody includes")
    source = ROOT / "src"
    tests = ROOT / "tests"
    complaints = dead([str(p.relative_to(source)) for p in sorted(source.rglob("*.c"))],
                      (source / "CMakeLists.txt").read_text())
    complaints += dead(["tests/" + str(p.relative_to(tests)) for p in sorted(tests.rglob("*.c"))],
                       (tests / "CMakeLists.txt").read_text() +
                       (source / "flags.cmake").read_text())
    texts = [p.read_text(encoding="utf-8")
             for folder in (source, tests) for p in folder.rglob("*.[ch]")]
    complaints += unused_headers([str(p.relative_to(source)) for p in source.rglob("*.h")], texts)
    for complaint in complaints:
        print("sources: %s is not built, or nobody includes it" % complaint)
    sys.exit(1 if complaints else 0)


main()
