#include "key/path.h"

#include <string.h>

#include "key/forge.h"
#include "key/suites.h"

struct bench {
    struct forged forged;
    struct trust *trust;
    struct x509_chain *chain;
    struct path path;
    struct x509_chain *found;
};

static void prepare(struct bench *bench, const struct forge_plan *plan)
{
    *bench = (struct bench){0};
    forge_make(plan, &bench->forged);
    bench->trust = forge_trust(&bench->forged);
    bench->chain = forge_chain(&bench->forged);
}

static void clean(struct bench *bench)
{
    path_free(&bench->path);
    x509_chain_free(bench->found);
    x509_chain_free(bench->chain);
    trust_free(bench->trust);
    forge_free(&bench->forged);
}

static void find(struct bench *bench, enum path_purpose purpose, int64_t at)
{
    const struct path_request request = {
        .trust = bench->trust, .chain = bench->chain, .purpose = purpose, .at = FORGE_NOW + at};
    struct error err = {0};

    ck_assert_msg(path_find(&request, &bench->path, &bench->found, &err) == 0, "%s", err.en);
}

#define DOCUMENTS PATH_SIGNING
#define STAMPS PATH_TIMESTAMPING
#define FOR_STAMPS "critical,timeStamping"

/* One thing wrong in each row but the good ones. */
static const struct {
    const char *name;
    struct forge_plan plan;
    enum path_purpose purpose;
    int64_t at;
    enum path_status status;
    const char *says;
} rows[] = {
    {"good", {0}, DOCUMENTS, 0, PATH_COMPLETE, ""},
    {"through an intermediate", {.intermediate = 1}, DOCUMENTS, 0, PATH_COMPLETE, ""},
    {"after its end", {.to = 1000}, DOCUMENTS, 1000, PATH_COMPLETE, ""},
    {"before its start", {.from = -1000}, DOCUMENTS, -1001, PATH_COMPLETE, ""},
    {"after the CA's end", {.ca_to = 500}, DOCUMENTS, 501, PATH_COMPLETE, ""},
    {"a hundred years on", {0}, DOCUMENTS, 100 * (int64_t)FORGE_YEAR, PATH_COMPLETE, ""},
    {"RSA", {.curve = "RSA-3072", .ca_curve = "RSA-3072"}, DOCUMENTS, 0, PATH_COMPLETE, ""},
    {"SM2", {.curve = "SM2", .ca_curve = "SM2"}, DOCUMENTS, 0, PATH_COMPLETE, ""},
    {"SM2 with no identifier",
     {.curve = "SM2", .ca_curve = "SM2", .id = ""},
     DOCUMENTS,
     0,
     PATH_BAD_SIGNATURE,
     "was changed or forged"},
    {"wrong usage", {.usage = "keyEncipherment"}, DOCUMENTS, 0, PATH_USAGE, "keyUsage"},
    {"no usage", {.usage = "-"}, DOCUMENTS, 0, PATH_USAGE, "keyUsage"},
    {"a CA signs itself", {.basic = "CA:TRUE"}, DOCUMENTS, 0, PATH_USAGE, "is a CA certificate"},
    {"only for servers", {.extended = "serverAuth"}, DOCUMENTS, 0, PATH_USAGE, "extendedKeyUsage"},
    {"only for time-stamps",
     {.extended = FOR_STAMPS},
     DOCUMENTS,
     0,
     PATH_USAGE,
     "extendedKeyUsage"},
    {"path too long",
     {.ca_basic = "critical,CA:TRUE,pathlen:0", .intermediate = 1},
     DOCUMENTS,
     0,
     PATH_USAGE,
     "does not hold"},
    {"SHA-1 in the chain", {.digest = "SHA1", .intermediate = 1}, DOCUMENTS, 0, PATH_WEAK, "SHA-1"},
    {"short key", {.curve = "RSA-1024"}, DOCUMENTS, 0, PATH_WEAK, "too weak"},
    {"short key of the CA", {.ca_curve = "RSA-1024"}, DOCUMENTS, 0, PATH_WEAK, "too weak"},
    {"an authority",
     {.usage = "digitalSignature", .extended = FOR_STAMPS},
     STAMPS,
     0,
     PATH_COMPLETE,
     ""},
    {"an authority without keyUsage",
     {.usage = "-", .extended = FOR_STAMPS},
     STAMPS,
     0,
     PATH_COMPLETE,
     ""},
    {"an authority after its end",
     {.to = 1000, .extended = FOR_STAMPS},
     STAMPS,
     2000,
     PATH_COMPLETE,
     ""},
    {"an authority of no use named", {0}, STAMPS, 0, PATH_USAGE, "RFC 3161 section 2.3"},
    {"an authority, not critical", {.extended = "timeStamping"}, STAMPS, 0, PATH_USAGE, "critical"},
    {"an authority for e-mail too",
     {.extended = "critical,timeStamping,emailProtection"},
     STAMPS,
     0,
     PATH_USAGE,
     "nothing else"},
    {"an authority for e-mail",
     {.extended = "critical,emailProtection"},
     STAMPS,
     0,
     PATH_USAGE,
     "nothing else"},
    {"an authority that enciphers",
     {.usage = "digitalSignature,keyEncipherment", .extended = FOR_STAMPS},
     STAMPS,
     0,
     PATH_USAGE,
     "may only be"},
    {"an authority that is a CA",
     {.basic = "CA:TRUE", .extended = FOR_STAMPS},
     STAMPS,
     0,
     PATH_USAGE,
     "is a CA certificate"},
};

START_TEST(a_path_is_judged_whatever_the_time)
{
    struct bench bench;

    prepare(&bench, &rows[_i].plan);
    find(&bench, rows[_i].purpose, rows[_i].at);
    ck_assert_msg(bench.path.status == rows[_i].status, "%s: %d %s", rows[_i].name,
                  (int)bench.path.status, bench.path.reason.en);
    ck_assert_msg(strstr(bench.path.reason.en, rows[_i].says) != NULL, "%s: %s", rows[_i].name,
                  bench.path.reason.en);
    ck_assert_int_eq(bench.path.reason.zh[0] != '\0', rows[_i].status != PATH_COMPLETE);
    ck_assert_int_eq(bench.found != NULL, rows[_i].status == PATH_COMPLETE);
    clean(&bench);
}
END_TEST

START_TEST(each_certificate_of_the_path_is_described)
{
    struct bench bench;
    const struct path_certificate *all = bench.path.certificates;

    prepare(&bench, &(struct forge_plan){.intermediate = 1,
                                         .to = 1000,
                                         .curve = "P-384",
                                         .points = "URI:http://127.0.0.1/ca.crl"});
    find(&bench, PATH_SIGNING, 0);
    ck_assert_int_eq(bench.path.status, PATH_COMPLETE);
    ck_assert_uint_eq(bench.path.count, 3);
    ck_assert_str_eq(all[0].subject, "CN=示例大学科研院");
    ck_assert_str_eq(all[0].issuer, "CN=Test intermediate CA");
    ck_assert_str_eq(all[1].subject, "CN=Test intermediate CA");
    ck_assert_str_eq(all[2].subject, "CN=Test CA");
    ck_assert(all[0].has_validity);
    ck_assert_int_eq(all[0].valid_from, FORGE_NOW - 86400);
    ck_assert_int_eq(all[0].valid_to, FORGE_NOW + 1000);
    ck_assert_uint_eq(all[0].key_bits, 384);
    ck_assert_ptr_null(all[0].suite);
    ck_assert_str_eq(all[1].suite, "ecdsa-p256-sha256");
    ck_assert(all[0].names_revocation && !all[1].names_revocation);
    ck_assert(!all[0].anchor && !all[1].anchor && all[2].anchor);
    ck_assert_uint_eq(x509_chain_count(bench.found), 3);
    ck_assert_str_eq(x509_subject(x509_chain_at(bench.found, 2)), "CN=Test CA");
    clean(&bench);
}
END_TEST

START_TEST(a_responder_too_is_where_revocation_is_told)
{
    struct bench bench;

    prepare(&bench, &(struct forge_plan){.access = "OCSP;URI:http://127.0.0.1/ocsp"});
    find(&bench, PATH_SIGNING, 0);
    ck_assert(bench.path.certificates[0].names_revocation);
    clean(&bench);
    prepare(&bench, &(struct forge_plan){.access = "caIssuers;URI:http://127.0.0.1/ca.crt"});
    find(&bench, PATH_SIGNING, 0);
    ck_assert(!bench.path.certificates[0].names_revocation);
    clean(&bench);
}
END_TEST

/* Chain of one forgery against the anchors of another: same names, other keys. */
START_TEST(an_unknown_issuer_is_named_with_the_way_out)
{
    static const char *const options[] = {"--trust", "--tsa-trust"};
    const int intermediate = _i % 2;
    const enum path_purpose purpose = _i < 2 ? PATH_SIGNING : PATH_TIMESTAMPING;
    struct bench bench;
    struct forged other;

    prepare(&bench, &(struct forge_plan){.intermediate = intermediate});
    forge_make(&(struct forge_plan){0}, &other);
    trust_free(bench.trust);
    bench.trust = forge_trust(&other);
    find(&bench, purpose, 0);
    ck_assert_int_eq(bench.path.status, PATH_NO_ANCHOR);
    ck_assert_ptr_nonnull(strstr(bench.path.reason.en, "\"CN=Test CA\""));
    ck_assert_ptr_nonnull(strstr(bench.path.reason.zh, "“CN=Test CA”"));
    ck_assert_ptr_nonnull(strstr(bench.path.reason.en, options[purpose]));
    ck_assert_ptr_nonnull(strstr(bench.path.reason.zh, options[purpose]));
    ck_assert_uint_eq(bench.path.count, 1);
    ck_assert_str_eq(bench.path.certificates[0].subject, "CN=示例大学科研院");
    ck_assert(!bench.path.certificates[0].anchor);
    forge_free(&other);
    clean(&bench);
}
END_TEST

START_TEST(without_anchors_the_certificate_is_described_alone)
{
    struct bench bench;

    prepare(&bench, &(struct forge_plan){0});
    trust_free(bench.trust);
    bench.trust = NULL;
    find(&bench, PATH_SIGNING, 0);
    ck_assert_int_eq(bench.path.status, PATH_NOT_JUDGED);
    ck_assert_uint_eq(bench.path.count, 1);
    ck_assert_ptr_null(bench.found);
    clean(&bench);
}
END_TEST

START_TEST(an_intermediate_may_be_the_anchor)
{
    struct bench bench;

    prepare(&bench, &(struct forge_plan){.intermediate = 1});
    trust_free(bench.trust);
    X509_free(bench.forged.ca);
    bench.forged.ca = bench.forged.middle;
    bench.forged.middle = NULL;
    bench.trust = forge_trust(&bench.forged);
    find(&bench, PATH_SIGNING, 0);
    ck_assert_int_eq(bench.path.status, PATH_COMPLETE);
    ck_assert_uint_eq(bench.path.count, 2);
    ck_assert(bench.path.certificates[1].anchor);
    clean(&bench);
}
END_TEST

START_TEST(further_certificates_close_a_gap)
{
    struct bench bench;
    struct x509_chain *more = NULL;
    struct path_request request = {.purpose = PATH_SIGNING, .at = FORGE_NOW};

    prepare(&bench, &(struct forge_plan){.intermediate = 1});
    x509_chain_free(bench.chain);
    ck_assert_int_eq(x509_chain_new(&bench.chain, NULL), 0);
    forge_add(bench.chain, bench.forged.leaf);
    find(&bench, PATH_SIGNING, 0);
    ck_assert_int_eq(bench.path.status, PATH_NO_ANCHOR);
    ck_assert_ptr_nonnull(strstr(bench.path.reason.en, "\"CN=Test intermediate CA\""));
    path_free(&bench.path);

    ck_assert_int_eq(x509_chain_new(&more, NULL), 0);
    forge_add(more, bench.forged.middle);
    request.trust = bench.trust;
    request.chain = bench.chain;
    request.more = more;
    ck_assert_int_eq(path_find(&request, &bench.path, NULL, NULL), 0);
    ck_assert_int_eq(bench.path.status, PATH_COMPLETE);
    x509_chain_free(more);
    clean(&bench);
}
END_TEST

/* The same CA twice among the helpers, with the same key: once expired, once not. */
START_TEST(of_several_paths_the_one_that_is_valid_then_is_taken)
{
    struct bench bench;
    X509 *old;

    prepare(&bench, &(struct forge_plan){.intermediate = 1});
    old = X509_dup(bench.forged.middle);
    ASN1_TIME_set(X509_getm_notAfter(old), FORGE_NOW + 1000);
    ck_assert_int_gt(X509_sign(old, bench.forged.ca_key, EVP_sha256()), 0);
    x509_chain_free(bench.chain);
    ck_assert_int_eq(x509_chain_new(&bench.chain, NULL), 0);
    forge_add(bench.chain, bench.forged.leaf);
    forge_add(bench.chain, _i == 0 ? bench.forged.middle : old);
    forge_add(bench.chain, _i == 0 ? old : bench.forged.middle);
    find(&bench, PATH_SIGNING, 2000);
    ck_assert_int_eq(bench.path.status, PATH_COMPLETE);
    ck_assert_int_eq(bench.path.certificates[1].valid_to, FORGE_NOW + FORGE_YEAR);
    path_free(&bench.path);
    x509_chain_free(bench.found);
    find(&bench, PATH_SIGNING, 20 * (int64_t)FORGE_YEAR); /* none is valid, one is a path */
    ck_assert_int_eq(bench.path.status, PATH_COMPLETE);
    X509_free(old);
    clean(&bench);
}
END_TEST

START_TEST(a_certificate_changed_after_issue_has_no_path)
{
    struct bench bench;
    unsigned char *der = NULL;
    int length;

    prepare(&bench, &(struct forge_plan){0});
    length = i2d_X509(bench.forged.leaf, &der);
    der[length - 1] ^= 1; /* the last octet of the issuer's signature */
    x509_chain_free(bench.chain);
    ck_assert_int_eq(x509_chain_new(&bench.chain, NULL), 0);
    ck_assert_int_eq(x509_chain_add(bench.chain, der, (size_t)length, NULL), 0);
    find(&bench, PATH_SIGNING, 0);
    ck_assert_int_eq(bench.path.status, PATH_BAD_SIGNATURE);
    OPENSSL_free(der);
    clean(&bench);
}
END_TEST

TCase *path_cases(void)
{
    TCase *cases = tcase_create("path");

    tcase_add_loop_test(cases, a_path_is_judged_whatever_the_time, 0,
                        sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(cases, each_certificate_of_the_path_is_described);
    tcase_add_test(cases, a_responder_too_is_where_revocation_is_told);
    tcase_add_loop_test(cases, an_unknown_issuer_is_named_with_the_way_out, 0, 4);
    tcase_add_test(cases, without_anchors_the_certificate_is_described_alone);
    tcase_add_test(cases, an_intermediate_may_be_the_anchor);
    tcase_add_test(cases, further_certificates_close_a_gap);
    tcase_add_loop_test(cases, of_several_paths_the_one_that_is_valid_then_is_taken, 0, 2);
    tcase_add_test(cases, a_certificate_changed_after_issue_has_no_path);
    return cases;
}
