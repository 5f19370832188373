#ifndef DINGJIA_SIGNATURE_SIGN_H
#define DINGJIA_SIGNATURE_SIGN_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "key/key.h"
#include "key/x509.h"
#include "signature/envelope.h"
#include "signature/role.h"

struct signature_plan {
    const struct key *key;
    const struct x509_chain *chain; /* the certificate of `key`, then intermediates */
    int64_t signing_time;           /* claimed, seconds since 1970 */
    enum signature_role role;
    const struct envelope *before; /* what others signed already, as it was read; NULL: nothing */
};

/* Appends the whole certificate file to `out`: `statement` (in exclusive canonical form, with the
 * Id of envelope.h), the signatures there are and the new one. What is digested is what is written,
 * never parsed again. ERROR_INPUT when there are as many signatures as there can be. */
int signature_sign(const struct buffer *statement, const struct signature_plan *plan,
                   struct buffer *out, struct error *err);

#endif
