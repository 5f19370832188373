"""The program under test beside an authority, and what is expected of it."""
import datetime
import json
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RECORD = ROOT / "samples" / "compliant" / "negotiated-lump-sum.xml"
SUITES = ("p256", "rsa3072", "sm2")
SANITIZERS = ("AddressSanitizer", "LeakSanitizer", "runtime error:")


class Bench:
    def __init__(self, program, folder, authority):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.authority = authority
        self.problems = 0
        self.checks = 0

    def path(self, name):
        return str(self.folder / name)

    def key(self, name):
        return ["--key", self.authority.path(name + ".key"),
                "--cert", self.authority.path(name + ".pem")]

    def trust(self):
        return ["--trust", self.authority.path("trust.pem")]

    def trust_all(self):
        return [*self.trust(), "--tsa-trust", self.authority.path("tsa-trust.pem")]

    def after(self, **difference):
        """An instant so much later than the authority was made, for --at."""
        moment = self.authority.now + datetime.timedelta(**difference)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def crls(self, name, **lists):
        """A folder of CRLs: of the authorities' own, and those given in place of them."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for one in ("p256", "sm2", "tsa"):
            shutil.copyfile(lists.get(one, self.authority.path(one + ".crl")),
                            folder / (one + ".crl"))
        return str(folder)

    # ---- running ----

    def run(self, *arguments, before=()):
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        if before:  # a traced program cannot look for leaks
            env["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        done = subprocess.run([*before, self.program, *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, check=False, env=env)
        if any(word in done.stderr for word in SANITIZERS):
            self.fail("dingjia " + " ".join(arguments), done.stderr)
        return done

    def certify(self, key, out, *options):
        return self.must("certify %s" % out, "certify", str(RECORD), "--lang", "en", "-q",
                         "--without-evidence", *self.key(key), "-o", self.path(out), *options)

    def verify(self, name, *options):
        """(exit status, what the report says of the certificate)"""
        done = self.run("verify", self.path(name), "--lang", "en", "--format", "json", *options)
        try:
            return done.returncode, json.loads(done.stdout)["certificates"][0]
        except (ValueError, LookupError):
            return done.returncode, {"indication": done.stdout + done.stderr, "checks": []}

    # ---- expecting ----

    def fail(self, what, why):
        self.problems += 1
        print("%s: %s" % (what, why))

    def check(self, what, holds, why=""):
        self.checks += 1
        if not holds:
            self.fail(what, why or "does not hold")
        return holds

    def must(self, what, *arguments):
        done = self.run(*arguments)
        self.check(what, done.returncode == 0, "exit status %d: %s%s" % (done.returncode,
                                                                        done.stdout, done.stderr))
        return done

    def expect(self, what, name, options, wanted):
        """Verifies; `wanted` is "TOTAL-PASSED" or "INDICATION/SUBINDICATION"."""
        status, found = self.verify(name, *options)
        said = found.get("indication", "")
        if found.get("subindication"):
            said += "/" + found["subindication"]
        statuses = {"TOTAL-PASSED": 0, "TOTAL-FAILED": 1, "INDETERMINATE": 3}
        reason = found.get("reason") or {}
        self.check(what, said == wanted and status == statuses[wanted.split("/")[0]],
                   "%s is wanted, not %s (exit status %d): %s"
                   % (wanted, said, status, reason.get("en", "") if isinstance(reason, dict)
                      else reason))
        return found

    def warns(self, what, found, identifier):
        self.check(what, any(one["id"] == identifier and one["status"] == "warning"
                             for one in found["checks"]), "no warning from check " + identifier)

    def refuse(self, what, statuses, words, *arguments, out=None):
        """The command ends so, says so, and leaves nothing behind at `out`."""
        done = self.run(*arguments)
        said = done.stdout + done.stderr
        self.check(what, done.returncode in statuses,
                   "exit status %d, not %s: %s" % (done.returncode, statuses, said))
        for word in words:
            self.check(what, word in said, "the message does not say \"%s\": %s" % (word, said))
        if out is not None:
            self.check(what, not os.path.exists(self.path(out)), "something was written")
            left = [one for one in os.listdir(self.folder) if out in one]
            self.check(what, not left, "left behind: %s" % left)
        return done
