#include <stdlib.h>
#include <string.h>

#include "key/key.h"
#include "key/suites.h"

/* What can be seen of tokens without one; tests/softhsm has one. */

static struct error err;

static void set_up(void)
{
    err = (struct error){0};
    setenv("OPENSSL_MODULES", "/nonexistent", 1);
    setenv("OPENSSL_CONF", "/nonexistent", 1);
}

static int open_uri(const char *uri)
{
    const struct key_source source = {.name = uri};
    struct x509_chain *bundled = NULL;
    struct key *key = NULL;
    int code = key_open(&source, &key, &bundled, &err);

    ck_assert_ptr_null(key);
    ck_assert_ptr_null(bundled);
    return code;
}

START_TEST(a_missing_provider_is_named_with_its_package)
{
    static const char *const words[] = {"pkcs11-provider", "PKCS11_PROVIDER_MODULE",
                                        "OPENSSL_CONF"};

    ck_assert_int_eq(open_uri("pkcs11:token=a;object=b"), ERROR_CONFIG);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        ck_assert_ptr_nonnull(strstr(err.en, words[i]));
        ck_assert_ptr_nonnull(strstr(err.zh, words[i]));
    }
    ck_assert_str_eq(err.source, "pkcs11:token=a;object=b");
}
END_TEST

START_TEST(a_pin_in_the_uri_is_refused)
{
    static const char *const uris[] = {"pkcs11:token=a;object=b?pin-value=1234",
                                       "pkcs11:token=a?pin-source=file:/a"};

    ck_assert_int_eq(open_uri(uris[_i]), ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.en, "--password-file"));
    ck_assert_str_eq(err.source, "pkcs11:");
}
END_TEST

TCase *store_cases(void)
{
    TCase *cases = tcase_create("store");

    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, a_missing_provider_is_named_with_its_package);
    tcase_add_loop_test(cases, a_pin_in_the_uri_is_refused, 0, 2);
    return cases;
}
