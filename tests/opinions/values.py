#!/usr/bin/env python3
"""What is embedded at levels B-T and B-LT is good by itself, as the openssl command sees it.

Usage: values.py DINGJIA BUILD_FOLDER. Asked are openssl ts about the time-stamp tokens, openssl
verify, crl and ocsp about certificates and revocation data. Each is shown something wrong as well.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from lxml import etree

import authority
import certificates
import changes  # noqa: F401  (makes the folder python/ known)
import signed

XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
results = []


def check(holds, what, why=""):
    results.append(holds)
    print("  %s: %s%s" % ("so it is" if holds else "NOT SO", what, "" if holds else "\n" + why))


def ask(*words):
    """(accepted?, everything it said)"""
    done = subprocess.run(["openssl", *[str(word) for word in words]], capture_output=True,
                          check=False)
    text = (done.stdout + done.stderr).decode("utf-8", errors="replace")
    return done.returncode == 0, text


def write_values(document, name, folder, end):
    paths = []
    for at, element in enumerate(document.iter(XADES + name)):
        paths.append(folder / ("%s-%d.%s" % (name, at, end)))
        paths[-1].write_bytes(signed.octets(element))
    return paths


def pem_of(kind, paths, folder):
    """The files as one in PEM."""
    together = folder / (kind + "s.pem")
    parts = [subprocess.run(["openssl", kind, "-inform", "DER", "-in", path], capture_output=True,
                            check=True).stdout for path in paths]
    together.write_bytes(b"".join(parts))
    return together


def look_at_tokens(document, issued, folder):
    tokens = write_values(document, "EncapsulatedTimeStamp", folder, "tst")
    check(len(tokens) == 1, "there is one token")
    value, changed = folder / "value", folder / "changed"
    octets = signed.canonical(next(document.iter(signed.DS + "SignatureValue")))
    value.write_bytes(octets)
    changed.write_bytes(octets.replace(b"Id=", b"id=", 1))
    for token in tokens:
        verify = ("ts", "-verify", "-in", token, "-token_in", "-CAfile")
        fine, why = ask(*verify, issued.stamps, "-data", value)
        check(fine and "Verification: OK" in why, "openssl ts accepts the token", why)
        check(not ask(*verify, issued.stamps, "-data", changed)[0], "not over another value")
        check(not ask(*verify, issued.stranger / "ca.pem", "-data", value)[0],
              "not under another anchor")
        text = ask("ts", "-reply", "-in", token, "-token_in", "-text")[1]
        print("".join("    %s\n" % line for line in text.splitlines()
                      if line.startswith(("Time stamp", "Hash Algorithm"))), end="")


def der_parts(octets):
    """The elements of a DER SEQUENCE, with their heads."""
    def head(at):
        length, size = octets[at + 1], 2
        if length & 0x80:
            size += length & 0x7F
            length = int.from_bytes(octets[at + 2:at + size], "big")
        return size, length

    at = head(0)[0]
    parts = []
    while at < len(octets):
        size, length = head(at)
        parts.append((octets[at:at + size + length], octets[at + size:at + size + length]))
        at += size + length
    return parts


def crl_is_signed(crl, anchor, folder):
    """By EVP over the inner part: openssl crl cannot be told the identifier of SM2."""
    (inner, _), _, (_, bits) = der_parts(crl.read_bytes())
    (folder / "inner").write_bytes(inner)
    (folder / "bits").write_bytes(bits[1:])
    (folder / "anchor.pub").write_text(ask("x509", "-in", anchor, "-noout", "-pubkey")[1],
                                       encoding="ascii")
    return ask("pkeyutl", "-verify", "-pubin", "-inkey", folder / "anchor.pub", "-rawin", "-digest",
               "sm3", "-pkeyopt", authority.IDENTIFIER, "-in", folder / "inner", "-sigfile",
               folder / "bits")[0]


def look_at_crls(crls, suite, issued, folder):
    anchors = {"time-stamp authority": issued.stamps}
    if suite not in authority.OCSP_SUITES:
        anchors["signer"] = issued.anchors
    for whose, anchor in anchors.items():
        if suite == "sm2" and whose == "signer":
            good = [crl for crl in crls if crl_is_signed(crl, anchor, folder)]
        else:
            good = [crl for crl in crls if "verify OK" in ask(
                "crl", "-inform", "DER", "-in", crl, "-CAfile", anchor, "-noout")[1]]
        check(len(good) == 1, "one CRL is signed by the authority of the " + whose)


def look_at_paths(found, crls, suite, issued, folder):
    """Signer and time-stamp authority lead to their anchors and are on no list."""
    lists = pem_of("crl", crls, folder)
    stamps = [path for path in found if "Time Stamping" in ask(
        "x509", "-inform", "DER", "-in", path, "-noout", "-ext", "extendedKeyUsage")[1]]
    check(len(stamps) == 1, "the certificate of the time-stamp authority is among the values")
    asked = [("time-stamp authority", pem_of("x509", stamps, folder), issued.stamps)]
    # The identifier of SM2 cannot be told openssl for the list.
    if suite == "rsa3072":
        asked.append(("signer", issued.certificate.parent / "authority" / "issuer.pem",
                      issued.anchors))
    for whose, certificate, anchor in asked:
        fine, why = ask("verify", "-crl_check", "-CAfile", anchor, "-CRLfile", lists, certificate)
        check(fine, "openssl verify accepts the %s with these lists" % whose, why)
        check(not ask("verify", "-crl_check", "-CAfile", issued.stranger / "ca.pem", "-CRLfile",
                      lists, certificate)[0], "not under another anchor")


def look_at_ocsp(responses, suite, issued):
    check(len(responses) == (suite in authority.OCSP_SUITES),
          "there are as many OCSP responses as there should be", str(len(responses)))
    signer = issued.certificate.parent / "authority" / "issuer.pem"
    for response in responses:
        words = ("ocsp", "-respin", response, "-issuer", issued.anchors, "-cert", signer,
                 "-no_nonce", "-CAfile")
        _, why = ask(*words, issued.anchors)
        check("Response verify OK" in why and "issuer.pem: good" in why,
              "openssl ocsp says the signer is good", why)
        _, why = ask(*words, issued.stranger / "ca.pem")
        check("Response verify OK" not in why, "not under another anchor", why)


def look(suite, level, issued, folder):
    document = etree.parse(str(issued.certificate))
    look_at_tokens(document, issued, folder)
    if level != "B-LT":
        return
    found = write_values(document, "EncapsulatedX509Certificate", folder, "crt")
    crls = write_values(document, "EncapsulatedCRLValue", folder, "crl")
    responses = write_values(document, "EncapsulatedOCSPValue", folder, "ocsp")
    look_at_crls(crls, suite, issued, folder)
    look_at_paths(found, crls, suite, issued, folder)
    look_at_ocsp(responses, suite, issued)


def main():
    dingjia, build = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    for suite, level, issued in certificates.issued("own", dingjia, build):
        if level in ("B-T", "B-LT"):
            print("%s %s" % (suite, level))
            with tempfile.TemporaryDirectory() as folder:
                look(suite, level, issued, pathlib.Path(folder))
    sys.exit(0 if results and all(results) else 1)


main()
