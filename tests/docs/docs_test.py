"""What README and man page say is what the program does.

Console blocks of both READMEs are run (… in a line stands for anything, a line … for any lines), the
exit tables and options are compared with the program's help.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(sys.argv[1])
results = []


def check(name, holds, detail=""):
    results.append(holds)
    if not holds:
        print("FAILED: %s\n%s" % (name, detail))


def read(*parts):
    with open(os.path.join(ROOT, *parts), encoding="utf-8") as stream:
        return stream.read()


def run(command, folder, locale):
    env = dict(os.environ, LC_ALL=locale, PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"])
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120)
    return done.stdout.decode(), done.stderr.decode(), done.returncode


def matches(expected, actual):
    pattern = ""
    for line in expected:
        if line == "…":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("…")) + r"\n"
    return re.fullmatch(pattern, actual) is not None


def console_blocks(document, locale):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(ROOT, "samples"), os.path.join(folder, "samples"))
        blocks = re.findall(r"```console\n(.*?)```", read(document), re.S)
        check("%s has console blocks" % document, len(blocks) >= 2)
        for block in blocks:
            for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
                command, *expected = part.rstrip("\n").split("\n")
                output, errors, status = run(command, folder, locale)
                check("%s: %s" % (document, command), matches(expected, output), output + errors)
                expected_status = 1 if "samples/broken/" in command else 0
                check("%s: status of %s" % (document, command), status == expected_status,
                      "status %d\n%s" % (status, errors))


def exit_tables():
    table = re.findall(r"^ +(\d+)  (.+)$", run("dingjia --help", ROOT, "C.UTF-8")[0], re.M)
    check("help has an exit table", len(table) == 11)
    readme = re.findall(r"^\| (\d+) \| (.+) \|$", read("README.md"), re.M)
    manual = re.findall(r"^\.It (\d+)\n(.+)$", read("src", "cli", "dingjia.1"), re.M)
    chinese = re.findall(r"^\| (\d+) \| (.+) \|$", read("README.zh.md"), re.M)
    check("README.md repeats it", readme == table, str(readme))
    check("the man page repeats it", manual == table, str(manual))
    check("README.zh.md has the same codes", [c for c, _ in chinese] == [c for c, _ in table])


def man_options():
    stated = set()
    for command in ("check", "certify", "verify", "key"):
        page = run("dingjia help %s" % command, ROOT, "C.UTF-8")[0]
        stated |= set(re.findall(r"^ +(?:-\w, )?--([a-z-]+)", page, re.M))
    items = re.findall(r"^\.It (?:Fl \w , )?Fl (\S+)", read("src", "cli", "dingjia.1"), re.M)
    manual = {item.replace("\\", "").lstrip("-") for item in items}
    check("the man page has exactly the options of the help", stated == manual,
          "only in help %s, only in man %s" % (sorted(stated - manual), sorted(manual - stated)))


def man_lint():
    page = os.path.join(ROOT, "src", "cli", "dingjia.1")
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True)
    check("mandoc accepts the man page", done.returncode == 0, done.stdout.decode())


def links():
    for document in ("README.md", "README.zh.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", read(document)):
            check("%s links to %s" % (document, target), os.path.exists(os.path.join(ROOT, target)))


console_blocks("README.md", "C.UTF-8")
console_blocks("README.zh.md", "zh_CN.UTF-8")
exit_tables()
man_options()
man_lint()
links()
print("%d passed, %d failed" % (sum(results), len(results) - sum(results)))
sys.exit(0 if all(results) else 1)
