#include "api/own.h"

#include <stdlib.h>

#include "certificate/certificate.h"
#include "signature/verify.h"

static int parse_own(const struct xml_document *document, const struct xml_node *statement,
                     const struct facts *facts, struct error *err)
{
    struct claims claims = {0};
    int code;

    if (statement == NULL) {
        return (int)error_set(err, ERROR_INTERNAL, "刚签发的证书未能通过自查：%s%.0s",
                              "the certificate just made does not stand its own check: %.0s%s",
                              facts->format.zh, facts->format.en);
    }
    code = certificate_parse(document, statement, &claims, err);
    claims_free(&claims);
    return code;
}

int own_check(const struct buffer *certificate, int64_t at, struct error *err)
{
    struct xml_document *document = NULL;
    const struct xml_node *statement = NULL;
    struct facts *facts = calloc(1, sizeof(*facts));
    struct signature_request request = {
        .octets = certificate->data, .length = certificate->length, .at = at};
    int code;

    if (facts == NULL) {
        return (int)error_memory(err);
    }
    code = xml_load(certificate->data, certificate->length, "certificate", &document, err);
    request.document = document;
    code = code == 0 ? signature_gather(&request, facts, &statement, err) : code;
    code = code == 0 ? parse_own(document, statement, facts, err) : code;
    facts_free(facts);
    free(facts);
    xml_document_free(document);
    return code;
}

int own_role(const char *name, enum signature_role otherwise, enum signature_role *out,
             struct error *err)
{
    *out = name == NULL ? otherwise : role_find(name);
    if (*out == ROLE_NONE) {
        return (int)error_set(
            err, ERROR_USAGE, "没有角色“%s”：应为 office、exchange、authority 或 notary",
            "there is no role \"%s\": it is office, exchange, authority or notary", name);
    }
    return 0;
}
