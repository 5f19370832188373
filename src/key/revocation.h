#ifndef DINGJIA_KEY_REVOCATION_H
#define DINGJIA_KEY_REVOCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Revocation data at hand: CRLs (RFC 5280) and OCSP responses (RFC 6960). Nothing in here is
 * believed for being in here: path_find() checks who signed it. */
struct revocations;

enum revocation_kind { REVOCATION_CRL, REVOCATION_OCSP };

enum { REVOCATION_COUNT_MAX = 128, REVOCATION_OCTETS_MAX = 1024 * 1024 };

int revocations_new(struct revocations **out, struct error *err);
void revocations_free(struct revocations *revocations);

/* Adds a CRL or an OCSP response in strict DER; one that is there already is not added again.
 * ERROR_INPUT when it is anything else, too large or one too many. */
int revocations_add(struct revocations *revocations, enum revocation_kind kind,
                    const unsigned char *der, size_t length, struct error *err);

/* Adds what a file holds (CRLs in PEM; one CRL or OCSP response in DER), or every file of a folder.
 * ERROR_CONFIG when a file holds neither; ERROR_OPEN when it cannot be read. */
int revocations_read(struct revocations *revocations, const char *path, struct error *err);

size_t revocations_count(const struct revocations *revocations);

/* The DER octets of number `index`. Borrowed. */
const unsigned char *revocations_at(const struct revocations *revocations, size_t index,
                                    enum revocation_kind *kind, size_t *length);

/* What one genuine CRL or OCSP response says about one certificate. Zero is "nothing". */
enum revocation_status { REVOCATION_SILENT = 0, REVOCATION_GOOD, REVOCATION_REVOKED };

struct revocation_statement {
    enum revocation_kind kind;
    enum revocation_status status;
    int64_t issued; /* thisUpdate, seconds since 1970 */
    bool has_next;
    int64_t next;       /* nextUpdate */
    int64_t revoked_at; /* the revocation, or the invalidity date where that is earlier */
    int reason;         /* CRLReason; -1: not given */
};

#endif
