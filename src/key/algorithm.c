#include "key/algorithm.h"

#include <string.h>

static const struct key_suite suites[] = {
    {.name = "ecdsa-p256-sha256",
     .signature_uri = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
     .digest_uri = "http://www.w3.org/2001/04/xmlenc#sha256",
     .digest = DIGEST_SHA256,
     .key_type = "EC",
     .group = "prime256v1",
     .digest_name = "SHA256",
     .signature_length = 64},
};

const struct key_suite *key_suite_at(size_t index)
{
    return index < sizeof(suites) / sizeof(suites[0]) ? &suites[index] : NULL;
}

const struct key_suite *key_suite_find(const char *signature_uri)
{
    for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++) {
        if (strcmp(suites[i].signature_uri, signature_uri) == 0) {
            return &suites[i];
        }
    }
    return NULL;
}
