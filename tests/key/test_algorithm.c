#include "key/algorithm.h"

#include "key/suites.h"

START_TEST(default_suite_is_p256_with_sha256)
{
    const struct key_suite *suite = key_suite_at(0);

    ck_assert_str_eq(suite->name, "ecdsa-p256-sha256");
    ck_assert_ptr_eq(key_suite_find(suite->signature_uri, false), suite);
    ck_assert_uint_eq(suite->signature_min, 64);
    ck_assert_uint_eq(suite->signature_max, 64);
}
END_TEST

/* Certificates already issued depend on every one of these. */
START_TEST(the_table_is_closed)
{
    static const struct {
        const char *word;
        const char *signature;
        const char *digest;
        enum digest_algorithm algorithm;
    } rows[] = {
        {"p256", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
         "http://www.w3.org/2001/04/xmlenc#sha256", DIGEST_SHA256},
        {"rsa3072", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
         "http://www.w3.org/2001/04/xmlenc#sha256", DIGEST_SHA256},
        {"sm2", "urn:dingjia:xmldsig:sm2-sm3", "urn:dingjia:xmldsig:sm3", DIGEST_SM3},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct key_suite *suite = key_suite_at(i);

        ck_assert_str_eq(suite->word, rows[i].word);
        ck_assert_str_eq(suite->signature_uri, rows[i].signature);
        ck_assert_str_eq(suite->digest_uri, rows[i].digest);
        ck_assert_int_eq(suite->digest, rows[i].algorithm);
        ck_assert_uint_le(suite->signature_max, KEY_SIGNATURE_MAX);
        ck_assert_ptr_eq(key_suite_named(rows[i].word), suite);
        ck_assert_ptr_eq(key_suite_find(rows[i].signature, false), suite);
    }
    ck_assert_ptr_null(key_suite_at(sizeof(rows) / sizeof(rows[0])));
    ck_assert_ptr_null(key_suite_named("rsa2048"));
}
END_TEST

static const char *const foreign_methods[] = {
    "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
    "http://www.w3.org/2000/09/xmldsig#sm2-sm3",
    "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3",
    "urn:dingjia:xmldsig:sm3",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
    "http://www.w3.org/2001/04/xmldsig-more#ECDSA-SHA256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256 ",
    "",
};

START_TEST(other_methods_are_not_in_the_table)
{
    ck_assert_ptr_null(key_suite_find(foreign_methods[_i], false));
}
END_TEST

TCase *algorithm_cases(void)
{
    TCase *cases = tcase_create("algorithm");

    tcase_add_test(cases, default_suite_is_p256_with_sha256);
    tcase_add_test(cases, the_table_is_closed);
    tcase_add_loop_test(cases, other_methods_are_not_in_the_table, 0,
                        sizeof(foreign_methods) / sizeof(foreign_methods[0]));
    return cases;
}
