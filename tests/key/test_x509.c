#include "key/x509.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "key/forge.h"
#include "key/suites.h"

static struct forged forged;
static char folder[64];

static void set_up(void)
{
    forge_make(&(struct forge_plan){.intermediate = 1}, &forged);
    forge_write(&forged, folder);
}

static void tear_down(void)
{
    forge_free(&forged);
    forge_remove(folder);
}

START_TEST(a_pem_file_gives_its_certificates_in_order)
{
    struct x509_chain *chain = NULL;
    int64_t from = 0;
    int64_t to = 0;

    ck_assert_int_eq(x509_chain_read(forge_path(folder, "issuer.pem"), &chain, NULL), 0);
    ck_assert_uint_eq(x509_chain_count(chain), 2);
    ck_assert_str_eq(x509_subject(x509_chain_at(chain, 0)), "CN=示例大学科研院");
    ck_assert_str_eq(x509_issuer(x509_chain_at(chain, 0)), "CN=Test intermediate CA");
    ck_assert_str_eq(x509_subject(x509_chain_at(chain, 1)), "CN=Test intermediate CA");
    ck_assert(!x509_is_ca(x509_chain_at(chain, 0)));
    ck_assert(x509_is_ca(x509_chain_at(chain, 1)));
    ck_assert_int_eq(x509_validity(x509_chain_at(chain, 0), &from, &to), 0);
    ck_assert_int_eq(from, FORGE_NOW - 86400);
    ck_assert_int_eq(to, FORGE_NOW + FORGE_YEAR / 2);
    ck_assert_ptr_null(x509_chain_at(chain, 2));
    x509_chain_free(chain);
}
END_TEST

START_TEST(only_strict_der_is_a_certificate)
{
    unsigned char *der = NULL;
    int length = i2d_X509(forged.leaf, &der);
    unsigned char *longer = calloc(1, (size_t)length + 1);
    struct x509_chain *chain = NULL;

    ck_assert_int_eq(x509_chain_new(&chain, NULL), 0);
    memcpy(longer, der, (size_t)length);
    ck_assert_int_eq(x509_chain_add(chain, longer, (size_t)length + 1, NULL), ERROR_INPUT);
    ck_assert_int_eq(x509_chain_add(chain, longer, (size_t)length - 1, NULL), ERROR_INPUT);
    ck_assert_int_eq(x509_chain_add(chain, longer, 0, NULL), ERROR_INPUT);
    ck_assert_uint_eq(x509_chain_count(chain), 0);
    ck_assert_int_eq(x509_chain_add(chain, longer, (size_t)length, NULL), 0);
    x509_chain_free(chain);
    free(longer);
    OPENSSL_free(der);
}
END_TEST

START_TEST(a_chain_has_an_end)
{
    unsigned char *der = NULL;
    int length = i2d_X509(forged.leaf, &der);
    struct x509_chain *chain = NULL;
    struct error err = {0};

    ck_assert_int_eq(x509_chain_new(&chain, NULL), 0);
    for (int i = 0; i < 16; i++) {
        ck_assert_int_eq(x509_chain_add(chain, der, (size_t)length, &err), 0);
    }
    ck_assert_int_eq(x509_chain_add(chain, der, (size_t)length, &err), ERROR_INPUT);
    x509_chain_free(chain);
    OPENSSL_free(der);
}
END_TEST

START_TEST(files_without_intact_certificates_are_refused)
{
    static const char *const texts[] = {
        "",
        "no certificate\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB",
    };
    const char *path = forge_path(folder, "issuer.pem");
    FILE *file = fopen(path, "w");
    struct x509_chain *chain = NULL;
    struct error err = {0};

    fputs(texts[_i], file);
    fclose(file);
    ck_assert_int_eq(x509_chain_read(path, &chain, &err), ERROR_CONFIG);
    ck_assert_ptr_null(chain);
    ck_assert_str_eq(err.source, path);
}
END_TEST

static const struct {
    struct forge_plan plan;
    int allowed;
} usages[] = {
    {{.usage = "digitalSignature"}, 1},
    {{.usage = "nonRepudiation"}, 1},
    {{.usage = "critical,keyEncipherment"}, 0},
    {{.usage = "-"}, 0},
    {{.usage = "keyAgreement"}, 0},
    {{.basic = "CA:TRUE"}, 0},
    {{.basic = "-"}, 1},
    {{.extended = "emailProtection"}, 1},
    {{.extended = "clientAuth"}, 1},
    {{.extended = "1.3.6.1.5.5.7.3.36"}, 1},
    {{.extended = "serverAuth,emailProtection"}, 1},
    {{.extended = "critical,serverAuth"}, 0},
    {{.extended = "critical,timeStamping"}, 0},
    {{.extended = "OCSPSigning"}, 0},
    {{.extended = "codeSigning"}, 0},
};

START_TEST(usage_decides_who_may_sign)
{
    struct forged other;
    char place[64];
    struct x509_chain *chain = NULL;
    struct error err = {0};

    forge_make(&usages[_i].plan, &other);
    forge_write(&other, place);
    ck_assert_int_eq(x509_chain_read(forge_path(place, "issuer.pem"), &chain, NULL), 0);
    ck_assert_int_eq(x509_check_usage(x509_chain_at(chain, 0), &err),
                     usages[_i].allowed ? 0 : ERROR_CONFIG);
    ck_assert_int_eq(err.en[0] == '\0', usages[_i].allowed);
    x509_chain_free(chain);
    forge_remove(place);
    forge_free(&other);
}
END_TEST

TCase *x509_cases(void)
{
    TCase *cases = tcase_create("x509");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, a_pem_file_gives_its_certificates_in_order);
    tcase_add_test(cases, only_strict_der_is_a_certificate);
    tcase_add_test(cases, a_chain_has_an_end);
    tcase_add_loop_test(cases, files_without_intact_certificates_are_refused, 0, 5);
    tcase_add_loop_test(cases, usage_decides_who_may_sign, 0, sizeof(usages) / sizeof(usages[0]));
    return cases;
}
