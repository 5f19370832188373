"""A throw-away public-key infrastructure made with the openssl command, and its servers.

  authority = Authority(folder)      a certification authority for each of p256 and sm2, an office,
                                     an exchange, time-stamp authorities, an OCSP responder
  with authority.serving(): ...      answers on a free port of this machine:
      POST /tsa, /tsa/MODE           RFC 3161; MODE is one of MODES below
      POST /ocsp                     RFC 6960, by the P-256 authority
      GET /p256.crl, /sm2.crl, /tsa.crl

Its certificates name these addresses. Every request is noted in authority.asked.
"""
import contextlib
import datetime
import http.server
import pathlib
import shutil
import subprocess
import threading
import time

DISTID = "distid:1234567812345678"
# What may go wrong with an answer of a time-stamp authority.
MODES = ("rejects", "nonce", "imprint", "garbage", "error", "slow", "huge", "type", "untrusted",
         "plain")
SLOW_SECONDS = 40

CONFIG = """
[req]
distinguished_name = dn
prompt = no
string_mask = utf8only
utf8 = yes
[dn]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[tsa]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:{base}/tsa.crl
[plain]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = timeStamping, emailProtection
authorityKeyIdentifier = keyid
[ocsp]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, OCSPSigning
noCheck = ignored
authorityKeyIdentifier = keyid
[both]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:{base}/ocsp
crlDistributionPoints = URI:{base}/p256.crl
[p256]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:{base}/p256.crl
[sm2]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:{base}/sm2.crl
[crl]
authorityKeyIdentifier = keyid
[ca_p256]
database = {folder}/p256.index
default_md = sha256
crl_extensions = crl
[ca_sm2]
database = {folder}/sm2.index
default_md = sm3
crl_extensions = crl
[ca_tsa]
database = {folder}/tsa.index
default_md = sha256
crl_extensions = crl
[ts]
serial = {folder}/ts.serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ts_none]
serial = {folder}/ts.serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha512
ess_cert_id_alg = sha256
"""

# name: (kind of key, who issues it, section of the extensions, days, subject)
CERTIFICATES = {
    "p256-ca": ("p256", None, "root", 3650, "/C=CN/O=示例认证/CN=示例签发机构"),
    "sm2-ca": ("sm2", None, "root", 3650, "/C=CN/O=示例认证/CN=示例国密签发机构"),
    "tsa-ca": ("p256", None, "root", 3650, "/C=CN/O=示例时间/CN=示例时间戳根"),
    "other-ca": ("p256", None, "root", 3650, "/C=CN/O=别家/CN=别家时间戳根"),
    "office-p256": ("p256", "p256-ca", "both", 60, "/C=CN/O=示例大学/CN=成果转化办公室"),
    "office-rsa3072": ("rsa3072", "p256-ca", "p256", 60, "/C=CN/O=示例大学/CN=成果转化办公室"),
    "office-sm2": ("sm2", "sm2-ca", "sm2", 60, "/C=CN/O=示例大学/CN=成果转化办公室"),
    "exchange-p256": ("p256", "p256-ca", "both", 60, "/C=CN/O=示例技术交易所/CN=会签"),
    "exchange-sm2": ("sm2", "sm2-ca", "sm2", 60, "/C=CN/O=示例技术交易所/CN=会签"),
    "short": ("p256", "p256-ca", "both", 8 / 86400, "/C=CN/O=示例大学/CN=即将到期"),
    "ocsp": ("p256", "p256-ca", "ocsp", 3650, "/C=CN/O=示例认证/CN=OCSP"),
    "tsa": ("p256", "tsa-ca", "tsa", 1095, "/C=CN/O=示例时间/CN=示例时间戳"),
    "plain": ("p256", "tsa-ca", "plain", 1095, "/C=CN/O=示例时间/CN=非专用"),
    "other": ("p256", "other-ca", "tsa", 1095, "/C=CN/O=别家/CN=别家时间戳"),
}
KEYS = {
    "p256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "rsa3072": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
    "sm2": ["-algorithm", "SM2"],
}


def stamp(moment):
    return moment.astimezone(datetime.timezone.utc).strftime("%Y%m%d%H%M%SZ")


class Authority:
    """Files are NAME.key and NAME.pem, as in CERTIFICATES; trust.pem, tsa-trust.pem, *.crl."""

    def __init__(self, folder, certificates=None, base=None, days=30):
        self.folder = pathlib.Path(folder)
        self.certificates = certificates or CERTIFICATES
        self.now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        self.asked = []
        self.revoked = {}
        self.days = days  # how long CRLs and OCSP responses hold
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.server.daemon_threads = True
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        self.config = self.folder / "openssl.cnf"
        self.config.write_text(CONFIG.replace("noCheck = ignored\n", "noCheck = yes\n")
                               .format(base=base or self.url, folder=self.folder),
                               encoding="utf-8")
        (self.folder / "ts.serial").write_text("1000\n")
        for serial, name in enumerate(self.certificates, 0x1001):
            self.make(name, serial)
        self.write_anchors()
        for name in ("p256", "sm2", "tsa"):
            self.make_crl(name)

    def path(self, name):
        return str(self.folder / name)

    def openssl(self, *arguments, given=None):
        done = subprocess.run(["openssl", *arguments], input=given, capture_output=True,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError("openssl %s: %s" % (" ".join(arguments), done.stderr.decode()))
        return done.stdout

    def make(self, name, serial):
        kind, issuer, section, days, subject = self.certificates[name]
        signer = issuer or name
        sm2 = self.certificates[signer][0] == "sm2"
        begin = self.now - datetime.timedelta(days=1)
        key, request = self.path(name + ".key"), self.path(name + ".csr")
        self.openssl("genpkey", *KEYS[kind], "-out", key)
        (self.folder / (name + ".key")).chmod(0o600)
        self.openssl("req", "-new", "-config", str(self.config), "-key", key, "-subj", subject,
                     "-utf8", "-out", request,
                     *(["-sm3", "-sigopt", DISTID] if kind == "sm2" else ["-sha256"]))
        work = self.folder / ("make-" + name)
        work.mkdir()
        (work / "index").write_text("")
        (work / "serial").write_text("%X\n" % serial)
        own = work / "ca.cnf"
        own.write_text(self.config.read_text(encoding="utf-8") + """
[ca_make]
database = %s/index
serial = %s/serial
new_certs_dir = %s
policy = anything
unique_subject = no
email_in_dn = no
preserve = yes
[anything]
countryName = optional
organizationName = optional
commonName = optional
""" % (work, work, work), encoding="utf-8")
        self.openssl("ca", "-batch", "-notext", "-utf8", "-config", str(own), "-name", "ca_make",
                     "-in", request, "-out", self.path(name + ".pem"), "-extensions", section,
                     "-keyfile", self.path(signer + ".key"),
                     *([] if issuer is None else ["-cert", self.path(signer + ".pem")]),
                     *(["-selfsign"] if issuer is None else []),
                     "-startdate", stamp(begin),
                     "-enddate", stamp(self.now + datetime.timedelta(days=days)),
                     "-md", "sm3" if sm2 else "sha256",
                     *(["-vfyopt", DISTID] if kind == "sm2" else []),
                     *(["-sigopt", DISTID] if sm2 else []))
        shutil.rmtree(work)
        (self.folder / (name + ".csr")).unlink()

    def write_anchors(self):
        for name, parts in (("trust.pem", ("p256-ca", "sm2-ca")), ("tsa-trust.pem", ("tsa-ca",))):
            (self.folder / name).write_text("".join(
                (self.folder / (part + ".pem")).read_text() for part in parts))

    # ---- revocation ----

    def index(self, name):
        """Writes the data base of an authority, as `openssl ca` and `openssl ocsp` read it."""
        rows = []
        for serial, one in enumerate(self.certificates, 0x1001):
            if self.certificates[one][1] != name + "-ca":
                continue
            state, when = "V", ""
            if one in self.revoked:
                moment, reason = self.revoked[one]
                state, when = "R", moment.astimezone(datetime.timezone.utc).strftime(
                    "%y%m%d%H%M%SZ") + "," + reason
            days = self.certificates[one][3]
            end = (self.now + datetime.timedelta(days=days)).strftime("%y%m%d%H%M%SZ")
            rows.append("%s\t%s\t%s\t%04X\tunknown\t/CN=%04X\n" % (state, end, when, serial,
                                                                   serial))
        (self.folder / (name + ".index")).write_text("".join(rows))

    def make_crl(self, name, out=None, issued=None):
        """A list by the authority NAME-ca of what is in self.revoked, in DER."""
        issued = issued or self.now - datetime.timedelta(minutes=5)
        pem = self.path(name + ".crl.pem")
        self.index(name)
        sm2 = self.certificates[name + "-ca"][0] == "sm2"
        self.openssl("ca", "-gencrl", "-config", str(self.config), "-name", "ca_" + name,
                     "-keyfile", self.path(name + "-ca.key"), "-cert", self.path(name + "-ca.pem"),
                     "-crl_lastupdate", stamp(issued),
                     "-crl_nextupdate", stamp(issued + datetime.timedelta(days=self.days)),
                     "-md", "sm3" if sm2 else "sha256", *(["-sigopt", DISTID] if sm2 else []),
                     "-out", pem)
        out = out or self.path(name + ".crl")
        self.openssl("crl", "-in", pem, "-outform", "DER", "-out", str(out))
        return str(out)

    # ---- answers ----

    def answer_ocsp(self, query):
        question, answer = self.path("ocsp.query"), self.path("ocsp.answer")
        pathlib.Path(question).write_bytes(query)
        self.index("p256")
        self.openssl("ocsp", "-index", self.path("p256.index"), "-CA", self.path("p256-ca.pem"),
                     "-rsigner", self.path("ocsp.pem"), "-rkey", self.path("ocsp.key"),
                     "-reqin", question, "-respout", answer, "-ndays", str(self.days))
        return pathlib.Path(answer).read_bytes()

    def reply(self, query, who="tsa", section="ts"):
        question = self.path("query-%s" % threading.get_ident())
        pathlib.Path(question).write_bytes(query)
        return self.openssl("ts", "-reply", "-config", str(self.config), "-section", section,
                            "-queryfile", question, "-signer", self.path(who + ".pem"),
                            "-inkey", self.path(who + ".key"))

    def other_query(self):
        return self.openssl("ts", "-query", "-sha256", "-digest", "00" * 32, "-cert")

    def answer_timestamp(self, mode, query):
        """(status, type, octets)"""
        kind = "application/timestamp-reply"
        if mode == "error":
            return 500, "text/plain", b"out of order\n"
        if mode == "slow":
            time.sleep(SLOW_SECONDS)
        makers = {
            # openssl does not sign with it, so its certificate takes the place of the right one
            "plain": lambda: self.reply(query, who="plain"),
            "rejects": lambda: self.reply(query, section="ts_none"),
            "imprint": lambda: self.reply(self.other_query()),
            "nonce": lambda: self.reply(change_nonce(query)),
            "garbage": lambda: b"\x30\x82nonsense",
            "huge": lambda: b"\x30\x84\x01\x00\x00\x00" + bytes(16 * 1024 * 1024),
            "untrusted": lambda: self.reply(query, who="other"),
        }
        octets = makers.get(mode, lambda: self.reply(query))()
        return 200, "text/html" if mode == "type" else kind, octets

    @contextlib.contextmanager
    def serving(self):
        thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            self.server.server_close()


def change_nonce(query):
    """The same request with one bit of the nonce changed; it is followed by certReq TRUE."""
    if not query.endswith(b"\x01\x01\xff"):
        raise RuntimeError("the request does not end with certReq")
    return query[:-4] + bytes([query[-4] ^ 1]) + query[-3:]


def handler(authority):
    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self, status, kind, octets):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(octets)

        def do_GET(self):
            authority.asked.append(self.path)
            file = authority.folder / self.path.lstrip("/")
            if self.path.endswith(".crl") and self.path.count("/") == 1 and file.is_file():
                self.answer(200, "application/pkix-crl", file.read_bytes())
            else:
                self.answer(404, "text/plain", b"not here\n")

        def do_POST(self):
            authority.asked.append(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            try:
                if self.path == "/ocsp":
                    self.answer(200, "application/ocsp-response", authority.answer_ocsp(body))
                elif self.path.startswith("/tsa"):
                    mode = self.path[len("/tsa/"):]
                    self.answer(*authority.answer_timestamp(mode, body))
                else:
                    self.answer(404, "text/plain", b"not here\n")
            except RuntimeError as error:
                self.answer(500, "text/plain", str(error).encode())

        def log_message(self, *_):
            pass

    return Handler
