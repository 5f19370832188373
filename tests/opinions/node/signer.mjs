// The X.509 side of a signature, by node.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

export const DS = "http://www.w3.org/2000/09/xmldsig#";

// The first certificate of KeyInfo is the signer's.
export function signer(signature) {
    const info = signature.getElementsByTagNameNS(DS, "KeyInfo")[0];
    const element = info.getElementsByTagNameNS(DS, "X509Certificate")[0];
    return new X509Certificate(Buffer.from(element.textContent, "base64"));
}

function pemBlocks(text) {
    return text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
}

export function chained(signature, anchors) {
    const leaf = signer(signature);
    return pemBlocks(readFileSync(anchors, "utf8")).map((pem) => new X509Certificate(pem))
        .some((anchor) => leaf.checkIssued(anchor) && leaf.verify(anchor.publicKey));
}
