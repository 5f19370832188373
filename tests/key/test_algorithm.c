#include "key/algorithm.h"

#include "key/suites.h"

START_TEST(default_suite_is_p256_with_sha256)
{
    const struct key_suite *suite = key_suite_at(0);

    ck_assert_str_eq(suite->name, "ecdsa-p256-sha256");
    ck_assert_ptr_eq(key_suite_find(suite->signature_uri), suite);
    ck_assert_uint_eq(suite->signature_max, 64);
}
END_TEST

static const char *const foreign_methods[] = {
    "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
    "http://www.w3.org/2001/04/xmldsig-more#ECDSA-SHA256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256 ",
    "",
};

START_TEST(other_methods_are_not_in_the_table)
{
    ck_assert_ptr_null(key_suite_find(foreign_methods[_i]));
}
END_TEST

TCase *algorithm_cases(void)
{
    TCase *cases = tcase_create("algorithm");

    tcase_add_test(cases, default_suite_is_p256_with_sha256);
    tcase_add_loop_test(cases, other_methods_are_not_in_the_table, 0,
                        sizeof(foreign_methods) / sizeof(foreign_methods[0]));
    return cases;
}
