"""What becomes of a certificate later on: its key expires, is revoked, its authority expires."""
import datetime
import os
import shutil

from bench import SUITES

DAY = datetime.timedelta(days=1)


def make_lists(bench):
    """CRLs of several days, and what each office's certificate came to in them."""
    authority = bench.authority
    rows = {
        "later": (authority.now + DAY, authority.now + 2 * DAY),
        "earlier": (authority.now - DAY / 24, authority.now + DAY / 24),
    }
    folders = {}
    for name, (revoked, issued) in rows.items():
        authority.revoked = {"office-" + suite: (revoked, "superseded") for suite in SUITES}
        folders[name] = bench.crls(
            "crl-" + name, **{ca: authority.make_crl(ca, bench.path(ca + "-" + name), issued)
                              for ca in ("p256", "sm2")})
    authority.revoked = {}
    folders["end"] = bench.crls(
        "crl-end", **{ca: authority.make_crl(ca, bench.path(ca + "-end"), authority.now + 59 * DAY)
                      for ca in ("p256", "sm2")})
    folders["now"] = bench.crls("crl-now")
    # One that shows the certificate good first, and revoked in a later list.
    folders["both"] = bench.crls("crl-both")
    for ca in ("p256", "sm2"):
        shutil.copyfile(bench.path(ca + "-later"), bench.path("crl-both/%s-later.crl" % ca))
    return folders


# what, level, lists, days from now, whether the authority of timestamps is trusted, indication
ROWS = [
    ("now, from its own values", "lt", None, 0.1, True, "TOTAL-PASSED"),
    ("now, from CRLs at hand", "t", "now", 0.1, True, "TOTAL-PASSED"),
    ("now, from CRLs at hand, no token", "b", "now", 0.1, True, "TOTAL-PASSED"),
    ("a CRL is named and none at hand", "b", None, 0.1, True, "INDETERMINATE/TRY_LATER"),
    ("a CRL is named and none at hand", "t", None, 0.1, True, "INDETERMINATE/TRY_LATER"),
    ("the key expired", "lt", None, 61, True, "TOTAL-PASSED"),
    ("the key expired, CRLs at hand", "t", "now", 61, True, "TOTAL-PASSED"),
    ("the key expired, no token", "b", "now", 61, True, "INDETERMINATE/OUT_OF_BOUNDS_NO_POE"),
    ("the key expired, not revoked by then, no token", "b", "end", 62, True,
     "INDETERMINATE/OUT_OF_BOUNDS_NOT_REVOKED"),
    ("revoked after the timestamp", "lt", "later", 3, True, "TOTAL-PASSED"),
    ("revoked after the timestamp, key expired", "lt", "later", 61, True, "TOTAL-PASSED"),
    ("revoked after the timestamp, good before", "t", "both", 3, True, "TOTAL-PASSED"),
    ("revoked before the timestamp", "lt", "earlier", 3, True, "TOTAL-FAILED/REVOKED"),
    ("revoked before the timestamp", "t", "earlier", 3, True, "TOTAL-FAILED/REVOKED"),
    ("revoked, no token", "b", "later", 3, True, "INDETERMINATE/REVOKED_NO_POE"),
    ("revoked long ago, no token", "b", "earlier", 3, True, "INDETERMINATE/REVOKED_NO_POE"),
    ("revoked, token of nobody trusted", "lt", "later", 3, False, "INDETERMINATE/REVOKED_NO_POE"),
    ("token of nobody trusted", "lt", None, 0.1, False, "TOTAL-PASSED"),
    ("token of nobody trusted, key expired", "lt", None, 61, False,
     "INDETERMINATE/OUT_OF_BOUNDS_NO_POE"),
    ("the authority of the timestamp expired", "lt", None, 1100, True,
     "INDETERMINATE/OUT_OF_BOUNDS_NO_POE"),
    ("the day before it did", "lt", None, 1094, True, "TOTAL-PASSED"),
    ("before the timestamp was made", "lt", None, -0.5, True,
     "INDETERMINATE/TIMESTAMP_ORDER_FAILURE"),
]


def try_rows(bench, suite, folders):
    for what, level, lists, days, trusted, wanted in ROWS:
        options = ["--at", bench.after(days=days),
                   *(bench.trust_all() if trusted else bench.trust())]
        if lists is not None:
            options += ["--revocation", folders[lists]]
        found = bench.expect("%s %s: %s" % (suite, level, what), "%s-%s.xml" % (suite, level),
                             options, wanted)
        if level != "b" and not trusted:
            bench.warns("%s: %s" % (suite, what), found, "timestamp-trust")
        if level == "lt" and wanted == "TOTAL-PASSED" and trusted:
            one = found["signatures"][0]
            bench.check("%s: the proven time is told" % suite,
                        one["provenTime"] and one["level"] == "B-LT" and one["passed"], one)


def try_single_file(bench):
    """--revocation with one file: what the office names is there, the authority's is not."""
    found = bench.expect("one CRL as a file", "p256-t.xml",
                         [*bench.trust_all(), "--revocation", bench.authority.path("p256.crl")],
                         "TOTAL-PASSED")
    bench.warns("one CRL as a file", found, "timestamp-trust")
    pem = bench.authority.path("p256.crl.pem")
    if os.path.exists(pem):
        bench.expect("one CRL in PEM", "p256-b.xml", [*bench.trust(), "--revocation", pem],
                     "TOTAL-PASSED")


def run(bench):
    bench.authority.make_crl("p256")
    folders = make_lists(bench)
    bench.authority.make_crl("p256")
    for suite in SUITES:
        try_rows(bench, suite, folders)
    try_single_file(bench)
