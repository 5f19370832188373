"""One good certificate, and siblings that break exactly one thing.

A change names the parts of a signature it breaks: chain, value, statement, properties. A change to
what several signatures cover breaks them all, any other only the first.
"""
import base64
import hashlib
import pathlib
import re
import subprocess
import sys

from lxml import etree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "python"))
import arithmetic  # noqa: E402  (found only now)
import signed  # noqa: E402

DIGESTS = {"http://www.w3.org/2001/04/xmlenc#sha256": lambda o: hashlib.sha256(o).digest(),
           "urn:dingjia:xmldsig:sm3": arithmetic.sm3}


def replace(pattern, new, count=1):
    def change(octets, _):
        changed, times = re.subn(pattern, new, octets, count=count)
        if times == 0 or changed == octets:
            raise ValueError("nothing was changed: %r" % pattern)
        return changed
    return change


def other_letter(match):
    return match.group(1) + (b"B" if match.group(2) == b"A" else b"A")


cheaper = replace(rb"3000000\.00", b"3000001.00")


def digested_again(octets, _):
    """The price changed and the digest of the statement with it: only the value can tell."""
    octets = cheaper(octets, _)
    document = etree.fromstring(octets)
    target, = document.xpath("//*[@Id = 'statement']")
    for reference in document.iter(signed.DS + "Reference"):
        if reference.get("URI") == "#statement":
            digest = DIGESTS[signed.digest_method(reference)](signed.canonical(target))
            old = reference.find(signed.DS + "DigestValue").text.encode()
            octets = octets.replace(old, base64.b64encode(digest))
    return octets


def stranger_in_place(octets, stranger):
    pem = subprocess.run(["openssl", "x509", "-in", stranger / "issuer.pem", "-outform", "DER"],
                         capture_output=True, check=True).stdout
    return replace(rb"(<ds:X509Certificate>)[^<]*", rb"\g<1>" + base64.b64encode(pem))(octets, None)


def unchanged(octets, _):
    return octets


# name: the change, the parts it breaks in every signature, the parts it breaks in the first one
CHANGES = {
    "good": (unchanged, set(), set()),
    "price": (cheaper, {"statement"}, set()),
    "outcome": (replace(rb'outcome="not-applicable"', b'outcome="satisfied"'),
                {"statement"}, set()),
    "identifier": (replace(rb'(<Statement[^>]*) Id="statement"', rb'\1 Id="other"'),
                   {"statement"}, set()),
    "signing-time": (replace(rb"<xades:SigningTime>2", b"<xades:SigningTime>1"),
                     set(), {"properties"}),
    "certificate-digest": (
        replace(rb"(<xades:CertDigest>.*?<ds:DigestValue[^>]*>)(.)", other_letter),
        set(), {"properties"}),
    "value": (replace(rb"(<ds:SignatureValue[^>]*>)(.)", other_letter), set(), {"value"}),
    "price-and-digest": (digested_again, {"value"}, set()),
    "certificate-of-a-stranger": (stranger_in_place, set(), {"value", "chain"}),
}


def write_all(certificate, stranger, folder):
    """{name of the change: file}"""
    octets = certificate.read_bytes()
    files = {}
    for name, (change, _, _) in CHANGES.items():
        files[name] = folder / (name + ".xml")
        files[name].write_bytes(change(octets, stranger))
    return files


def signature_names(certificate):
    return [one.name for one in signed.signatures(str(certificate))]


def broken(name, first):
    """The parts that are not right after a change, in the first or another signature."""
    _, all_parts, first_parts = CHANGES[name]
    return all_parts | (first_parts if first else set())
