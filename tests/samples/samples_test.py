#!/usr/bin/env python3
"""samples_test.py PROGRAM: every sample is judged exactly as the table of samples/README.md says.

Asked are the program and the second implementation in tests/pack/portable.py.
"""
import json
import pathlib
import subprocess
import sys

from lxml import etree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "samples"
AT = "2026-11-01"
QUIET = {"satisfied", "not-applicable"}
SPOKEN = {"violated", "not-evidenced", "warning", "attested"}

sys.path.insert(0, str(ROOT / "tests" / "pack"))
import portable  # noqa: E402  (found only now)


def read_conditions(text):
    """'N3 violated N3.short; D5 attested D5.stated' as {id: (outcome, finding ids)}."""
    conditions = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        ident, outcome, *findings = part.split()
        if ident in conditions:
            raise ValueError("%s stands twice" % ident)
        conditions[ident] = (outcome, frozenset(findings))
    return conditions


def read_row(line):
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if len(cells) != 6:
        raise ValueError("not six cells: " + line)
    name = cells[0].partition("[")[2].partition("]")[0]
    if cells[0] != "[%s](%s)" % (name, name) or not cells[1]:
        raise ValueError("not a linked file and what it shows: " + line)
    return name, {"verdict": cells[2], "lawfulPricing": cells[3],
                  "earliestSigningDate": None if cells[4] == "none" else cells[4],
                  "conditions": read_conditions(cells[5])}


def read_table():
    rows = {}
    for line in (SAMPLES / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| ["):
            name, row = read_row(line)
            if name in rows:
                raise ValueError(name + " stands twice")
            rows[name] = row
    return rows


def report(program, files, *options):
    """{source: record} of one run of the program."""
    command = [program, "check", "--format", "json", "--at", AT, *options, *files]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return {record["source"]: record for record in json.loads(done.stdout)["records"]}


def judged_by_program(record):
    conditions = {}
    for condition in record.get("conditions", []):
        if condition["outcome"] not in QUIET:
            conditions[condition["id"]] = (condition["outcome"], frozenset(
                f["assertion"] for f in condition["findings"] if f["outcome"] not in QUIET))
    return {"verdict": record.get("verdict"), "lawfulPricing": record.get("lawfulPricing"),
            "earliestSigningDate": record.get("earliestSigningDate"), "conditions": conditions}


def judged_portably(pack, path):
    answer = portable.judge(pack, etree.parse(str(path)), AT)
    conditions = {}
    for ident, outcome in answer["conditions"].items():
        if outcome not in QUIET:
            conditions[ident] = (outcome, frozenset(
                f[0] for f in answer["findings"]
                if f[0].partition(".")[0] == ident and f[1] in SPOKEN))
    return {**{key: answer[key] for key in ("verdict", "lawfulPricing", "earliestSigningDate")},
            "conditions": conditions}


def spell(entry):
    return "absent" if entry is None else " ".join([entry[0], *sorted(entry[1])])


def differences(expected, found):
    for key in ("verdict", "lawfulPricing", "earliestSigningDate"):
        if expected[key] != found[key]:
            yield "%s is %s, the table says %s" % (key, found[key], expected[key])
    for ident in sorted({*expected["conditions"], *found["conditions"]}):
        want, got = expected["conditions"].get(ident), found["conditions"].get(ident)
        if want != got:
            yield "%s is %s, the table says %s" % (ident, spell(got), spell(want))


def compared(record):
    """What is wrong with a compliant record whose evidence files were compared."""
    if record is None:
        return ["not judged"]
    outcomes = {c["id"]: c["outcome"] for c in record.get("conditions", [])}
    wrong = []
    if record.get("verdict") != "compliant":
        wrong.append("verdict is %s" % record.get("verdict"))
    if outcomes.get("D12") != "satisfied":
        wrong.append("D12 is %s" % outcomes.get("D12"))
    return wrong


def only_its_own(name, row):
    """A broken record breaks the condition it is named after, and beside it nothing but warnings."""
    named = pathlib.PurePath(name).name.partition("-")[0]
    broken = {i for i, c in row["conditions"].items() if c[0] in ("violated", "not-evidenced")}
    if name.startswith("broken/") and broken != {named}:
        return ["breaks %s" % ", ".join(sorted(broken))]
    if name.startswith("warned/") and (broken or
                                       row["conditions"].get(named, ("",))[0] != "warning"):
        return ["does not only warn of " + named]
    return []


def unbroken(rows):
    """Blocking conditions of the pack for which no sample stands in broken/."""
    wanted = set()
    folder = ROOT / "schemas" / "packs" / "tianjin-pricing" / "1.0"
    for path in folder.glob("*.conditions.xml"):
        for condition in etree.parse(str(path)).getroot().iter(portable.PACK + "condition"):
            if condition.get("severity") != "warns":
                wanted.add(condition.get("id"))
    shown = {pathlib.PurePath(n).name.partition("-")[0] for n in rows if n.startswith("broken/")}
    return ["no sample breaks " + ident for ident in sorted(wanted - shown)]


def checks(program):
    """(name, what is wrong) of everything that is checked."""
    rows = read_table()
    present = {str(p.relative_to(SAMPLES)) for p in SAMPLES.rglob("*.xml")}
    for name in sorted(present - set(rows)):
        yield name, ["not in the table"]
    for name in sorted(set(rows) - present):
        yield name, ["in the table, but no such file"]
    yield "one broken record for each blocking condition", unbroken(rows)
    names = sorted(present & set(rows))
    files = {name: str(SAMPLES / name) for name in names}
    answers = report(program, files.values())
    pack = portable.Pack(ROOT / "schemas" / "packs" / "tianjin-pricing" / "1.0")
    for name in names:
        yield name + " by its name", only_its_own(name, rows[name])
        record = answers.get(files[name])
        yield name + " by the program", (
            list(differences(rows[name], judged_by_program(record))) if record else ["not judged"])
        yield name + " portably", list(
            differences(rows[name], judged_portably(pack, files[name])))
    whole = [name for name in names if name.startswith("compliant/")]
    answers = report(program, [files[n] for n in whole], "--evidence", str(SAMPLES / "evidence"))
    for name in whole:
        yield name + " with its evidence", compared(answers.get(files[name]))


def main():
    passed = failed = 0
    for name, wrong in checks(sys.argv[1]):
        passed, failed = passed + (not wrong), failed + bool(wrong)
        for line in wrong:
            print("FAILED %s: %s" % (name, line))
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed else 0)


main()
