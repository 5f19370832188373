#!/bin/sh
# The stock xmlsec1 command accepts our certificates and rejects changed ones.
# Usage: run.sh DINGJIA
set -eu

dingjia=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v xmlsec1 >/dev/null 2>&1 || { echo "xmlsec1 is not installed: skipped"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

verify() {
    xmlsec1 --verify --enabled-key-data x509 --enabled-reference-uris empty,same-doc \
        --id-attr:Id urn:dingjia:certificate:1.0:Statement \
        --id-attr:Id http://uri.etsi.org/01903/v1.3.2#:SignedProperties \
        --trusted-pem "$1" "$2" >xmlsec.log 2>&1
}

refuse() {
    if verify "$2" "$3"; then
        echo "xmlsec1 accepts a certificate although: $1" >&2
        exit 1
    fi
    echo "refused: $1"
}

changed() {
    sed "$2" certificate.xml >changed.xml
    if cmp -s certificate.xml changed.xml; then
        echo "nothing was changed by: $2" >&2
        exit 1
    fi
    refuse "$1" keys/ca.pem changed.xml
}

# SM2 is not known to xmlsec1: tests/sm2 looks at that.
"$dingjia" key new others --name 示例学院 >/dev/null
for suite in p256 rsa3072; do
    echo "suite: $suite"
    rm -rf keys certificate.xml
    "$dingjia" key new keys --name 示例大学 --suite "$suite" >/dev/null
    "$dingjia" certify "$root/samples/compliant/negotiated-lump-sum.xml" \
        --key keys/issuer.key --cert keys/issuer.pem \
        --evidence "$root/samples/evidence/negotiated-lump-sum" -o certificate.xml >/dev/null 2>&1

    if ! verify keys/ca.pem certificate.xml; then
        echo "xmlsec1 refuses a good certificate:" >&2
        cat xmlsec.log >&2
        exit 1
    fi
    grep -q 'SignedInfo References (ok/all): 2/2' xmlsec.log
    echo "accepted: a good certificate, both references"
    changed "the signature value was changed" \
        's/\(<ds:SignatureValue[^>]*>\)A/\1B/;t;s/\(<ds:SignatureValue[^>]*>\)./\1A/'
    changed "the price was changed" 's/3000000\.00/3000001.00/'
    changed "an outcome was changed" 's/outcome="not-applicable"/outcome="satisfied"/'
    changed "the claimed signing time was changed" \
        's/<xades:SigningTime>2/<xades:SigningTime>1/'
    changed "the certificate digest was changed" \
        's/\(<xades:CertDigest>.*<ds:DigestValue[^>]*>\)./\1=/'
    changed "the Statement has another Id" 's/<Statement\(.*\)Id="statement"/<Statement\1Id="other"/'
    refuse "the issuer is not trusted" others/ca.pem certificate.xml
done
