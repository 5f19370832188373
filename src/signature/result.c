#include "signature/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *const indication_names[] = {
    [INDICATION_NONE] = "",
    [INDICATION_TOTAL_PASSED] = "TOTAL-PASSED",
    [INDICATION_INDETERMINATE] = "INDETERMINATE",
    [INDICATION_TOTAL_FAILED] = "TOTAL-FAILED",
};

static const char *const subindication_names[] = {
    [SUBINDICATION_NONE] = "",
    [SUBINDICATION_FORMAT_FAILURE] = "FORMAT_FAILURE",
    [SUBINDICATION_HASH_FAILURE] = "HASH_FAILURE",
    [SUBINDICATION_SIG_CRYPTO_FAILURE] = "SIG_CRYPTO_FAILURE",
    [SUBINDICATION_REVOKED] = "REVOKED",
    [SUBINDICATION_EXPIRED] = "EXPIRED",
    [SUBINDICATION_NOT_YET_VALID] = "NOT_YET_VALID",
    [SUBINDICATION_SIG_CONSTRAINTS_FAILURE] = "SIG_CONSTRAINTS_FAILURE",
    [SUBINDICATION_CHAIN_CONSTRAINTS_FAILURE] = "CHAIN_CONSTRAINTS_FAILURE",
    [SUBINDICATION_CERTIFICATE_CHAIN_GENERAL_FAILURE] = "CERTIFICATE_CHAIN_GENERAL_FAILURE",
    [SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE] = "CRYPTO_CONSTRAINTS_FAILURE",
    [SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE_NO_POE] = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    [SUBINDICATION_POLICY_PROCESSING_ERROR] = "POLICY_PROCESSING_ERROR",
    [SUBINDICATION_SIGNATURE_POLICY_NOT_AVAILABLE] = "SIGNATURE_POLICY_NOT_AVAILABLE",
    [SUBINDICATION_TIMESTAMP_ORDER_FAILURE] = "TIMESTAMP_ORDER_FAILURE",
    [SUBINDICATION_NO_SIGNING_CERTIFICATE_FOUND] = "NO_SIGNING_CERTIFICATE_FOUND",
    [SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND] = "NO_CERTIFICATE_CHAIN_FOUND",
    [SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND_NO_POE] = "NO_CERTIFICATE_CHAIN_FOUND_NO_POE",
    [SUBINDICATION_REVOKED_NO_POE] = "REVOKED_NO_POE",
    [SUBINDICATION_REVOKED_CA_NO_POE] = "REVOKED_CA_NO_POE",
    [SUBINDICATION_OUT_OF_BOUNDS_NOT_REVOKED] = "OUT_OF_BOUNDS_NOT_REVOKED",
    [SUBINDICATION_OUT_OF_BOUNDS_NO_POE] = "OUT_OF_BOUNDS_NO_POE",
    [SUBINDICATION_REVOCATION_OUT_OF_BOUNDS_NO_POE] = "REVOCATION_OUT_OF_BOUNDS_NO_POE",
    [SUBINDICATION_NO_POE] = "NO_POE",
    [SUBINDICATION_TRY_LATER] = "TRY_LATER",
    [SUBINDICATION_SIGNED_DATA_NOT_FOUND] = "SIGNED_DATA_NOT_FOUND",
};

static const char *const status_names[] = {
    [CHECK_NOT_RUN] = "not-run", [CHECK_PASSED] = "passed",
    [CHECK_FAILED] = "failed",   [CHECK_INDETERMINATE] = "indeterminate",
    [CHECK_WARNING] = "warning",
};

/* Every check there is, and its building block. */
static const struct {
    const char *id;
    const char *block;
} known[] = {
    {"format", "FC"},
    {"signing-certificate", "ISC"},
    {"requirement", "VCI"},
    {"chain", "XCV"},
    {"validity", "XCV"},
    {"revoked", "XCV"},
    {"revocation", "RFC"},
    {"revocation-unnamed", "RFC"},
    {"digests", "CV"},
    {"signature", "CV"},
    {"signing-time", "SAV"},
    {"signing-delay", "SAV"},
    {"algorithm", "SAV"},
    {"timestamp", "POE"},
    {"timestamp-intact", "POE"},
    {"timestamp-trust", "POE"},
    {"timestamp-revocation", "POE"},
    {"statement", ""},
    {"pack", ""},
    {"record", ""},
    {"evidence", ""},
    {"recheck", ""},
};

const char *check_block(const char *id)
{
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i].id, id) == 0) {
            return known[i].block;
        }
    }
    return "";
}

const char *check_id(const char *name)
{
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i].id, name) == 0) {
            return known[i].id;
        }
    }
    return NULL;
}

const char *indication_name(enum indication indication)
{
    return indication_names[indication];
}

const char *subindication_name(enum subindication subindication)
{
    return subindication_names[subindication];
}

enum indication subindication_indication(enum subindication subindication)
{
    if (subindication == SUBINDICATION_NONE) {
        return INDICATION_TOTAL_PASSED;
    }
    return subindication <= SUBINDICATION_NOT_YET_VALID ? INDICATION_TOTAL_FAILED
                                                        : INDICATION_INDETERMINATE;
}

const char *check_status_name(enum check_status status)
{
    return status_names[status];
}

static enum check_status status_of(struct check_mark mark)
{
    if (mark.subindication != SUBINDICATION_NONE && mark.level != LEVEL_FAIL) {
        return mark.level == LEVEL_WARN ? CHECK_WARNING : CHECK_NOT_RUN;
    }
    switch (subindication_indication(mark.subindication)) {
    case INDICATION_TOTAL_PASSED:
        return CHECK_PASSED;
    case INDICATION_TOTAL_FAILED:
        return CHECK_FAILED;
    case INDICATION_INDETERMINATE:
    case INDICATION_NONE:
        break;
    }
    return CHECK_INDETERMINATE;
}

static struct check *append(struct check_list *list, struct check_mark mark, struct bilingual text)
{
    struct check *check;

    if (list->items == NULL) {
        list->items = calloc(CHECK_LIST_MAX, sizeof(*list->items));
    }
    if (list->items == NULL || list->count == CHECK_LIST_MAX) {
        list->failed = ERROR_MEMORY;
        return NULL;
    }
    check = &list->items[list->count++];
    *check = (struct check){.id = mark.id,
                            .signature = mark.signature,
                            .status = status_of(mark),
                            .subindication = mark.subindication,
                            .zh = text_copy(text.zh),
                            .en = text_copy(text.en)};
    if (check->zh == NULL || check->en == NULL) {
        list->failed = ERROR_MEMORY;
    }
    return check;
}

void check_add_text(struct check_list *list, struct check_mark mark, struct bilingual text)
{
    append(list, mark, text);
}

void check_add(struct check_list *list, struct check_mark mark, const char *zh, const char *en, ...)
{
    char texts[2][ERROR_TEXT_MAX];
    va_list arguments;

    va_start(arguments, en);
    vsnprintf(texts[0], sizeof(texts[0]), zh, arguments);
    va_end(arguments);
    va_start(arguments, en);
    vsnprintf(texts[1], sizeof(texts[1]), en, arguments);
    va_end(arguments);
    text_sanitise(texts[0]);
    text_sanitise(texts[1]);
    append(list, mark, (struct bilingual){texts[0], texts[1]});
}

void check_add_not_run(struct check_list *list, const char *id, struct bilingual why)
{
    struct check *check = append(list, (struct check_mark){.id = id}, why);

    if (check != NULL) {
        check->status = CHECK_NOT_RUN;
    }
}

void check_list_clear(struct check_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].zh);
        free(list->items[i].en);
    }
    free(list->items);
    *list = (struct check_list){0};
}

static const struct check *find(const struct check_list *list, enum check_status status)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].status == status) {
            return &list->items[i];
        }
    }
    return NULL;
}

const struct check *check_list_decisive(const struct check_list *list)
{
    const struct check *failed = find(list, CHECK_FAILED);

    return failed != NULL ? failed : find(list, CHECK_INDETERMINATE);
}
