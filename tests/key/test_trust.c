#include "key/trust.h"

#include <string.h>

#include "key/forge.h"
#include "key/suites.h"

/* Reads one of the files of a forgery as anchors. */
static int read_anchors(const struct forge_plan *plan, const char *name, struct error *err)
{
    struct forged forged;
    char folder[64];
    struct trust *trust = NULL;
    int code;

    forge_make(plan, &forged);
    forge_write(&forged, folder);
    code = trust_read(forge_path(folder, name), &trust, err);
    ck_assert_int_eq(trust == NULL, code != 0);
    trust_free(trust);
    forge_remove(folder);
    forge_free(&forged);
    return code;
}

START_TEST(a_ca_certificate_is_an_anchor)
{
    ck_assert_int_eq(read_anchors(&(struct forge_plan){0}, "ca.pem", NULL), 0);
}
END_TEST

START_TEST(what_may_not_issue_is_no_anchor)
{
    static const struct forge_plan plans[] = {{.ca_usage = "critical,cRLSign"},
                                              {.ca_basic = "critical,CA:FALSE"}};

    ck_assert_int_eq(read_anchors(&plans[_i], "ca.pem", NULL), ERROR_CONFIG);
}
END_TEST

START_TEST(an_end_certificate_is_no_anchor_and_its_issuer_is_named)
{
    struct error err = {0};

    ck_assert_int_eq(read_anchors(&(struct forge_plan){0}, "issuer.pem", &err), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "Test CA"));
    ck_assert_ptr_nonnull(strstr(err.zh, "Test CA"));
    ck_assert_ptr_nonnull(strstr(err.source, "issuer.pem"));
}
END_TEST

START_TEST(a_key_is_no_anchor)
{
    ck_assert_int_eq(read_anchors(&(struct forge_plan){0}, "issuer.key", NULL), ERROR_CONFIG);
}
END_TEST

TCase *trust_cases(void)
{
    TCase *cases = tcase_create("trust");

    tcase_add_test(cases, a_ca_certificate_is_an_anchor);
    tcase_add_loop_test(cases, what_may_not_issue_is_no_anchor, 0, 2);
    tcase_add_test(cases, an_end_certificate_is_no_anchor_and_its_issuer_is_named);
    tcase_add_test(cases, a_key_is_no_anchor);
    return cases;
}
