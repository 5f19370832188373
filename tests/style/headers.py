"""Each header compiles alone, twice included, under the strict warnings of the build."""
import subprocess
import sys

from style import ROOT

FLAGS = ["-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror", "-pedantic",
         "-Wstrict-prototypes", "-fsyntax-only", "-x", "c", "-"]
INCLUDES = ["-I", str(ROOT / "src"), "-I", "/usr/include/libxml2"]


def compiles(text, compiler):
    return subprocess.run([compiler, *INCLUDES, *FLAGS], input=text.encode(),
                          capture_output=True, check=False)


def main():
    compiler = sys.argv[1] if len(sys.argv) > 1 else "cc"
    if compiles("struct a { size_t b; };\n", compiler).returncode == 0:
        sys.exit("headers: the check does not notice a header that needs another one")
    bad = 0
    for header in sorted((ROOT / "src").rglob("*.h")):
        line = '#include "%s"\n' % header.relative_to(ROOT / "src")
        done = compiles(line * 2 + "int header_alone;\n", compiler)
        if done.returncode != 0:
            bad += 1
            print(done.stderr.decode())
    sys.exit(1 if bad else 0)


main()
