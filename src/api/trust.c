#include "api/trust.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"

static int read_policy(const char *path, struct policy **out, struct error *err)
{
    struct buffer octets = {0};
    int code;

    if (path == NULL) {
        return policy_default(out, err);
    }
    code = file_read(path, LIMIT_KEY_OCTETS, &octets, err);
    code = code == 0 ? policy_parse(buffer_text(&octets), octets.length, path, out, err) : code;
    buffer_free(&octets);
    return code;
}

static int read_revocations(const char *path, struct revocations **out, struct error *err)
{
    int code;

    if (path == NULL) {
        return 0;
    }
    code = revocations_new(out, err);
    code = code == 0 ? revocations_read(*out, path, err) : code;
    if (code == 0 && revocations_count(*out) > SIGNATURE_REVOCATIONS_MAX) {
        code = (int)error_set(err, ERROR_CONFIG, "吊销列表和 OCSP 答复共 %zu 份，最多 %d 份",
                              "there are %zu CRLs and OCSP responses; at most %d can be given",
                              revocations_count(*out), SIGNATURE_REVOCATIONS_MAX);
        error_place(err, path, 0, 0);
    }
    return code;
}

static int open_all(const struct dingjia_trust_plan *plan, struct dingjia_trust *trust,
                    struct error *err)
{
    int code = plan->issuers != NULL ? trust_read(plan->issuers, &trust->issuers, err) : 0;

    if (code == 0 && plan->authorities != NULL) {
        code = trust_read(plan->authorities, &trust->authorities, err);
    }
    code = code == 0 ? read_revocations(plan->revocations, &trust->revocations, err) : code;
    trust->customs = plan->customs;
    return code == 0 ? read_policy(plan->policy, &trust->policy, err) : code;
}

int dingjia_trust_open(const struct dingjia_trust_plan *plan, struct dingjia_trust **out,
                       struct error *err)
{
    struct dingjia_trust *trust = calloc(1, sizeof(*trust));
    int code = trust == NULL ? (int)error_memory(err) : open_all(plan, trust, err);

    *out = NULL;
    if (code != 0) {
        dingjia_trust_free(trust);
        return code;
    }
    *out = trust;
    return 0;
}

void dingjia_trust_free(struct dingjia_trust *trust)
{
    if (trust != NULL) {
        trust_free(trust->issuers);
        trust_free(trust->authorities);
        revocations_free(trust->revocations);
        policy_free(trust->policy);
        free(trust);
    }
}

struct signature_request trust_request(const struct dingjia_trust *trust,
                                       const struct xml_document *document,
                                       const struct dingjia_input *octets, int64_t at)
{
    return (struct signature_request){.document = document,
                                      .octets = octets->octets,
                                      .length = octets->length,
                                      .trust = trust->issuers,
                                      .tsa_trust = trust->authorities,
                                      .revocations = trust->revocations,
                                      .at = at,
                                      .customs = trust->customs};
}
