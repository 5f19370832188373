#!/usr/bin/env python3
"""Runs the cases that packs bring along: small edits of a sample, and what must become of them.

    cases.py [ROOT [DINGJIA]] [--pack FOLDER] [--topic NAME] [--conditions S,N] [--coverage]

Each case is judged by the second implementation (portable.py) and, when a program is named, by
that program too. A case names the conditions that differ from its unchanged base; every other
condition must be as in the base, or what expect/@others says. --conditions looks only at those whose
ids begin so, and not at the verdicts: for working on one topic of a pack that is not whole yet.
compared="yes" on a case says that the evidence files agreed; the program, which has no files here,
is then not asked.
"""
import argparse
import copy
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

from lxml import etree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import portable  # noqa: E402
from coverage import Coverage  # noqa: E402

CASES = "{urn:dingjia:cases:1.0}"


class CaseError(Exception):
    """The case itself is wrong: an edit that selects nothing, a record that is not valid."""


def select(tree, path):
    nodes = tree.xpath(path, namespaces=portable.NS)
    if not nodes:
        raise CaseError("selects nothing: " + path)
    return nodes


def edit_set(tree, edit):
    path, value = edit.get("select"), edit.get("value")
    attribute = re.fullmatch(r"(.+)/@([\w.-]+)", path)
    for node in select(tree, attribute.group(1) if attribute else path):
        if attribute:
            node.set(attribute.group(2), value)
        else:
            node.text = value


def edit_remove(tree, edit):
    for node in select(tree, edit.get("select")):
        if hasattr(node, "attrname"):
            del node.getparent().attrib[node.attrname]
        else:
            node.getparent().remove(node)


def edit_add(tree, edit):
    for parent in select(tree, edit.get("select")):
        at = len(parent)
        if edit.get("before"):
            at = parent.index(select(parent, edit.get("before"))[0])
        for offset, child in enumerate(edit.iterchildren("*")):
            parent.insert(at + offset, copy.deepcopy(child))


def edit_replace(tree, edit):
    for node in select(tree, edit.get("select")):
        parent, at = node.getparent(), node.getparent().index(node)
        parent.remove(node)
        for offset, child in enumerate(edit.iterchildren("*")):
            parent.insert(at + offset, copy.deepcopy(child))


EDITS = {"set": edit_set, "remove": edit_remove, "add": edit_add, "replace": edit_replace}


def apply_edits(base, case):
    tree = copy.deepcopy(base)
    for edit in case.iterchildren("*"):
        name = etree.QName(edit).localname
        if name != "expect":
            EDITS[name](tree, edit)
    # Read again from octets, so that both judges see the same document.
    return etree.ElementTree(etree.fromstring(etree.tostring(tree, encoding="UTF-8")))


def ask_program(program, records, at):
    """The program's answers about many records in the shape of portable.judge(), by one call."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, "%05d.xml" % index) for index in range(len(records))]
        for path, record in zip(paths, records):
            record.write(path, encoding="UTF-8", xml_declaration=True)
        done = subprocess.run([program, "check", "--format", "ndjson", "--at", at, *paths],
                              capture_output=True, check=False)
    try:
        answers = [json.loads(line) for line in done.stdout.splitlines()][:-1]
        for answer in answers:
            answer["conditions"] = {c["id"]: c["outcome"] for c in answer["conditions"]}
    except (ValueError, KeyError) as error:
        raise CaseError("%s answered %d: %s %s" % (program, done.returncode, error,
                                                   done.stderr.decode("utf-8", "replace")))
    if len(answers) != len(records):
        raise CaseError("%s gave %d answers, not %d" % (program, len(answers), len(records)))
    return answers


def differences(expect, base, answer, wanted):
    """What is not as expected, one line each. Verdicts are compared when every id is wanted."""
    conditions = {c.get("id"): c for c in expect.iter(CASES + "condition") if wanted(c.get("id"))}
    others = expect.get("others")
    expected = {i: others or o for i, o in base["conditions"].items() if wanted(i)}
    expected.update((i, c.get("outcome")) for i, c in conditions.items())
    for ident in sorted(expected):
        got = answer["conditions"].get(ident)
        if got != expected[ident]:
            yield "%s is %s, expected %s" % (ident, got, expected[ident])
    spoken = {f[0] for f in answer.get("findings", [])}
    for ident, condition in conditions.items():
        for finding in (condition.get("finding") or "").split():
            if "findings" in answer and finding not in spoken:
                yield "finding %s is missing" % finding
    if not wanted(""):
        return
    for key, name in (("verdict", "verdict"), ("lawfulPricing", "lawful")):
        if answer[key] != expect.get(name, base[key]):
            yield "%s is %s, expected %s" % (key, answer[key], expect.get(name, base[key]))
    earliest = expect.get("earliest")
    if earliest is not None and (answer["earliestSigningDate"] or "") != earliest:
        yield "earliestSigningDate is %s, expected %s" % (answer["earliestSigningDate"], earliest)


class Runner:
    def __init__(self, arguments, folder):
        self.root, self.program = arguments.root, arguments.dingjia
        letters = tuple((arguments.conditions or "").split(","))
        self.wanted = lambda ident: ident.startswith(letters)
        self.pack = portable.Pack(folder)
        self.coverage = Coverage(self.pack) if arguments.coverage else None
        self.schema = etree.XMLSchema(file=os.path.join(self.root, "schemas/record/1.0/record.xsd"))
        self.bases, self.passed, self.failed = {}, 0, 0

    def base(self, name, at):
        if (name, at) not in self.bases:
            tree = etree.parse(os.path.join(self.root, "samples", name))
            self.bases[(name, at)] = (tree, portable.judge(self.pack, tree, at))
        return self.bases[(name, at)]

    def prepare(self, cases, case):
        """(record, at, whether the evidence was compared, answers of the unchanged base)"""
        tree, base = self.base(case.get("base", cases.get("base")), cases.get("at"))
        at, compared = case.get("at", cases.get("at")), case.get("compared", "no")
        record = apply_edits(tree, case)
        if not self.schema.validate(record):
            raise CaseError("not a valid record: %s" % self.schema.error_log.last_error)
        return record, at, compared, base

    def judge_portably(self, case, record, at, compared, base):
        if self.coverage:
            self.coverage.add(record, at, compared)
        answer = portable.judge(self.pack, record, at, compared)
        expect = case.find(CASES + "expect")
        found = ["portable: " + d for d in differences(expect, base, answer, self.wanted)]
        if found:
            found += ["  said %s %s" % (f[0], f[3]) for f in answer["findings"] if f[1] != "found"]
        return found

    def judge_by_program(self, prepared, problems):
        """Adds the program's problems to those of each case."""
        for at in sorted({p[2] for p in prepared}):
            group = [p for p in prepared if p[2] == at]
            answers = ask_program(self.program, [p[1] for p in group], at)
            for (index, _, _, case, base), answer in zip(group, answers):
                expect = case.find(CASES + "expect")
                problems[index] += ["program: " + d
                                    for d in differences(expect, base, answer, self.wanted)]

    def run_file(self, path):
        cases = etree.parse(path).getroot()
        every = list(cases.iterchildren(CASES + "case"))
        problems, prepared = [], []
        for index, case in enumerate(every):
            try:
                record, at, compared, base = self.prepare(cases, case)
                problems.append(self.judge_portably(case, record, at, compared, base))
                if self.program and compared == "no":
                    prepared.append((index, record, at, case, base))
            except (CaseError, etree.XPathError, etree.XSLTError, OSError) as error:
                problems.append([str(error)])
        if prepared:
            self.judge_by_program(prepared, problems)
        for case, found in zip(every, problems):
            self.passed, self.failed = self.passed + (not found), self.failed + bool(found)
            if found:
                print("FAILED %s: %s" % (os.path.basename(path), case.get("name")))
                print("".join("    %s\n" % line for line in found), end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("root", nargs="?", default=os.path.join(here, "..", ".."))
    parser.add_argument("dingjia", nargs="?", help="the program, asked as well")
    parser.add_argument("--pack", help="only this pack folder")
    parser.add_argument("--topic", default="*", help="only tests/NAME.xml")
    parser.add_argument("--conditions", help="only ids that begin so, separated by commas")
    parser.add_argument("--coverage", action="store_true", help="name assertions seen one way only")
    arguments = parser.parse_args()
    passed = failed = 0
    covered = True
    packs = os.path.join(arguments.root, "schemas/packs/*/*/")
    for folder in [arguments.pack] if arguments.pack else sorted(glob.glob(packs)):
        runner = Runner(arguments, folder)
        for path in sorted(glob.glob(os.path.join(folder, "tests", arguments.topic + ".xml"))):
            runner.run_file(path)
        passed, failed = passed + runner.passed, failed + runner.failed
        if runner.coverage:
            covered = runner.coverage.report(runner.wanted) and covered
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not covered or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
