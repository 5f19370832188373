"""What the verifiers written in Python share: the parts of a certificate, and how they answer."""
import base64
import sys

from lxml import etree

DS = "{http://www.w3.org/2000/09/xmldsig#}"


def canonical(element):
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def octets(element):
    return base64.b64decode(element.text, validate=True)


class Signature:
    """One ds:Signature of a certificate."""

    def __init__(self, document, element):
        self.document = document
        self.name = element.get("Id")
        self.info = element.find(DS + "SignedInfo")
        self.value = octets(element.find(DS + "SignatureValue"))
        self.certificates = [octets(e) for e in element.find(DS + "KeyInfo").iter(
            DS + "X509Certificate")]
        self.method = self.info.find(DS + "SignatureMethod").get("Algorithm")
        self.references = list(self.info.iter(DS + "Reference"))

    def target(self, reference):
        """The canonical octets a reference speaks of."""
        found, = self.document.xpath("//*[@Id = $id]", id=reference.get("URI")[1:])
        return canonical(found)


def signatures(path):
    document = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
    return [Signature(document, element) for element in document.iter(DS + "Signature")]


def digest_value(reference):
    return octets(reference.find(DS + "DigestValue"))


def digest_method(reference):
    return reference.find(DS + "DigestMethod").get("Algorithm")


def tell(path, part, question):
    """One line of an answer; what `question` raises is the reason of a refusal."""
    right, why = False, ""
    try:
        right = question()
    except Exception as reason:  # whatever a verifier dislikes is its answer
        why = " ".join(str(reason).split())
    print("\t".join(["ok" if right else "bad", path, part, why]), flush=True)


def main(look):
    """Arguments: ANCHORS CERTIFICATE...; look(path, anchors) answers about one certificate."""
    anchors, *paths = sys.argv[1:]
    for path in paths:
        try:
            look(path, anchors)
        except Exception as reason:  # not even readable is an answer too
            tell(path, "signature-0/whole", lambda: (_ for _ in ()).throw(reason))
