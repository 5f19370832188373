#include "signature/path_facts.h"

/* Clocks of authorities differ a little; beyond that nobody knows the future. */
enum { CLOCK_SKEW = 300 };

enum subindication path_subindication(enum path_status status)
{
    switch (status) {
    case PATH_COMPLETE:
        return SUBINDICATION_NONE;
    case PATH_NOT_JUDGED:
    case PATH_NO_ANCHOR:
        return SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND;
    case PATH_USAGE:
        return SUBINDICATION_CHAIN_CONSTRAINTS_FAILURE;
    case PATH_WEAK:
        return SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE;
    case PATH_BAD_SIGNATURE:
    case PATH_UNFIT:
        break;
    }
    return SUBINDICATION_CERTIFICATE_CHAIN_GENERAL_FAILURE;
}

const struct path_certificate *path_invalid_at(const struct path *path, int64_t at)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct path_certificate *one = &path->certificates[i];

        if (!one->has_validity || at < one->valid_from || at >= one->valid_to) {
            return one;
        }
    }
    return NULL;
}

bool path_valid_to(const struct path *path, int64_t *to)
{
    bool known = false;

    for (size_t i = 0; i < path->count; i++) {
        const struct path_certificate *one = &path->certificates[i];

        if (one->has_validity && (!known || one->valid_to < *to)) {
            *to = one->valid_to;
            known = true;
        }
    }
    return known;
}

const struct revocation_statement *path_revoked(const struct path_certificate *certificate)
{
    const struct revocation_statement *first = NULL;

    for (size_t i = 0; i < certificate->statement_count; i++) {
        const struct revocation_statement *one = &certificate->statements[i];

        if (one->status == REVOCATION_REVOKED &&
            (first == NULL || one->revoked_at < first->revoked_at)) {
            first = one;
        }
    }
    return first;
}

const struct revocation_statement *path_good_at(const struct path_certificate *certificate,
                                                int64_t at, int64_t now)
{
    const struct revocation_statement *best = NULL;

    for (size_t i = 0; i < certificate->statement_count; i++) {
        const struct revocation_statement *one = &certificate->statements[i];
        /* After the end of validity an entry may be dropped: "not revoked" then says nothing
         * (RFC 5280, section 3.3). */
        bool speaks = (one->issued >= at || (one->has_next && one->next >= at)) &&
                      certificate->has_validity && one->issued < certificate->valid_to &&
                      one->issued <= now + CLOCK_SKEW;

        if (one->status == REVOCATION_GOOD && speaks &&
            (best == NULL || one->issued > best->issued)) {
            best = one;
        }
    }
    return best;
}
