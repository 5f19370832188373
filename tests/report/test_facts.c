#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/sample.h"
#include "report/suites.h"

/* Reads what was written; it must be acceptable. */
static struct facts_document *read_back(const char *text, size_t length)
{
    struct facts_document *document = calloc(1, sizeof(*document));
    struct error err = {0};

    ck_assert_ptr_nonnull(document);
    ck_assert_msg(facts_read(text, length, "facts.json", document, &err) == 0, "%s", err.en);
    return document;
}

static void same_text(const char *a, const char *b)
{
    ck_assert((a == NULL) == (b == NULL));
    if (a != NULL)
        ck_assert_str_eq(a, b);
}

static void same_reason(const struct error *a, const struct error *b)
{
    ck_assert_int_eq(a->code, b->code);
    ck_assert_uint_eq(a->line, b->line);
    ck_assert_uint_eq(a->column, b->column);
    ck_assert_str_eq(a->source, b->source);
    ck_assert_str_eq(a->zh, b->zh);
    ck_assert_str_eq(a->en, b->en);
}

static void same_statement(const struct revocation_statement *a,
                           const struct revocation_statement *b)
{
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->status, b->status);
    ck_assert_int_eq(a->issued, b->issued);
    ck_assert_int_eq(a->has_next, b->has_next);
    ck_assert_int_eq(a->next, b->next);
    ck_assert_int_eq(a->revoked_at, b->revoked_at);
    ck_assert_int_eq(a->reason, b->reason);
}

static void same_certificate(const struct path_certificate *a, const struct path_certificate *b)
{
    same_text(a->subject, b->subject);
    same_text(a->issuer, b->issuer);
    ck_assert_int_eq(a->has_validity, b->has_validity);
    ck_assert_int_eq(a->valid_from, b->valid_from);
    ck_assert_int_eq(a->valid_to, b->valid_to);
    ck_assert_uint_eq(a->key_bits, b->key_bits);
    ck_assert_str_eq(a->key_sha256, b->key_sha256);
    ck_assert_str_eq(a->name_hash, b->name_hash);
    same_text(a->suite, b->suite);
    ck_assert_int_eq(a->anchor, b->anchor);
    ck_assert_int_eq(a->names_revocation, b->names_revocation);
    ck_assert_uint_eq(a->statement_count, b->statement_count);
    for (size_t i = 0; i < a->statement_count; i++)
        same_statement(&a->statements[i], &b->statements[i]);
}

static void same_path(const struct path *a, const struct path *b)
{
    ck_assert_int_eq(a->status, b->status);
    same_reason(&a->reason, &b->reason);
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        same_certificate(&a->certificates[i], &b->certificates[i]);
}

static void same_timestamp(const struct timestamp_facts *a, const struct timestamp_facts *b)
{
    ck_assert_int_eq(a->status, b->status);
    same_reason(&a->reason, &b->reason);
    ck_assert_int_eq(a->time, b->time);
    ck_assert_str_eq(a->policy, b->policy);
    ck_assert_str_eq(a->serial, b->serial);
    ck_assert_str_eq(a->digest, b->digest);
    same_path(&a->path, &b->path);
}

static void same_signature(const struct signature_facts *a, const struct signature_facts *b)
{
    same_text(a->unreadable, b->unreadable);
    same_text(a->suite, b->suite);
    ck_assert_int_eq(a->customs, b->customs);
    ck_assert_int_eq(a->role, b->role);
    ck_assert_int_eq(a->has_signing_time, b->has_signing_time);
    ck_assert_int_eq(a->signing_time, b->signing_time);
    ck_assert_int_eq(a->statement_digest, b->statement_digest);
    ck_assert_int_eq(a->properties_digest, b->properties_digest);
    ck_assert_int_eq(a->certificate_digest, b->certificate_digest);
    ck_assert_int_eq(a->value, b->value);
    same_path(&a->path, &b->path);
    ck_assert_int_eq(a->has_timestamp, b->has_timestamp);
    same_timestamp(&a->timestamp, &b->timestamp);
    ck_assert_uint_eq(a->embedded_certificates, b->embedded_certificates);
    ck_assert_uint_eq(a->embedded_revocations, b->embedded_revocations);
}

static void same_check(const struct check *a, const struct check *b)
{
    ck_assert_str_eq(a->id, b->id);
    ck_assert_uint_eq(a->signature, b->signature);
    ck_assert_int_eq(a->status, b->status);
    ck_assert_int_eq(a->subindication, b->subindication);
    ck_assert_str_eq(a->zh, b->zh);
    ck_assert_str_eq(a->en, b->en);
}

static void same_document(const struct facts_document *a, const struct facts_document *b)
{
    same_reason(&a->facts.format, &b->facts.format);
    ck_assert_uint_eq(a->facts.count, b->facts.count);
    for (size_t i = 0; i < a->facts.count; i++)
        same_signature(&a->facts.signatures[i], &b->facts.signatures[i]);
    ck_assert_uint_eq(a->checks.count, b->checks.count);
    for (size_t i = 0; i < a->checks.count; i++)
        same_check(&a->checks.items[i], &b->checks.items[i]);
    ck_assert_str_eq(a->certificate_sha256, b->certificate_sha256);
    ck_assert_str_eq(a->serial, b->serial);
    ck_assert_str_eq(a->record_number, b->record_number);
    ck_assert_int_eq(a->gathered_at, b->gathered_at);
}

START_TEST(what_is_written_is_read_back_equal)
{
    struct facts_document *document = sample_facts();
    size_t length = 0;
    char *text = sample_facts_text(document, &length);
    struct facts_document *again = read_back(text, length);

    same_document(document, again);
    free(text);
    sample_facts_free(document);
    sample_facts_free(again);
}
END_TEST

START_TEST(a_refusal_is_read_back_equal)
{
    struct facts_document *document = calloc(1, sizeof(*document));
    struct facts_document *again;
    size_t length = 0;
    char *text;

    ck_assert_ptr_nonnull(document);
    memset(document->certificate_sha256, '0', DIGEST_HEX_SIZE - 1);
    error_set(&document->facts.format, ERROR_INPUT, "格式不对", "not of this form");
    error_place(&document->facts.format, "c.xml", 9, 8);
    text = sample_facts_text(document, &length);
    again = read_back(text, length);
    same_document(document, again);
    free(text);
    sample_facts_free(document);
    sample_facts_free(again);
}
END_TEST

/* Checks are added to those that were read. */
START_TEST(checks_can_be_added_after_reading)
{
    struct facts_document *document = sample_facts();
    size_t length = 0;
    char *text = sample_facts_text(document, &length);
    struct facts_document *again = read_back(text, length);

    while (again->checks.count < CHECK_LIST_MAX)
        check_add_text(&again->checks, (struct check_mark){.id = "record"},
                       (struct bilingual){"一", "one"});
    ck_assert_int_eq(again->checks.failed, ERROR_NONE);
    free(text);
    sample_facts_free(document);
    sample_facts_free(again);
}
END_TEST

START_TEST(facts_judged_again_come_to_the_same)
{
    struct facts_document *document = sample_facts();
    size_t length = 0;
    char *text = sample_facts_text(document, &length);
    struct facts_document *again = read_back(text, length);
    struct policy *policy = NULL;
    struct signature_report reports[2];

    ck_assert_int_eq(policy_default(&policy, NULL), 0);
    ck_assert_int_eq(
        signature_judge(&document->facts, policy, document->gathered_at, &reports[0], NULL), 0);
    ck_assert_int_eq(
        signature_judge(&again->facts, policy, document->gathered_at, &reports[1], NULL), 0);
    ck_assert_int_eq(reports[0].indication, reports[1].indication);
    ck_assert_uint_eq(reports[0].checks.count, reports[1].checks.count);
    for (size_t i = 0; i < reports[0].checks.count; i++)
        same_check(&reports[0].checks.items[i], &reports[1].checks.items[i]);
    signature_report_free(&reports[0]);
    signature_report_free(&reports[1]);
    policy_free(policy);
    free(text);
    sample_facts_free(document);
    sample_facts_free(again);
}
END_TEST

/* What could not be read again is not written at all. */
static void spoil(struct facts_document *document, int how)
{
    struct signature_facts *first = &document->facts.signatures[0];

    switch (how) {
    case 0:
        first->signing_time = INT64_MAX;
        break;
    case 1:
        first->suite = "md5";
        break;
    case 2:
        first->unreadable = "Element";
        break;
    case 3:
        free(first->path.certificates[0].subject);
        first->path.certificates[0].subject = NULL;
        break;
    case 4:
        first->embedded_certificates = (size_t)-1;
        break;
    case 5:
        first->path.certificates[0].key_bits = (unsigned)-1;
        break;
    case 6:
        first->role = ROLE_COUNT;
        break;
    case 7:
        document->checks.items[0].id = "digests";
        break;
    default:
        document->certificate_sha256[0] = '\0';
        break;
    }
}

START_TEST(what_could_not_be_read_again_is_not_written)
{
    struct facts_document *document = sample_facts();
    struct error err = {0};
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    ck_assert_ptr_nonnull(out);
    spoil(document, _i);
    ck_assert_int_ne(facts_write(out, document, &err), 0);
    ck_assert_int_ne(err.code, ERROR_NONE);
    ck_assert_int_ne(err.code, ERROR_MEMORY);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_uint_eq(length, 0);
    free(text);
    sample_facts_free(document);
}
END_TEST

TCase *facts_cases(void)
{
    TCase *cases = tcase_create("facts");
    tcase_add_test(cases, what_is_written_is_read_back_equal);
    tcase_add_test(cases, a_refusal_is_read_back_equal);
    tcase_add_test(cases, checks_can_be_added_after_reading);
    tcase_add_test(cases, facts_judged_again_come_to_the_same);
    tcase_add_loop_test(cases, what_could_not_be_read_again_is_not_written, 0, 9);
    return cases;
}
