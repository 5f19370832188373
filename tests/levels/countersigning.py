"""countersign: further signatures beside the first, each in its role, none by anybody twice."""
import pathlib


def command(bench, source, key, out, *options):
    return ["countersign", bench.path(source), "--lang", "en", "-q", *bench.trust_all(),
            *bench.key(key), "-o", bench.path(out), *options]


def add_side_by_side(bench):
    what = "office, exchange with P-256, exchange with SM2"
    tsa = ["--tsa", bench.authority.url + "/tsa", "--level", "lt"]
    bench.must(what, *command(bench, "p256-lt.xml", "exchange-p256", "two.xml", *tsa))
    bench.must(what, *command(bench, "two.xml", "exchange-sm2", "three.xml", *tsa))
    found = bench.expect(what, "three.xml", [*bench.trust_all(), "--at", bench.after(days=61)],
                         "TOTAL-PASSED")
    bench.check(what, [(one["role"], one["suite"], one["level"]) for one in found["signatures"]]
                == [("office", "ecdsa-p256-sha256", "B-LT"),
                    ("exchange", "ecdsa-p256-sha256", "B-LT"),
                    ("exchange", "sm2-sm3", "B-LT")], found["signatures"])
    one, two = (pathlib.Path(bench.path(name)).read_text(encoding="utf-8")
                for name in ("p256-lt.xml", "two.xml"))
    end = one.rindex("</")
    bench.check(what, two.startswith(one[:end].rstrip()), "the first signature was touched")


def add_roles(bench):
    for role in ("office", "exchange", "authority", "notary"):
        out = "role-%s.xml" % role
        bench.run(*command(bench, "sm2-lt.xml", "exchange-sm2", out, "--role", role,
                           "--revocation", bench.authority.path("sm2.crl")))
        found = bench.expect("as " + role, out, [*bench.trust_all(), "--revocation",
                                                 bench.authority.path("sm2.crl")], "TOTAL-PASSED")
        roles = [one["role"] for one in found["signatures"]]
        bench.check("as " + role, roles == ["office", role], roles)


def refusals(bench):
    bench.refuse("the first cannot be judged", (3,), ["TRY_LATER"],
                 *command(bench, "p256-b.xml", "exchange-p256", "bad-c1.xml"), out="bad-c1.xml")
    whole = pathlib.Path(bench.path("p256-lt.xml")).read_text(encoding="utf-8")
    pathlib.Path(bench.path("p256-lt-changed.xml")).write_text(
        whole.replace("negotiation", "negotiatiom", 1), encoding="utf-8")
    bench.refuse("the first was changed", (1,), ["HASH_FAILURE"],
                 *command(bench, "p256-lt-changed.xml", "exchange-p256", "bad-c2.xml"),
                 out="bad-c2.xml")
    bench.refuse("the same signer, the same suite", (65,), ["has signed"],
                 *command(bench, "two.xml", "exchange-p256", "bad-c3.xml"), out="bad-c3.xml")
    bench.refuse("the office once more", (65,), ["has signed"],
                 *command(bench, "p256-lt.xml", "office-p256", "bad-c4.xml", "--role", "notary"),
                 out="bad-c4.xml")
    bench.refuse("the third signer once more", (65,), ["has signed"],
                 *command(bench, "three.xml", "exchange-sm2", "bad-c5.xml"), out="bad-c5.xml")


def run(bench):
    add_side_by_side(bench)
    add_roles(bench)
    refusals(bench)
