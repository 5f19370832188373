#!/usr/bin/env python3
"""signxml (package python3-signxml). Usage: xades_signxml.py ANCHORS CERTIFICATE..."""
import base64
import subprocess
import tempfile

from lxml import etree
from signxml.xades import XAdESSignatureConfiguration, XAdESVerifier

import signed


def pem(octets):
    return "-----BEGIN CERTIFICATE-----\n%s-----END CERTIFICATE-----\n" % (
        base64.encodebytes(octets).decode())


def verify(path, name):
    """Is handed the signer's certificate: whether that is trusted is asked apart."""
    document = etree.parse(path).getroot()
    one, = [s for s in signed.signatures(path) if s.name == name]
    for element in document.findall(signed.DS + "Signature"):
        if element.get("Id") != name:
            document.remove(element)
    results = XAdESVerifier().verify(
        document, x509_cert=pem(one.certificates[0]), id_attribute="Id",
        expect_config=XAdESSignatureConfiguration(expect_references=2))
    return {etree.QName(r.signed_xml).localname for r in results} == {
        "Statement", "SignedProperties"}


def chained(path, name, anchors):
    one, = [s for s in signed.signatures(path) if s.name == name]
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as leaf:
        leaf.write(pem(one.certificates[0]))
        leaf.flush()
        return subprocess.run(["openssl", "verify", "-CAfile", anchors, leaf.name],
                              capture_output=True, check=False).returncode == 0


def look(path, anchors):
    for one in signed.signatures(path):
        signed.tell(path, one.name + "/chain", lambda: chained(path, one.name, anchors))
        signed.tell(path, one.name + "/whole", lambda: verify(path, one.name))


signed.main(look)
