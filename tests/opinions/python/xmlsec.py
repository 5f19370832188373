#!/usr/bin/env python3
"""The stock xmlsec1 command. Usage: xmlsec.py ANCHORS CERTIFICATE..."""
import pathlib
import re
import subprocess
import tempfile

import signed

OPTIONS = ["xmlsec1", "--verify", "--enabled-key-data", "x509",
           "--enabled-reference-uris", "empty,same-doc",
           "--id-attr:Id", "urn:dingjia:certificate:1.0:Statement",
           "--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
           "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Signature"]


def trusted(anchors, folder):
    """The command reads one certificate from a file, so there is a file for each."""
    text = pathlib.Path(anchors).read_text(encoding="ascii")
    options = []
    for at, pem in enumerate(re.findall("-----BEGIN CERT.*?-----END CERTIFICATE-----", text, re.S)):
        path = pathlib.Path(folder, "%d.pem" % at)
        path.write_text(pem + "\n", encoding="ascii")
        options += ["--trusted-pem", str(path)]
    return options


def verify(path, anchors, name):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*OPTIONS, "--node-id", name, *trusted(anchors, folder), path],
                              capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ValueError(done.stderr)
    # A signature over too little would be right as well.
    return "SignedInfo References (ok/all): 2/2" in done.stdout + done.stderr


def look(path, anchors):
    for one in signed.signatures(path):
        signed.tell(path, one.name + "/whole", lambda: verify(path, anchors, one.name))


signed.main(look)
