#include <openssl/crypto.h>

#include "key/forge_bench.h"
#include "key/suites.h"

enum { DAY = 86400 };

#define HERE "URI:http://127.0.0.1/here.crl"

/* Who signs: the CA, another CA of the same name, or the leaf itself. */
enum signer { BY_CA, BY_NAMESAKE, BY_LEAF };

/* One thing wrong, or one more thing stated, in each row but the first ones. */
static const struct {
    const char *name;
    struct forge_plan certificate;
    struct forge_crl_plan crl;
    int listed; /* the leaf is in it */
    enum signer signer;
    enum revocation_status status;
} crls[] = {
    {"empty", {0}, {0}, 0, BY_CA, REVOCATION_GOOD},
    {"listed", {0}, {0}, 1, BY_CA, REVOCATION_REVOKED},
    {"without an end", {0}, {.next = -1}, 0, BY_CA, REVOCATION_GOOD},
    {"long past", {0}, {.issued = -900 * DAY, .next = -899 * DAY}, 0, BY_CA, REVOCATION_GOOD},
    {"RSA", {.ca_curve = "RSA-3072"}, {0}, 1, BY_CA, REVOCATION_REVOKED},
    {"RSA-PSS", {.ca_curve = "RSA-3072"}, {.digest = "PSS-SHA384"}, 1, BY_CA, REVOCATION_REVOKED},
    {"RSA-PSS, SHA-1",
     {.ca_curve = "RSA-3072"},
     {.digest = "PSS-SHA1"},
     0,
     BY_CA,
     REVOCATION_SILENT},
    {"SHA-384", {.ca_curve = "P-384"}, {.digest = "SHA384"}, 1, BY_CA, REVOCATION_REVOKED},
    {"SM2", {.ca_curve = "SM2"}, {0}, 1, BY_CA, REVOCATION_REVOKED},
    {"SM2, empty", {.ca_curve = "SM2"}, {0}, 0, BY_CA, REVOCATION_GOOD},
    {"SM2 with no identifier", {.ca_curve = "SM2"}, {.id = ""}, 1, BY_CA, REVOCATION_SILENT},
    {"SM2 with another identifier",
     {.ca_curve = "SM2"},
     {.id = "1234567812345679"},
     1,
     BY_CA,
     REVOCATION_SILENT},
    {"another key", {0}, {0}, 0, BY_NAMESAKE, REVOCATION_SILENT},
    {"another name", {0}, {0}, 0, BY_LEAF, REVOCATION_SILENT},
    {"SHA-1", {0}, {.digest = "SHA1"}, 1, BY_CA, REVOCATION_SILENT},
    {"MD5", {.ca_curve = "RSA-3072"}, {.digest = "MD5"}, 0, BY_CA, REVOCATION_SILENT},
    {"a CA that may not", {.ca_usage = "critical,keyCertSign"}, {0}, 0, BY_CA, REVOCATION_SILENT},
    {"a CA without keyUsage", {.ca_usage = "-"}, {0}, 0, BY_CA, REVOCATION_GOOD},
    {"delta", {0}, {.delta = 1}, 0, BY_CA, REVOCATION_SILENT},
    {"unknown extension", {0}, {.unknown = 1}, 1, BY_CA, REVOCATION_SILENT},
    {"unknown extension of the entry", {0}, {.unknown_entry = 1}, 1, BY_CA, REVOCATION_SILENT},
    {"indirect", {0}, {.point = "critical,indirectCRL:TRUE"}, 0, BY_CA, REVOCATION_SILENT},
    {"some reasons",
     {0},
     {.point = "critical,onlysomereasons:keyCompromise"},
     0,
     BY_CA,
     REVOCATION_SILENT},
    {"attributes only", {0}, {.point = "critical,onlyAA:TRUE"}, 0, BY_CA, REVOCATION_SILENT},
    {"CAs only", {0}, {.point = "critical,onlyCA:TRUE"}, 0, BY_CA, REVOCATION_SILENT},
    {"users only", {0}, {.point = "critical,onlyuser:TRUE"}, 0, BY_CA, REVOCATION_GOOD},
    {"its point",
     {.points = HERE},
     {.point = "critical,fullname:" HERE},
     1,
     BY_CA,
     REVOCATION_REVOKED},
    {"another point",
     {.points = HERE},
     {.point = "critical,fullname:URI:http://127.0.0.1/there.crl"},
     0,
     BY_CA,
     REVOCATION_SILENT},
    {"a point, and the certificate names none",
     {0},
     {.point = "critical,fullname:" HERE},
     0,
     BY_CA,
     REVOCATION_SILENT},
    {"no point, and the certificate names one", {.points = HERE}, {0}, 0, BY_CA, REVOCATION_GOOD},
    {"on hold", {0}, {.reason = 6}, 1, BY_CA, REVOCATION_REVOKED},
    {"removed", {0}, {.reason = 8}, 1, BY_CA, REVOCATION_SILENT},
};

START_TEST(a_crl_speaks_when_it_is_genuine_and_covers_the_certificate)
{
    struct bench bench;
    struct forged other;
    struct forge_crl_plan plan = crls[_i].crl;
    struct forged_octets octets;

    bench_prepare(&bench, &crls[_i].certificate);
    forge_make(&(struct forge_plan){0}, &other);
    plan.issuer = crls[_i].signer == BY_LEAF ? bench.forged.leaf : bench.forged.ca;
    plan.key = crls[_i].signer == BY_CA         ? bench.forged.ca_key
               : crls[_i].signer == BY_NAMESAKE ? other.ca_key
                                                : bench.forged.key;
    plan.revoked = crls[_i].listed ? bench.forged.leaf : NULL;
    forge_crl(&plan, &octets);
    bench_add(&bench, REVOCATION_CRL, &octets);
    ck_assert_msg(bench_status(&bench) == crls[_i].status, "%s", crls[_i].name);
    forge_free(&other);
    bench_clean(&bench);
}
END_TEST

static void add_crl(struct bench *bench, struct forge_crl_plan plan)
{
    struct forged_octets octets;

    plan.issuer = bench->forged.ca;
    plan.key = bench->forged.ca_key;
    forge_crl(&plan, &octets);
    bench_add(bench, REVOCATION_CRL, &octets);
}

START_TEST(a_crl_tells_its_times_and_the_reason)
{
    struct bench bench;
    const struct revocation_statement *one;

    bench_prepare(&bench, &(struct forge_plan){0});
    add_crl(&bench, (struct forge_crl_plan){.revoked = bench.forged.leaf,
                                            .revoked_at = -500,
                                            .reason = 1,
                                            .issued = -100,
                                            .next = 100});
    one = bench_statement(&bench);
    ck_assert_int_eq(one->kind, REVOCATION_CRL);
    ck_assert_int_eq(one->issued, FORGE_NOW - 100);
    ck_assert(one->has_next);
    ck_assert_int_eq(one->next, FORGE_NOW + 100);
    ck_assert_int_eq(one->revoked_at, FORGE_NOW - 500);
    ck_assert_int_eq(one->reason, 1);
    bench_clean(&bench);
    bench_prepare(&bench, &(struct forge_plan){0});
    add_crl(&bench, (struct forge_crl_plan){.revoked = bench.forged.leaf, .next = -1});
    one = bench_statement(&bench);
    ck_assert(!one->has_next);
    ck_assert_int_eq(one->reason, -1);
    bench_clean(&bench);
}
END_TEST

START_TEST(an_earlier_invalidity_date_counts_and_a_later_one_does_not)
{
    static const struct {
        int64_t invalid;
        int64_t counts;
    } dates[] = {{-900, -900}, {-100, -500}};
    struct bench bench;

    bench_prepare(&bench, &(struct forge_plan){0});
    add_crl(&bench, (struct forge_crl_plan){.revoked = bench.forged.leaf,
                                            .revoked_at = -500,
                                            .invalid_at = dates[_i].invalid});
    ck_assert_int_eq(bench_statement(&bench)->revoked_at, FORGE_NOW + dates[_i].counts);
    bench_clean(&bench);
}
END_TEST

START_TEST(of_two_entries_the_earlier_counts)
{
    struct bench bench;

    bench_prepare(&bench, &(struct forge_plan){0});
    add_crl(&bench,
            (struct forge_crl_plan){.revoked = bench.forged.leaf, .revoked_at = -500, .twice = 1});
    ck_assert_int_eq(bench_statement(&bench)->revoked_at, FORGE_NOW - 500 - DAY);
    bench_clean(&bench);
}
END_TEST

START_TEST(a_certificate_of_another_number_is_not_meant)
{
    struct bench bench;
    EVP_PKEY *key = forge_key("P-256");
    X509 *other;

    bench_prepare(&bench, &(struct forge_plan){0});
    other = forge_issue(&bench.forged, &(struct forge_plan){.key = key}, "Somebody else");
    add_crl(&bench, (struct forge_crl_plan){.revoked = other});
    ck_assert_int_eq(bench_status(&bench), REVOCATION_GOOD);
    X509_free(other);
    EVP_PKEY_free(key);
    bench_clean(&bench);
}
END_TEST

/* The leaf by its intermediate, the intermediate by the root; the anchor by nobody. */
START_TEST(each_certificate_is_told_about_by_its_own_issuer)
{
    struct bench bench;
    struct forged_octets octets;
    struct forge_crl_plan plan;

    bench_prepare(&bench, &(struct forge_plan){.intermediate = 1});
    plan = (struct forge_crl_plan){.issuer = bench.forged.middle, .key = bench.forged.middle_key};
    forge_crl(&plan, &octets);
    bench_add(&bench, REVOCATION_CRL, &octets);
    plan = (struct forge_crl_plan){
        .issuer = bench.forged.ca, .key = bench.forged.ca_key, .revoked = bench.forged.middle};
    forge_crl(&plan, &octets);
    bench_add(&bench, REVOCATION_CRL, &octets);
    ck_assert_uint_eq(bench_find(&bench)->statement_count, 1);
    ck_assert_int_eq(bench.path.certificates[0].statements[0].status, REVOCATION_GOOD);
    ck_assert_uint_eq(bench.path.certificates[1].statement_count, 1);
    ck_assert_int_eq(bench.path.certificates[1].statements[0].status, REVOCATION_REVOKED);
    ck_assert_uint_eq(bench.path.certificates[2].statement_count, 0);
    bench_clean(&bench);
}
END_TEST

START_TEST(no_flood_of_good_hides_one_revoked)
{
    struct bench bench;
    const struct path_certificate *leaf;
    size_t revoked = 0;

    bench_prepare(&bench, &(struct forge_plan){0});
    for (int i = 0; i < 24; i++) {
        const bool bad = i == _i * 12 || i == 23;

        add_crl(&bench,
                (struct forge_crl_plan){.issued = i, .revoked = bad ? bench.forged.leaf : NULL});
    }
    leaf = bench_find(&bench);
    ck_assert_uint_eq(leaf->statement_count, PATH_STATEMENTS_MAX);
    for (size_t i = 0; i < leaf->statement_count; i++) {
        revoked += leaf->statements[i].status == REVOCATION_REVOKED;
    }
    ck_assert_uint_eq(revoked, 2);
    bench_clean(&bench);
}
END_TEST

START_TEST(a_crl_changed_anywhere_never_says_good_of_one_it_lists)
{
    struct bench bench;
    struct forged_octets octets;
    struct forge_crl_plan plan;

    bench_prepare(&bench, &(struct forge_plan){.ca_curve = _i == 0 ? "P-256" : "SM2"});
    plan = (struct forge_crl_plan){
        .issuer = bench.forged.ca, .key = bench.forged.ca_key, .revoked = bench.forged.leaf};
    forge_crl(&plan, &octets);
    for (size_t i = 0; i < octets.length; i++) {
        octets.der[i] ^= 0x01;
        if (bench_replace(&bench, REVOCATION_CRL, &octets)) {
            ck_assert_int_ne(bench_status(&bench), REVOCATION_GOOD);
        }
        octets.der[i] ^= 0x01;
    }
    OPENSSL_free(octets.der);
    bench_clean(&bench);
}
END_TEST

TCase *crl_cases(void)
{
    TCase *cases = tcase_create("crl");

    tcase_add_loop_test(cases, a_crl_speaks_when_it_is_genuine_and_covers_the_certificate, 0,
                        sizeof(crls) / sizeof(crls[0]));
    tcase_add_test(cases, a_crl_tells_its_times_and_the_reason);
    tcase_add_loop_test(cases, an_earlier_invalidity_date_counts_and_a_later_one_does_not, 0, 2);
    tcase_add_test(cases, of_two_entries_the_earlier_counts);
    tcase_add_test(cases, a_certificate_of_another_number_is_not_meant);
    tcase_add_test(cases, each_certificate_is_told_about_by_its_own_issuer);
    tcase_add_loop_test(cases, no_flood_of_good_hides_one_revoked, 0, 2);
    tcase_add_loop_test(cases, a_crl_changed_anywhere_never_says_good_of_one_it_lists, 0, 2);
    return cases;
}
