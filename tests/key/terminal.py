#!/usr/bin/env python3
"""The password is asked for on the terminal, without echo, and the echo comes back.

Usage: terminal.py DINGJIA
"""
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DINGJIA = os.path.abspath(sys.argv[1])
PATIENCE = 60


class Session:
    """The program on a terminal of its own, which it would find as /dev/tty."""

    def __init__(self, folder, language):
        command = [DINGJIA, "certify", str(ROOT / "samples/compliant/negotiated-lump-sum.xml"),
                   "--key", "locked.key", "--cert", "keys/issuer.pem", "--without-evidence",
                   "--lang", language, "-q", "--force", "-o", "certificate.xml"]
        self.seen = b""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.execv(DINGJIA, command)

    def echoes(self):
        return bool(termios.tcgetattr(self.terminal)[3] & termios.ECHO)

    def wait_for(self, holds):
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                sys.exit("waited in vain; seen so far: %r" % self.seen)
            if select.select([self.terminal], [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self.terminal, 4096)
                except OSError:
                    return

    def ask(self, prompt):
        self.wait_for(lambda: prompt.encode() in self.seen)
        expect(not self.echoes(), "the echo is off while the password is typed")

    def answer(self, text):
        os.write(self.terminal, text)

    def end(self):
        """The exit status, or the negative number of the signal."""
        self.wait_for(lambda: False if select.select([self.terminal], [], [], 0.05)[0] else
                      os.waitid(os.P_PID, self.child, os.WEXITED | os.WNOHANG | os.WNOWAIT))
        status = os.waitpid(self.child, 0)[1]
        return os.waitstatus_to_exitcode(status)


def expect(holds, what):
    if not holds:
        sys.exit("does not hold: " + what)
    print("holds: " + what)


def prepare(folder):
    subprocess.run([DINGJIA, "key", "new", "keys"], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["openssl", "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", "keys/issuer.key",
                    "-passout", "pass:secret", "-out", "locked.key"], cwd=folder, check=True)
    os.chmod(os.path.join(folder, "locked.key"), 0o600)


def right_and_wrong(folder):
    session = Session(folder, "en")
    session.ask("Password or PIN of locked.key: ")
    session.answer(b"secret\n")
    expect(session.end() == 0, "the right password signs")
    expect(b"secret" not in session.seen, "the password is not shown")
    expect(b"certificate issued" in session.seen, "the certificate is issued")

    session = Session(folder, "zh")
    session.ask("locked.key 的密码或 PIN：")
    session.answer(b"other\n")
    expect(session.end() == 78 and "密码不对".encode() in session.seen, "a wrong one is refused")

    session = Session(folder, "en")
    session.ask("Password or PIN of locked.key: ")
    session.answer(b"\x04")
    expect(session.end() == 78 and b"no password was given" in session.seen, "so is none")


def interrupted(folder):
    for number in (signal.SIGINT, signal.SIGTERM):
        session = Session(folder, "en")
        session.ask("Password or PIN of locked.key: ")
        if number == signal.SIGINT:
            session.answer(b"sec\x03")
        else:
            os.kill(session.child, number)
        session.wait_for(session.echoes)
        expect(session.echoes(), "the echo is on again after signal %d" % number)
        expect(session.end() == -number, "signal %d ends the program" % number)


def main():
    try:
        os.close(pty.openpty()[0])
    except OSError as reason:
        print("no pseudo-terminal can be had here (%s): skipped; no password was typed" % reason)
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        right_and_wrong(folder)
        interrupted(folder)


main()
