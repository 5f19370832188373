#!/usr/bin/env python3
"""schema.py PROGRAM: what the program writes as JSON is what schemas/report/1.0 promises."""
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMAS = ROOT / "schemas" / "report" / "1.0"
RECORD = ROOT / "samples" / "compliant" / "negotiated-lump-sum.xml"


def schema(name):
    document = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(document)
    return document


def output(*arguments):
    return subprocess.run([*map(str, arguments)], capture_output=True, text=True,
                          encoding="utf-8", check=False).stdout


def check(document, rules, title):
    errors = list(jsonschema.Draft202012Validator(rules).iter_errors(document))
    for error in errors[:5]:
        print("%s: %s: %s" % (title, "/".join(map(str, error.absolute_path)), error.message))
    return len(errors)


def expand(rules, list_name, element):
    """The schema of one line of ndjson, from the schema of the whole."""
    return dict(rules, type="object", properties={}, required=[], additionalProperties=True,
                oneOf=[{"$ref": "#/$defs/" + element}, {"$ref": "#/$defs/failure"}])


def check_records(program):
    rules = schema("report.schema.json")
    missing = ROOT / "samples" / "no-such-record.xml"
    text = output(program, "check", "--format", "json", ROOT / "samples", missing)
    bad = check(json.loads(text), rules, "json")
    document = json.loads(text)
    if document["summary"]["total"] != len(document["records"]):
        print("json: the summary does not count the records")
        bad += 1
    lines = output(program, "check", "--format", "ndjson", RECORD, missing).splitlines()
    if len(lines) != 3:
        print("ndjson: %d lines" % len(lines))
        bad += 1
    for line in lines[:-1]:
        bad += check(json.loads(line), expand(rules, "records", "record"), "ndjson")
    if not check({"format": "dingjia-report/1", "records": [{}]}, rules, "(expected)"):
        print("the schema accepts an empty record")
        bad += 1
    return bad


def check_facts(program, folder, certificate, trust):
    """Facts are what their schema promises, and come to the same when they are judged again."""
    facts = folder + "/facts.json"
    output(program, "verify", "--quiet", certificate, "--trust", trust, "--save-facts", facts)
    bad = check(json.loads(pathlib.Path(facts).read_text(encoding="utf-8")),
                schema("facts.schema.json"), "facts")
    again = json.loads(output(program, "verify", "--format", "json", "--facts", facts))
    bad += check(again, schema("verification.schema.json"), "facts judged again")
    result = again["certificates"][0]
    if result.get("indication") != "TOTAL-PASSED" or not result["fromFacts"]:
        print("facts: judged again they do not pass, or do not say what they are")
        bad += 1
    return bad


def check_certificates(program):
    rules = schema("verification.schema.json")
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = folder + "/key", folder + "/certificate.xml"
        output(program, "key", "new", key)
        output(program, "certify", RECORD, "--key", key + "/issuer.key", "--cert",
               key + "/issuer.pem", "--without-evidence", "-o", certificate)
        text = output(program, "verify", "--format", "json", certificate, RECORD, "--trust",
                      key + "/ca.pem")
        bad = check_facts(program, folder, certificate, key + "/ca.pem")
    document = json.loads(text)
    bad += check(document, rules, "verification")
    if document["certificates"][0].get("indication") != "TOTAL-PASSED":
        print("verification: the fresh certificate did not pass")
        bad += 1
    return bad


if __name__ == "__main__":
    sys.exit(1 if check_records(sys.argv[1]) + check_certificates(sys.argv[1]) else 0)
