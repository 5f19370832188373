// What a verifier of npm says about certificates.
// Arguments: ENGINE ANCHORS CERTIFICATE... One line for each part of each signature, between tabs:
// ok or bad, the file, the part (signature-1/value), and why.
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import { DS } from "./signer.mjs";

const ENGINES = ["xadesjs", "xml-crypto", "sm-crypto"];

async function tell(file, part, question) {
    let right = false;
    let why = "";
    try {
        right = await question() === true;
    } catch (reason) {
        why = String(reason?.message ?? reason).replace(/\s+/g, " ");
    }
    console.log([right ? "ok" : "bad", file, part, why].join("\t"));
}

function read(file) {
    const text = readFileSync(file, "utf8");
    const parser = new DOMParser({
        onError: (level, reason) => {
            throw new Error(level + ": " + reason);
        },
    });
    return { text, document: parser.parseFromString(text, "application/xml") };
}

async function look(engine, anchors, file) {
    const { text, document } = read(file);
    const signatures = Array.from(document.getElementsByTagNameNS(DS, "Signature"));
    for (const element of signatures) {
        const name = element.getAttribute("Id");
        await engine.look({ text, document, element, anchors },
            (part, question) => tell(file, name + "/" + part, question));
    }
    if (signatures.length === 0) {
        throw new Error("there is no signature");
    }
}

const [name, anchors, ...files] = process.argv.slice(2);
if (!ENGINES.includes(name)) {
    throw new Error("no such engine: " + name);
}
const engine = await import("./" + name + ".mjs");
for (const file of files) {
    try {
        await look(engine, anchors, file);
    } catch (reason) {
        await tell(file, "signature-0/whole", () => {
            throw reason;
        });
    }
}
