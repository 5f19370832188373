#include <stdlib.h>
#include <string.h>

#include "certificate/certificate.h"
#include "certificate/suites.h"
#include "signature/sample.h"
#include "xml/node.h"

static struct buffer statement;

static void set_up(void)
{
    struct claims claims;

    sample_claims(&claims);
    buffer_init(&statement, 1 << 20);
    ck_assert_int_eq(certificate_build(&claims, &statement, NULL), 0);
    claims_free(&claims);
}

static void tear_down(void)
{
    buffer_free(&statement);
}

START_TEST(what_was_written_is_read)
{
    struct xml_document *document = NULL;
    struct claims claims;
    struct error err = {0};

    ck_assert_int_eq(xml_load(statement.data, statement.length, "s", &document, &err), 0);
    ck_assert_msg(certificate_parse(document, xml_document_root(document), &claims, &err) == 0,
                  "%s", err.en);
    ck_assert_str_eq(claims.serial, "0123456789abcdef0123456789abcdef");
    ck_assert_str_eq(claims.achievement, "一种“低温”烧结 <陶瓷> & 制备方法");
    ck_assert_str_eq(claims.holder.code, "121000004013590140");
    ck_assert_uint_eq(claims.transferee_count, 2);
    ck_assert_str_eq(claims.transferees[1].name, "Example GmbH");
    ck_assert_ptr_null(claims.transferees[1].code);
    ck_assert_uint_eq(claims.component_count, 2);
    ck_assert_str_eq(claims.components[1].rate, "3.5");
    ck_assert_uint_eq(claims.file_count, 2);
    ck_assert_ptr_null(claims.files[1].sha256);
    ck_assert_uint_eq(claims.condition_count, 3);
    ck_assert_str_eq(claims.conditions[2].outcome, "not-applicable");
    ck_assert_str_eq(claims.disclaimer_zh, certificate_disclaimer_zh);
    claims_free(&claims);
    xml_document_free(document);
}
END_TEST

/* A Statement that is well-formed but not one this program writes. */
static const struct edit edits[] = {
    {"<Pack ", "</Pack>", ""},
    {"<Pack ", "</Pack>", "@@"},
    {"<Holder ", "</Holder>", "<Holder></Holder>"},
    {"<Holder ", NULL, "<Holder extra=\"x\" "},
    {"<Holder ", NULL, "<Holder  "},
    {"<Issue ", "</Issue>", "<Issue></Issue>"},
    {"act=\"licence\"", NULL, "act=\"gift\""},
    {"</Holder>", NULL, "x</Holder>"},
    {"</Holder>", NULL, "<x></x></Holder>"},
    {"</Holder>\n", NULL, "</Holder>\n\n"},
    {"</Holder>\n", NULL, "</Holder>x\n"},
    {"<Transferee ", "</Transferee>", "<Transferee></Transferee>"},
    {"<Conditions>", "</Conditions>", "<Conditions></Conditions>"},
    {"outcome=\"satisfied\"", NULL, "outcome=\"Satisfied\""},
    {"<Disclaimer ", "</Disclaimer>", ""},
    {"<Disclaimer ", "</Disclaimer>", "@@"},
    {"It speaks only", NULL, "It grants exemption and speaks"},
    {"xml:lang=\"zh\"", NULL, "xml:lang=\"en\""},
    {"<Record ", NULL, "<Record xmlns:q=\"urn:dingjia:certificate:1.0\" q:x=\"1\" "},
    {"<Record ", NULL, "<!-- x --><Record "},
    {"<Verdict ", "</Verdict>", "<Verdict xmlns=\"urn:x\"></Verdict>"},
    {"Id=\"statement\"", NULL, "Id=\"other\""},
    {"SAMPLE-N-001", NULL, "&#10;"},
};

START_TEST(anything_else_is_refused)
{
    char *edited = sample_edit(&statement, &edits[_i]);
    struct xml_document *document = NULL;
    struct claims claims;
    struct error err = {0};

    ck_assert_msg(xml_load(edited, strlen(edited), "s", &document, &err) == 0, "%s", err.en);
    if (strcmp(edits[_i].with, "<Holder  ") == 0 || strstr(edits[_i].with, "<!--") != NULL) {
        /* Not there in canonical form; signature_verify() refuses it before anything is read. */
        ck_assert_int_eq(certificate_parse(document, xml_document_root(document), &claims, &err),
                         0);
        claims_free(&claims);
    } else {
        ck_assert_msg(certificate_parse(document, xml_document_root(document), &claims, &err) ==
                          ERROR_INPUT,
                      "edit %d", _i);
        ck_assert_int_ne(err.zh[0], '\0');
    }
    ck_assert_uint_eq(claims.condition_count, 0);
    xml_document_free(document);
    free(edited);
}
END_TEST

TCase *parse_cases(void)
{
    TCase *cases = tcase_create("parse");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, what_was_written_is_read);
    tcase_add_loop_test(cases, anything_else_is_refused, 0, sizeof(edits) / sizeof(edits[0]));
    return cases;
}
