#include "report/verify_json_signature.h"

#include <stdio.h>

#include "report/fact_names.h"
#include "report/json.h"
#include "report/verify_words.h"

enum { REASON_SIZE = 16 };

static int put_known_instant(json_t *object, const char *key, bool known, int64_t seconds)
{
    return known ? json_put_instant(object, key, seconds) : json_put(object, key, json_null());
}

/* By its name, by its number where it has none, null where none was given. */
static int put_reason(json_t *object, const struct revocation_statement *statement)
{
    char number[REASON_SIZE];

    if (statement->status != REVOCATION_REVOKED || statement->reason < 0)
        return json_put(object, "reason", json_null());
    if (verify_reason_name(statement->reason) != NULL)
        return json_put_text(object, "reason", verify_reason_name(statement->reason));
    snprintf(number, sizeof(number), "%d", statement->reason);
    return json_put_text(object, "reason", number);
}

static json_t *build_statement(const struct revocation_statement *statement)
{
    json_t *object = json_object();
    int failed = json_put_text(object, "kind", fact_name_kind(statement->kind));

    failed |= json_put_text(object, "status", fact_name_revocation(statement->status));
    failed |= json_put_instant(object, "issued", statement->issued);
    failed |= put_known_instant(object, "next", statement->has_next, statement->next);
    failed |= put_known_instant(object, "revokedAt", statement->status == REVOCATION_REVOKED,
                                statement->revoked_at);
    failed |= put_reason(object, statement);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static int put_revocation(json_t *object, const struct path_certificate *certificate)
{
    json_t *list = json_array();
    int failed = 0;

    for (size_t i = 0; i < certificate->statement_count && !failed; i++)
        failed = json_array_append_new(list, build_statement(&certificate->statements[i]));
    return json_put(object, "revocation", list) | failed;
}

static json_t *build_certificate(const struct path_certificate *certificate)
{
    json_t *object = json_object();
    bool known = certificate->has_validity;
    int failed = json_put_text(object, "subject", certificate->subject);

    failed |= json_put_text(object, "issuer", certificate->issuer);
    failed |= put_known_instant(object, "validFrom", known, certificate->valid_from);
    failed |= put_known_instant(object, "validTo", known, certificate->valid_to);
    failed |= json_put_bool(object, "anchor", certificate->anchor);
    failed |= json_put_text(object, "suite", certificate->suite);
    failed |= json_put_count(object, "keyBits", certificate->key_bits);
    failed |= put_revocation(object, certificate);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static int put_path(json_t *object, const struct path *path)
{
    json_t *list = json_array();
    int failed = 0;

    for (size_t i = 0; i < path->count && !failed; i++)
        failed = json_array_append_new(list, build_certificate(&path->certificates[i]));
    return json_put(object, "path", list) | failed;
}

/* A token that could not be read states no time. */
static bool states_time(const struct timestamp_facts *timestamp)
{
    return timestamp->status != TIMESTAMP_NOT_JUDGED && timestamp->status != TIMESTAMP_MALFORMED;
}

static int put_timestamp(json_t *object, const struct signature_facts *facts)
{
    const struct timestamp_facts *timestamp = &facts->timestamp;
    json_t *member;
    int failed;

    if (!facts->has_timestamp)
        return json_put(object, "timestamp", json_null());
    member = json_object();
    failed = json_put_text(member, "status", fact_name_timestamp(timestamp->status));
    failed |= put_known_instant(member, "time", states_time(timestamp), timestamp->time);
    failed |= json_put_text(member, "authority", fact_authority(timestamp));
    failed |= json_put_text(member, "policy", timestamp->policy);
    failed |= json_put_text(member, "serial", timestamp->serial);
    failed |= json_put_text(member, "digest", timestamp->digest);
    failed |= put_path(member, &timestamp->path);
    return json_put(object, "timestamp", member) | failed;
}

/* Members that stand there only when they are known. */
static int put_signer(json_t *object, const struct signature_facts *facts)
{
    const struct path_certificate *signer = facts_signer(facts);
    int failed = json_put_text(object, "subject", signer != NULL ? signer->subject : NULL);

    failed |= json_put_text(object, "issuer", signer != NULL ? signer->issuer : NULL);
    if (signer != NULL && signer->has_validity) {
        failed |= json_put_instant(object, "validFrom", signer->valid_from);
        failed |= json_put_instant(object, "validTo", signer->valid_to);
    }
    if (facts->has_signing_time)
        failed |= json_put_instant(object, "claimedSigningTime", facts->signing_time);
    if (facts->customs)
        failed |= json_put_bool(object, "customs", true);
    return failed;
}

json_t *verify_json_signature(const struct verification_result *result, size_t index)
{
    const struct signature_facts *facts = &result->facts.signatures[index];
    const struct signature_times *times = &result->signatures.times[index];
    json_t *object = json_object();
    int failed = json_put_text(object, "suite", facts->suite);

    failed |= put_signer(object, facts);
    failed |= json_put_text(object, "role", role_name(facts->role));
    failed |= json_put_text(object, "level", fact_level(facts));
    failed |= put_known_instant(object, "provenTime", times->proven, times->proven_at);
    failed |= put_timestamp(object, facts);
    failed |= put_path(object, &facts->path);
    failed |= put_known_instant(object, "renewBefore", times->has_renewal, times->renew_before);
    failed |= json_put_bool(object, "passed", times->passed);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}
