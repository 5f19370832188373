#!/usr/bin/env python3
"""SM2 and SM3 in plain arithmetic. Usage: arithmetic.py ANCHORS CERTIFICATE...

The signature value is computed with as GB/T 32918.2 writes it down, the digests by an SM3 of our
own (GB/T 32905). Nothing here is shared with OpenSSL or with the program.
"""
import sys

import signed

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


def self_test():
    """The examples of GB/T 32905 annex A.1 and GB/T 32918.5 annex A.2."""
    public = (0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
              0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13)
    value = bytes.fromhex("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                          "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA")
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    if (sm3(b"abc").hex() != expected or not good(public, b"message digest", value) or
            good(public, b"message digest", value, b"")):
        sys.exit("arithmetic: it does not reproduce the examples of the standards")


def public_key(der):
    """The point behind the algorithm identifier id-ecPublicKey on the curve of SM2."""
    head = bytes.fromhex("301306072a8648ce3d020106082a811ccf5501822d03420004")
    at = der.index(head) + len(head)
    return int.from_bytes(der[at:at + 32], "big"), int.from_bytes(der[at + 32:at + 64], "big")


def value_is_right(one):
    public, octets = public_key(one.certificates[0]), signed.canonical(one.info)
    # An empty identifier is what OpenSSL 3 takes by itself; it must not be the one.
    return (one.method == "urn:dingjia:xmldsig:sm2-sm3" and good(public, octets, one.value) and
            not good(public, octets, one.value, b""))


def reference_is_right(one, reference):
    return (signed.digest_method(reference) == "urn:dingjia:xmldsig:sm3" and
            sm3(one.target(reference)) == signed.digest_value(reference))


def look(path, _):
    for one in signed.signatures(path):
        signed.tell(path, one.name + "/value", lambda: value_is_right(one))
        for reference in one.references:
            signed.tell(path, one.name + "/" + reference.get("URI"),
                        lambda: reference_is_right(one, reference))


if __name__ == "__main__":
    self_test()
    signed.main(look)
