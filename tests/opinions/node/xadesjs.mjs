// xadesjs, with the canonical XML and references of xmldsigjs and the web cryptography of node.
import { webcrypto } from "node:crypto";
import { DOMImplementation, DOMParser, XMLSerializer } from "@xmldom/xmldom";
import * as xades from "xadesjs";
import { setNodeDependencies } from "xml-core";
import * as xpath from "xpath";
import { chained, DS } from "./signer.mjs";

setNodeDependencies({ DOMImplementation, DOMParser, XMLSerializer, xpath });
xades.Application.setEngine("node", webcrypto);

export async function look({ text, element, anchors }, tell) {
    const document = xades.Parse(text);
    const id = element.getAttribute("Id");
    const [found] = Array.from(document.getElementsByTagNameNS(DS, "Signature"))
        .filter((one) => one.getAttribute("Id") === id);
    const signature = new xades.SignedXml(document);
    signature.LoadXml(found);
    await tell("chain", () => chained(element, anchors));
    await tell("whole", () => signature.Verify());
}
