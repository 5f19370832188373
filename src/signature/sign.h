#ifndef DINGJIA_SIGNATURE_SIGN_H
#define DINGJIA_SIGNATURE_SIGN_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "key/key.h"
#include "key/x509.h"

struct signature_plan {
    const struct key *key;
    const struct x509_chain *chain; /* the certificate of `key`, then intermediates */
    int64_t signing_time;           /* claimed, seconds since 1970 */
    unsigned number;                /* place among the signatures, from 1 */
};

/* Appends the whole certificate file to `out`: `statement` (in exclusive canonical form, with the
 * Id of envelope.h) and its signature. What is digested is what is written, never parsed again. */
int signature_sign(const struct buffer *statement, const struct signature_plan *plan,
                   struct buffer *out, struct error *err);

#endif
