#ifndef DINGJIA_CLI_REWRITE_H
#define DINGJIA_CLI_REWRITE_H

#include "cli/options.h"
#include "cli/output.h"
#include "cli/session.h"
#include "dingjia.h"

/* augment and countersign alike: certificates in, certificates out, and what verify says of those
 * that were made. */
struct rewrite {
    struct session session;
    const char *command;
    struct bilingual said; /* before the name of what was written */
    struct dingjia_trust *trust;
    struct dingjia_signer *signer; /* countersign only */
    struct dingjia_proof_plan proof;
    struct inputs inputs;
    struct outputs outputs;
    struct buffer record_octets; /* countersign --record */
    struct dingjia_input record;

    /* Makes one new certificate. Where the old one does not pass there is none, but
     * `verification` says why. */
    int (*make)(struct rewrite *rewrite, const struct dingjia_input *certificate,
                struct dingjia_verification **verification, struct dingjia_octets *made,
                struct error *err);
};

/* What every rewriting command asks of its options. */
int rewrite_check_usage(const struct options *options, struct error *err);

/* Runs it for every certificate named; `level` is the one without --level. The exit status. */
int rewrite_run(struct rewrite *rewrite, const struct options *options, enum dingjia_level level);

#endif
