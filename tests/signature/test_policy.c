#include "signature/policy.h"

#include <string.h>

#include "base/resource.h"
#include "signature/suites.h"

#define OPEN "<policy xmlns=\"urn:dingjia:policy:1.0\" name=\"trial\">\n"
#define ALGORITHM "<algorithm name=\"sha256\"/>\n"

START_TEST(the_default_policy_says_what_the_program_assumes)
{
    /* Once as the file has it, once where a policy is silent. */
    static const char *const ids[] = {"timestamp",     "timestamp-trust",
                                      "revocation",    "revocation-unnamed",
                                      "signing-delay", "timestamp-revocation"};
    static const char silent[] = OPEN ALGORITHM "</policy>";
    struct policy *file = NULL;
    struct policy *none = NULL;

    ck_assert_int_eq(policy_default(&file, NULL), 0);
    ck_assert_int_eq(policy_parse(silent, strlen(silent), "silent.xml", &none, NULL), 0);
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        ck_assert_int_eq(policy_level(file, ids[i]), policy_level(none, ids[i]));
    }
    ck_assert_str_eq(policy_name(file), "dingjia-default");
    ck_assert_uint_eq(strlen(policy_digest(file)), 64);
    ck_assert_ptr_null(policy_requirement_at(file, 0));
    policy_free(file);
    policy_free(none);
}
END_TEST

START_TEST(a_policy_is_read)
{
    static const char text[] =
        OPEN "<check id=\"revocation\" level=\"warn\"/><check id=\"timestamp\" level=\"fail\"/>"
             "<algorithm name=\"sm2-sm3\" until=\"2030-12-31\"/>" ALGORITHM
             "<require role=\"exchange\" suite=\"sm2-sm3\" signer=\"CN=甲\"/></policy>";
    struct policy *policy = NULL;
    const struct policy_requirement *wanted;
    int64_t until = 0;

    ck_assert_int_eq(policy_parse(text, strlen(text), "p.xml", &policy, NULL), 0);
    ck_assert_int_eq(policy_level(policy, "revocation"), LEVEL_WARN);
    ck_assert_int_eq(policy_level(policy, "timestamp"), LEVEL_FAIL);
    ck_assert_int_eq(policy_level(policy, "digests"), LEVEL_FAIL);
    ck_assert(policy_algorithm(policy, "sm2-sm3", &until));
    ck_assert_int_eq(until, 1924963200); /* 2031-01-01T00:00+08:00 */
    ck_assert(policy_algorithm(policy, "sha256", &until));
    ck_assert_int_eq(until, INT64_MAX);
    ck_assert(!policy_algorithm(policy, "sha512", &until));
    wanted = policy_requirement_at(policy, 0);
    ck_assert_int_eq(wanted->role, ROLE_EXCHANGE);
    ck_assert_str_eq(wanted->suite, "sm2-sm3");
    ck_assert_str_eq(wanted->signer, "CN=甲");
    ck_assert_ptr_null(policy_requirement_at(policy, 1));
    policy_free(policy);
}
END_TEST

/* Each is refused, and the message says why. */
static const struct {
    const char *text;
    const char *says;
} refused[] = {
    {"<policy/>", "policy"},
    {"not XML", ""},
    {OPEN "</policy>", "algorithm"},
    {OPEN "<check id=\"digests\" level=\"ignore\"/>" ALGORITHM "</policy>", "digests"},
    {OPEN "<check id=\"signature\" level=\"warn\"/>" ALGORITHM "</policy>", "signature"},
    {OPEN "<check id=\"chain\" level=\"warn\"/>" ALGORITHM "</policy>", "chain"},
    {OPEN "<check id=\"validity\" level=\"warn\"/>" ALGORITHM "</policy>", "validity"},
    {OPEN "<check id=\"revocation\" level=\"maybe\"/>" ALGORITHM "</policy>", "maybe"},
    {OPEN
     "<check id=\"revocation\" level=\"warn\"/><check id=\"revocation\" level=\"fail\"/>" ALGORITHM
     "</policy>",
     "twice"},
    {OPEN ALGORITHM ALGORITHM "</policy>", "twice"},
    {OPEN "<algorithm name=\"sha1\"/></policy>", "sha1"},
    {OPEN "<algorithm name=\"sha256\" until=\"2030-13-01\"/></policy>", "2030-13-01"},
    {OPEN "<algorithm name=\"sha256\" until=\"2030-12-31+08:00\"/></policy>", "2030-12-31+08:00"},
    {OPEN ALGORITHM "<require role=\"Exchange\"/></policy>", "Exchange"},
    {OPEN ALGORITHM "<require role=\" exchange\"/></policy>", "exchange"},
    {OPEN "<check id=\" timestamp\" level=\"fail\"/>" ALGORITHM "</policy>", "timestamp"},
    {OPEN "<check id=\"timestamp\" level=\"fail \"/>" ALGORITHM "</policy>", "fail"},
    {OPEN "<algorithm name=\"sha256 \"/></policy>", "sha256"},
    {OPEN ALGORITHM "<require colour=\"red\"/></policy>", "colour"},
    {OPEN ALGORITHM "<!DOCTYPE a></policy>", ""},
};

START_TEST(a_policy_that_is_none_is_refused)
{
    struct policy *policy = NULL;
    struct error err = {0};

    ck_assert_int_eq(
        policy_parse(refused[_i].text, strlen(refused[_i].text), "p.xml", &policy, &err),
        ERROR_CONFIG);
    ck_assert_ptr_null(policy);
    ck_assert_msg(strstr(err.en, refused[_i].says) != NULL, "%s", err.en);
    ck_assert_str_eq(err.source, "p.xml");
    ck_assert_uint_ge(err.line, 1);
}
END_TEST

TCase *policy_cases(void)
{
    TCase *cases = tcase_create("policy");

    tcase_add_test(cases, the_default_policy_says_what_the_program_assumes);
    tcase_add_test(cases, a_policy_is_read);
    tcase_add_loop_test(cases, a_policy_that_is_none_is_refused, 0,
                        sizeof(refused) / sizeof(refused[0]));
    return cases;
}
