#ifndef DINGJIA_TESTS_SIGNATURE_SAMPLE_H
#define DINGJIA_TESTS_SIGNATURE_SAMPLE_H

#include "base/buffer.h"
#include "certificate/claims.h"
#include "key/forge.h"
#include "key/key.h"
#include "key/trust.h"
#include "signature/verify.h"

/* A certificate that is good in every respect, and all it takes to make and to judge it. */
struct sample {
    struct forged forged;
    char folder[64];
    struct key *key;
    struct x509_chain *chain;
    struct trust *trust;
    struct trust *tsa_trust; /* NULL unless a test sets it, as is: */
    struct revocations *revocations;
    bool customs; /* accept the customs' URIs */
    struct buffer statement;
    struct buffer certificate;
};

/* Claims of a made-up transaction; claims_free() them. */
void sample_claims(struct claims *out);

void sample_make(const struct forge_plan *plan, int64_t signing_time, struct sample *out);
void sample_free(struct sample *sample);

/* What became of a certificate under the default policy. */
struct sample_verdict {
    struct facts facts;
    struct signature_times times[FACTS_SIGNATURES_MAX];
    struct check_list checks;
    enum indication indication;
    bool stated; /* the Statement was handed out */
};
void sample_verdict_free(struct sample_verdict *verdict);

/* Judges octets as of `at`. Returns what signature_gather() or xml_load() returned. */
int sample_judge(const struct sample *sample, const char *octets, size_t length, int64_t at,
                 struct sample_verdict *out, struct error *err);

/* Changes a copy of the certificate: what stands from the first `from` to the end of the next `to`
 * is replaced by `with`, in which each '@' stands for it. `length` may be NULL; free the result. */
struct edit {
    const char *from;
    const char *to; /* NULL: `from` itself */
    const char *with;
};
char *sample_edit(const struct buffer *certificate, const struct edit *edit);

#endif
