#include "key/trust.h"

#include <string.h>

#include "key/forge.h"
#include "key/suites.h"

/* One thing wrong in each row but the first ones. */
static const struct {
    const char *name;
    struct forge_plan plan;
    int64_t at;
    enum trust_status status;
    const char *says;
} rows[] = {
    {"good", {0}, 0, TRUST_GOOD, ""},
    {"through an intermediate", {.intermediate = 1}, 0, TRUST_GOOD, ""},
    {"last second", {.to = 1000}, 999, TRUST_GOOD, ""},
    {"a second late", {.to = 1000}, 1000, TRUST_EXPIRED, "is valid from"},
    {"first second", {.from = -1000}, -1000, TRUST_GOOD, ""},
    {"a second early", {.from = -1000}, -1001, TRUST_NOT_YET_VALID, "is valid from"},
    {"CA expired", {.ca_to = 500}, 501, TRUST_EXPIRED, "a CA certificate above"},
    {"wrong usage", {.usage = "keyEncipherment"}, 0, TRUST_USAGE, "keyUsage"},
    {"no usage", {.usage = "-"}, 0, TRUST_USAGE, "keyUsage"},
    {"a CA signs itself", {.basic = "CA:TRUE"}, 0, TRUST_USAGE, "is a CA certificate"},
    {"only for servers", {.extended = "serverAuth"}, 0, TRUST_USAGE, "extendedKeyUsage"},
    {"path too long",
     {.ca_basic = "critical,CA:TRUE,pathlen:0", .intermediate = 1},
     0,
     TRUST_USAGE,
     "does not hold"},
    {"sha-1 in the chain", {.digest = "SHA1", .intermediate = 1}, 0, TRUST_WEAK, "does not hold"},
};

START_TEST(a_chain_is_judged)
{
    struct forged forged;
    char folder[64];
    struct trust *trust = NULL;
    struct x509_chain *chain = NULL;
    struct trust_result result;
    struct error err = {0};

    forge_make(&rows[_i].plan, &forged);
    forge_write(&forged, folder);
    ck_assert_msg(trust_read(forge_path(folder, "ca.pem"), &trust, &err) == 0, "%s", err.en);
    ck_assert_int_eq(x509_chain_read(forge_path(folder, "issuer.pem"), &chain, NULL), 0);
    ck_assert_int_eq(trust_judge(trust, chain, FORGE_NOW + rows[_i].at, &result, &err), 0);
    ck_assert_msg(result.status == rows[_i].status, "%s: %d %s", rows[_i].name, (int)result.status,
                  result.reason.en);
    ck_assert_msg(strstr(result.reason.en, rows[_i].says) != NULL, "%s: %s", rows[_i].name,
                  result.reason.en);
    x509_chain_free(chain);
    trust_free(trust);
    forge_remove(folder);
    forge_free(&forged);
}
END_TEST

/* Chain of one forgery against the anchors of another: same names, other keys. */
START_TEST(an_unknown_issuer_is_named_with_the_way_out)
{
    struct forged one;
    struct forged two;
    char folders[2][64];
    struct trust *trust = NULL;
    struct x509_chain *chain = NULL;
    struct trust_result result;

    forge_make(&(struct forge_plan){.intermediate = _i}, &one);
    forge_make(&(struct forge_plan){.intermediate = _i}, &two);
    forge_write(&one, folders[0]);
    forge_write(&two, folders[1]);
    ck_assert_int_eq(trust_read(forge_path(folders[0], "ca.pem"), &trust, NULL), 0);
    ck_assert_int_eq(x509_chain_read(forge_path(folders[1], "issuer.pem"), &chain, NULL), 0);
    ck_assert_int_eq(trust_judge(trust, chain, FORGE_NOW, &result, NULL), 0);
    ck_assert_int_eq(result.status, TRUST_NO_CHAIN);
    ck_assert_ptr_nonnull(strstr(result.reason.en, "\"CN=Test CA\""));
    ck_assert_ptr_nonnull(strstr(result.reason.en, "--trust"));
    ck_assert_ptr_nonnull(strstr(result.reason.zh, "--trust"));
    x509_chain_free(chain);
    trust_free(trust);
    for (int i = 0; i < 2; i++) {
        forge_remove(folders[i]);
    }
    forge_free(&one);
    forge_free(&two);
}
END_TEST

START_TEST(an_intermediate_may_be_the_anchor)
{
    struct forged forged;
    char folder[64];
    struct trust *trust = NULL;
    struct x509_chain *chain = NULL;
    struct trust_result result;

    forge_make(&(struct forge_plan){.intermediate = 1}, &forged);
    X509_free(forged.ca);
    forged.ca = forged.middle;
    forged.middle = NULL;
    forge_write(&forged, folder);
    ck_assert_int_eq(trust_read(forge_path(folder, "ca.pem"), &trust, NULL), 0);
    ck_assert_int_eq(x509_chain_read(forge_path(folder, "issuer.pem"), &chain, NULL), 0);
    ck_assert_int_eq(trust_judge(trust, chain, FORGE_NOW, &result, NULL), 0);
    ck_assert_int_eq(result.status, TRUST_GOOD);
    x509_chain_free(chain);
    trust_free(trust);
    forge_remove(folder);
    forge_free(&forged);
}
END_TEST

START_TEST(what_may_not_issue_is_no_anchor)
{
    static const struct forge_plan plans[] = {{.ca_usage = "critical,cRLSign"},
                                              {.ca_basic = "critical,CA:FALSE"}};
    struct forged forged;
    char folder[64];
    struct trust *trust = NULL;

    forge_make(&plans[_i], &forged);
    forge_write(&forged, folder);
    ck_assert_int_eq(trust_read(forge_path(folder, "ca.pem"), &trust, NULL), ERROR_CONFIG);
    forge_remove(folder);
    forge_free(&forged);
}
END_TEST

START_TEST(an_end_certificate_is_no_anchor)
{
    struct forged forged;
    char folder[64];
    struct trust *trust = NULL;
    struct error err = {0};

    forge_make(&(struct forge_plan){0}, &forged);
    forge_write(&forged, folder);
    ck_assert_int_eq(trust_read(forge_path(folder, "issuer.pem"), &trust, &err), ERROR_CONFIG);
    ck_assert_ptr_null(trust);
    ck_assert_ptr_nonnull(strstr(err.en, "Test CA"));
    forge_remove(folder);
    forge_free(&forged);
}
END_TEST

START_TEST(a_certificate_changed_after_issue_is_not_chained)
{
    struct forged forged;
    char folder[64];
    struct trust *trust = NULL;
    struct x509_chain *chain = NULL;
    struct trust_result result;
    unsigned char *der = NULL;
    int length;

    forge_make(&(struct forge_plan){0}, &forged);
    forge_write(&forged, folder);
    length = i2d_X509(forged.leaf, &der);
    der[length - 1] ^= 1; /* the last octet of the issuer's signature */
    ck_assert_int_eq(trust_read(forge_path(folder, "ca.pem"), &trust, NULL), 0);
    ck_assert_int_eq(x509_chain_new(&chain, NULL), 0);
    ck_assert_int_eq(x509_chain_add(chain, der, (size_t)length, NULL), 0);
    ck_assert_int_eq(trust_judge(trust, chain, FORGE_NOW, &result, NULL), 0);
    ck_assert_int_eq(result.status, TRUST_BAD_SIGNATURE);
    x509_chain_free(chain);
    trust_free(trust);
    OPENSSL_free(der);
    forge_remove(folder);
    forge_free(&forged);
}
END_TEST

TCase *trust_cases(void)
{
    TCase *cases = tcase_create("trust");

    tcase_add_loop_test(cases, a_chain_is_judged, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_loop_test(cases, an_unknown_issuer_is_named_with_the_way_out, 0, 2);
    tcase_add_test(cases, an_intermediate_may_be_the_anchor);
    tcase_add_loop_test(cases, what_may_not_issue_is_no_anchor, 0, 2);
    tcase_add_test(cases, an_end_certificate_is_no_anchor);
    tcase_add_test(cases, a_certificate_changed_after_issue_is_not_chained);
    return cases;
}
