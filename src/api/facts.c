#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/internal.h"
#include "api/trust.h"
#include "api/verify.h"
#include "base/clock.h"
#include "report/facts.h"

/* Copies the checks that are about the certificate as a whole. */
static void copy_own(const struct check_list *from, struct check_list *to)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct check *one = &from->items[i];
        const struct bilingual text = {one->zh, one->en};

        if (check_block(one->id)[0] != '\0') {
            continue;
        }
        if (one->status == CHECK_NOT_RUN) {
            check_add_not_run(to, one->id, text);
        } else {
            check_add_text(to,
                           (struct check_mark){.id = one->id,
                                               .signature = one->signature,
                                               .subindication = one->subindication},
                           text);
        }
    }
}

static void copy_identity(const struct verification_result *from, struct facts_document *to)
{
    snprintf(to->certificate_sha256, sizeof(to->certificate_sha256), "%s",
             from->certificate_sha256);
    snprintf(to->serial, sizeof(to->serial), "%s", from->serial);
    snprintf(to->record_number, sizeof(to->record_number), "%s", from->record_number);
}

int dingjia_facts_write(FILE *out, const struct dingjia_verification *verification,
                        struct error *err)
{
    const struct verification_result *result = &verification->result;
    struct facts_document document = {.facts = result->facts, .gathered_at = result->validated_at};
    int code;

    copy_identity(result, &document);
    copy_own(&result->checks, &document.checks);
    code = document.checks.failed != ERROR_NONE ? (int)error_memory(err)
                                                : facts_write(out, &document, err);
    check_list_clear(&document.checks);
    return code;
}

/* Without a statement that was read and held there is nothing that could pass. */
static bool says_statement_held(const struct check_list *checks)
{
    bool held = false;

    for (size_t i = 0; i < checks->count; i++) {
        held = held || (strcmp(checks->items[i].id, "statement") == 0 &&
                        checks->items[i].status == CHECK_PASSED);
    }
    return held;
}

static int judge(struct facts_document *document, const struct dingjia_trust *trust,
                 struct verification_result *result, struct error *err)
{
    int code;

    result->facts = document->facts;
    memset(&document->facts, 0, sizeof(document->facts)); /* taken over */
    result->policy = trust->policy;
    result->from_facts = true;
    snprintf(result->certificate_sha256, sizeof(result->certificate_sha256), "%s",
             document->certificate_sha256);
    snprintf(result->serial, sizeof(result->serial), "%s", document->serial);
    snprintf(result->record_number, sizeof(result->record_number), "%s", document->record_number);
    code = signature_judge(&result->facts, trust->policy, result->validated_at, &result->signatures,
                           err);
    result->checks = result->signatures.checks;
    result->signatures.checks = (struct check_list){0};
    copy_own(&document->checks, &result->checks);
    if (code == 0 && result->checks.failed != ERROR_NONE) {
        code = (int)error_memory(err);
    }
    if (code == 0) {
        verify_conclude(result, says_statement_held(&document->checks));
    }
    return code;
}

int dingjia_facts_judge(const struct dingjia_input *facts, const struct dingjia_trust *trust,
                        int64_t at, struct dingjia_verification **out, struct error *err)
{
    struct dingjia_verification *made = calloc(1, sizeof(*made));
    struct facts_document *document = calloc(1, sizeof(*document));
    int code = ERROR_MEMORY;

    *out = NULL;
    if (made == NULL || document == NULL) {
        error_memory(err);
        goto out;
    }
    made->result.validated_at = at != 0 ? at : clock_now();
    code = facts_read(facts->octets, facts->length, facts->name, document, err);
    code = code == 0 ? judge(document, trust, &made->result, err) : code;
    facts_document_free(document);
    error_place(err, facts->name, 0, 0);
    if (code == 0) {
        *out = made;
        made = NULL;
    }
out:
    free(document);
    dingjia_verification_free(made);
    return code;
}
