"""Certificates to ask about: every suite at every level, by every issuer."""
import collections
import datetime
import pathlib
import shutil
import subprocess

import authority
import engines

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RECORD = ROOT / "samples" / "compliant" / "negotiated-lump-sum.xml"
EVIDENCE = ROOT / "samples" / "evidence" / "negotiated-lump-sum"
SERVER = ROOT / "tests" / "support" / "tsa_server.py"

SUITES = ("p256", "rsa3072", "sm2")

# how long in days: keys of `key new`, signers of authority.py, authorities; tests/frozen has others
DAYS = {"keys": 365, "signer": 30, "authority": 30}

# certificate, anchors and stamps (anchors of time-stamp authorities) are files, stranger is a
# folder of `key new` with another authority
Issued = collections.namedtuple("Issued", "certificate anchors stranger stamps")


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise SystemExit("%s\nended with %d:\n%s%s" % (
            " ".join(str(word) for word in words), done.returncode, done.stdout, done.stderr))
    return done.stdout


def new_keys(dingjia, folder, suite, name="示例大学"):
    run(dingjia, "key", "new", folder, "--suite", suite, "--name", name, "--days", DAYS["keys"])
    return folder


def certify(dingjia, work, key, certificate, *options):
    path = work / "certificate.xml"
    run(*dingjia, "certify", RECORD, "--evidence", EVIDENCE, "--quiet", "--key", key,
        "--cert", certificate, "-o", path, *options)
    return path


def with_timestamps(dingjia, work):
    """The program beside a time-stamp authority whose folder is work/tsa, and options for both."""
    run("/usr/bin/python3", SERVER, "--make", "--folder", work / "tsa", "--days",
        DAYS["authority"])
    return (["/usr/bin/python3", SERVER, "--folder", work / "tsa", "--run", dingjia],
            ["--tsa", "http://127.0.0.1:@PORT@/tsa", "--tsa-trust", work / "tsa" / "ca.pem"])


def level_b(dingjia, work, suite):
    keys = new_keys(dingjia, work / "keys", suite)
    return certify([dingjia], work, keys / "issuer.key", keys / "issuer.pem"), keys / "ca.pem"


def level_t(dingjia, work, suite):
    keys = new_keys(dingjia, work / "keys", suite)
    program, options = with_timestamps(dingjia, work)
    return certify(program, work, keys / "issuer.key", keys / "issuer.pem", "--level", "t",
                   "--trust", keys / "ca.pem", *options), keys / "ca.pem"


def level_lt(dingjia, work, suite):
    folder = authority.Authority(work / "authority", suite, DAYS["authority"],
                                 DAYS["signer"]).folder
    program, options = with_timestamps(dingjia, work)
    shutil.copyfile(work / "tsa" / "ca.crl", folder / "revocation" / "tsa.crl")
    return certify(program, work, folder / "issuer.key", folder / "issuer.pem", "--level", "lt",
                   "--trust", folder / "ca.pem", "--revocation", folder / "revocation",
                   *options), folder / "ca.pem"


def countersigned(dingjia, work, suite):
    """Two signatures by two authorities."""
    first, anchor = level_b(dingjia, work, suite)
    keys = new_keys(dingjia, work / "exchange", suite, "示例交易所")
    both = work / "anchors.pem"
    both.write_bytes(anchor.read_bytes() + (keys / "ca.pem").read_bytes())
    run(dingjia, "countersign", first, "--trust", both, "--quiet", "--key", keys / "issuer.key",
        "--cert", keys / "issuer.pem", "-o", work / "countersigned.xml")
    return work / "countersigned.xml", both


LEVELS = {"B-B": level_b, "B-T": level_t, "B-LT": level_lt, "countersigned": countersigned}


def own(dingjia, _, work, suite, level):
    """The program signs, with keys it made."""
    return LEVELS[level](dingjia, work, suite)


def resigned(dingjia, build, work, suite, level):
    """Bouncy Castle signs the same statement in the same profile, with keys it made."""
    command = engines.java(build, "Resign")
    certificate, _ = LEVELS[level](dingjia, work, suite)
    run(*command, suite, certificate, work / "resigned.xml", work / "resigned.pem")
    return work / "resigned.xml", work / "resigned.pem"


def commanded(dingjia, build, work, suite, _):
    """The program issues, but its key stays with a program of Bouncy Castle's."""
    run(*engines.java(build, "Signer", "new", suite, work))
    java = engines.java(build, "Signer", str(work / "issuer.p8"))
    key = "command:" + " ".join([shutil.which(java[0]), *java[1:]])
    return certify([dingjia], work, key, work / "issuer.pem"), work / "ca.pem"


# issuer: who signs, and at which levels
ISSUERS = {"own": (own, tuple(LEVELS)), "resigned": (resigned, ("B-B",)),
           "commanded": (commanded, ("B-B",))}


def issue_all(issuer, dingjia, build, folder):
    make, levels = ISSUERS[issuer]
    for suite in SUITES:
        for level in levels:
            work = folder / suite / level
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            certificate, anchors = make(dingjia, build, work, suite, level)
            shutil.copyfile(certificate, work / "issued.xml")
            shutil.copyfile(anchors, work / "issued.pem")
            new_keys(dingjia, work / "stranger", suite)


def issued(issuer, dingjia, build, suites=SUITES):
    """Yields suite, level and certificate for every row; issued once for all engines of a day."""
    folder = build / "opinions" / "certificates" / issuer
    sources = [pathlib.Path(dingjia), *sorted(engines.HERE.glob("*.py")),
               *sorted((engines.HERE / "java").glob("*.java"))]
    with engines.built(folder, sources, datetime.date.today().isoformat()) as stale:
        if stale:
            issue_all(issuer, dingjia, build, folder)
    for suite in suites:
        for level in ISSUERS[issuer][1]:
            work = folder / suite / level
            yield suite, level, Issued(work / "issued.xml", work / "issued.pem", work / "stranger",
                                       work / "tsa" / "ca.pem")
