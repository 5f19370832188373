#include "key/algorithm.h"

#include <string.h>

#include "key/suite.h"

#define SHA256_URI "http://www.w3.org/2001/04/xmlenc#sha256"

/* SM2 and SM3 have no URI registered for XML signatures: RFC 9231 and the IANA table know neither,
 * and the customs names (chinaport.gov.cn/2022/04) belong to one agency's messages. So this format
 * has names of its own, and takes the customs' only where that is asked for. */
#define SM2_SM3_URI "urn:dingjia:xmldsig:sm2-sm3"
#define SM3_URI "urn:dingjia:xmldsig:sm3"
#define CUSTOMS_SM2_SM3_URI "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3"
#define CUSTOMS_SM3_URI "http://www.chinaport.gov.cn/2022/04/xmldsig#sm3"

/* Values of RSA keys that are too short are let through as far as the key itself, so that it is
 * the key that is refused, by name. */
enum { PAIR = 64, RSA_SHORTEST = 1024 / 8, RSA_LONGEST = RSA_BITS_MAX / 8 };

static const struct key_suite suites[] = {
    {.name = "ecdsa-p256-sha256",
     .word = "p256",
     .signature_uri = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
     .digest_uri = SHA256_URI,
     .digest = DIGEST_SHA256,
     .key_rule = {"P-256（prime256v1）椭圆曲线密钥", "elliptic-curve key on P-256 (prime256v1)"},
     .signature_min = PAIR,
     .signature_max = PAIR,
     .methods = &suite_ecdsa},
    {.name = "rsa3072-sha256",
     .word = "rsa3072",
     .signature_uri = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
     .digest_uri = SHA256_URI,
     .digest = DIGEST_SHA256,
     .key_rule = {"3072 至 8192 位、公开指数不小于 65537 的 RSA 密钥",
                  "RSA key of 3072 to 8192 bits with a public exponent of at least 65537"},
     .signature_min = RSA_SHORTEST,
     .signature_max = RSA_LONGEST,
     .methods = &suite_rsa},
    {.name = "sm2-sm3",
     .word = "sm2",
     .signature_uri = SM2_SM3_URI,
     .digest_uri = SM3_URI,
     .customs_uri = CUSTOMS_SM2_SM3_URI,
     .customs_digest_uri = CUSTOMS_SM3_URI,
     .digest = DIGEST_SM3,
     .key_rule = {"SM2 密钥", "SM2 key"},
     .signature_min = PAIR,
     .signature_max = PAIR,
     .methods = &suite_sm2},
};

const struct key_suite *key_suite_at(size_t index)
{
    return index < sizeof(suites) / sizeof(suites[0]) ? &suites[index] : NULL;
}

const struct key_suite *key_suite_find(const char *signature_uri, bool customs)
{
    for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++) {
        if (strcmp(suites[i].signature_uri, signature_uri) == 0 ||
            (customs && suites[i].customs_uri != NULL &&
             strcmp(suites[i].customs_uri, signature_uri) == 0)) {
            return &suites[i];
        }
    }
    return NULL;
}

const struct key_suite *key_suite_named(const char *word)
{
    for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++) {
        if (strcmp(suites[i].word, word) == 0) {
            return &suites[i];
        }
    }
    return NULL;
}
