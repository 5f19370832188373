// sm-crypto: SM2 and SM3 in JavaScript, over canonical XML of xmldsigjs.
import { DOMImplementation, DOMParser, XMLSerializer } from "@xmldom/xmldom";
import smCrypto from "sm-crypto";
import { setNodeDependencies } from "xml-core";
import { XmlDsigExcC14NTransform } from "xmldsigjs";
import * as xpath from "xpath";
import { DS, signer } from "./signer.mjs";

const { sm2, sm3 } = smCrypto;
const METHOD = "urn:dingjia:xmldsig:sm2-sm3";
const DIGEST = "urn:dingjia:xmldsig:sm3";
const IDENTIFIER = "1234567812345678";

setNodeDependencies({ DOMImplementation, DOMParser, XMLSerializer, xpath });

function canonical(element) {
    const transform = new XmlDsigExcC14NTransform();
    transform.LoadInnerXml(element);
    return Buffer.from(transform.GetOutput());
}

function only(parent, name) {
    const found = parent.getElementsByTagNameNS(DS, name);
    if (found.length !== 1) {
        throw new Error(found.length + " of " + name);
    }
    return found[0];
}

const hex = (element) => Buffer.from(element.textContent, "base64").toString("hex");

// The point at the end of the public key, uncompressed.
function point(signature) {
    return signer(signature).publicKey.export({ type: "spki", format: "der" })
        .subarray(-65).toString("hex");
}

function target(document, uri) {
    const found = Array.from(document.getElementsByTagName("*"))
        .filter((one) => "#" + one.getAttribute("Id") === uri);
    if (found.length !== 1) {
        throw new Error(found.length + " elements for " + uri);
    }
    return found[0];
}

function valueIsRight(signature, info) {
    return only(info, "SignatureMethod").getAttribute("Algorithm") === METHOD &&
        sm2.doVerifySignature(Array.from(canonical(info)),
            hex(signature.getElementsByTagNameNS(DS, "SignatureValue")[0]), point(signature),
            { hash: true, userId: IDENTIFIER });
}

function referenceIsRight(document, reference) {
    const octets = canonical(target(document, reference.getAttribute("URI")));
    return only(reference, "DigestMethod").getAttribute("Algorithm") === DIGEST &&
        sm3(Array.from(octets)) === hex(only(reference, "DigestValue"));
}

export async function look({ document, element }, tell) {
    const info = element.getElementsByTagNameNS(DS, "SignedInfo")[0];
    await tell("value", () => valueIsRight(element, info));
    for (const reference of Array.from(info.getElementsByTagNameNS(DS, "Reference"))) {
        await tell(reference.getAttribute("URI"), () => referenceIsRight(document, reference));
    }
}
