#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "certificate/certificate.h"
#include "certificate/suites.h"
#include "signature/sample.h"
#include "xml/schema.h"

/* One claim missing or badly written in each row. */
static void no_serial(struct claims *claims)
{
    claims->serial = NULL;
}

static void serial_in_capitals(struct claims *claims)
{
    claims->serial = "0123456789ABCDEF0123456789ABCDEF";
}

static void serial_too_short(struct claims *claims)
{
    claims->serial = "0123456789abcdef";
}

static void instant_without_zone(struct claims *claims)
{
    claims->evaluated_at = "2026-11-01T00:00:00";
}

static void instant_in_another_zone(struct claims *claims)
{
    claims->evaluated_at = "2026-10-31T16:00:00Z";
}

static void unknown_act(struct claims *claims)
{
    claims->act = "gift";
}

static void no_act(struct claims *claims)
{
    claims->act = NULL;
}

static void unknown_outcome(struct claims *claims)
{
    claims->conditions[1].outcome = "fine";
}

static void empty_name(struct claims *claims)
{
    claims->holder.name = "";
}

static void control_in_a_name(struct claims *claims)
{
    claims->holder.name = "a\x1b[31m";
}

static void broken_utf8(struct claims *claims)
{
    claims->holder.name = "\xff";
}

static void no_transferee(struct claims *claims)
{
    claims->transferee_count = 0;
}

static void no_condition(struct claims *claims)
{
    claims->condition_count = 0;
}

static void odd_digest(struct claims *claims)
{
    claims->files[0].sha256 = "44";
}

static const struct {
    void (*spoil)(struct claims *claims);
    const char *says;
} rows[] = {
    {no_serial, "Issue/@serial is missing"},
    {serial_in_capitals, "Issue/@serial"},
    {serial_too_short, "Issue/@serial"},
    {instant_without_zone, "Issue/@evaluatedAt"},
    {instant_in_another_zone, "Issue/@evaluatedAt"},
    {unknown_act, "Transaction/@act"},
    {no_act, "Transaction/@act is missing"},
    {unknown_outcome, "Condition/@outcome"},
    {empty_name, "Holder/@name"},
    {control_in_a_name, "Holder/@name"},
    {broken_utf8, "Holder/@name"},
    {no_transferee, "Transferee occurs 0 times"},
    {no_condition, "Condition occurs 0 times"},
    {odd_digest, "File/@sha256"},
};

START_TEST(claims_badly_written_are_never_signed)
{
    struct claims claims;
    struct buffer out;
    struct error err = {0};

    sample_claims(&claims);
    rows[_i].spoil(&claims);
    buffer_init(&out, 1 << 20);
    ck_assert_int_eq(certificate_build(&claims, &out, &err), ERROR_INPUT);
    ck_assert_msg(strstr(err.en, rows[_i].says) != NULL, "%s", err.en);
    buffer_free(&out);
    claims_free(&claims);
}
END_TEST

START_TEST(what_is_built_is_valid_against_the_schema)
{
    struct sample sample;
    struct buffer text;
    struct xml_schema *schema = NULL;
    struct xml_document *document = NULL;
    struct error err = {0};

    sample_make(&(struct forge_plan){.intermediate = 1}, FORGE_NOW, &sample);
    ck_assert_int_eq(
        file_read(SOURCE_ROOT "/schemas/certificate/1.0/certificate.xsd", 1 << 20, &text, &err), 0);
    ck_assert_msg(xml_schema_parse(text.data, text.length, "certificate.xsd", &schema, &err) == 0,
                  "%s", err.en);
    ck_assert_int_eq(
        xml_load(sample.certificate.data, sample.certificate.length, "c", &document, &err), 0);
    ck_assert_msg(xml_schema_validate(schema, document, &err) == 0, "%s", err.en);
    xml_document_free(document);
    xml_schema_free(schema);
    buffer_free(&text);
    sample_free(&sample);
}
END_TEST

START_TEST(the_disclaimer_never_grants_an_exemption)
{
    ck_assert_ptr_nonnull(strstr(certificate_disclaimer_zh, "由有权机关依法认定"));
    ck_assert_ptr_nonnull(strstr(certificate_disclaimer_en, "competent body"));
    ck_assert_ptr_null(strstr(certificate_disclaimer_en, "exempt from"));
    ck_assert_ptr_null(strstr(certificate_disclaimer_en, "is exempt"));
}
END_TEST

TCase *build_cases(void)
{
    TCase *cases = tcase_create("build");

    tcase_add_loop_test(cases, claims_badly_written_are_never_signed, 0,
                        sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(cases, what_is_built_is_valid_against_the_schema);
    tcase_add_test(cases, the_disclaimer_never_grants_an_exemption);
    return cases;
}
