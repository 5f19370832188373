#include "key/suite.h"

#include <string.h>

#include <openssl/err.h>

#include "key/openssl.h"

/* Gives the fresh operation its identifier, where there is one. */
static int set_identifier(EVP_PKEY_CTX *operation, const struct suite_digest *digest)
{
    return digest->identifier == NULL || EVP_PKEY_CTX_set1_id(operation, digest->identifier,
                                                              (int)strlen(digest->identifier)) == 1;
}

EVP_MD_CTX *suite_start_signing(const struct suite_signer *signer,
                                const struct suite_digest *digest)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *operation = NULL;

    if (context != NULL &&
        EVP_DigestSignInit_ex(context, &operation, digest->name, signer->library, NULL,
                              signer->pkey, NULL) == 1 &&
        set_identifier(operation, digest)) {
        return context;
    }
    EVP_MD_CTX_free(context);
    return NULL;
}

EVP_MD_CTX *suite_start_verifying(EVP_PKEY *pkey, const struct suite_digest *digest)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *operation = NULL;

    if (context != NULL &&
        EVP_DigestVerifyInit_ex(context, &operation, digest->name, NULL, NULL, pkey, NULL) == 1 &&
        set_identifier(operation, digest)) {
        return context;
    }
    EVP_MD_CTX_free(context);
    return NULL;
}

int suite_finish_signing(EVP_MD_CTX *context, const void *octets, size_t octets_length,
                         unsigned char *signature, size_t *length)
{
    int done =
        context != NULL && EVP_DigestSign(context, signature, length, octets, octets_length) == 1;

    EVP_MD_CTX_free(context);
    return done;
}

int suite_finish_verifying(EVP_MD_CTX *context, const struct key_signed *what,
                           const unsigned char *signature, size_t length)
{
    int answer = -1;

    if (context != NULL) {
        answer = EVP_DigestVerify(context, signature, length, what->octets, what->length) == 1;
    }
    EVP_MD_CTX_free(context);
    return answer;
}

const struct key_suite *key_suite_like(const EVP_PKEY *pkey, enum suite_fit *fit)
{
    const struct key_suite *suite;

    *fit = SUITE_FOREIGN;
    for (size_t i = 0; (suite = key_suite_at(i)) != NULL; i++) {
        *fit = suite->methods->fit(pkey);
        if (*fit != SUITE_FOREIGN) {
            break;
        }
    }
    ERR_clear_error();
    return suite;
}

const struct key_suite *key_suite_of(const EVP_PKEY *pkey)
{
    enum suite_fit fit;
    const struct key_suite *suite = key_suite_like(pkey, &fit);

    return fit == SUITE_FIT ? suite : NULL;
}

int key_verify(const struct x509 *certificate, const struct key_suite *suite,
               const struct key_signed *what, enum key_judgement *out, struct error *err)
{
    EVP_PKEY *pkey = X509_get0_pubkey(certificate->handle);
    enum suite_fit fit = pkey == NULL ? SUITE_FOREIGN : suite->methods->fit(pkey);
    int answer;

    *out = KEY_NOT_JUDGED;
    ERR_clear_error();
    if (fit != SUITE_FIT) {
        *out = fit == SUITE_WEAK ? KEY_WEAK : KEY_UNFIT;
        return 0;
    }
    answer = suite->methods->verify(pkey, what);
    if (answer < 0) {
        return (int)key_openssl_error(err, "EVP_DigestVerify");
    }
    ERR_clear_error();
    *out = answer == 1 ? KEY_GOOD : KEY_BAD;
    return 0;
}
