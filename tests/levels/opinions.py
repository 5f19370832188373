"""Others' verdict on the same files: xmlsec1 on the signatures, openssl on the timestamps."""
import base64
import pathlib
import shutil
import subprocess
import sys

from lxml import etree

from bench import ROOT, SUITES

SPACES = {"ds": "http://www.w3.org/2000/09/xmldsig#",
          "xades": "http://uri.etsi.org/01903/v1.3.2#"}


def ask_openssl(bench, name):
    """The token proves the canonical ds:SignatureValue."""
    root = etree.parse(bench.path(name)).getroot()
    for number, signature in enumerate(root.findall(".//ds:Signature", SPACES), 1):
        what = "openssl ts on %s, signature %d" % (name, number)
        token = signature.find(".//xades:EncapsulatedTimeStamp", SPACES)
        octets = etree.tostring(signature.find("ds:SignatureValue", SPACES), method="c14n",
                                exclusive=True, with_tail=False)
        files = [pathlib.Path(bench.path(end)) for end in ("token.der", "value.xml")]
        files[0].write_bytes(base64.b64decode(token.text))
        for holds, data in ((True, octets), (False, octets + b" ")):
            files[1].write_bytes(data)
            done = subprocess.run(
                ["openssl", "ts", "-verify", "-token_in", "-in", str(files[0]), "-data",
                 str(files[1]), "-CAfile", bench.authority.path("tsa-ca.pem")],
                capture_output=True, text=True, check=False)
            bench.check(what, ("Verification: OK" in done.stdout + done.stderr) == holds,
                        done.stdout + done.stderr)


def ask_xmlsec(bench, name):
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "opinions" / "python" / "xmlsec.py"),
         bench.authority.path("p256-ca.pem"), bench.path(name)],
        capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    bench.check("xmlsec1 on " + name, lines and all(line.startswith("ok") for line in lines),
                done.stdout + done.stderr)


def run(bench):
    for suite in SUITES:
        for level in ("t", "lt"):
            ask_openssl(bench, "%s-%s.xml" % (suite, level))
            if suite != "sm2" and shutil.which("xmlsec1"):
                ask_xmlsec(bench, "%s-%s.xml" % (suite, level))
    ask_openssl(bench, "three.xml")
    if shutil.which("xmlsec1"):
        ask_xmlsec(bench, "two.xml")
