#include "key/trust.h"

#include <openssl/crypto.h>
#include <openssl/x509_vfy.h>

#include "key/openssl.h"

void trust_free(struct trust *trust)
{
    if (trust == NULL) {
        return;
    }
    X509_STORE_free(trust->store);
    OPENSSL_free(trust);
}

static int add_anchors(struct trust *trust, const struct x509_chain *anchors, struct error *err)
{
    for (size_t i = 0; i < x509_chain_count(anchors); i++) {
        const struct x509 *anchor = x509_chain_at(anchors, i);

        if (!x509_is_ca(anchor)) {
            return (int)error_set(
                err, ERROR_CONFIG, "“%s”不是 CA 证书，不能作为信任锚；请改放签发它的 CA “%s”的证书",
                "\"%s\" is not a CA certificate and cannot be a trust anchor; put the "
                "certificate of its issuer \"%s\" there instead",
                x509_subject(anchor), x509_issuer(anchor));
        }
        if (X509_STORE_add_cert(trust->store, anchor->handle) != 1) {
            return (int)key_openssl_error(err, "X509_STORE_add_cert");
        }
    }
    return 0;
}

int trust_read(const char *path, struct trust **out, struct error *err)
{
    struct x509_chain *anchors = NULL;
    struct trust *trust = NULL;
    int code = x509_chain_read(path, &anchors, err);

    *out = NULL;
    if (code != 0) {
        return code;
    }
    trust = OPENSSL_zalloc(sizeof(*trust));
    if (trust == NULL || (trust->store = X509_STORE_new()) == NULL) {
        code = (int)error_memory(err);
        goto out;
    }
    code = add_anchors(trust, anchors, err);
    error_place(err, path, 0, 0);
    if (code == 0) {
        *out = trust;
        trust = NULL;
    }
out:
    trust_free(trust);
    x509_chain_free(anchors);
    return code;
}
