#include "signature/sign.h"

#include <string.h>

#include "signature/envelope.h"
#include "signature/sample.h"
#include "signature/suites.h"
#include "xml/canonical.h"

static struct sample sample;

static void set_up(void)
{
    sample_make(&(struct forge_plan){.intermediate = 1}, FORGE_NOW, &sample);
}

static void tear_down(void)
{
    sample_free(&sample);
}

/* What libxml2 makes of the parsed node must stand in the file, octet by octet. */
static void assert_is_canonical(const struct xml_document *document, const struct xml_node *node)
{
    struct buffer octets;
    const char *at;

    buffer_init(&octets, 1 << 20);
    ck_assert_int_eq(xml_canonicalise(document, node, &octets, NULL), 0);
    at = strstr(buffer_text(&sample.certificate), buffer_text(&octets));
    ck_assert_msg(at != NULL, "not in the file: %s", buffer_text(&octets));
    buffer_free(&octets);
}

START_TEST(the_octets_written_are_the_octets_digested)
{
    struct xml_document *document = NULL;
    struct envelope envelope;
    struct buffer statement;
    struct error err = {0};

    ck_assert_int_eq(
        xml_load(sample.certificate.data, sample.certificate.length, "c", &document, &err), 0);
    ck_assert_msg(envelope_read(document, &envelope, &err) == 0, "%s", err.en);
    ck_assert_uint_eq(envelope.count, 1);
    assert_is_canonical(document, envelope.statement);
    assert_is_canonical(document, envelope.signatures[0].parts[XADES_SIGNED_INFO]);
    assert_is_canonical(document, envelope.signatures[0].parts[XADES_SIGNED_PROPERTIES]);
    buffer_init(&statement, 1 << 20);
    ck_assert_int_eq(xml_canonicalise(document, envelope.statement, &statement, NULL), 0);
    ck_assert_uint_eq(statement.length, sample.statement.length);
    ck_assert_mem_eq(statement.data, sample.statement.data, statement.length);
    buffer_free(&statement);
    xml_document_free(document);
}
END_TEST

START_TEST(chain_and_time_are_in_the_signature)
{
    const char *text = buffer_text(&sample.certificate);
    const char *first = strstr(text, "<ds:X509Certificate>");

    ck_assert_ptr_nonnull(strstr(text, "<xades:SigningTime>2026-11-01T00:00:00Z<"));
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(strstr(first + 1, "<ds:X509Certificate>"));
    ck_assert_str_eq(text + sample.certificate.length - strlen("</Certificate>\n"),
                     "</Certificate>\n");
}
END_TEST

START_TEST(too_long_a_chain_is_refused)
{
    const struct signature_plan plan = {
        .key = sample.key, .chain = sample.chain, .signing_time = FORGE_NOW};
    struct buffer out;
    struct error err = {0};
    size_t length = 0;
    const unsigned char *der = x509_der(x509_chain_at(sample.chain, 0), &length);

    while (x509_chain_count(sample.chain) <= XADES_CERTIFICATES_MAX) {
        ck_assert_int_eq(x509_chain_add(sample.chain, der, length, NULL), 0);
    }
    buffer_init(&out, 1 << 20);
    ck_assert_int_eq(signature_sign(&sample.statement, &plan, &out, &err), ERROR_CONFIG);
    ck_assert_uint_eq(out.length, 0);
    buffer_free(&out);
}
END_TEST

TCase *sign_cases(void)
{
    TCase *cases = tcase_create("sign");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, the_octets_written_are_the_octets_digested);
    tcase_add_test(cases, chain_and_time_are_in_the_signature);
    tcase_add_test(cases, too_long_a_chain_is_refused);
    return cases;
}
