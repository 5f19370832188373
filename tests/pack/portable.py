"""A second implementation of the judging, on lxml's ISO Schematron instead of our engine.

An auditor need not trust our engine: this file reaches the same outcomes from the same pack with
stock parts. Used as a program it prints the outcomes of one record; the tests import judge().
"""
import json
import os
import sys

from lxml import etree, isoschematron

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
PACK = "{urn:dingjia:pack:1.0}"
NS = {"r": "urn:dingjia:record:1.0", "date": "http://exslt.org/dates-and-times"}
ORDER = ["not-applicable", "satisfied", "attested", "warning", "not-evidenced", "violated", "error"]


class Pack:
    """One pack folder, compiled once."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        self.manifest = etree.parse(os.path.join(folder, "pack.xml")).getroot()
        self.conditions = []
        for part in self.manifest.iter(PACK + "conditions"):
            tree = etree.parse(os.path.join(folder, part.get("href")))
            self.conditions += list(tree.getroot().iter(PACK + "condition"))
        source = etree.parse(os.path.join(folder, "rules.sch"))
        expanded = isoschematron.iso_abstract_expand(isoschematron.iso_dsdl_include(source))
        stylesheet = isoschematron.iso_svrl_for_xslt1(expanded)
        base = "file://" + os.path.join(self.folder, "rules.sch")
        self.transform = etree.XSLT(etree.fromstring(etree.tostring(stylesheet), base_url=base))
        self.roles = {}
        for node in expanded.iter("{http://purl.oclc.org/dsdl/schematron}assert",
                                  "{http://purl.oclc.org/dsdl/schematron}report"):
            self.roles[node.get("id")] = node.get("role")

    def findings(self, record, at, compared="no"):
        """[(assertion id, role, flag, text, location)] of failed asserts and holding reports."""
        result = self.transform(record, at=etree.XSLT.strparam(at),
                                compared=etree.XSLT.strparam(compared))
        found = []
        for node in result.getroot().iter(SVRL + "failed-assert", SVRL + "successful-report"):
            text = "".join(node.find(SVRL + "text").itertext())
            found.append((node.get("id"), node.get("role"), node.get("flag"),
                          " ".join(text.split()), node.get("location")))
        return found


def gravest(outcomes):
    return max(outcomes, key=ORDER.index) if outcomes else None


def condition_outcome(condition, record, roles):
    """roles: the roles of the findings of this condition."""
    grave = gravest([r for r in roles if r in ORDER and r not in ("not-applicable", "satisfied")])
    if grave:
        return grave
    applies = condition.get("applies")
    if applies and not record.xpath("boolean(%s)" % applies, namespaces=NS):
        return "not-applicable"
    return "not-applicable" if "not-applicable" in roles else "satisfied"


def line_verdict(outcomes):
    for outcome, verdict in (("error", "indeterminate"), ("violated", "non-compliant"),
                             ("not-evidenced", "not-evidenced")):
        if outcome in outcomes:
            return verdict
    return "compliant"


def judge(pack, record, at, compared="no"):
    """{"verdict", "lawfulPricing", "earliestSigningDate", "conditions": {id: outcome}, "findings"}"""
    found = pack.findings(record, at, compared)
    conditions, lawful = {}, []
    for condition in pack.conditions:
        ident = condition.get("id")
        mine = [f for f in found if f[0].split(".")[0] == ident]
        conditions[ident] = condition_outcome(condition, record, [f[1] for f in mine])
        if condition.get("lawful") == "yes":
            both = [f[1] for f in mine if f[2] != "safe-harbour"]
            lawful.append(condition_outcome(condition, record, both))
    scope = [c.get("id") for c in pack.conditions
             if c.get("severity") == "scope" and conditions[c.get("id")] == "violated"]
    if scope:
        conditions = {i: ("violated" if i in scope else "not-applicable") for i in conditions}
        verdict = lawfulness = "out-of-scope"
    else:
        verdict, lawfulness = line_verdict(list(conditions.values())), line_verdict(lawful)
    dates = [f[3] for f in found if f[1] == "earliest-signing"]
    blocked = [f for f in found if f[1] == "no-signing-date"]
    earliest = max(dates) if dates and not blocked and not scope and all(dates) else None
    return {"verdict": verdict, "lawfulPricing": lawfulness, "earliestSigningDate": earliest,
            "conditions": conditions, "findings": found}


if __name__ == "__main__":
    folder, path, at = sys.argv[1:4]
    json.dump(judge(Pack(folder), etree.parse(path), at), sys.stdout, ensure_ascii=False, indent=1)
    print()
