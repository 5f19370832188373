#!/usr/bin/env python3
"""Signatures of every suite and level are valid under ETSI's XAdES schemas, changed ones are not.

Usage: schemas.py DINGJIA BUILD_FOLDER. No copy of the schemas is kept here; they are taken from the
package python3-signxml (Debian 13 and later) or from the folders in $DINGJIA_XADES_SCHEMAS.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from lxml import etree

import certificates
import engines

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
# namespace: names of the file, the newest first
FILES = {
    DS: ["xmldsig-core-schema.xsd"],
    XADES: ["XAdES01903v132-202407.xsd", "XAdES01903v132-201601.xsd"],
    "http://uri.etsi.org/01903/v1.4.1#": ["XAdES01903v141-202407.xsd", "XAdES01903v141-201601.xsd"],
}
FOLDERS = ["/usr/lib/python3/dist-packages/signxml/xades/schemas",
           "/usr/lib/python3/dist-packages/signxml/schemas", "/usr/share/xml/xmltooling"]

# what is done to a good signature, and must not be valid any more
DAMAGE = {
    "a signing time that is none": (XADES, "SigningTime", lambda e: setattr(e, "text", "today")),
    "no digest of the signer's certificate": (
        XADES, "CertDigest", lambda e: e.getparent().remove(e)),
    "an element XAdES does not know": (
        XADES, "SignedSignatureProperties",
        lambda e: etree.SubElement(e, "{%s}Mood" % XADES)),
    "properties of no signature": (XADES, "QualifyingProperties", lambda e: e.attrib.clear()),
    "a reference without a digest": (DS, "Reference", lambda e: e.remove(e[-1])),
}


def find_schemas():
    folders = list(filter(None, os.environ.get("DINGJIA_XADES_SCHEMAS", "").split(":"))) + FOLDERS
    found = {}
    for namespace, names in FILES.items():
        paths = [pathlib.Path(folder, name) for folder in folders for name in names]
        found[namespace] = next((path for path in paths if path.is_file()), None)
        if found[namespace] is None:
            raise engines.Skipped(
                "no %s in %s: Debian 12 has no package with ETSI's XAdES schemas, Debian 13 has "
                "python3-signxml; elsewhere name their folders in $DINGJIA_XADES_SCHEMAS"
                % (names[-1], ", ".join(folders)))
    return found


def write_all_in_one(schemas, path):
    """One schema that imports all of them, from local files."""
    xs = "http://www.w3.org/2001/XMLSchema"
    root = etree.Element("{%s}schema" % xs, nsmap={"xs": xs})
    for namespace, schema in schemas.items():
        etree.SubElement(root, "{%s}import" % xs, namespace=namespace, schemaLocation=str(schema))
    path.write_bytes(etree.tostring(root))


def is_valid(schema, signature, path):
    path.write_bytes(etree.tostring(signature))
    done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, path],
                          capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit("xmllint ended with %d:\n%s" % (done.returncode, done.stderr))
    return done.returncode == 0, done.stderr


def look(schema, certificate, work):
    """Complaints about one certificate."""
    complaints = []
    for signature in etree.parse(str(certificate)).iter("{%s}Signature" % DS):
        valid, why = is_valid(schema, signature, work / "signature.xml")
        if not valid:
            complaints.append("%s is not valid: %s" % (signature.get("Id"), why))
        for name, (namespace, element, change) in DAMAGE.items():
            copy = etree.fromstring(etree.tostring(signature))
            change(next(copy.iter("{%s}%s" % (namespace, element))))
            if is_valid(schema, copy, work / "changed.xml")[0]:
                complaints.append("%s is valid with %s" % (signature.get("Id"), name))
    return complaints


def main():
    dingjia, build = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    try:
        engines.wanted("xmllint", "libxml2-utils")
        schemas = find_schemas()
    except engines.Skipped as reason:
        print("SKIPPED: schemas: %s" % reason)
        sys.exit(77)
    print("schemas: " + ", ".join(str(path) for path in schemas.values()))
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_all_in_one(schemas, folder / "all.xsd")
        for suite, level, issued in certificates.issued("own", dingjia, build):
            complaints = look(folder / "all.xsd", issued.certificate, folder)
            print("%s %s: %s" % (suite, level, "; ".join(complaints) or
                                 "valid; %d changed ones are not" % len(DAMAGE)))
            bad += len(complaints)
    sys.exit(1 if bad else 0)


main()
