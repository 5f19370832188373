#include "key/suite.h"

/* ECDSA on P-256 with SHA-256. Of (r, s) and (r, n-s) both verify; only the one with the smaller s
 * is a signature here, so that there is but one form. */

static const struct suite_digest sha256 = {.name = "SHA256"};

static enum suite_fit fit(const EVP_PKEY *pkey)
{
    return EVP_PKEY_is_a(pkey, "EC") && pair_is_on(pkey, "prime256v1") ? SUITE_FIT : SUITE_FOREIGN;
}

static EVP_PKEY *generate(void)
{
    return EVP_EC_gen("P-256");
}

static EVP_MD_CTX *start_signing(EVP_PKEY *pkey)
{
    return suite_start_signing(pkey, &sha256);
}

static int sign(EVP_PKEY *pkey, const void *octets, size_t length, struct key_value *value)
{
    unsigned char der[PAIR_DER_MAX];
    size_t der_length = sizeof(der);

    return suite_finish_signing(start_signing(pkey), octets, length, der, &der_length) &&
           pair_split(pkey, PAIR_LOW_S, der, der_length, value);
}

static int verify(EVP_PKEY *pkey, const struct key_signed *what)
{
    unsigned char der[PAIR_DER_MAX];
    size_t der_length = 0;
    int joined;

    if (what->signature_length != PAIR_LENGTH) {
        return 0;
    }
    joined = pair_join(pkey, PAIR_LOW_S, what->signature, der, &der_length);
    if (joined != 1) {
        return joined;
    }
    return suite_finish_verifying(suite_start_verifying(pkey, &sha256), what, der, der_length);
}

const struct suite_methods suite_ecdsa = {fit, generate, start_signing, sign, verify};
