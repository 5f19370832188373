#!/usr/bin/env python3
"""A time-stamp authority, an OCSP responder and a CRL for tests, over HTTP on 127.0.0.1.

    tsa_server.py --make --folder F [--days N]
        makes a throw-away authority with openssl: F/ca.pem and F/ca.key, F/tsa.pem and F/tsa.key
        (P-256, EKU timeStamping alone and critical), F/ca.crl (DER) and F/index.txt. Does nothing
        when F/tsa.pem exists. --days: how long the certificates are valid (default 30).
    tsa_server.py --folder F --port-file P [--mode M] [--for SECONDS]
        listens on a free port, writes its number to P (by rename, so that P is whole once it is
        there) and serves until it is ended, its parent is gone, or SECONDS (default 120) are over:
            POST /tsa     application/timestamp-query  -> openssl ts -reply with F's keys
            POST /ocsp    application/ocsp-request     -> openssl ocsp with F/ca.* and F/index.txt
            GET  /ca.crl  -> F/ca.crl
            GET  /served  -> the paths asked for so far, one on each line
    tsa_server.py --folder F [--mode M] --run COMMAND ARG...
        serves while COMMAND runs, and ends with its status. "@PORT@" in an ARG becomes the port,
        "@FOLDER@" the folder. Makes the authority first where there is none.

    --signer, with either of the last two: issues F/signer.pem and F/signer.key (P-256, may sign
        documents) under F/ca.pem; the certificate names this server's /ocsp and /ca.crl, and the
        responder calls it good. F/signer.revoked, where it exists, makes it revoked (superseded).

    --tls, with either: speaks https, as 127.0.0.1 alone, with F/server.pem issued under F/ca.pem
        (SSL_CERT_FILE=F/ca.pem makes OpenSSL's programs trust it).

Modes: good | rejects (a proper refusal by RFC 3161) | wrong-imprint, wrong-nonce (a good token, but
for another request) | garbage (octets that are no ASN.1) | slow (answers after 10 s) | error500 |
wrong-type (text/html) | huge (DER of 8 MiB) | drops (hangs up without a word) | moved (302).
All but good, rejects and wrong-* also hold for /ocsp and /ca.crl.

Other certificates that this CA (or any other in the form of F/ca.pem, F/ca.key) issues name
http://127.0.0.1:PORT/ocsp and http://127.0.0.1:PORT/ca.crl; F/index.txt says which are revoked
(openssl ca's database: "V" or "R", expiry, revocation, serial, "unknown", subject, by tabs); what
is not in it is unknown to the responder.
"""
import argparse
import http.server
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading
import time

SLOW, HUGE = 10, 8 * 1024 * 1024
MODES = ("good", "rejects", "wrong-imprint", "wrong-nonce", "garbage", "slow", "error500",
         "wrong-type", "huge", "drops", "moved")

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = %(name)s
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[tsa_certificate]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[signer_certificate]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:http://127.0.0.1:%(port)d/ca.crl
authorityInfoAccess = OCSP;URI:http://127.0.0.1:%(port)d/ocsp
[server_certificate]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1
[crl_ca]
database = %(folder)s/index.txt
default_md = sha256
default_crl_days = 30
[tsa]
default_tsa = tsa_main
[tsa_main]
serial = %(folder)s/tsa.serial
crypto_device = builtin
signer_cert = %(folder)s/tsa.pem
certs = %(folder)s/ca.pem
signer_key = %(folder)s/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = %(digests)s
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(*arguments, octets=None):
    return subprocess.run(("openssl",) + arguments, input=octets, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout


DIGESTS = "sha256, sha384, sha512, sm3"


def write_config(folder, name="Test TSA", digests=DIGESTS, port=0):
    path = folder / "openssl.cnf"
    path.write_text(CONFIG % {"name": name, "folder": folder, "digests": digests, "port": port})
    return str(path)


def make_key(path):
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(path))
    path.chmod(0o600)


def make_crl(folder, config):
    files = [str(folder / name) for name in ("ca.key", "ca.pem", "ca.crl.pem", "ca.crl")]
    openssl("ca", "-gencrl", "-config", config, "-name", "crl_ca", "-keyfile", files[0], "-cert",
            files[1], "-out", files[2])
    openssl("crl", "-in", files[2], "-outform", "DER", "-out", files[3])


def certify(folder, name, config, days):
    """A new key and certificate of the CA: folder/name.key and folder/name.pem."""
    key, request, certificate = [str(folder / (name + end)) for end in (".key", ".csr", ".pem")]
    make_key(folder / (name + ".key"))
    openssl("req", "-new", "-key", key, "-config", config, "-out", request)
    openssl("x509", "-req", "-in", request, "-CA", str(folder / "ca.pem"), "-CAkey",
            str(folder / "ca.key"), "-extfile", config, "-extensions", name + "_certificate",
            "-days", str(days), "-sha256", "-out", certificate)
    return certificate


def issue(folder, days, port):
    """The signer's certificate, and its line in the database of the CA."""
    config = write_config(folder, "Test signer", port=port)
    certificate = certify(folder, "signer", config, days)
    serial = openssl("x509", "-in", certificate, "-noout", "-serial").decode().strip()[7:]
    state, revoked = "V", ""
    if (folder / "signer.revoked").exists():
        revoked = time.strftime("%y%m%d%H%M%SZ,superseded", time.gmtime(time.time() - 60))
        state = "R"
    line = (state, "491231235959Z", revoked, serial, "unknown", "/CN=Test signer")
    (folder / "index.txt").write_text("\t".join(line) + "\n")
    make_crl(folder, config)


def make(folder, days):
    if (folder / "tsa.pem").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: str(folder / name) for name in ("ca.key", "ca.pem")}
    (folder / "index.txt").touch()
    (folder / "tsa.serial").write_text("01\n")
    config = write_config(folder, "Test TSA CA")
    make_key(folder / "ca.key")
    openssl("req", "-new", "-x509", "-key", files["ca.key"], "-config", config, "-extensions", "ca",
            "-days", str(days), "-sha256", "-out", files["ca.pem"])
    make_crl(folder, config)
    certify(folder, "tsa", write_config(folder), days)


class Authority:
    """What is answered, apart from how it travels."""

    def __init__(self, folder, mode):
        self.folder, self.mode = folder, mode
        self.lock = threading.Lock()
        self.served = []

    def reply(self, query):
        """The response of openssl ts, and never its exit status: that is 0 for refusals too."""
        digests = "md5" if self.mode == "rejects" else "sha256, sha384, sha512, sm3"
        with self.lock, tempfile.TemporaryDirectory() as scratch:
            names = [os.path.join(scratch, name) for name in ("query", "response")]
            pathlib.Path(names[0]).write_bytes(query)
            config = write_config(self.folder, digests=digests)
            openssl("ts", "-reply", "-config", config, "-queryfile", names[0], "-out", names[1])
            return pathlib.Path(names[1]).read_bytes()

    def timestamp(self, query):
        if self.mode in ("wrong-imprint", "wrong-nonce"):
            query = self.other_query(query)
        return self.reply(query)

    def other_query(self, query):
        """The same digest with another nonce, or another digest altogether."""
        text = openssl("asn1parse", "-inform", "DER", octets=query).decode()
        digest = [line.rsplit(":", 1)[1] for line in text.splitlines() if "OCTET STRING" in line][0]
        if self.mode == "wrong-imprint":
            digest = "00" * (len(digest) // 2)
        return openssl("ts", "-query", "-digest", digest, "-sha256", "-cert")

    def ocsp(self, question):
        f = self.folder
        with self.lock, tempfile.TemporaryDirectory() as scratch:
            names = [os.path.join(scratch, name) for name in ("question", "answer")]
            pathlib.Path(names[0]).write_bytes(question)
            openssl("ocsp", "-index", str(f / "index.txt"), "-CA", str(f / "ca.pem"), "-rsigner",
                    str(f / "ca.pem"), "-rkey", str(f / "ca.key"), "-reqin", names[0], "-respout",
                    names[1], "-rmd", "sha256", "-ndays", "7")
            return pathlib.Path(names[1]).read_bytes()

    def crl(self):
        return (self.folder / "ca.crl").read_bytes()


def make_handler(authority):
    mode = authority.mode

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def send(self, status, kind, octets):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(octets)))
            if status == 302:
                self.send_header("Location", "http://127.0.0.1/elsewhere")
            self.end_headers()
            self.wfile.write(octets)

        def spoil(self, kind):
            """Answers as the mode has it; False when the mode has nothing against a good one."""
            if mode == "slow":
                time.sleep(SLOW)
                return False
            if mode == "drops":
                self.close_connection = True
                return True
            answers = {"garbage": (200, kind, b"this is no ASN.1\n" * 10),
                       "error500": (500, "text/plain", b"no\n"),
                       "moved": (302, "text/plain", b"")}
            if mode == "huge":
                self.send(200, kind, b"\x30\x84" + HUGE.to_bytes(4, "big") + bytes(HUGE))
            elif mode in answers:
                self.send(*answers[mode])
            return mode == "huge" or mode in answers

        def answer(self, kind, work):
            authority.served.append(self.path)
            if not self.spoil(kind):
                self.send(200, "text/html" if mode == "wrong-type" else kind, work())

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = (self.path, self.headers.get("Content-Type"))
            if asked == ("/tsa", "application/timestamp-query"):
                self.answer("application/timestamp-reply", lambda: authority.timestamp(body))
            elif asked == ("/ocsp", "application/ocsp-request"):
                self.answer("application/ocsp-response", lambda: authority.ocsp(body))
            else:
                self.send(404, "text/plain", b"no such place\n")

        def do_GET(self):
            if self.path == "/served":
                self.send(200, "text/plain", "".join(p + "\n" for p in authority.served).encode())
            elif self.path == "/ca.crl":
                self.answer("application/pkix-crl", authority.crl)
            else:
                self.send(404, "text/plain", b"no such place\n")

    return Handler


def watch(server, seconds):
    """Ends the server with its parent, or when its time is over."""
    parent, end = os.getppid(), time.monotonic() + seconds
    while time.monotonic() < end and os.getppid() == parent:
        time.sleep(0.2)
    server.shutdown()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # clients that hang up early are what some tests are about


def start(options):
    server = Server(("127.0.0.1", 0), make_handler(Authority(options.folder, options.mode)))
    if options.tls:
        certify(options.folder, "server", write_config(options.folder, "Test server"), options.days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.folder / "server.pem", options.folder / "server.key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    if options.signer:
        issue(options.folder, options.days, server.server_port)
    return server


def serve(server, port_file, seconds):
    partial = port_file + ".partial"
    pathlib.Path(partial).write_text("%d\n" % server.server_port)
    os.rename(partial, port_file)
    threading.Thread(target=watch, args=(server, seconds), daemon=True).start()
    server.serve_forever()


def run(server, folder, command):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    words = [word.replace("@PORT@", str(server.server_port)).replace("@FOLDER@", str(folder))
             for word in command]
    plain = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    return subprocess.run(words, env=plain).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--signer", action="store_true")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--port-file")
    parser.add_argument("--mode", choices=MODES, default="good")
    parser.add_argument("--for", type=float, default=120, dest="seconds")
    parser.add_argument("--run", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    options.folder = options.folder.absolute()
    make(options.folder, options.days)
    if options.run:
        sys.exit(run(start(options), options.folder, options.run))
    if options.port_file:
        serve(start(options), options.port_file, options.seconds)


main()
