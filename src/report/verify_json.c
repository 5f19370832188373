#include "report/verify_json.h"

#include "report/json.h"
#include "report/verify_json_signature.h"

static json_t *build_check(const struct check *check)
{
    json_t *object = json_object();
    int failed = json_put_text(object, "id", check->id);

    failed |= json_put_number(object, "signature", check->signature);
    failed |= json_put_text(object, "block", check_block(check->id));
    failed |= json_put_text(object, "status", check_status_name(check->status));
    failed |= json_put_text(object, "subindication", subindication_name(check->subindication));
    failed |= json_put_bilingual(object, "message", (struct bilingual){check->zh, check->en});
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static int put_checks(json_t *object, const struct check_list *checks)
{
    json_t *list = json_array();
    int failed = 0;

    for (size_t i = 0; i < checks->count && !failed; i++)
        failed = json_array_append_new(list, build_check(&checks->items[i]));
    return json_put(object, "checks", list) | failed;
}

static int put_signatures(json_t *object, const struct verification_result *result)
{
    json_t *list = json_array();
    int failed = 0;

    for (size_t i = 0; i < result->facts.count && !failed; i++)
        failed = json_array_append_new(list, verify_json_signature(result, i));
    return json_put(object, "signatures", list) | failed;
}

/* null while no policy was applied. */
static int put_policy(json_t *object, const struct policy *policy)
{
    json_t *member;
    int failed;

    if (policy == NULL)
        return json_put(object, "policy", json_null());
    member = json_object();
    failed = json_put(member, "name", json_text(policy_name(policy)));
    failed |= json_put_text(member, "digest", policy_digest(policy));
    return json_put(object, "policy", member) | failed;
}

static int put_stated_pack(json_t *object, const struct claims *claims)
{
    json_t *pack = json_object();
    int failed = json_put_text(pack, "id", claims->pack_name);

    failed |= json_put_text(pack, "version", claims->pack_version);
    failed |= json_put_text(pack, "digest", claims->pack_sha256);
    return json_put(object, "pack", pack) | failed;
}

static int put_stated_digests(json_t *object, const struct claims *claims)
{
    json_t *digest = json_object();
    int failed = json_put_text(digest, "sha256", claims->record_sha256);

    failed |= json_put_text(digest, "canonicalSha256", claims->record_canonical_sha256);
    return json_put(object, "recordDigest", digest) | failed;
}

static int put_stated_outcomes(json_t *object, const struct claims *claims)
{
    json_t *outcomes = json_object();
    int failed = 0;

    for (size_t i = 0; i < claims->condition_count; i++)
        failed |=
            json_put_text(outcomes, claims->conditions[i].label, claims->conditions[i].outcome);
    return json_put(object, "conditions", outcomes) | failed;
}

static json_t *build_claims(const struct claims *claims)
{
    json_t *object = json_object();
    int failed = json_put_text(object, "serial", claims->serial);

    failed |= json_put_text(object, "issuer", claims->issuer);
    failed |= json_put_text(object, "engine", claims->engine);
    failed |= json_put_text(object, "evaluatedAt", claims->evaluated_at);
    failed |= json_put_text(object, "recordId", claims->record_number);
    failed |= put_stated_digests(object, claims);
    failed |= put_stated_pack(object, claims);
    failed |= json_put_text(object, "holder", claims->holder.name);
    failed |= json_put_text(object, "achievement", claims->achievement);
    failed |= json_put_text(object, "act", claims->act);
    failed |= json_put_text(object, "route", claims->route);
    failed |= json_put_text(object, "safeHarbour", claims->safe_harbour);
    failed |= json_put_text(object, "lawfulPricing", claims->lawful_pricing);
    failed |= json_put_text(object, "evidence", claims->examination);
    failed |= put_stated_outcomes(object, claims);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *build_difference(const struct verification_difference *difference)
{
    json_t *object = json_object();
    int failed = json_put_text(object, "id", difference->label);

    failed |= json_put_text(object, "stated", difference->stated);
    failed |= json_put_text(object, "found", difference->found);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static int put_differences(json_t *object, const struct verification_result *result)
{
    json_t *list = json_array();
    int failed = 0;

    for (size_t i = 0; i < result->difference_count && !failed; i++)
        failed = json_array_append_new(list, build_difference(&result->differences[i]));
    return json_put(object, "differences", list) | failed;
}

json_t *verify_json_certificate(const char *source, const struct verification_result *result)
{
    json_t *object = json_object();
    int failed = json_put(object, "source", json_text(source));
    struct bilingual reason = {"", ""};

    if (result->decisive != NULL)
        reason = (struct bilingual){result->decisive->zh, result->decisive->en};
    failed |= json_put_text(object, "indication", indication_name(result->indication));
    failed |= json_put_text(object, "subindication", subindication_name(result->subindication));
    failed |= json_put_bilingual(object, "reason", reason);
    failed |= json_put_instant(object, "validatedAt", result->validated_at);
    failed |= json_put_text(object, "certificateSha256", result->certificate_sha256);
    failed |= put_policy(object, result->policy);
    failed |= json_put_bool(object, "fromFacts", result->from_facts);
    failed |= put_checks(object, &result->checks);
    failed |= put_signatures(object, result);
    failed |= json_put(object, "statement",
                       result->has_claims ? build_claims(&result->claims) : json_null());
    failed |= put_differences(object, result);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}
