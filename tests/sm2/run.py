#!/usr/bin/env python3
"""An SM2 certificate is what the standards say, checked without Dingjia's code.

Usage: run.py DINGJIA

The signature value is computed with here in plain arithmetic (GB/T 32918.2), the digests by an SM3
of our own (GB/T 32905), and both again by the openssl command where it can.
"""
import base64
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
IDENTIFIER = b"1234567812345678"

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
     0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)


def rotate(word, count):
    count %= 32
    return (word << count | word >> (32 - count)) & 0xFFFFFFFF


def compress(state, block):
    w = [int.from_bytes(block[i:i + 4], "big") for i in range(0, 64, 4)]
    for i in range(16, 68):
        x = w[i - 16] ^ w[i - 9] ^ rotate(w[i - 3], 15)
        w.append(x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[i - 13], 7) ^ w[i - 6])
    a, b, c, d, e, f, g, h = state
    for i in range(64):
        t = 0x79CC4519 if i < 16 else 0x7A879D8A
        ss1 = rotate((rotate(a, 12) + e + rotate(t, i)) & 0xFFFFFFFF, 7)
        ss2 = ss1 ^ rotate(a, 12)
        ff = a ^ b ^ c if i < 16 else a & b | a & c | b & c
        gg = e ^ f ^ g if i < 16 else e & f | ~e & g
        tt1 = (ff + d + ss2 + (w[i] ^ w[i + 4])) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + w[i]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, rotate(b, 9), c
        e, f, g, h = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17), e, rotate(f, 19), g
    return [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]


def sm3(octets):
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
             0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    length = 8 * len(octets)
    octets += b"\x80"
    octets += bytes(-(len(octets) + 8) % 64) + length.to_bytes(8, "big")
    for at in range(0, len(octets), 64):
        state = compress(state, octets[at:at + 64])
    return b"".join(x.to_bytes(4, "big") for x in state)


def add(one, two):
    if one is None or two is None:
        return one or two
    if one[0] == two[0]:
        if (one[1] + two[1]) % P == 0:
            return None
        slope = (3 * one[0] * one[0] + A) * pow(2 * one[1], -1, P)
    else:
        slope = (two[1] - one[1]) * pow(two[0] - one[0], -1, P)
    x = (slope * slope - one[0] - two[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(number, point):
    result = None
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def good(public, octets, value, identifier=IDENTIFIER):
    r, s = int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big")
    if len(value) != 64 or not 0 < r < N or not 0 < s < N or (r + s) % N == 0:
        return False
    parts = (A, B) + G + public
    z = sm3((8 * len(identifier)).to_bytes(2, "big") + identifier +
            b"".join(x.to_bytes(32, "big") for x in parts))
    e = int.from_bytes(sm3(z + octets), "big")
    point = add(times(s, G), times((r + s) % N, public))
    return point is not None and (e + point[0]) % N == r


def check(holds, what):
    if not holds:
        sys.exit("sm2: not so: " + what)
    print("so it is: " + what)


def self_test():
    """The examples of GB/T 32905 annex A.1 and GB/T 32918.5 annex A.2."""
    check(sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
          "this SM3 gives the digest of the standard's example")
    public = (0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
              0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13)
    value = bytes.fromhex("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                          "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA")
    check(good(public, b"message digest", value), "this SM2 accepts the standard's example")
    check(not good(public, b"message digest", value, b""), "and not under an empty identifier")


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def issue(dingjia, work):
    sample = ROOT / "samples" / "compliant" / "negotiated-lump-sum.xml"
    made = run(dingjia, "key", "new", work / "keys", "--suite", "sm2", "--name", "示例大学")
    check(made.returncode == 0, "key new makes SM2 keys")
    made = run(dingjia, "certify", sample, "--key", work / "keys/issuer.key", "--cert",
               work / "keys/issuer.pem", "--evidence",
               ROOT / "samples" / "evidence" / "negotiated-lump-sum", "-o", work / "c.xml")
    check(made.returncode == 0, "certify signs with them")
    return (work / "c.xml").read_bytes()


def element(octets, name):
    return re.search(b"<%s[ >].*?</%s>" % (name, name), octets, re.S).group(0)


def text(octets, name):
    return [base64.b64decode(found, validate=True)
            for found in re.findall(b"<%s(?: [^>]*)?>([^<]*)</%s>" % (name, name), octets)]


def public_key(der):
    """The point behind the algorithm identifier id-ecPublicKey on the curve of SM2."""
    head = bytes.fromhex("301306072a8648ce3d020106082a811ccf5501822d03420004")
    at = der.index(head) + len(head)
    return int.from_bytes(der[at:at + 32], "big"), int.from_bytes(der[at + 32:at + 64], "big")


def integer(octets):
    octets = octets.lstrip(b"\0")
    octets = (b"\0" if octets[0] & 0x80 else b"") + octets
    return b"\2" + bytes([len(octets)]) + octets


def ask_openssl(work, signed, value):
    pair = integer(value[:32]) + integer(value[32:])
    (work / "value.der").write_bytes(b"\x30" + bytes([len(pair)]) + pair)
    (work / "signed").write_bytes(signed)
    (work / "public.pem").write_bytes(
        run("openssl", "x509", "-in", work / "keys/issuer.pem", "-noout", "-pubkey").stdout)
    for identifier, expected in ((IDENTIFIER.decode(), True), ("1234567812345679", False)):
        asked = run("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", work / "public.pem",
                    "-rawin", "-digest", "sm3", "-pkeyopt", "distid:" + identifier,
                    "-in", work / "signed", "-sigfile", work / "value.der")
        check((asked.returncode == 0) == expected, "openssl pkeyutl %s the signature under %s" %
              ("accepts" if expected else "refuses", identifier))
        chain = run("openssl", "verify", "-vfyopt", "distid:" + identifier, "-CAfile",
                    work / "keys/ca.pem", work / "keys/issuer.pem")
        check((chain.returncode == 0) == expected, "openssl verify %s the chain under %s" %
              ("accepts" if expected else "refuses", identifier))


def main():
    self_test()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        octets = issue(sys.argv[1], work)
        # The file is written in canonical form, so its elements are the octets that were signed.
        signed = element(octets, b"ds:SignedInfo")
        value, = text(octets, b"ds:SignatureValue")
        der = text(octets, b"ds:X509Certificate")[0]
        digests = text(octets, b"ds:DigestValue")
        check(digests == [sm3(element(octets, b"Statement")),
                          sm3(element(octets, b"xades:SignedProperties")), sm3(der)],
              "the digests of statement, properties and certificate are SM3")
        check(good(public_key(der), signed, value), "the signature value is right")
        check(not good(public_key(der), signed, value, b""), "and wrong for an empty identifier")
        check(not good(public_key(der), signed + b" ", value), "and wrong for other octets")
        if shutil.which("openssl") is not None:
            ask_openssl(work, signed, value)


if __name__ == "__main__":
    main()
