"""The verifiers that are asked: which suites they know, what they tell apart, how they are started.

An engine is a command that takes ANCHORS CERTIFICATE... and answers one line for each part of each
signature, between tabs: ok or bad, the file, the part, why.
"""
import contextlib
import fcntl
import glob
import hashlib
import importlib.util
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
JARS = ("xmlsec", "slf4j-api", "slf4j-nop", "commons-codec", "stax2-api", "woodstox-core",
        "bcprov", "bcpkix", "bcutil")
BOTH = ("p256", "rsa3072")
REFERENCES = {"statement", "properties"}

# what npm says when there is no network, or none that leads to its registry
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH",
               "ERR_SOCKET_TIMEOUT", "SELF_SIGNED_CERT_IN_CHAIN",
               "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")


class Skipped(Exception):
    """An engine cannot be had here; the text says why."""


@contextlib.contextmanager
def built(folder, sources, word=""):
    """Yields whether `folder` has to be built anew from `sources` and a word; one at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [word.encode(), *[path.read_bytes() for path in sources]]
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
    stamp = folder / "stamp"
    with open(folder / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh = stamp.is_file() and stamp.read_text(encoding="ascii") == digest
        yield not fresh
        stamp.write_text(digest, encoding="ascii")


def wanted(command, package):
    if shutil.which(command) is None:
        raise Skipped("the command %s is not installed (package %s)" % (command, package))


def python_engine(name):
    return lambda build: ["/usr/bin/python3", str(HERE / "python" / (name + ".py"))]


def xmlsec_engine(build):
    wanted("xmlsec1", "xmlsec1")
    return python_engine("xmlsec")(build)


def signxml_engine(build):
    if importlib.util.find_spec("signxml") is None:
        raise Skipped("there is no module signxml (package python3-signxml, from Debian 13 on)")
    return python_engine("xades_signxml")(build)


def class_path():
    jars = [glob.glob("/usr/share/java/%s.jar" % name) for name in JARS]
    missing = [name for name, found in zip(JARS, jars) if not found]
    if missing:
        raise Skipped("no %s.jar in /usr/share/java (packages libxml-security-java, libbcprov-java,"
                      " libbcpkix-java)" % missing[0])
    return ":".join(found[0] for found in jars)


def java(build, main, *arguments):
    """Compiles the Java sources once into the build folder."""
    wanted("javac", "default-jdk-headless")
    path, sources = class_path(), sorted((HERE / "java").glob("*.java"))
    folder = build / "opinions" / "java"
    with built(folder, sources) as stale:
        if stale:
            subprocess.run(["javac", "-encoding", "UTF-8", "-Xlint:all,-path", "-Werror", "-cp",
                            path, "-d", folder, *sources], check=True)
    return ["java", "-Dfile.encoding=UTF-8", "-cp", "%s:%s" % (folder, path), main, *arguments]


def java_engine(name):
    return lambda build: java(build, "Opinion", name)


def npm_ci(folder):
    """Fetches what the lock file names; without a registry the engines of npm cannot be had."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / "node" / name, folder / name)
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1",
         "--fetch-retry-mintimeout=1000"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    print(done.stdout + done.stderr)
    reason = re.search("code (%s)" % "|".join(UNREACHABLE), done.stderr)
    if reason is not None:
        raise Skipped("the registry of npm cannot be reached (%s)" % reason.group(1))
    sys.exit("npm ci failed, see above")


def node_engine(name):
    def prepare(build):
        wanted("node", "nodejs")
        wanted("npm", "npm")
        folder = build / "opinions" / "node"
        sources = sorted((HERE / "node").glob("*.mjs"))
        with built(folder, [HERE / "node" / "package-lock.json"]) as stale:
            if stale:
                npm_ci(folder)
            for source in sources:
                shutil.copyfile(source, folder / source.name)
        return ["node", str(folder / "opinion.mjs"), name]
    return prepare


# name: suites; parts it tells apart ("whole" is what it does not; "file" is one word for all
# signatures); how it is made ready
ENGINES = {
    "own": ((*BOTH, "sm2"), {"file"}, python_engine("own")),
    "xmlsec": (BOTH, {"whole"}, xmlsec_engine),
    "signxml": (BOTH, {"chain", "whole"}, signxml_engine),
    "openssl": ((*BOTH, "sm2"), {"chain", "value"} | REFERENCES, python_engine("openssl")),
    "arithmetic": (("sm2",), {"value"} | REFERENCES, python_engine("arithmetic")),
    "jdk": (BOTH, {"chain", "value"} | REFERENCES, java_engine("jdk")),
    "santuario": (BOTH, {"chain", "whole"} | REFERENCES, java_engine("santuario")),
    "bouncycastle": (("sm2",), {"chain", "value"} | REFERENCES, java_engine("bouncycastle")),
    "xadesjs": (BOTH, {"chain", "whole"}, node_engine("xadesjs")),
    "xml-crypto": (BOTH, {"chain", "whole"}, node_engine("xml-crypto")),
    "sm-crypto": (("sm2",), {"value"} | REFERENCES, node_engine("sm-crypto")),
}
