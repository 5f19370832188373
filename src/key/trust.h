#ifndef DINGJIA_KEY_TRUST_H
#define DINGJIA_KEY_TRUST_H

#include <stdint.h>

#include "base/error.h"
#include "key/x509.h"

/* Issuers trusted explicitly; no default store is ever looked at. Immutable. */
struct trust;

/* Reads CA certificates from a PEM file. ERROR_CONFIG when one of them is not a CA. */
int trust_read(const char *path, struct trust **out, struct error *err);
void trust_free(struct trust *trust);

/* What became of a chain; the zero value is "not judged". */
enum trust_status {
    TRUST_NOT_JUDGED = 0,
    TRUST_GOOD,
    TRUST_NO_CHAIN,      /* does not lead to an anchor */
    TRUST_EXPIRED,       /* the signer's certificate, or one above it */
    TRUST_NOT_YET_VALID, /* likewise */
    TRUST_BAD_SIGNATURE, /* a certificate was not signed by its issuer */
    TRUST_USAGE,         /* the key may not sign documents, or an issuer may not issue */
    TRUST_WEAK,          /* key or digest too weak */
    TRUST_UNFIT          /* anything else */
};

struct trust_result {
    enum trust_status status;
    struct error reason; /* why, in both languages; code stays ERROR_NONE when good */
};

/* Builds the chain of the first certificate of `chain`, with the others as intermediates, to an
 * anchor, as of the instant `at`. Returns 0 whenever it could judge. */
int trust_judge(const struct trust *trust, const struct x509_chain *chain, int64_t at,
                struct trust_result *out, struct error *err);

#endif
