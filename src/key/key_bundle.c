#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "key/key_source.h"

static int add(struct x509_chain *chain, const X509 *certificate, struct error *err)
{
    unsigned char *der = NULL;
    int length = i2d_X509(certificate, &der);
    int code =
        length <= 0 ? (int)error_memory(err) : x509_chain_add(chain, der, (size_t)length, err);

    if (code == ERROR_INPUT) {
        code = ERROR_CONFIG; /* it came with a setting */
        if (err != NULL) {
            err->code = ERROR_CONFIG;
        }
    }
    OPENSSL_free(der);
    return code;
}

/* NULL at the top, and for an anchor: anchors are what verifiers have themselves. */
static X509 *find_issuer(X509 *subject, const STACK_OF(X509) * others)
{
    if (X509_check_issued(subject, subject) == X509_V_OK) {
        return NULL;
    }
    for (int i = 0; i < sk_X509_num(others); i++) {
        X509 *issuer = sk_X509_value(others, i);

        if (X509_check_issued(issuer, subject) == X509_V_OK &&
            X509_check_issued(issuer, issuer) != X509_V_OK) {
            return issuer;
        }
    }
    return NULL;
}

/* Two CAs may have certified each other; there are never more steps than certificates. */
int bundle_make(X509 *own, const STACK_OF(X509) * others, struct x509_chain **out,
                struct error *err)
{
    struct x509_chain *chain = NULL;
    int steps = sk_X509_num(others);
    X509 *next = own;
    int code = x509_chain_new(&chain, err);

    while (code == 0 && next != NULL) {
        code = add(chain, next, err);
        next = steps-- > 0 ? find_issuer(next, others) : NULL;
    }
    ERR_clear_error();
    if (code != 0) {
        x509_chain_free(chain);
        return code;
    }
    *out = chain;
    return 0;
}
