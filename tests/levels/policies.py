"""Policies, saved facts judged again, reports as HTML, and verification without the network."""
import json
import os
import pathlib
import shutil
import subprocess

from lxml import etree

ALGORITHMS = ("ecdsa-p256-sha256", "rsa3072-sha256", "sm2-sm3", "sha256")

# what, file, checks, suites that ended, requirements, options, indication
ROWS = [
    ("an exchange is wanted", "p256-lt.xml", "", {}, '<require role="exchange"/>',
     "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
    ("an exchange is there", "two.xml", "", {},
     '<require role="office"/><require role="exchange"/>', "TOTAL-PASSED"),
    ("SM2 is wanted", "two.xml", "", {}, '<require suite="sm2-sm3"/>',
     "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
    ("SM2 is there", "three.xml", "", {}, '<require role="exchange" suite="sm2-sm3"/>',
     "TOTAL-PASSED"),
    ("a signer is wanted", "p256-lt.xml", "", {}, '<require signer="CN=somebody"/>',
     "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
    ("a signer is there", "p256-lt.xml", "", {},
     '<require signer="C=CN, O=示例大学, CN=成果转化办公室"/>', "TOTAL-PASSED"),
    ("a timestamp is there", "p256-lt.xml", '<check id="timestamp" level="fail"/>', {}, "",
     "TOTAL-PASSED"),
    ("a timestamp is wanted", "p256-b.xml",
     '<check id="timestamp" level="fail"/><check id="revocation" level="warn"/>', {}, "",
     "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
    ("revocation only warns", "p256-b.xml", '<check id="revocation" level="warn"/>', {}, "",
     "TOTAL-PASSED"),
    ("the suite ended before the timestamp", "rsa3072-lt.xml", "",
     {"rsa3072-sha256": "2020-12-31"}, "", "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE"),
    ("the suite ended, no timestamp", "p256-b.xml", '<check id="revocation" level="warn"/>',
     {"ecdsa-p256-sha256": "2020-12-31"}, "", "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
    ("the suite of the authority ended", "sm2-lt.xml", '<check id="timestamp" level="fail"/>',
     {"ecdsa-p256-sha256": "2020-12-31"}, "", "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
    ("another suite ended", "sm2-lt.xml", "", {"ecdsa-p256-sha256": "2020-12-31"}, "",
     "TOTAL-PASSED"),
]


def write_policy(bench, name, checks="", ended=(), requirements=""):
    path = bench.path(name)
    algorithms = "".join(
        '<algorithm name="%s"%s/>' % (one, ' until="%s"' % ended[one] if one in ended else "")
        for one in ALGORITHMS)
    pathlib.Path(path).write_text('<policy xmlns="urn:dingjia:policy:1.0" name="trial">%s%s%s'
                                  "</policy>\n" % (checks, algorithms, requirements),
                                  encoding="utf-8")
    return path


def try_policies(bench):
    for number, (what, name, checks, ended, requirements, wanted) in enumerate(ROWS):
        policy = write_policy(bench, "policy-%d.xml" % number, checks, ended, requirements)
        found = bench.expect("policy: " + what, name, [*bench.trust_all(), "--policy", policy],
                             wanted)
        bench.check("policy: " + what, (found.get("policy") or {}).get("name") == "trial",
                    "the report does not name the policy")


def judge_again(bench):
    """Facts saved once come to something else under another policy, the certificate gone."""
    facts = bench.path("facts.json")
    bench.must("facts saved", "verify", bench.path("p256-lt.xml"), *bench.trust_all(),
               "--save-facts", facts)
    bench.expect("facts: the same policy", "facts.json", ["--facts"], "TOTAL-PASSED")
    policy = write_policy(bench, "policy-exchange.xml", requirements='<require role="exchange"/>')
    found = bench.expect("facts: another policy", "facts.json", ["--facts", "--policy", policy],
                         "INDETERMINATE/SIG_CONSTRAINTS_FAILURE")
    bench.check("facts: another policy", found.get("fromFacts") is True, "not told to be of facts")
    bench.expect("facts: as of a later day", "facts.json",
                 ["--facts", "--at", bench.after(days=1100)],
                 "INDETERMINATE/OUT_OF_BOUNDS_NO_POE")
    text = pathlib.Path(facts).read_text(encoding="utf-8")
    document = json.loads(text)
    bench.check("facts: JSON", document.get("format") is not None, text[:80])
    pathlib.Path(facts).write_text(text.replace("TOTAL", "X").replace("{", "{\"more\":1,", 1))
    bench.refuse("facts: a member more", (65,), [], "verify", "--facts", facts)


def is_well_formed(text):
    """HTML written as XML, but for the document type."""
    body = text.split("\n", 1)[1] if text.lower().startswith("<!doctype") else text
    etree.fromstring(body.encode("utf-8"))


def write_html(bench):
    for language in ("zh", "en"):
        for name in ("three.xml", "p256-b.xml", "changed.xml"):
            what = "HTML of %s in %s" % (name, language)
            done = bench.run("verify", bench.path(name), *bench.trust_all(), "--format", "html",
                             "--lang", language)
            try:
                is_well_formed(done.stdout)
            except etree.XMLSyntaxError as error:
                bench.fail(what, error)
            bench.check(what, "<script" not in done.stdout and "http://127" not in done.stdout,
                        "it reaches out")


def stay_offline(bench):
    """verify opens no socket, whatever it is asked."""
    names = [bench.path(name) for name in ("p256-lt.xml", "p256-b.xml", "three.xml")]
    if shutil.which("strace"):
        trace = bench.path("trace")
        bench.run("verify", *names, *bench.trust_all(),
                  before=["strace", "-f", "-e", "trace=network", "-o", trace])
        if os.path.exists(trace):
            calls = [line for line in pathlib.Path(trace).read_text().splitlines()
                     if "socket(" in line or "connect(" in line]
            bench.check("verify opens no socket", not calls, calls)
    if os.geteuid() == 0 and shutil.which("unshare") and subprocess.run(
            ["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0:
        done = bench.run("verify", names[0], *bench.trust_all(), before=["unshare", "-n"])
        bench.check("verify without a network", done.returncode == 0, done.stdout + done.stderr)
    asked = len(bench.authority.asked)
    bench.run("verify", *names, *bench.trust())
    bench.check("verify asks nobody", len(bench.authority.asked) == asked,
                bench.authority.asked[asked:])


def run(bench):
    try_policies(bench)
    judge_again(bench)
    write_html(bench)
    stay_offline(bench)
