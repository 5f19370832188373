#include <openssl/objects.h>

#include "key/suite.h"

/* ECDSA on P-256 with SHA-256. Of (r, s) and (r, n-s) both verify; only the one with the smaller s
 * is a signature here, so that there is but one form. */

static const struct pair_scheme scheme = {{.name = "SHA256"}, NID_X9_62_prime256v1, PAIR_LOW_S};

static enum suite_fit fit(const EVP_PKEY *pkey)
{
    return EVP_PKEY_is_a(pkey, "EC") && pair_is_on(pkey, NID_X9_62_prime256v1) ? SUITE_FIT
                                                                               : SUITE_FOREIGN;
}

static EVP_PKEY *generate(void)
{
    return EVP_EC_gen("P-256");
}

static EVP_MD_CTX *start_signing(const struct suite_signer *signer)
{
    return suite_start_signing(signer, &scheme.digest);
}

static int sign(const struct suite_signer *signer, const void *octets, size_t length,
                struct key_value *value)
{
    return pair_sign(signer, &scheme, octets, length, value);
}

static int settle(struct key_value *value)
{
    return pair_settle(&scheme, value);
}

static int verify(EVP_PKEY *pkey, const struct key_signed *what)
{
    return pair_verify(pkey, &scheme, what);
}

const struct suite_methods suite_ecdsa = {fit, generate, start_signing, sign, settle, verify};
