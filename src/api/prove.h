#ifndef DINGJIA_API_PROVE_H
#define DINGJIA_API_PROVE_H

#include "base/buffer.h"
#include "dingjia.h"

/* Whether the plan is one that can be carried out, before anything is made or asked for. */
int prove_check_plan(const struct dingjia_proof_plan *plan, struct error *err);

/* Raises every signature of a certificate to the level of the plan; `certificate` is replaced by
 * the result, which was verified as of `now`. ERROR_INPUT when its signatures do not hold or their
 * certificates are expired, revoked or not trusted; ERROR_CONFIG when the authority is not. */
int prove_certificate(const struct dingjia_proof_plan *plan, int64_t now,
                      struct buffer *certificate, struct error *err);

#endif
