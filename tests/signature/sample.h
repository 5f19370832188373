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
    struct buffer statement;
    struct buffer certificate;
};

/* Claims of a made-up transaction; claims_free() them. */
void sample_claims(struct claims *out);

void sample_make(const struct forge_plan *plan, int64_t signing_time, struct sample *out);
void sample_free(struct sample *sample);

/* Judges octets as of `at`. Returns what signature_verify() or xml_load() returned; `out` keeps
 * nothing of the document. */
int sample_judge(const struct sample *sample, const char *octets, size_t length, int64_t at,
                 struct signature_report *out, struct error *err);

/* Changes a copy of the certificate: what stands from the first `from` to the end of the next `to`
 * is replaced by `with`, in which each '@' stands for it. `length` may be NULL; free the result. */
struct edit {
    const char *from;
    const char *to; /* NULL: `from` itself */
    const char *with;
};
char *sample_edit(const struct buffer *certificate, const struct edit *edit);

#endif
