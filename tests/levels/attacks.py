"""Unsigned properties are anybody's to write: nothing in them may let a certificate say more."""
import base64
import os
import pathlib
import re

from authority import Authority

TOKEN = re.compile(r"<xades:EncapsulatedTimeStamp>([^<]*)</xades:EncapsulatedTimeStamp>")
STAMP = re.compile(r"<xades:SignatureTimeStamp>.*?</xades:SignatureTimeStamp>", re.S)
CERTIFICATES = re.compile(r"<xades:CertificateValues>.*?</xades:CertificateValues>", re.S)
REVOCATIONS = re.compile(r"<xades:RevocationValues>.*?</xades:RevocationValues>", re.S)
UNSIGNED = re.compile(r"<xades:UnsignedProperties>.*?</xades:UnsignedProperties>", re.S)

FORMAT = "TOTAL-FAILED/FORMAT_FAILURE"
SILENT = "INDETERMINATE/TRY_LATER"


def der_of(path):
    """The base64 of a PEM certificate, as one line."""
    text = pathlib.Path(path).read_text()
    return "".join(text[text.index("-----BEGIN"):].split("\n")[1:]).split("-----END")[0]


def value(kind, text):
    return "<xades:%s>%s</xades:%s>" % (kind, text, kind)


def add_certificates(whole, texts):
    added = "".join(value("EncapsulatedX509Certificate", one) for one in texts)
    return whole.replace("</xades:CertificateValues>", added + "</xades:CertificateValues>", 1)


def swap(whole, first, second):
    one, two = first.search(whole).group(0), second.search(whole).group(0)
    return whole.replace(one, "\0").replace(two, one).replace("\0", two)


def take(pattern, whole, other):
    """`whole` with what `other` has in this place."""
    return pattern.sub(lambda _: pattern.search(other).group(0), whole, count=1)


def rows(bench, evil):
    whole, other, second = (pathlib.Path(bench.path(name)).read_text(encoding="utf-8")
                            for name in ("p256-lt.xml", "other-lt.xml", "p256-t2.xml"))
    foreign = der_of(bench.authority.path("other-ca.pem"))
    crl = base64.b64encode(pathlib.Path(evil.path("p256.crl")).read_bytes()).decode()
    token = TOKEN.search(whole).group(1)
    stamp = STAMP.search(whole).group(0)
    unsigned = UNSIGNED.search(whole).group(0)
    forged = value("RevocationValues", value("CRLValues", value("EncapsulatedCRLValue", crl)))
    return [
        ("unchanged", whole, "TOTAL-PASSED"),
        ("a foreign certificate", add_certificates(whole, [foreign]), "TOTAL-PASSED"),
        ("the values of another certificate", take(CERTIFICATES, whole, other), "TOTAL-PASSED"),
        ("a foreign certificate alone", CERTIFICATES.sub(
            value("CertificateValues", value("EncapsulatedX509Certificate", foreign)), whole),
         "TOTAL-PASSED"),
        ("no certificates", CERTIFICATES.sub("", whole), "TOTAL-PASSED"),
        ("many certificates", add_certificates(whole, [foreign] * 300), FORMAT),
        ("nonsense as a certificate", add_certificates(whole, ["AAAA"]), FORMAT),
        ("no base64 as a certificate", add_certificates(whole, ["*"]), FORMAT),
        ("the token of another signature", take(TOKEN, whole, second),
         "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        ("the token of another certificate", take(TOKEN, whole, other),
         "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        ("no token", STAMP.sub("", whole), "TOTAL-PASSED"),
        ("a token twice", whole.replace(token, token + "</xades:EncapsulatedTimeStamp>"
                                        "<xades:EncapsulatedTimeStamp>" + token, 1), FORMAT),
        ("a timestamp twice", whole.replace(stamp, stamp + stamp, 1), FORMAT),
        ("an empty token", whole.replace(token, "", 1), FORMAT),
        ("a token cut short", whole.replace(token, token[:400], 1),
         "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        ("the revocation values of another", take(REVOCATIONS, whole, other), SILENT),
        ("no revocation values", REVOCATIONS.sub("", whole), SILENT),
        ("a list of the same name by another key", REVOCATIONS.sub(forged, whole), SILENT),
        ("an empty list of values", REVOCATIONS.sub(value("RevocationValues", ""), whole), FORMAT),
        ("unsigned properties that are empty", UNSIGNED.sub(
            value("UnsignedProperties", value("UnsignedSignatureProperties", "")), whole), FORMAT),
        ("unsigned properties twice", whole.replace(unsigned, unsigned + unsigned, 1), FORMAT),
        ("the order changed", swap(whole, CERTIFICATES, REVOCATIONS), FORMAT),
        ("an unknown property", whole.replace(stamp, stamp + value("CounterSignature", ""), 1),
         FORMAT),
        ("a property of another namespace", whole.replace(
            stamp, stamp + '<x xmlns="urn:example:x"/>', 1), FORMAT),
        ("white space between", whole.replace(stamp, stamp + "\n", 1), FORMAT),
        ("white space inside", whole.replace(token, token[:40] + "\n" + token[40:], 1), FORMAT),
        ("a comment", whole.replace(stamp, stamp + "<!-- -->", 1), FORMAT),
        ("a second signed time among them", whole.replace(
            stamp, value("SigningTime", "2020-01-01T00:00:00Z") + stamp, 1), FORMAT),
    ]


def forge_token(bench, evil):
    """A token over the right octets, by an authority of the same name with another key."""
    url = ["--tsa", evil.url + "/tsa", "--tsa-trust", evil.path("tsa-trust.pem")]
    with evil.serving():
        bench.run("augment", bench.path("p256-b.xml"), "--level", "t", "-o",
                  bench.path("forged-t.xml"), *bench.trust(), *url)
    found = bench.expect("a timestamp of the same name by another key", "forged-t.xml",
                         [*bench.trust_all(), "--at", bench.after(days=61), "--revocation",
                          bench.crls("crl-forged")], "INDETERMINATE/OUT_OF_BOUNDS_NO_POE")
    bench.warns("a timestamp of the same name by another key", found, "timestamp-trust")


def run(bench):
    os.mkdir(bench.path("evil"))
    evil = Authority(bench.path("evil"))
    base = None
    for number, (what, octets, wanted) in enumerate(rows(bench, evil)):
        name = "attack-%d.xml" % number
        pathlib.Path(bench.path(name)).write_text(octets, encoding="utf-8")
        options = [*bench.trust_all(), "--at", bench.after(days=30)]
        found = bench.expect("attack: " + what, name, options, wanted)
        base = base or found
        if wanted == "TOTAL-PASSED":
            bench.check("attack: " + what, found["statement"] == base["statement"], "it says more")
            proven = found["signatures"][0]["provenTime"]
            bench.check("attack: " + what, proven == base["signatures"][0]["provenTime"]
                        or (what == "no token" and proven is None), proven)
    large = pathlib.Path(bench.path("p256-lt.xml")).read_text(encoding="utf-8")
    pathlib.Path(bench.path("large.xml")).write_text(
        add_certificates(large, ["A" * 10_000_000]), encoding="utf-8")
    bench.refuse("attack: ten megabytes", (65,), ["large"], "verify", bench.path("large.xml"),
                 "--lang", "en", *bench.trust_all())
    forge_token(bench, evil)
