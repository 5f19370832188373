"""What the shared library exports = what dingjia.h declares = what dingjia.sym lists."""
import re
import subprocess
import sys

from style import ROOT, without_comments


def declared(header):
    code = without_comments(header)
    return set(re.findall(r"\b(dingjia_\w+)\s*\(", code))


def listed(script):
    exported = script.split("local:")[0]
    return set(re.findall(r"^\s*(\w+);", exported, re.M))


def exported(library):
    text = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True,
                          check=True).stdout
    names = {line.split()[-1].split("@")[0] for line in text.splitlines()
             if line.split()[-2] in "TDBRW"}
    # gcov and the sanitizers bring names of their own.
    return {name for name in names if not re.match(r"__|mangle_path|_(init|fini)$", name)}


def differences(header, script, library):
    complaints = []
    for one, other, text in ((header, script, "declared in dingjia.h but not in dingjia.sym"),
                             (script, header, "in dingjia.sym but not declared in dingjia.h"),
                             (header, library, "declared in dingjia.h but not exported"),
                             (library, header, "exported but not declared in dingjia.h")):
        complaints += ["%s: %s" % (name, text) for name in sorted(one - other)]
    return complaints


def main():
    if not differences(declared("int dingjia_a(void);"), listed("{ global:\n dingjia_b;\n}"), set()):
        sys.exit("exports: the check does not notice its bad example")
    header = declared((ROOT / "src" / "dingjia.h").read_text(encoding="utf-8"))
    script = listed((ROOT / "src" / "dingjia.sym").read_text(encoding="utf-8"))
    complaints = differences(header, script, exported(sys.argv[1]))
    for complaint in complaints:
        print("exports: " + complaint)
    sys.exit(1 if complaints else 0)


main()
