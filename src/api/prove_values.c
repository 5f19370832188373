#include "api/prove_values.h"

#include "api/trust.h"
#include "key/fetch.h"
#include "key/path.h"
#include "signature/augment.h"
#include "signature/path_facts.h"

enum { SIGNER = 0, AUTHORITY, PATHS };

/* What is collected for one signature. */
struct collection {
    const struct prove_place *place;
    struct signature_facts facts;
    struct x509_chain *found[PATHS];
    struct revocations *all;  /* given and fetched */
    struct revocations *kept; /* of those, what speaks about the paths */
};

static int add_all(struct revocations *to, const struct revocations *from, struct error *err)
{
    int code = 0;

    for (size_t i = 0; code == 0 && from != NULL && i < revocations_count(from); i++) {
        enum revocation_kind kind;
        size_t length = 0;
        const unsigned char *der = revocations_at(from, i, &kind, &length);

        code = revocations_add(to, kind, der, length, err);
    }
    return code;
}

/* Gathers the facts of the signature with the revocation data at hand. */
static int look(struct collection *collection, const struct revocations *revocations,
                struct error *err)
{
    const struct prove_place *place = collection->place;
    const struct dingjia_input octets = {"", place->certificate->data, place->certificate->length};
    struct signature_request request =
        trust_request(place->plan->trust, place->document, &octets, place->now);

    request.revocations = revocations;
    x509_chain_free(collection->found[SIGNER]);
    x509_chain_free(collection->found[AUTHORITY]);
    path_free(&collection->facts.path);
    timestamp_facts_free(&collection->facts.timestamp);
    return signature_paths(&request, place->number, &collection->facts, collection->found, err);
}

/* Whether something shows that each certificate was not revoked at `at`. */
static bool is_covered(const struct path *path, int64_t at, int64_t now)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct path_certificate *one = &path->certificates[i];

        if (!one->anchor && one->names_revocation && path_revoked(one) == NULL &&
            path_good_at(one, at, now) == NULL) {
            return false;
        }
    }
    return true;
}

static int fetch_missing(struct collection *collection, struct error *err)
{
    const struct timestamp_facts *token = &collection->facts.timestamp;
    const struct path *paths[PATHS] = {&collection->facts.path, &token->path};
    int code = 0;

    for (size_t i = 0; code == 0 && i < PATHS; i++) {
        if (collection->found[i] != NULL &&
            !is_covered(paths[i], token->time, collection->place->now)) {
            code = fetch_revocations(collection->found[i], collection->all, err);
        }
    }
    return code;
}

/* Whether what is said about the path includes what decides: a revocation, or the very statement by
 * which `known` shows the certificate not to be revoked. */
static bool has_deciding(const struct path *path, const struct path *known, int64_t at, int64_t now)
{
    for (size_t i = 0; i < path->count && i < known->count; i++) {
        const struct path_certificate *one = &path->certificates[i];
        const struct revocation_statement *good = path_good_at(&known->certificates[i], at, now);

        for (size_t k = 0; k < one->statement_count; k++) {
            const struct revocation_statement *said = &one->statements[k];

            if (said->status == REVOCATION_REVOKED ||
                (good != NULL && said->kind == good->kind && said->issued == good->issued)) {
                return true;
            }
        }
    }
    return false;
}

/* Whether this one CRL or OCSP response is needed for the paths. */
static int is_needed(const struct collection *collection, const struct revocations *one, bool *out,
                     struct error *err)
{
    const struct dingjia_trust *trust = collection->place->plan->trust;
    const struct timestamp_facts *token = &collection->facts.timestamp;
    const struct path *known[PATHS] = {&collection->facts.path, &token->path};
    int code = 0;

    *out = false;
    for (int i = 0; code == 0 && i < PATHS; i++) {
        struct path path = {0};
        const struct path_request request = {
            .trust = i == SIGNER ? trust->issuers : trust->authorities,
            .chain = collection->found[i],
            .revocations = one,
            .purpose = i == SIGNER ? PATH_SIGNING : PATH_TIMESTAMPING,
            .at = collection->place->now};

        if (request.chain != NULL) {
            code = path_find(&request, &path, NULL, err);
            *out = *out || (code == 0 &&
                            has_deciding(&path, known[i], token->time, collection->place->now));
            path_free(&path);
        }
    }
    return code;
}

/* A folder may hold the CRLs of a whole country; only what is needed is embedded. */
static int keep_what_is_needed(struct collection *collection, struct error *err)
{
    int code = revocations_new(&collection->kept, err);

    for (size_t i = 0; code == 0 && i < revocations_count(collection->all); i++) {
        enum revocation_kind kind;
        size_t length = 0;
        const unsigned char *der = revocations_at(collection->all, i, &kind, &length);
        struct revocations *one = NULL;
        bool wanted = false;

        code = revocations_new(&one, err);
        code = code == 0 ? revocations_add(one, kind, der, length, err) : code;
        code = code == 0 ? is_needed(collection, one, &wanted, err) : code;
        if (code == 0 && wanted) {
            code = revocations_add(collection->kept, kind, der, length, err);
        }
        revocations_free(one);
    }
    return code;
}

static int collect(struct collection *collection, struct error *err)
{
    const struct revocations *given = collection->place->plan->trust->revocations;
    int code = revocations_new(&collection->all, err);

    code = code == 0 ? add_all(collection->all, given, err) : code;
    code = code == 0 ? look(collection, collection->all, err) : code;
    code = code == 0 ? fetch_missing(collection, err) : code;
    code = code == 0 ? look(collection, collection->all, err) : code;
    return code == 0 ? keep_what_is_needed(collection, err) : code;
}

int prove_values(const struct prove_place *place, const struct signature_facts *facts,
                 struct buffer *out, struct error *err)
{
    struct collection collection = {.place = place};
    int code = collect(&collection, err);

    (void)facts;
    if (code == 0) {
        const struct signature_values values = {.certificates = collection.found[SIGNER],
                                                .more = collection.found[AUTHORITY],
                                                .revocations = collection.kept};

        code = signature_augment(place->document, place->number, &values, out, err);
    }
    path_free(&collection.facts.path);
    timestamp_facts_free(&collection.facts.timestamp);
    x509_chain_free(collection.found[SIGNER]);
    x509_chain_free(collection.found[AUTHORITY]);
    revocations_free(collection.all);
    revocations_free(collection.kept);
    return code;
}
