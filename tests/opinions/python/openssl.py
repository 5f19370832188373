#!/usr/bin/env python3
"""The openssl command, over canonical XML of lxml. Usage: openssl.py ANCHORS CERTIFICATE..."""
import pathlib
import subprocess
import tempfile

import signed

IDENTIFIER = "distid:1234567812345678"
# signature method: digest, and what verification and chain need besides
METHODS = {
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": ("sha256", [], []),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": ("sha256", [], []),
    "urn:dingjia:xmldsig:sm2-sm3": ("sm3", ["-pkeyopt", IDENTIFIER], ["-vfyopt", IDENTIFIER]),
}
DIGESTS = {"http://www.w3.org/2001/04/xmlenc#sha256": "sha256", "urn:dingjia:xmldsig:sm3": "sm3"}


def openssl(*words, octets=None):
    done = subprocess.run(["openssl", *words], input=octets, capture_output=True, check=False)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode(errors="replace"))
    return done.stdout


def integer(octets):
    octets = octets.lstrip(b"\0")
    octets = (b"\0" if octets[:1] >= b"\x80" else b"") + octets
    return b"\2" + bytes([len(octets)]) + octets


def der(method, value):
    """XML signatures carry r||s, the command wants a DER sequence."""
    if method.endswith("rsa-sha256"):
        return value
    pair = integer(value[:32]) + integer(value[32:])
    return b"\x30" + bytes([len(pair)]) + pair


def value_is_right(one, work):
    digest, options, _ = METHODS[one.method]
    (work / "info").write_bytes(signed.canonical(one.info))
    (work / "value").write_bytes(der(one.method, one.value))
    (work / "public.pem").write_bytes(
        openssl("x509", "-inform", "DER", "-noout", "-pubkey", octets=one.certificates[0]))
    openssl("pkeyutl", "-verify", "-pubin", "-inkey", work / "public.pem", "-rawin",
            "-digest", digest, *options, "-in", work / "info", "-sigfile", work / "value")
    return True


def chain_is_right(one, anchors, work):
    pems = [openssl("x509", "-inform", "DER", octets=octets) for octets in one.certificates]
    (work / "signer.pem").write_bytes(pems[0])
    (work / "others.pem").write_bytes(b"".join(pems))
    openssl("verify", *METHODS[one.method][2], "-CAfile", anchors, "-untrusted",
            work / "others.pem", work / "signer.pem")
    return True


def reference_is_right(one, reference):
    name = DIGESTS[signed.digest_method(reference)]
    return openssl("dgst", "-" + name, "-binary",
                   octets=one.target(reference)) == signed.digest_value(reference)


def look(path, anchors):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for one in signed.signatures(path):
            signed.tell(path, one.name + "/chain", lambda: chain_is_right(one, anchors, work))
            signed.tell(path, one.name + "/value", lambda: value_is_right(one, work))
            for reference in one.references:
                signed.tell(path, one.name + "/" + reference.get("URI"),
                            lambda: reference_is_right(one, reference))


signed.main(look)
