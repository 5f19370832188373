#include "certificate/form.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "certificate/claims.h"

enum { NAME_OCTETS_MAX = 4096 };

static const char *const acts[] = {"assignment", "licence", "equity", "development",
                                   "consulting", "service", "other",  NULL};
static const char *const exclusivities[] = {"exclusive", "sole", "ordinary", NULL};
static const char *const routes[] = {"listing", "auction", "negotiation", NULL};
static const char *const component_kinds[] = {"lumpSum", "instalment", "entryFee",
                                              "royalty", "equity",     NULL};
static const char *const examinations[] = {"compared", "declared", NULL};
static const char *const verdicts[] = {"compliant",     "non-compliant", "not-evidenced",
                                       "indeterminate", "out-of-scope",  NULL};
static const char *const outcomes[] = {"satisfied", "violated", "not-evidenced", "not-applicable",
                                       "attested",  "warning",  "error",         NULL};

#define AT(member) offsetof(struct claims, member)

static const struct form_field issue_fields[] = {
    {"engine", AT(engine), true, FORM_NAME, NULL},
    {"evaluatedAt", AT(evaluated_at), true, FORM_INSTANT, NULL},
    {"issuer", AT(issuer), true, FORM_NAME, NULL},
    {"serial", AT(serial), true, FORM_HEX32, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_field record_fields[] = {
    {"canonicalSha256", AT(record_canonical_sha256), true, FORM_HEX64, NULL},
    {"number", AT(record_number), true, FORM_NAME, NULL},
    {"sha256", AT(record_sha256), true, FORM_HEX64, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_field pack_fields[] = {
    {"name", AT(pack_name), true, FORM_NAME, NULL},
    {"sha256", AT(pack_sha256), true, FORM_HEX64, NULL},
    {"version", AT(pack_version), true, FORM_NAME, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_field holder_fields[] = {
    {"code", AT(holder.code), false, FORM_NAME, NULL},
    {"name", AT(holder.name), true, FORM_NAME, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_field no_fields[] = {{NULL, 0, false, FORM_NAME, NULL}};

static const struct form_field transferee_fields[] = {
    {"code", offsetof(struct claims_party, code), false, FORM_NAME, NULL},
    {"name", offsetof(struct claims_party, name), true, FORM_NAME, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_list transferees = {"Transferee",
                                             transferee_fields,
                                             AT(transferees),
                                             AT(transferee_count),
                                             sizeof(struct claims_party),
                                             1,
                                             20};

static const struct form_field achievement_fields[] = {
    {"name", AT(achievement), true, FORM_NAME, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_field transaction_fields[] = {
    {"act", AT(act), true, FORM_ONE_OF, acts},
    {"exclusivity", AT(exclusivity), false, FORM_ONE_OF, exclusivities},
    {"route", AT(route), true, FORM_ONE_OF, routes},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_field price_fields[] = {
    {"currency", AT(currency), true, FORM_NAME, NULL},
    {"tax", AT(tax), true, FORM_NAME, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

#define PART(member) offsetof(struct claims_component, member)

static const struct form_field component_fields[] = {
    {"amount", PART(amount), false, FORM_NAME, NULL},
    {"base", PART(base), false, FORM_NAME, NULL},
    {"cap", PART(cap), false, FORM_NAME, NULL},
    {"floor", PART(floor), false, FORM_NAME, NULL},
    {"kind", PART(kind), true, FORM_ONE_OF, component_kinds},
    {"months", PART(months), false, FORM_NAME, NULL},
    {"rate", PART(rate), false, FORM_NAME, NULL},
    {"share", PART(share), false, FORM_NAME, NULL},
    {"tier", PART(tier), false, FORM_NAME, NULL},
    {"valuation", PART(valuation), false, FORM_NAME, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_list components = {"Component",
                                            component_fields,
                                            AT(components),
                                            AT(component_count),
                                            sizeof(struct claims_component),
                                            1,
                                            100};

static const struct form_field evidence_fields[] = {
    {"examination", AT(examination), true, FORM_ONE_OF, examinations},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_field file_fields[] = {
    {"label", offsetof(struct claims_file, label), true, FORM_NAME, NULL},
    {"path", offsetof(struct claims_file, path), true, FORM_NAME, NULL},
    {"sha256", offsetof(struct claims_file, sha256), false, FORM_DIGEST, NULL},
    {"sm3", offsetof(struct claims_file, sm3), false, FORM_DIGEST, NULL},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_list files = {
    "File", file_fields, AT(files), AT(file_count), sizeof(struct claims_file), 0, 1000};

static const struct form_field verdict_fields[] = {
    {"lawfulPricing", AT(lawful_pricing), true, FORM_ONE_OF, verdicts},
    {"safeHarbour", AT(safe_harbour), true, FORM_ONE_OF, verdicts},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_field condition_fields[] = {
    {"label", offsetof(struct claims_condition, label), true, FORM_NAME, NULL},
    {"outcome", offsetof(struct claims_condition, outcome), true, FORM_ONE_OF, outcomes},
    {NULL, 0, false, FORM_NAME, NULL},
};

static const struct form_list conditions = {"Condition",
                                            condition_fields,
                                            AT(conditions),
                                            AT(condition_count),
                                            sizeof(struct claims_condition),
                                            1,
                                            500};

static const struct form forms[] = {
    {"Issue", issue_fields, NULL},
    {"Record", record_fields, NULL},
    {"Pack", pack_fields, NULL},
    {"Holder", holder_fields, NULL},
    {"Transferees", no_fields, &transferees},
    {"Achievement", achievement_fields, NULL},
    {"Transaction", transaction_fields, NULL},
    {"Price", price_fields, &components},
    {"Evidence", evidence_fields, &files},
    {"Verdict", verdict_fields, NULL},
    {"Conditions", no_fields, &conditions},
};

const struct form *form_at(size_t index)
{
    return index < sizeof(forms) / sizeof(forms[0]) ? &forms[index] : NULL;
}

const char *form_get(const void *structure, const struct form_field *field)
{
    const char *text;

    memcpy(&text, (const char *)structure + field->offset, sizeof(text));
    return text;
}

void form_set(void *structure, const struct form_field *field, const char *text)
{
    memcpy((char *)structure + field->offset, &text, sizeof(text));
}

void *form_items(const void *claims, const struct form_list *list, size_t *count)
{
    void *items;

    memcpy(&items, (const char *)claims + list->items_offset, sizeof(items));
    memcpy(count, (const char *)claims + list->count_offset, sizeof(*count));
    return items;
}

void form_set_items(void *claims, const struct form_list *list, void *items, size_t count)
{
    memcpy((char *)claims + list->items_offset, &items, sizeof(items));
    memcpy((char *)claims + list->count_offset, &count, sizeof(count));
}

static bool is_hexadecimal(const char *text, size_t length)
{
    return strlen(text) == length && strspn(text, "0123456789abcdef") == length;
}

static bool is_instant(const char *text)
{
    char again[CLOCK_INSTANT_SIZE];
    int64_t seconds = 0;

    if (clock_parse_instant(text, &seconds) != 0) {
        return false;
    }
    clock_format_beijing(seconds, again);
    return strcmp(text, again) == 0;
}

static bool is_one_of(const char *text, const char *const *allowed)
{
    for (; *allowed != NULL; allowed++) {
        if (strcmp(text, *allowed) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_name(const char *text)
{
    size_t length = strlen(text);

    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            return false;
        }
    }
    return length > 0 && length <= NAME_OCTETS_MAX && text_first_bad_octet(text, length) == length;
}

static bool fits(const struct form_field *field, const char *text)
{
    switch (field->text) {
    case FORM_NAME:
        return is_name(text);
    case FORM_HEX32:
        return is_hexadecimal(text, 32);
    case FORM_HEX64:
        return is_hexadecimal(text, 64);
    case FORM_DIGEST:
        return strlen(text) == 64 && strspn(text, "0123456789abcdefABCDEF") == 64;
    case FORM_INSTANT:
        return is_instant(text);
    case FORM_ONE_OF:
        return is_one_of(text, field->allowed);
    }
    return false;
}

int form_check(const char *element, const struct form_field *field, const char *text,
               struct error *err)
{
    if (text == NULL && field->required) {
        return (int)error_set(err, ERROR_INPUT, "缺少证书内容必须写明的 %s/@%s",
                              "%s/@%s is missing, which a certificate has to state", element,
                              field->name);
    }
    if (text != NULL && !fits(field, text)) {
        return (int)error_set(err, ERROR_INPUT, "证书内容 %s/@%s 的值“%.60s”写法不对",
                              "the value of %s/@%s, \"%.60s\", is not written as it must be",
                              element, field->name, text);
    }
    return 0;
}
