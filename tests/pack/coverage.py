"""Which assertions of a pack its own cases saw speak up, and which they saw stay silent."""
import os

from lxml import etree, isoschematron

import portable

SCHEMATRON = "{http://purl.oclc.org/dsdl/schematron}"
SVRL = portable.SVRL


class Coverage:
    """Which assertions were seen to speak up, and which to stay silent in a rule that fired."""

    def __init__(self, pack):
        self.pack, self.rules, self.spoke, self.silent = pack, {}, set(), set()
        source = etree.parse(os.path.join(pack.folder, "rules.sch"))
        schema = isoschematron.iso_abstract_expand(isoschematron.iso_dsdl_include(source)).getroot()
        abstract = {r.get("id"): r for r in schema.iter(SCHEMATRON + "rule") if r.get("abstract")}
        for rule in schema.iter(SCHEMATRON + "rule"):
            if rule.get("context"):
                key = (rule.getparent().get("id"), rule.get("context"))
                self.rules.setdefault(key, set()).update(self.ids(rule, abstract))

    def ids(self, rule, abstract):
        found = {n.get("id") for n in rule.iter(SCHEMATRON + "assert", SCHEMATRON + "report")}
        for extends in rule.iter(SCHEMATRON + "extends"):
            found |= self.ids(abstract[extends.get("rule")], abstract)
        return found

    def add(self, record, at, compared):
        pattern, waiting = None, set()
        output = self.pack.transform(record, at=etree.XSLT.strparam(at),
                                     compared=etree.XSLT.strparam(compared)).getroot()
        for node in output.iterchildren("*"):
            if node.tag == SVRL + "active-pattern":
                pattern = node.get("id")
            elif node.tag == SVRL + "fired-rule":
                self.silent |= waiting
                waiting = set(self.rules[(pattern, node.get("context"))])
            elif node.get("id"):
                waiting.discard(node.get("id"))
                self.spoke.add(node.get("id"))
        self.silent |= waiting

    def report(self, wanted):
        every = sorted({i for ids in self.rules.values() for i in ids if wanted(i)})
        never = [(i, w) for w, seen in (("never found", self.spoke), ("always found", self.silent))
                 for i in every if i not in seen]
        for ident, why in never:
            print("coverage: %s %s" % (ident, why))
        return not never
