#ifndef DINGJIA_REPORT_VERIFY_WORDS_H
#define DINGJIA_REPORT_VERIFY_WORDS_H

#include "base/buffer.h"
#include "base/language.h"
#include "certificate/verification.h"

/* Results of a verification in words for people, for whoever prints them. */

/* What the indication comes to. Saved facts prove nothing by themselves, and so nothing genuine. */
struct bilingual verify_words_indication(const struct verification_result *result);
struct bilingual verify_words_status(enum check_status status);

/* "format" for "FC" ...; "" for what is no building block of ETSI's. */
struct bilingual verify_words_block(const char *block);

/* A stated verdict or outcome in words; as it is spelt when it is none. */
const char *verify_words_verdict(const char *stated, enum language language);

/* That facts were judged and not a certificate. */
struct bilingual verify_words_from_facts(void);

/* ---- checks in the order of a report ---- */

/* What a check is about: the file as a whole, signature 1 ..., what the certificate states. */
enum { VERIFY_GROUP_FILE = 0, VERIFY_GROUP_STATEMENT = 1000000 };

unsigned verify_group(const struct check *check);

/* "The file", "Signature 2", "Statement and record". */
void verify_words_group(unsigned group, enum language language, struct buffer *out);

/* All checks by group, within a group by building block, else as they were made. How many. */
size_t verify_order(const struct check_list *checks, const struct check *order[CHECK_LIST_MAX]);

/* ---- sentences about one signature ---- */

/* Whether the signature, all by itself, passed. */
struct bilingual verify_words_passed(const struct signature_times *times);

/* "B-T (signature and timestamp)"; nothing while it could not be read. */
void verify_words_level(const struct signature_facts *facts, enum language language,
                        struct buffer *out);

/* Which time is proven, and by whom; or why none is. */
void verify_words_proven(const struct signature_facts *facts, const struct signature_times *times,
                         enum language language, struct buffer *out);

struct verify_renewal {
    const struct signature_facts *facts;
    const struct signature_times *times;
    int64_t validated_at;
};

/* What has to be done by when; nothing when that is not known. */
void verify_words_renewal(const struct verify_renewal *renewal, enum language language,
                          struct buffer *out);

/* "2026-… to 2028-…"; that it is unknown. */
void verify_words_validity(const struct path_certificate *certificate, enum language language,
                           struct buffer *out);

/* What is known about revocation; `all` of it, or only the statement that matters most. */
void verify_words_revocation(const struct path_certificate *certificate, bool all,
                             enum language language, struct buffer *out);

/* "keyCompromise" ... of RFC 5280; NULL when it is none or not given. */
const char *verify_reason_name(int reason);

#endif
