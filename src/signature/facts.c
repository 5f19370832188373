#include "signature/facts.h"

#include <string.h>

void facts_free(struct facts *facts)
{
    for (size_t i = 0; i < FACTS_SIGNATURES_MAX; i++) {
        path_free(&facts->signatures[i].path);
        timestamp_facts_free(&facts->signatures[i].timestamp);
    }
    memset(facts, 0, sizeof(*facts));
}

bool facts_intact(const struct facts *facts)
{
    bool intact = facts->format.code == ERROR_NONE && facts->count > 0;

    for (size_t i = 0; i < facts->count; i++) {
        const struct signature_facts *one = &facts->signatures[i];

        intact = intact && one->unreadable == NULL && one->statement_digest == FACT_HOLDS &&
                 one->properties_digest == FACT_HOLDS && one->certificate_digest == FACT_HOLDS &&
                 one->value == KEY_GOOD;
    }
    return intact;
}

const struct path_certificate *facts_signer(const struct signature_facts *facts)
{
    return facts->path.count > 0 ? &facts->path.certificates[0] : NULL;
}

static bool is_same(const char *a, const char *b)
{
    return a[0] != '\0' && strcmp(a, b) == 0;
}

bool facts_same_party(const struct signature_facts *a, const struct signature_facts *b)
{
    const struct path_certificate *one = facts_signer(a);
    const struct path_certificate *other = facts_signer(b);

    return one == NULL || other == NULL || is_same(one->key_sha256, other->key_sha256) ||
           is_same(one->name_hash, other->name_hash) || strcmp(one->subject, other->subject) == 0;
}
