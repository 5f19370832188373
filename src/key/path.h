#ifndef DINGJIA_KEY_PATH_H
#define DINGJIA_KEY_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "key/revocation.h"
#include "key/trust.h"
#include "key/x509.h"

/* The way from a certificate to a trust anchor, as facts: what holds whatever the time is, and
 * between which times the rest holds. Which time counts is for the judge of the signature to say.
 * Texts are owned. */

enum { PATH_LENGTH_MAX = 10, PATH_STATEMENTS_MAX = 8, PATH_NAME_SIZE = 17 };

/* Zero is "not looked for". */
enum path_status {
    PATH_NOT_JUDGED = 0,
    PATH_COMPLETE,
    PATH_NO_ANCHOR,     /* does not lead to an anchor */
    PATH_BAD_SIGNATURE, /* a certificate was not signed by its issuer */
    PATH_USAGE,         /* the key may not do this, or an issuer may not issue */
    PATH_WEAK,          /* key or digest too weak */
    PATH_UNFIT          /* anything else */
};

struct path_certificate {
    char *subject;
    char *issuer;
    bool has_validity; /* whether the next two are known */
    int64_t valid_from;
    int64_t valid_to;
    unsigned key_bits;
    char key_sha256[DIGEST_HEX_SIZE]; /* of the public key (SubjectPublicKeyInfo), hexadecimal */
    char name_hash[PATH_NAME_SIZE];   /* of the subject, alike for names X.509 takes for equal */
    const char *suite; /* that its key belongs to, "ecdsa-p256-sha256"; NULL: none of ours */
    bool anchor;
    bool names_revocation; /* it says where its CRL or OCSP responder is */
    struct revocation_statement statements[PATH_STATEMENTS_MAX]; /* genuine ones about it */
    size_t statement_count;
};

struct path {
    enum path_status status;
    struct error reason; /* why not complete, in both languages */
    /* The end certificate first, always there once looked for; the anchor last, when complete. */
    struct path_certificate certificates[PATH_LENGTH_MAX];
    size_t count;
};

void path_free(struct path *path);

enum path_purpose {
    PATH_SIGNING,     /* x509_check_usage() */
    PATH_TIMESTAMPING /* RFC 3161 2.3: extendedKeyUsage timeStamping alone and critical */
};

struct path_request {
    const struct trust *trust;
    const struct x509_chain *chain;        /* the end certificate, then others that may help */
    const struct x509_chain *more;         /* further ones; may be NULL */
    const struct revocations *revocations; /* may be NULL */
    enum path_purpose purpose;
    int64_t at; /* where several paths lead to anchors, one that is valid then is preferred */
};

/* Looks for the path, without regard to time but for the choice among several. A statement of
 * revocation counts when its CRL was signed by the certificate's issuer in the path, or its OCSP
 * response by that issuer or by a responder the issuer certified for that (id-kp-OCSPSigning); SM2
 * signatures among them are checked with the standard identifier. `found`, which may be NULL,
 * becomes the certificates of the path in the same order (x509_chain_free()), NULL unless complete.
 * Returns 0 whenever it could look. Zeroes `out` first. */
int path_find(const struct path_request *request, struct path *out, struct x509_chain **found,
              struct error *err);

#endif
