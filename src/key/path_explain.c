#include "key/path_parts.h"

#include <openssl/x509_vfy.h>

#include "key/openssl.h"

/* Why a path does not hold, in words. */

struct failure {
    int error;
    enum path_status status;
};

static const struct failure failures[] = {
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, PATH_NO_ANCHOR},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, PATH_NO_ANCHOR},
    {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, PATH_NO_ANCHOR},
    {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, PATH_NO_ANCHOR},
    {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, PATH_NO_ANCHOR},
    {X509_V_ERR_CERT_UNTRUSTED, PATH_NO_ANCHOR},
    {X509_V_ERR_CERT_CHAIN_TOO_LONG, PATH_NO_ANCHOR},
    {X509_V_ERR_CERT_SIGNATURE_FAILURE, PATH_BAD_SIGNATURE},
    {X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE, PATH_BAD_SIGNATURE},
    {X509_V_ERR_INVALID_CA, PATH_USAGE},
    {X509_V_ERR_INVALID_PURPOSE, PATH_USAGE},
    {X509_V_ERR_PATH_LENGTH_EXCEEDED, PATH_USAGE},
    {X509_V_ERR_KEYUSAGE_NO_CERTSIGN, PATH_USAGE},
    {X509_V_ERR_EE_KEY_TOO_SMALL, PATH_WEAK},
    {X509_V_ERR_CA_KEY_TOO_SMALL, PATH_WEAK},
    {X509_V_ERR_CA_MD_TOO_WEAK, PATH_WEAK},
};

static enum path_status status_of(int error)
{
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        if (failures[i].error == error) {
            return failures[i].status;
        }
    }
    return PATH_UNFIT;
}

/* Whose certificate it is, and the option that names its anchors. */
struct party {
    struct bilingual who;
    const char *option;
};

static struct party party_of(enum path_purpose purpose)
{
    if (purpose == PATH_TIMESTAMPING) {
        return (struct party){{"时间戳机构证书", "the time-stamp authority's certificate"},
                              "--tsa-trust"};
    }
    return (struct party){{"签名人证书", "the signer's certificate"}, "--trust"};
}

/* The issuer that is missing: of the certificate where the search ended. */
static const char *missing_issuer(const struct x509_chain *chain, const X509 *last)
{
    for (size_t i = 0; last != NULL && i < x509_chain_count(chain); i++) {
        if (X509_cmp(x509_chain_at(chain, i)->handle, last) == 0) {
            return x509_issuer(x509_chain_at(chain, i));
        }
    }
    return NULL;
}

static void explain_no_anchor(const struct path_request *request, const X509 *last,
                              struct error *reason)
{
    const char *issuer = missing_issuer(request->chain, last);

    if (issuer == NULL && request->more != NULL) {
        issuer = missing_issuer(request->more, last);
    }
    if (issuer == NULL) {
        issuer = x509_issuer(x509_chain_at(request->chain, 0));
    }
    error_set(
        reason, ERROR_CONFIG,
        "信任文件中没有签发者“%s”的证书。确认它确实可信后，把它的 CA 证书（PEM）放进信任文件，"
        "用 %s 指定该文件",
        "the trust file holds no certificate of the issuer \"%s\". Once you are sure it can be "
        "trusted, put its CA certificate (PEM) into a file and name that file with %s",
        issuer, party_of(request->purpose).option);
}

static struct bilingual words_of(enum path_status status)
{
    switch (status) {
    case PATH_BAD_SIGNATURE:
        return (struct bilingual){"其中一张证书上的 CA 签名不正确，证书被改动过或系伪造",
                                  "the CA's signature on one of the certificates is wrong: it was "
                                  "changed or forged"};
    case PATH_USAGE:
        return (struct bilingual){"其中一张上级证书无权签发下级证书",
                                  "one of the certificates above may not issue others"};
    case PATH_WEAK:
        return (struct bilingual){
            "其中一张证书的密钥或摘要算法过弱（RSA 须不短于 2048 位，不得用 SHA-1）",
            "the key or digest of one of them is too weak (RSA needs 2048 bits, "
            "SHA-1 is not accepted)"};
    case PATH_NOT_JUDGED:
    case PATH_COMPLETE:
    case PATH_NO_ANCHOR:
    case PATH_UNFIT:
        break;
    }
    return (struct bilingual){"证书不合 X.509 的要求", "the certificates break the rules of X.509"};
}

static void explain_other(const struct path_request *request, enum path_status status, int error,
                          struct error *reason)
{
    struct bilingual who = party_of(request->purpose).who;
    struct bilingual words = words_of(status);

    error_set(reason, ERROR_CONFIG, "%s%.0s“%s”到信任文件的证书链不成立：%s%.0s（OpenSSL：%s）",
              "the chain from %.0s%s \"%s\" to the trust file does not hold: %.0s%s (OpenSSL: %s)",
              who.zh, who.en, x509_subject(x509_chain_at(request->chain, 0)), words.zh, words.en,
              X509_verify_cert_error_string(error));
}

void path_explain(const struct path_request *request, int error, const X509 *last, struct path *out)
{
    out->status = status_of(error);
    if (out->status == PATH_NO_ANCHOR) {
        explain_no_anchor(request, last, &out->reason);
    } else {
        explain_other(request, out->status, error, &out->reason);
    }
}
