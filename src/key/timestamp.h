#ifndef DINGJIA_KEY_TIMESTAMP_H
#define DINGJIA_KEY_TIMESTAMP_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "key/path.h"

/* RFC 3161 time-stamp tokens. */

enum { TIMESTAMP_OCTETS_MAX = 64 * 1024, TIMESTAMP_TEXT_SIZE = 96 };

/* Zero is "not looked at". */
enum timestamp_status {
    TIMESTAMP_NOT_JUDGED = 0,
    TIMESTAMP_GOOD,          /* made over these octets, by the key of its certificate */
    TIMESTAMP_MALFORMED,     /* not a token in the form RFC 3161 and RFC 5816 lay down */
    TIMESTAMP_OTHER_DATA,    /* made over something else */
    TIMESTAMP_BAD_SIGNATURE, /* not signed by the certificate it names */
    TIMESTAMP_WEAK           /* with a digest or key that is not accepted */
};

struct timestamp_facts {
    enum timestamp_status status;
    struct error reason;              /* why not good, in both languages */
    int64_t time;                     /* genTime, seconds since 1970; fractions are dropped */
    char policy[TIMESTAMP_TEXT_SIZE]; /* of the authority, dotted */
    char serial[TIMESTAMP_TEXT_SIZE]; /* hexadecimal */
    char digest[TIMESTAMP_TEXT_SIZE]; /* of the imprint, "sha256" */
    struct path path; /* of the authority; PATH_NOT_JUDGED without its trust anchors */
};

void timestamp_facts_free(struct timestamp_facts *facts);

/* A request for these octets (SHA-256 imprint, nonce, certificate wanted), in DER. */
int timestamp_request(const void *octets, size_t length, struct buffer *request, struct error *err);

/* Takes the token out of a response to this very request: granted, same imprint, same nonce.
 * ERROR_INPUT, with the authority's own words, when it refused or answers something else. */
int timestamp_accept(const struct buffer *response, const struct buffer *request,
                     struct buffer *token, struct error *err);

struct timestamp_question {
    const unsigned char *token;
    size_t length;
    const void *octets; /* what it should have been made over */
    size_t octets_length;
    const struct trust *trust;             /* anchors of authorities; NULL: no path is looked for */
    const struct x509_chain *more;         /* certificates that may help; may be NULL */
    const struct revocations *revocations; /* may be NULL */
    int64_t at;                            /* see struct path_request */
};

/* Looks at one token. `found` as of path_find(). Returns 0 whenever it could look. Zeroes `out`
 * first. */
int timestamp_judge(const struct timestamp_question *question, struct timestamp_facts *out,
                    struct x509_chain **found, struct error *err);

#endif
