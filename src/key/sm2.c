#include <openssl/objects.h>

#include "key/suite.h"

/* SM2 with SM3 (GB/T 32918, 32905), as r||s. Any s from 1 to n-1 is taken: the verifier computes
 * with r+s, so n-s gives another point and is no second form of the same signature, as it is with
 * ECDSA. There is but one form already. */

static const struct pair_scheme scheme = {
    {.name = "SM3", .identifier = SM2_IDENTIFIER}, NID_sm2, PAIR_ANY_S};

static enum suite_fit fit(const EVP_PKEY *pkey)
{
    return EVP_PKEY_is_a(pkey, "SM2") && pair_is_on(pkey, NID_sm2) ? SUITE_FIT : SUITE_FOREIGN;
}

static EVP_PKEY *generate(void)
{
    return EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
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

int suite_set_identifier(X509 *certificate)
{
    ASN1_OCTET_STRING *identifier;

    if (X509_get_signature_nid(certificate) != NID_SM2_with_SM3) {
        return 1;
    }
    identifier = ASN1_OCTET_STRING_new();
    if (identifier == NULL ||
        ASN1_OCTET_STRING_set(identifier, (const unsigned char *)SM2_IDENTIFIER,
                              SM2_IDENTIFIER_LENGTH) != 1) {
        ASN1_OCTET_STRING_free(identifier);
        return 0;
    }
    X509_set0_distinguishing_id(certificate, identifier);
    return 1;
}

const struct suite_methods suite_sm2 = {fit, generate, start_signing, sign, settle, verify};
