#!/usr/bin/python3
"""A signing program for tests: a device in software.

Usage: signer.py MODE KEY sign SUITE; octets on standard input, the raw value on standard output.
The openssl command does the work, so that nothing of Dingjia's is used.
"""
import os
import subprocess
import sys
import tempfile
import time

P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def sign(key, suite, octets):
    with tempfile.NamedTemporaryFile() as file:
        file.write(octets)
        file.flush()
        if suite == "sm2":
            command = ["pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", file.name,
                       "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]
        else:
            command = ["dgst", "-sha256", "-sign", key, file.name]
        return subprocess.run(["openssl"] + command, check=True, stdout=subprocess.PIPE).stdout


def numbers(der):
    """r and s of a short DER SEQUENCE of two INTEGERs."""
    length = der[3]
    r, rest = der[4:4 + length], der[4 + length:]
    return int.from_bytes(r, "big"), int.from_bytes(rest[2:], "big")


def raw(der, high):
    r, s = numbers(der)
    if high:
        s = max(s, P256 - s)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def look_around():
    """Only three variables; the interpreter may set one of its own."""
    odd = set(os.environ) - {"PATH", "HOME", "LANG", "LC_CTYPE"}
    if odd:
        sys.exit("found %s" % sorted(odd))


def main():
    mode, key, verb, suite = sys.argv[1:]
    if verb != "sign":
        sys.exit("unknown verb")
    if mode == "deaf":
        os.close(0)
        octets = b""
    else:
        octets = sys.stdin.buffer.read()
    if mode == "fail":
        sys.exit("the \x1b[31mdevice\x1b[0m is locked\nsecond line")
    if mode == "killed":
        os.kill(os.getpid(), 9)
    if mode == "loud":
        sys.stdout.buffer.write(bytes(100000))
        sys.stdout.flush()
    if mode == "hang":
        time.sleep(300)
    if mode == "hang-closed":
        os.close(1)
        os.close(2)
        time.sleep(300)
    if mode == "chatter":
        sys.stderr.write("x" * 300000)
    if mode == "around":
        look_around()
    if mode == "wrong":
        octets += b"."
    value = sign(key, suite, octets)
    if suite != "rsa3072" and mode != "der":
        value = raw(value, mode == "high")
    if mode == "newline":
        value += b"\n"
    if mode == "zero":
        value = bytes(len(value))
    sys.stdout.buffer.write(value)


main()
