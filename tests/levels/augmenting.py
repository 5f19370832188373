"""augment: what is added, what is refused, and that nothing that was signed is touched."""
import os
import pathlib
import re
import shutil
import threading
import time

from bench import SUITES

UNSIGNED = re.compile(rb"<xades:UnsignedProperties>.*?</xades:UnsignedProperties>", re.S)

# mode of the server, exit statuses, what the message says
MISBEHAVIOUR = [
    ("rejects", "refused"),
    ("nonce", "nonce"),
    ("imprint", ""),
    ("garbage", ""),
    ("error", "reports an error"),
    ("huge", "too large"),
    ("type", "Content-Type"),
    ("untrusted", ""),
]


def command(bench, source, out, *options, tsa="/tsa", trust="trust.pem", stamps="tsa-trust.pem"):
    return ["augment", bench.path(source), "--lang", "en", "-q",
            "--trust", bench.authority.path(trust), "--tsa-trust", bench.authority.path(stamps),
            "--tsa", tsa if ":" in tsa else bench.authority.url + tsa,
            "-o", bench.path(out), *options]


def raise_step_by_step(bench, suite):
    what = suite + ": B-B to B-T to B-LT"
    names = [suite + "-b.xml", suite + "-step-t.xml", suite + "-step-lt.xml"]
    # A timestamp alone does not tell whether the certificate was revoked: 3, but it is written.
    done = bench.run(*command(bench, names[0], names[1], "--level", "t"))
    bench.check(what, done.returncode == 3 and "TRY_LATER" in done.stdout, done.stdout)
    before = len(bench.authority.asked)
    bench.must(what, *command(bench, names[1], names[2]))
    bench.check(what, "/tsa" not in bench.authority.asked[before:],
                "a second timestamp was asked for")
    octets = [pathlib.Path(bench.path(name)).read_bytes() for name in names]
    for one in octets[1:]:
        bench.check(what, UNSIGNED.sub(b"", one) == octets[0], "what was signed was touched")
    found = bench.expect(what, names[2], bench.trust_all(), "TOTAL-PASSED")
    bench.check(what, found["signatures"][0]["level"] == "B-LT", found["signatures"][0]["level"])
    bench.must(what + ", again", *command(bench, names[2], suite + "-again.xml"))
    again = pathlib.Path(bench.path(suite + "-again.xml"))
    bench.check(what, again.read_bytes() == octets[2], "a complete certificate was changed")


def several(bench):
    what = "several files into a folder"
    folder = bench.folder / "several"
    folder.mkdir()
    for suite in SUITES:
        shutil.copyfile(bench.path(suite + "-b.xml"), folder / (suite + ".xml"))
    (folder / "z-broken.xml").write_text("<nothing/>\n")
    done = bench.run(*command(bench, "several", "raised"))
    bench.check(what, done.returncode == 65, "exit status %d: %s%s"
                % (done.returncode, done.stdout, done.stderr))
    made = sorted(os.listdir(bench.path("raised")))
    bench.check(what, made == sorted(s + ".xml" for s in SUITES), made)
    for suite in SUITES:
        bench.expect(what, "raised/%s.xml" % suite, bench.trust_all(), "TOTAL-PASSED")


def slow(bench):
    started = time.monotonic()
    bench.refuse("server slow", (66,), ["/tsa/slow", "too long"],
                 *command(bench, "p256-b.xml", "bad-slow.xml", tsa="/tsa/slow"),
                 out="bad-slow.xml")
    bench.check("server slow", time.monotonic() - started < 38, "it was waited for for too long")


def misbehaving(bench):
    for mode, word in MISBEHAVIOUR:
        url = bench.authority.url + "/tsa/" + mode
        out = "bad-%s.xml" % mode
        bench.refuse("server: " + mode, (65, 66, 78), [url, word],
                     *command(bench, "p256-b.xml", out, tsa="/tsa/" + mode), out=out)
    out = "bad-gone.xml"
    url = "http://127.0.0.1:1/tsa"
    bench.refuse("no server", (66,), [url],
                 *command(bench, "p256-b.xml", out, tsa=url), out=out)
    bench.refuse("no URL at all", (64, 66, 78), ["ftp://127.0.0.1/tsa"],
                 *command(bench, "p256-b.xml", out, tsa="ftp://127.0.0.1/tsa"), out=out)


def refusals(bench):
    asked = bench.authority.asked
    left = 9 - (time.time() - bench.authority.now.timestamp())
    time.sleep(max(0, left))
    before = len(asked)
    bench.refuse("the signer's certificate expired", (65,), ["no longer within its validity"],
                 *command(bench, "short-b.xml", "bad-short.xml"), out="bad-short.xml")
    whole = pathlib.Path(bench.path("p256-b.xml")).read_text(encoding="utf-8")
    pathlib.Path(bench.path("changed.xml")).write_text(
        whole.replace(">3000000.00<", ">3000001.00<").replace("lumpSum", "lumpSun", 1),
        encoding="utf-8")
    bench.refuse("changed since", (65,), ["was left as it is"],
                 *command(bench, "changed.xml", "bad-changed.xml"), out="bad-changed.xml")
    bench.refuse("of an unknown issuer", (65,), [],
                 *command(bench, "p256-b.xml", "bad-issuer.xml", trust="other-ca.pem"),
                 out="bad-issuer.xml")
    bench.check("nothing was asked for these", len(asked) == before, asked[before:])
    bench.refuse("another authority is trusted", (78,), ["was not embedded"],
                 *command(bench, "p256-b.xml", "bad-tsa.xml", stamps="other-ca.pem"),
                 out="bad-tsa.xml")


def lost_lists(bench):
    """Where neither OCSP nor CRL can be fetched there is no B-LT, but there is B-T."""
    crl = pathlib.Path(bench.authority.path("sm2.crl"))
    away = crl.with_suffix(".away")
    crl.rename(away)
    bench.refuse("no CRL to be had", (66,), [bench.authority.url + "/sm2.crl"],
                 *command(bench, "sm2-b.xml", "bad-crl.xml"), out="bad-crl.xml")
    bench.run(*command(bench, "sm2-b.xml", "t-without-crl.xml", "--level", "t"))
    bench.expect("no CRL to be had, level t", "t-without-crl.xml",
                 [*bench.trust_all(), "--revocation", bench.crls("crl-lost", sm2=str(away))],
                 "TOTAL-PASSED")
    bench.must("the CRL is given", *command(bench, "sm2-b.xml", "lt-given.xml", "--revocation",
                                            str(away)))
    away.rename(crl)
    bench.expect("the CRL is given", "lt-given.xml", bench.trust_all(), "TOTAL-PASSED")


def revoked(bench):
    authority = bench.authority
    authority.revoked = {"office-p256": (authority.now, "keyCompromise")}
    bench.refuse("revoked, says the responder", (65,), ["revoked"],
                 *command(bench, "p256-b.xml", "bad-revoked.xml"), out="bad-revoked.xml")
    authority.revoked = {}


def run(bench):
    waiting = threading.Thread(target=slow, args=(bench,))
    waiting.start()
    for suite in SUITES:
        raise_step_by_step(bench, suite)
    several(bench)
    misbehaving(bench)
    refusals(bench)
    lost_lists(bench)
    revoked(bench)
    waiting.join()
