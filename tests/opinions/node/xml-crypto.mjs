// xml-crypto. It has no ECDSA by itself; node verifies the value, r||s as XML signatures write it.
import { createVerify } from "node:crypto";
import { XMLSerializer } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";
import { chained, signer } from "./signer.mjs";

const ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

class EcdsaSha256 {
    getSignature() {
        throw new Error("it only verifies");
    }

    verifySignature(material, key, value) {
        return createVerify("SHA256").update(material)
            .verify({ key, dsaEncoding: "ieee-p1363" }, value, "base64");
    }

    getAlgorithmName() {
        return ECDSA;
    }
}

export async function look({ text, element, anchors }, tell) {
    const key = signer(element).publicKey.export({ type: "spki", format: "pem" });
    const signature = new SignedXml({ publicCert: key, getCertFromKeyInfo: () => null });
    signature.SignatureAlgorithms[ECDSA] = EcdsaSha256;
    signature.loadSignature(new XMLSerializer().serializeToString(element));
    await tell("chain", () => chained(element, anchors));
    // One that looked at no reference would be content as well.
    await tell("whole", () => signature.checkSignature(text) &&
        signature.getSignedReferences().length === 2);
}
