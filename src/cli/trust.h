#ifndef DINGJIA_CLI_TRUST_H
#define DINGJIA_CLI_TRUST_H

#include "cli/options.h"
#include "dingjia.h"

/* What the options say of signers, of trust and of the level wanted, for all commands alike. */

int trust_open_options(const struct options *options, struct dingjia_trust **out,
                       struct error *err);

int signer_open_options(const struct options *options, struct dingjia_signer **out,
                        struct error *err);

/* Fills `out`, which borrows from the options and from `trust`. Without --level, --tsa means level
 * t, and otherwise it is `otherwise`. */
int proof_read_options(const struct options *options, const struct dingjia_trust *trust,
                       enum dingjia_level otherwise, struct dingjia_proof_plan *out,
                       struct error *err);

#endif
