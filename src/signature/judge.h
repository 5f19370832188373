#ifndef DINGJIA_SIGNATURE_JUDGE_H
#define DINGJIA_SIGNATURE_JUDGE_H

#include <stdbool.h>

#include "signature/path_facts.h"
#include "signature/verify.h"

/* The parts of signature_judge(), for its own files alone. */

/* Clocks of signers, verifiers and time-stamp authorities differ a little. In seconds. */
enum { JUDGE_CLOCK_SKEW = 300 };

/* One signature on its way through the building blocks of EN 319 102-1. */
struct judging {
    const struct facts *facts;
    const struct policy *policy;
    int64_t at;
    const struct signature_facts *one;
    unsigned number; /* of the signature, from 1 */
    struct signature_times *times;
    struct check_list *checks;
};

/* The mark of a check of this signature, at the level the policy gives it. */
struct check_mark judging_mark(const struct judging *judging, const char *id,
                               enum subindication subindication);

/* What is known of the signature's age: the proven time, else the time of validation. */
int64_t judging_best_time(const struct judging *judging);

/* ISC and CV: whether the signature holds under the certificate inside. Where not, there is nothing
 * more to judge. */
bool judge_cryptography(const struct judging *judging);

/* POE: sets times->proven where a trusted timestamp shows when the signature existed. */
void judge_timestamp(const struct judging *judging);

/* The suite of the authority's key, as policies name it: "other" for keys outside the suites. */
const char *timestamp_suite(const struct timestamp_facts *token);

/* XCV and RFC: the path, its validity, and revocation, as of the best time. */
void judge_chain(const struct judging *judging);
void judge_validity(const struct judging *judging);
void judge_revocation(const struct judging *judging);

/* SAV: claimed time and algorithm. Sets times->renew_before. */
void judge_signing_time(const struct judging *judging);
void judge_algorithm(const struct judging *judging);
void judge_renewal(const struct judging *judging);

/* VCI: the signatures the policy asks for, among those that passed. */
void judge_requirements(const struct facts *facts, const struct policy *policy,
                        struct signature_report *out);

#endif
