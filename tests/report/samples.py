#!/usr/bin/env python3
"""samples.py TEST_REPORT: what the unit tests show of every format is what schemas/report/1.0 and
the rules for HTML promise."""
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
    from lxml import etree, html
except ImportError:
    sys.exit(77)

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "schemas" / "report" / "1.0"
SHAPES = [("facts", "facts.schema.json"), ("json", "verification.schema.json")]
ELEMENTS = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "article", "p",
            "strong", "table", "thead", "tbody", "tr", "th", "td", "bdi", "pre", "footer"}


def output(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, check=True).stdout


def check_shape(program, name, schema):
    rules = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    validator = jsonschema.Draft202012Validator(rules)
    document = json.loads(output(program, name, "en"))
    bad = ["%s: %s: %s" % (name, "/".join(map(str, e.absolute_path)), e.message)
           for e in validator.iter_errors(document)]
    for key in list(document):
        short = {other: document[other] for other in document if other != key}
        if validator.is_valid(short):
            bad.append("%s: the schema does not miss %s" % (name, key))
    return bad


def names(tree):
    return [etree.QName(node).localname for node in tree.iter() if isinstance(node.tag, str)]


def check_page(program, language):
    """XML and HTML readers see the same elements, and only those of our list."""
    octets = output(program, "html", language)
    tree = etree.fromstring(octets)
    again = html.document_fromstring(octets, parser=html.HTMLParser(encoding="utf-8"))
    bad = ["html: unknown element %s" % name for name in set(names(tree)) - ELEMENTS]
    if names(tree) != names(again):
        bad.append("html: read as XML it is another page than read as HTML")
    if tree.get("lang") != ("zh-Hans" if language == "zh" else "en"):
        bad.append("html: lang is %s" % tree.get("lang"))
    bad += ["html: attribute %s" % name for node in tree.iter() for name in node.attrib
            if name not in ("lang", "class", "scope", "charset", "http-equiv", "name", "content",
                            "{http://www.w3.org/XML/1998/namespace}lang")]
    return bad


def main():
    program = sys.argv[1]
    bad = [line for name, schema in SHAPES for line in check_shape(program, name, schema)]
    bad += [line for language in ("zh", "en") for line in check_page(program, language)]
    for line in bad:
        print(line)
    sys.exit(1 if bad else 0)


main()
