#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "signature/suites.h"
#include "signature/verify.h"
#include "xml/canonical.h"

/* A property of the certificates in tests/frozen: with any octet changed, nothing that still passes
 * says anything else, and outside the unsigned properties nothing passes at all. Every octet is
 * changed, one bit of it, to save time but for these, where one in STRIDE is, chosen with a fixed
 * seed: the base64 of unsigned values (certificates, CRLs, OCSP responses, timestamps), and the
 * Statement, which all have in common, in all but two. Of what is no longer intact, likewise, only
 * one in STRIDE is judged to its end. */

enum { STRIDE = 11, SEED = 20261124, OCTETS_MAX = 1 << 20 };

/* 2027-06-01 in Beijing. */
static const int64_t validation = 1811779200;

#define FROZEN SOURCE_ROOT "/tests/frozen/1.0"

enum { PATH_SIZE = 512 };

static const struct {
    const char *folder; /* with the anchors */
    const char *name;
    bool whole; /* every octet of the Statement, too */
} rows[] = {
    {"p256", "b-b.xml", false},
    {"p256", "b-t.xml", true},
    {"p256", "b-lt.xml", false},
    {"p256", "countersigned.xml", false},
    {"rsa3072", "b-b.xml", false},
    {"rsa3072", "b-t.xml", false},
    {"rsa3072", "b-lt.xml", false},
    {"sm2", "b-b.xml", false},
    {"sm2", "b-t.xml", true},
    {"sm2", "b-lt.xml", false},
    {"sm2", "countersigned.xml", false},
};

struct judges {
    struct trust *trust;
    struct trust *tsa_trust;
    struct policy *policy;
};

/* What a certificate that passes says. */
struct saying {
    bool passed;
    struct buffer statement;
    struct facts facts;
    struct signature_times times[FACTS_SIGNATURES_MAX];
};

static void make_path(char path[PATH_SIZE], const char *folder, const char *name)
{
    snprintf(path, PATH_SIZE, "%s/%s/%s", FROZEN, folder, name);
}

static void judges_open(struct judges *judges, const char *folder)
{
    char path[PATH_SIZE];

    *judges = (struct judges){0};
    make_path(path, folder, "anchors.pem");
    ck_assert_int_eq(trust_read(path, &judges->trust, NULL), 0);
    make_path(path, folder, "stamps.pem");
    ck_assert_int_eq(trust_read(path, &judges->tsa_trust, NULL), 0);
    ck_assert_int_eq(policy_default(&judges->policy, NULL), 0);
}

static void judges_close(struct judges *judges)
{
    trust_free(judges->trust);
    trust_free(judges->tsa_trust);
    policy_free(judges->policy);
}

static void saying_free(struct saying *saying)
{
    buffer_free(&saying->statement);
    facts_free(&saying->facts);
}

static void conclude(const struct judges *judges, const struct xml_document *document,
                     const struct xml_node *statement, struct saying *out)
{
    struct signature_report report = {0};

    if (signature_judge(&out->facts, judges->policy, validation, &report, NULL) == 0 &&
        report.indication == INDICATION_TOTAL_PASSED) {
        ck_assert_ptr_nonnull(statement);
        buffer_init(&out->statement, OCTETS_MAX);
        ck_assert_int_eq(xml_canonicalise(document, statement, &out->statement, NULL), 0);
        memcpy(out->times, report.times, sizeof(out->times));
        out->passed = true;
    }
    signature_report_free(&report);
}

/* What is judged; without `judges` only whether everything is intact, which is a part of it. */
static bool listen(const struct judges *judges, const char *octets, size_t length,
                   struct saying *out)
{
    static const struct judges nobody;
    const struct judges *asked = judges == NULL ? &nobody : judges;
    bool intact = false;
    struct xml_document *document = NULL;
    const struct xml_node *statement = NULL;
    struct signature_request request = {.octets = octets,
                                        .length = length,
                                        .trust = asked->trust,
                                        .tsa_trust = asked->tsa_trust,
                                        .at = validation};

    *out = (struct saying){0};
    if (xml_load(octets, length, "certificate.xml", &document, NULL) != 0) {
        return false;
    }
    request.document = document;
    if (signature_gather(&request, &out->facts, &statement, NULL) == 0) {
        intact = facts_intact(&out->facts);
        if (judges != NULL) {
            conclude(judges, document, statement, out);
        }
    }
    xml_document_free(document);
    return intact;
}

/* Losing the proof of time says less; another time would say something else. */
static bool same_signature(const struct saying *one, const struct saying *other, size_t index)
{
    const struct signature_facts *a = &one->facts.signatures[index];
    const struct signature_facts *b = &other->facts.signatures[index];
    const struct signature_times *times = &other->times[index];

    return a->role == b->role && a->signing_time == b->signing_time &&
           strcmp(a->suite, b->suite) == 0 &&
           strcmp(facts_signer(a)->subject, facts_signer(b)->subject) == 0 &&
           strcmp(facts_signer(a)->issuer, facts_signer(b)->issuer) == 0 &&
           (!times->proven || times->proven_at == one->times[index].proven_at);
}

static bool same(const struct saying *one, const struct saying *other)
{
    bool equal = one->facts.count == other->facts.count &&
                 one->statement.length == other->statement.length &&
                 memcmp(one->statement.data, other->statement.data, one->statement.length) == 0;

    for (size_t i = 0; equal && i < one->facts.count; i++) {
        equal = same_signature(one, other, i);
    }
    return equal;
}

/* ---- where in the file ---- */

enum place { SIGNED, SIGNED_SPARED, UNSIGNED, UNSIGNED_SPARED };

/* Marks every element of this name. */
static void mark(const char *whole, const char *name, enum place place, unsigned char *places)
{
    char from[64];
    char to[64];

    snprintf(from, sizeof(from), "<%s", name);
    snprintf(to, sizeof(to), "</%s>", name);
    for (const char *at = strstr(whole, from); at != NULL; at = strstr(at, from)) {
        const char *end = strstr(at, to);

        ck_assert_ptr_nonnull(end);
        memset(places + (at - whole), (int)place, (size_t)(end - at) + strlen(to));
        at = end;
    }
}

/* Within what is marked, long texts of base64 are values. */
static void mark_values(const char *whole, size_t length, unsigned char *places)
{
    for (size_t at = 0; at < length; at++) {
        size_t text = strcspn(whole + at, "<>");

        if (places[at] == UNSIGNED && text > 120) {
            memset(places + at, UNSIGNED_SPARED, text);
        }
        at += text;
    }
}

static unsigned char *find_places(const char *whole, size_t length, bool spare)
{
    unsigned char *places = calloc(length + 1, 1);

    ck_assert_ptr_nonnull(places);
    if (spare) {
        mark(whole, "Statement", SIGNED_SPARED, places);
    }
    mark(whole, "xades:UnsignedProperties", UNSIGNED, places);
    mark_values(whole, length, places);
    return places;
}

/* Always the same ones in STRIDE. */
static bool is_chosen(void)
{
    static unsigned state = SEED;

    state = state * 1664525U + 1013904223U;
    return (state >> 16) % STRIDE == 0;
}

/* Changes one octet; returns whether it still passes. */
static bool passes_changed(const struct judges *judges, const struct saying *unchanged,
                           struct buffer *whole, size_t at, enum place place)
{
    struct saying changed = {0};
    bool passed;

    whole->data[at] = (char)(whole->data[at] ^ 1);
    if (listen(NULL, whole->data, whole->length, &changed) || is_chosen()) {
        saying_free(&changed);
        listen(judges, whole->data, whole->length, &changed);
    }
    whole->data[at] = (char)(whole->data[at] ^ 1);
    ck_assert_msg(!changed.passed || (place >= UNSIGNED && same(unchanged, &changed)),
                  "octet %zu: %.40s", at, whole->data + at);
    passed = changed.passed;
    saying_free(&changed);
    return passed;
}

START_TEST(changed_certificates_say_nothing_else)
{
    char path[PATH_SIZE];
    struct judges judges;
    struct saying unchanged;
    struct buffer whole;
    unsigned char *places;
    size_t accepted = 0;

    make_path(path, rows[_i].folder, rows[_i].name);
    buffer_init(&whole, OCTETS_MAX);
    ck_assert_int_eq(file_read(path, OCTETS_MAX, &whole, NULL), 0);
    judges_open(&judges, rows[_i].folder);
    listen(&judges, whole.data, whole.length, &unchanged);
    ck_assert_msg(unchanged.passed, "%s", path);
    places = find_places(buffer_text(&whole), whole.length, !rows[_i].whole);
    for (size_t at = 0; at < whole.length; at++) {
        if (places[at] == SIGNED || places[at] == UNSIGNED || is_chosen()) {
            accepted += passes_changed(&judges, &unchanged, &whole, at, places[at]);
        }
    }
    /* What may be missing today is not missed: certificates of the path, say. */
    ck_assert_uint_lt(accepted, whole.length / 2);
    free(places);
    saying_free(&unchanged);
    judges_close(&judges);
    buffer_free(&whole);
}
END_TEST

TCase *frozen_mutation_cases(void)
{
    TCase *cases = tcase_create("frozen");

    tcase_set_timeout(cases, 300);
    tcase_add_loop_test(cases, changed_certificates_say_nothing_else, 0,
                        sizeof(rows) / sizeof(rows[0]));
    return cases;
}
