#ifndef DINGJIA_H
#define DINGJIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/language.h"

/* The verbs of Dingjia. Functions return 0 or an error_code; what went wrong is in `err`, which may
 * be NULL. Out-pointers are owned by the caller and freed with the function beside them; returned
 * pointers are borrowed. A verdict is never an error and an error never a verdict. */

/* Loaded packs and schemas. One thread at a time. */
struct dingjia;
int dingjia_new(struct dingjia **out, struct error *err);
void dingjia_free(struct dingjia *dingjia);

/* Octets of a record or certificate and the name messages call them by. Borrowed. */
struct dingjia_input {
    const char *name;
    const void *octets;
    size_t length;
};

/* Octets that were made; free() the data. */
struct dingjia_octets {
    char *data;
    size_t length;
};

/* ---- check: judge one record (design.md section 2) ---- */

struct dingjia_check_options {
    int64_t at;           /* judge as of this instant, seconds since 1970; 0: now */
    const char *evidence; /* folder whose files are hashed and compared (D12); NULL: declared */
};

struct dingjia_report;
int dingjia_check(struct dingjia *dingjia, const struct dingjia_input *record,
                  const struct dingjia_check_options *options, struct dingjia_report **out,
                  struct error *err);
void dingjia_report_free(struct dingjia_report *report);

/* "compliant", "non-compliant", "not-evidenced", "indeterminate", "out-of-scope". */
const char *dingjia_report_verdict(const struct dingjia_report *report);
int dingjia_report_exit_status(const struct dingjia_report *report);

/* ---- signer: who signs ---- */

/* Strings are borrowed for the call only. */
struct dingjia_signer_plan {
    const char *key;         /* path of a PEM or PKCS#12 file, pkcs11:… or command:/program … */
    const char *certificate; /* PEM, the signer's own first, the chain after it; NULL: the key
                                * brings its certificates along (PKCS#12, PKCS#11) */
    const char *password_file; /* its first line is the password or PIN; NULL: ask */

    /* Puts the password of `what` as a string into `text`, and is not called unless one is wanted;
     * returns 0, or the code it set in `err`. NULL: refused. */
    int (*ask)(void *context, const char *what, char *text, size_t size, struct error *err);
    void *context;
};

struct dingjia_signer;
int dingjia_signer_open(const struct dingjia_signer_plan *plan, struct dingjia_signer **out,
                        struct error *err);
void dingjia_signer_free(struct dingjia_signer *signer);

/* ---- trust: whom to believe, and under which policy ---- */

/* Paths of files; NULL where there is none. */
struct dingjia_trust_plan {
    const char *issuers;     /* CA certificates in PEM: who may certify signers */
    const char *authorities; /* likewise, of time-stamp authorities */
    const char *revocations; /* a file, or a folder of files: CRLs and OCSP responses */
    const char *policy;      /* schemas/policy/1.0/policy.xsd; NULL: the one inside the program */
    bool customs;            /* accept the customs' SM2 algorithm names of 2022 as well */
};

struct dingjia_trust;
int dingjia_trust_open(const struct dingjia_trust_plan *plan, struct dingjia_trust **out,
                       struct error *err);
void dingjia_trust_free(struct dingjia_trust *trust);

/* ---- levels: what proves a signature after its key has expired ---- */

/* XAdES baseline B-B, B-T (with a timestamp) and B-LT (with certificates and revocation data). */
enum dingjia_level { DINGJIA_LEVEL_B, DINGJIA_LEVEL_T, DINGJIA_LEVEL_LT };

/* "b", "t" or "lt" to its number. 0, or -1 when there is no such level. */
int dingjia_level_find(const char *name, enum dingjia_level *level);

/* How a certificate is raised to a level. This is where the network is used. */
struct dingjia_proof_plan {
    enum dingjia_level level;
    const char *tsa;                   /* URL of a time-stamp authority (RFC 3161); may be NULL */
    const struct dingjia_trust *trust; /* required; issuers and authorities */
};

/* Raises every signature of a certificate that verifies now. What was fetched is checked before it
 * is embedded, and the result verified again. */
int dingjia_augment(struct dingjia *dingjia, const struct dingjia_input *certificate,
                    const struct dingjia_proof_plan *plan, struct dingjia_octets *out,
                    struct error *err);

/* ---- certify ---- */

struct dingjia_certify_options {
    int64_t at;
    const struct dingjia_signer *signer; /* required */
    const char *role;      /* "office", "exchange", "authority", "notary"; NULL: office */
    const char *evidence;  /* folder, or NULL with: */
    bool without_evidence; /* the certificate then says that evidence was not compared */
    const struct dingjia_proof_plan *proof; /* NULL: level B-B */
};

/* What certify came to: the report, unless an error is returned; the certificate (free with free())
 * only where the verdict is compliant, else NULL and the report says why. */
struct dingjia_issue {
    struct dingjia_report *report;
    char *certificate;
    size_t length;
};

int dingjia_certify(struct dingjia *dingjia, const struct dingjia_input *record,
                    const struct dingjia_certify_options *options, struct dingjia_issue *issue,
                    struct error *err);

/* ---- verify: is this certificate genuine, and what does it say ---- */

struct dingjia_verify_options {
    int64_t at;                         /* validation time; 0: now */
    const struct dingjia_trust *trust;  /* required, with issuers */
    const struct dingjia_input *record; /* compared by digest; may be NULL */
    const char *evidence;               /* folder compared with the evidence digests; may be NULL */
    bool recheck;                       /* judge `record` again and compare every outcome */
};

/* The verification borrows from `trust`, which has to outlive it. */
struct dingjia_verification;
int dingjia_verify(struct dingjia *dingjia, const struct dingjia_input *certificate,
                   const struct dingjia_verify_options *options, struct dingjia_verification **out,
                   struct error *err);
void dingjia_verification_free(struct dingjia_verification *verification);

/* ETSI EN 319 102-1: "TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"; and the sub-indication, ""
 * for a pass. */
const char *dingjia_verification_indication(const struct dingjia_verification *verification);
const char *dingjia_verification_subindication(const struct dingjia_verification *verification);
int dingjia_verification_exit_status(const struct dingjia_verification *verification);

/* ---- facts: what was seen, to be judged again under another policy ---- */

/* Writes what a verification found as "dingjia-facts/1". */
int dingjia_facts_write(FILE *out, const struct dingjia_verification *verification,
                        struct error *err);

/* Judges saved facts under the policy of `trust` (required), as of `at` (0: now). The verification
 * says that the certificate itself was not looked at. */
int dingjia_facts_judge(const struct dingjia_input *facts, const struct dingjia_trust *trust,
                        int64_t at, struct dingjia_verification **out, struct error *err);

/* ---- countersign: sign what another has signed, after verifying it ---- */

struct dingjia_countersign_options {
    const struct dingjia_verify_options *verify; /* as of now (at 0); what is there has to pass,
                                                  * but for requirements of the policy */
    const struct dingjia_signer *signer;
    const char *role;                       /* NULL: exchange */
    const struct dingjia_proof_plan *proof; /* of all its signatures; NULL: as they are */
};

/* What it came to: what was found of the certificate given, and the new one (free()), NULL unless
 * that passed. */
struct dingjia_countersigned {
    struct dingjia_verification *verification;
    char *certificate;
    size_t length;
};

int dingjia_countersign(struct dingjia *dingjia, const struct dingjia_input *certificate,
                        const struct dingjia_countersign_options *options,
                        struct dingjia_countersigned *out, struct error *err);

/* ---- key: throw-away keys for trying out ---- */

struct dingjia_key_plan {
    const char *folder; /* must not exist yet */
    const char *name;   /* of the issuer */
    const char *suite;  /* "p256", "rsa3072" or "sm2"; NULL: p256 */
    int days;           /* validity */
    int64_t at;         /* its first second; 0: now */
};

/* Makes the folder with ca.pem (the trust anchor), issuer.pem and issuer.key. */
int dingjia_key_new(const struct dingjia_key_plan *plan, struct error *err);

/* ---- reports: results as text, JSON or HTML, streamed ---- */

enum dingjia_format { DINGJIA_TEXT, DINGJIA_JSON, DINGJIA_NDJSON, DINGJIA_HTML };

/* "text", "json", "ndjson" or "html" (certificates only) to its number. 0, or -1 when there is no
 * such format. */
int dingjia_format_find(const char *name, enum dingjia_format *format);

/* What the results are about; a document holds only one kind. */
enum dingjia_subject { DINGJIA_RECORDS, DINGJIA_CERTIFICATES };

struct dingjia_writer_options {
    enum dingjia_format format;
    enum language language;
    bool colour;  /* text only */
    bool verbose; /* text: also the conditions that are satisfied */
    bool quiet;   /* text: one line for each result, and the summary */
    enum dingjia_subject subject;
};

/* Writes one document of results to `out`, which stays the caller's. */
struct dingjia_writer;
int dingjia_writer_new(FILE *out, const struct dingjia_writer_options *options,
                       struct dingjia_writer **writer, struct error *err);
int dingjia_writer_report(struct dingjia_writer *writer, const char *source,
                          const struct dingjia_report *report, struct error *err);
int dingjia_writer_verification(struct dingjia_writer *writer, const char *source,
                                const struct dingjia_verification *verification, struct error *err);
/* A record or certificate that could not be judged: takes its place among the results. */
int dingjia_writer_failure(struct dingjia_writer *writer, const char *source,
                           const struct error *failure, struct error *err);
/* Writes the summary and closes the document; ERROR_WRITE when anything did not reach `out`. */
int dingjia_writer_finish(struct dingjia_writer *writer, struct error *err);
void dingjia_writer_free(struct dingjia_writer *writer);

/* "0.1.0" */
const char *dingjia_version(void);

#endif
