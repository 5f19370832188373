"""An authority of openssl for every suite: an anchor, a signer's certificate, revocation data.

`key new` makes no revocation data, so certificates of level B-LT are signed with these.
"""
import pathlib
import subprocess

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = %(name)s
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[lists]
database = %(folder)s/index.txt
default_crl_days = 30
"""
IDENTIFIER = "distid:1234567812345678"
# suite: how a key is made, the digest, what signing and verifying need besides
SUITES = {
    "p256": (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "-sha256", [], []),
    "rsa3072": (["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"], "-sha256", [], []),
    "sm2": (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"], "-sm3",
            ["-sigopt", IDENTIFIER], ["-vfyopt", IDENTIFIER]),
}
# The others have a CRL. Not SM2: openssl signs its OCSP responses with an empty identifier.
OCSP_SUITES = ("p256",)


def openssl(*words):
    done = subprocess.run(["openssl", *[str(word) for word in words]], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        raise SystemExit("openssl %s:\n%s" % (" ".join(str(word) for word in words), done.stderr))
    return done.stdout


class Authority:
    """ca.pem, issuer.key, issuer.pem and the folder revocation/ in a folder."""

    def __init__(self, folder, suite, days, signer_days):
        self.folder, self.suite = pathlib.Path(folder), suite
        self.days, self.signer_days = days, signer_days
        self.folder.mkdir(parents=True)
        (self.folder / "revocation").mkdir()
        self.make_root()
        self.make_signer()
        if suite in OCSP_SUITES:
            self.make_ocsp()
        else:
            self.make_crl()

    def config(self, name):
        path = self.folder / "openssl.cnf"
        path.write_text(CONFIG % {"name": name, "folder": self.folder}, encoding="utf-8")
        return path

    def make_key(self, name):
        path = self.folder / name
        openssl("genpkey", *SUITES[self.suite][0], "-out", path)
        path.chmod(0o600)
        return path

    def make_root(self):
        _, digest, sign, _ = SUITES[self.suite]
        openssl("req", "-new", "-x509", "-key", self.make_key("ca.key"), "-config",
                self.config("Example authority"), "-extensions", "authority", "-days", self.days,
                digest, *sign, "-out", self.folder / "ca.pem")

    def make_signer(self):
        _, digest, sign, verify = SUITES[self.suite]
        config, request = self.config("Example transfer office"), self.folder / "issuer.csr"
        openssl("req", "-new", "-key", self.make_key("issuer.key"), "-config", config, digest,
                *sign, "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.folder / "ca.pem", "-CAkey",
                self.folder / "ca.key", "-extfile", config, "-extensions", "signer", "-days",
                self.signer_days, digest, *sign, *verify, "-out", self.folder / "issuer.pem")
        serial = openssl("x509", "-in", self.folder / "issuer.pem", "-noout", "-serial")
        row = ("V", "491231235959Z", "", serial.strip()[len("serial="):], "unknown",
               "/CN=Example transfer office")
        (self.folder / "index.txt").write_text("\t".join(row) + "\n", encoding="ascii")

    def make_crl(self):
        _, digest, sign, _ = SUITES[self.suite]
        pem = self.folder / "ca.crl.pem"
        openssl("ca", "-gencrl", "-config", self.config("-"), "-name", "lists", "-keyfile",
                self.folder / "ca.key", "-cert", self.folder / "ca.pem", "-md", digest[1:], *sign,
                "-out", pem)
        openssl("crl", "-in", pem, "-outform", "DER", "-out",
                self.folder / "revocation" / "ca.crl")

    def make_ocsp(self):
        root = self.folder / "ca.pem"
        openssl("ocsp", "-index", self.folder / "index.txt", "-CA", root, "-rsigner", root, "-rkey",
                self.folder / "ca.key", "-issuer", root, "-cert", self.folder / "issuer.pem",
                "-no_nonce", "-rmd", "sha256", "-ndays", "30", "-respout",
                self.folder / "revocation" / "issuer.ocsp")
