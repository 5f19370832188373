#!/bin/sh
# A key in a token signs: SoftHSM2 behind OpenSSL's provider pkcs11.
# Usage: run.sh DINGJIA
# Without a provider installed it is taken from the distribution (its backports on Debian 12), not
# installed; without SoftHSM2 or a way to the provider the test is skipped (77).
set -eu

dingjia=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
samples=$root/samples
name=pkcs11-provider
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

skip() {
    echo "$1: skipped; no key in a token was tried"
    exit 77
}

# The module `$1` under the places where OpenSSL and PKCS#11 modules are kept.
find_module() {
    find "$2" -name "$1" -path "*$3*" 2>/dev/null | head -n 1
}

# apt-get with lists and sources of our own.
apt_here() {
    apt-get -q -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User= "$@" \
        >>apt.log 2>&1
}

# Fetches and unpacks the provider from the mirror this machine uses anyway.
fetch_provider() {
    command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || return 1
    # shellcheck disable=SC1091
    release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' | awk -v r="$release" '$2 == r && $3 == "main" {print $1; exit}')
    [ -n "$mirror" ] || return 1
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    signed=$([ ! -f "$keys" ] || echo "[signed-by=$keys]")
    mkdir -p lists/partial cache/archives/partial unpacked
    for suite in "$release" "$release-backports"; do
        echo "deb $signed $mirror $suite main" >sources.list
        if apt_here update && apt_here download "$name"; then
            dpkg-deb -x "$name"_*.deb unpacked
            provider=$(find_module pkcs11.so "$work/unpacked" ossl-modules)
            [ -z "$provider" ] || return 0
        fi
    done
    return 1
}

command -v softhsm2-util >/dev/null 2>&1 || skip "softhsm2 is not installed"
token=$(find_module libsofthsm2.so /usr/lib softhsm)
[ -n "$token" ] || skip "the module of SoftHSM2 was not found"
provider=$(find_module pkcs11.so /usr/lib ossl-modules)
if [ -z "$provider" ]; then
    fetch_provider || skip "$name is not installed and could not be fetched"
    echo "using $name of the distribution's archive, not installed"
fi

# ---- a token with the key of a fresh issuer ----
mkdir tokens
printf 'directories.tokendir = %s/tokens\nobjectstore.backend = file\nlog.level = ERROR\n' \
    "$work" >softhsm2.conf
export SOFTHSM2_CONF="$work/softhsm2.conf"
softhsm2-util --init-token --free --label office --so-pin 87654321 --pin 123456 >/dev/null

# import SUITE ID : makes an issuer SUITE/ and puts its key into the token under that name.
import() {
    "$dingjia" key new "$1" --suite "$1" --name 示例大学 >/dev/null
    softhsm2-util --import "$1/issuer.key" --token office --label "$1" --id "$2" --pin 123456 \
        >/dev/null
    mv "$1/issuer.key" "$1/away.key"
}

import p256 a1
import rsa3072 a2
printf '123456\n' >pin
printf '999999\n' >wrong
chmod 600 pin wrong

cat >openssl.cnf <<END
openssl_conf = settings
[settings]
providers = providers
[providers]
default = default_provider
pkcs11 = token_provider
[default_provider]
activate = 1
[token_provider]
module = $provider
pkcs11-module-path = $token
activate = 1
END

# certify KEY PIN OPTION...
certify() {
    key=$1
    pin=$2
    shift 2
    "$dingjia" certify "$samples/compliant/negotiated-lump-sum.xml" --lang en --force \
        --evidence "$samples/evidence/negotiated-lump-sum" -o certificate.xml \
        --key "pkcs11:$key" --password-file "$pin" "$@" >log 2>&1 </dev/null
}

accept() {
    what=$1
    suite=$2
    shift 2
    status=0
    rm -f certificate.xml
    certify "$@" || status=$?
    # The provider opens the module in a way that AddressSanitizer does not allow.
    grep -q RTLD_DEEPBIND log && skip "this program is built with AddressSanitizer"
    if [ "$status" -ne 0 ] || ! "$dingjia" verify certificate.xml --trust "$suite/ca.pem" >>log 2>&1; then
        echo "refused although: $what" >&2
        cat log >&2
        exit 1
    fi
    echo "accepted: $what"
}

# refuse WHAT REASON KEY PIN OPTION... : the status is 78 (or 64) and the message says REASON.
refuse() {
    what=$1
    reason=$2
    shift 2
    rm -f certificate.xml
    status=0
    certify "$@" || status=$?
    if { [ "$status" -ne 78 ] && [ "$status" -ne 64 ]; } || [ -e certificate.xml ] ||
        ! grep -q "$reason" log; then
        echo "not refused as it should be (status $status): $what" >&2
        cat log >&2
        exit 1
    fi
    echo "refused: $what"
}

export OPENSSL_MODULES="$work/none"
refuse "there is no provider" "package pkcs11-provider" 'token=office;object=p256' pin \
    --cert p256/issuer.pem
unset OPENSSL_MODULES

export OPENSSL_CONF="$work/openssl.cnf"
accept "a P-256 key" p256 'token=office;object=p256' pin --cert p256/issuer.pem
accept "an RSA key" rsa3072 'token=office;object=rsa3072' pin --cert rsa3072/issuer.pem
accept "a key found by its id" p256 'token=office;id=%a1' pin --cert p256/issuer.pem
refuse "the PIN is wrong" "PIN is wrong" 'token=office;object=p256' wrong --cert p256/issuer.pem
refuse "there is no such key" "not in the device" 'token=office;object=none' pin \
    --cert p256/issuer.pem
refuse "there is no such token" "is not found" 'token=other;object=p256' pin --cert p256/issuer.pem
refuse "the URI names two keys" "names 2 private keys" 'token=office' pin --cert p256/issuer.pem
refuse "the certificate is of another suite" "does not belong" 'token=office;object=rsa3072' pin \
    --cert p256/issuer.pem
"$dingjia" key new others >/dev/null
refuse "the certificate is another's" "does not verify" 'token=office;object=p256' pin \
    --cert others/issuer.pem
refuse "no certificate is there" "brings no certificate" 'token=office;object=p256' pin
refuse "the PIN is in the URI" "must not be in the URI" \
    'token=office;object=p256?pin-value=123456' pin --cert p256/issuer.pem

if command -v pkcs11-tool >/dev/null 2>&1; then
    openssl x509 -in p256/issuer.pem -outform DER -out issuer.der
    OPENSSL_CONF=/dev/null pkcs11-tool --module "$token" --token-label office --login --pin 123456 \
        --write-object issuer.der --type cert --label p256 --id a1 >/dev/null 2>&1
    accept "the certificate is in the token" p256 'token=office;object=p256' pin
else
    echo "not tried, without pkcs11-tool: a certificate in the token"
fi

unset OPENSSL_CONF
export OPENSSL_MODULES="${provider%/*}" PKCS11_PROVIDER_MODULE="$token"
accept "configured by environment variables" p256 'token=office;object=p256' pin \
    --cert p256/issuer.pem
