#ifndef DINGJIA_SIGNATURE_FACTS_H
#define DINGJIA_SIGNATURE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "key/key.h"
#include "key/path.h"
#include "key/timestamp.h"
#include "signature/role.h"

/* What is so about the signatures of a certificate, whoever asks and whenever: gathered once, kept
 * if wanted (report/facts.h), and judged under a policy as of some time (judge.h). */

/* An office signs, an exchange countersigns; nobody needs more. */
enum { FACTS_SIGNATURES_MAX = 8 };

/* Zero is "not looked at". */
enum fact { FACT_UNKNOWN = 0, FACT_HOLDS, FACT_FAILS };

struct signature_facts {
    const char *unreadable; /* the element whose value cannot be accepted; NULL: all can */
    const char *suite;      /* "ecdsa-p256-sha256", of static duration; NULL while unknown */
    bool customs;           /* named by the customs' URIs of 2022 instead of our own */
    enum signature_role role;
    bool has_signing_time;
    int64_t signing_time; /* as claimed by the signer, seconds since 1970 */
    enum fact statement_digest;
    enum fact properties_digest;
    enum fact certificate_digest; /* the certificate inside is the one SigningCertificateV2 names */
    enum key_judgement value;
    struct path path; /* certificates[0] is the signer's, once it could be read */
    bool has_timestamp;
    struct timestamp_facts timestamp;
    size_t embedded_certificates; /* B-LT: values in the unsigned properties */
    size_t embedded_revocations;
};

struct facts {
    struct error format; /* why the file is no certificate of this form; code ERROR_NONE: it is */
    size_t count;        /* signatures; 0 when the form is wrong */
    struct signature_facts signatures[FACTS_SIGNATURES_MAX];
};

/* Facts are large (140 KiB): on the heap, please. facts_free() leaves the memory itself alone. */
void facts_free(struct facts *facts);

/* Whether every digest and value holds, so that what is stated was signed by those certificates. */
bool facts_intact(const struct facts *facts);

/* Whether both were made by one party: the same key, or the same name as X.509 compares names. */
bool facts_same_party(const struct signature_facts *a, const struct signature_facts *b);

/* The signer's certificate as it was read; NULL when it could not be. */
const struct path_certificate *facts_signer(const struct signature_facts *facts);

#endif
