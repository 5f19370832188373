#include "key/key.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "key/forge.h"
#include "key/suites.h"

/* Keys in files with a password: encrypted PEM and PKCS#12. */

static struct forged forged;
static char folder[64];
static struct key *key;
static struct x509_chain *bundled;
static struct error err;

static const char *place(const char *name)
{
    return forge_path(folder, name);
}

static void write_text(const char *name, const char *text)
{
    ck_assert_int_eq(file_write(place(name), text, strlen(text), FILE_PRIVATE | FILE_REPLACE, NULL),
                     0);
}

static void write_pem(const char *password)
{
    FILE *file = fopen(place("locked.key"), "w");

    ck_assert_int_eq(PEM_write_PKCS8PrivateKey(file, forged.key, EVP_aes_256_cbc(), NULL, 0, NULL,
                                               (void *)(uintptr_t)password),
                     1);
    fclose(file);
    chmod(place("locked.key"), 0600);
}

/* `mac` 0 is the usual number of rounds, -1 leaves the integrity code out. */
static void write_p12(const char *password, X509 *own, int mac)
{
    FILE *file = fopen(place("issuer.p12"), "w");
    STACK_OF(X509) *others = sk_X509_new_null();
    PKCS12 *made;

    sk_X509_push(others, forged.ca);
    if (forged.middle != NULL) {
        sk_X509_push(others, forged.middle);
    }
    made = PKCS12_create(password, NULL, forged.key, own, others, 0, 0, 0, mac, 0);
    ck_assert_ptr_nonnull(made);
    ck_assert_int_eq(i2d_PKCS12_fp(file, made), 1);
    fclose(file);
    chmod(place("issuer.p12"), 0600);
    PKCS12_free(made);
    sk_X509_free(others);
}

static void set_up(void)
{
    err = (struct error){0};
    forge_make(&(struct forge_plan){.intermediate = 1}, &forged);
    forge_write(&forged, folder);
    write_text("password", "合同 secret\nsecond line\n");
    write_pem("合同 secret");
    write_p12("合同 secret", forged.leaf, 0);
}

static void tear_down(void)
{
    key_free(key);
    x509_chain_free(bundled);
    key = NULL;
    bundled = NULL;
    unlink(place("password"));
    unlink(place("locked.key"));
    unlink(place("issuer.p12"));
    forge_remove(folder);
    forge_free(&forged);
}

static int open_with(const char *name, const char *password_file)
{
    const struct key_source source = {
        .name = place(name), .password.file = password_file != NULL ? place(password_file) : NULL};

    err = (struct error){0};
    return key_open(&source, &key, &bundled, &err);
}

static void expect_refusal(const char *name, const char *password_file, const char *reason)
{
    ck_assert_int_eq(open_with(name, password_file), ERROR_CONFIG);
    ck_assert_ptr_null(key);
    ck_assert_ptr_null(bundled);
    ck_assert_msg(strstr(err.en, reason) != NULL, "%s", err.en);
}

static const char *const locked[] = {"locked.key", "issuer.p12"};

START_TEST(a_locked_key_opens_with_the_first_line_of_the_password_file)
{
    static const char *const contents[] = {"合同 secret\nother\n", "合同 secret",
                                           "合同 secret\r\n"};
    struct key_value value;

    for (size_t i = 0; i < 3; i++) {
        write_text("password", contents[i]);
        ck_assert_msg(open_with(locked[_i], "password") == 0, "%s", err.en);
        ck_assert_int_eq(key_sign(key, "abc", 3, &value, &err), 0);
        key_free(key);
        x509_chain_free(bundled);
    }
    key = NULL;
    bundled = NULL;
}
END_TEST

START_TEST(a_wrong_password_is_told_as_such)
{
    write_text("password", "Secret\n");
    expect_refusal(locked[_i], "password", "password is wrong");
    write_text("password", "\n");
    expect_refusal(locked[_i], "password", "password is wrong");
}
END_TEST

START_TEST(a_password_file_others_may_read_is_refused)
{
    chmod(place("password"), 0640);
    expect_refusal(locked[_i], "password", "chmod 600");
    ck_assert_str_eq(err.source, place("password"));
}
END_TEST

START_TEST(a_locked_file_others_may_read_is_refused)
{
    chmod(place(locked[_i]), 0604);
    expect_refusal(locked[_i], "password", "chmod 600");
    ck_assert_str_eq(err.source, place(locked[_i]));
}
END_TEST

START_TEST(without_a_password_a_locked_key_is_refused)
{
    expect_refusal(locked[_i], NULL, "a password is needed");
    ck_assert_int_eq(open_with(locked[_i], "none"), ERROR_OPEN);
}
END_TEST

START_TEST(odd_passwords_are_refused)
{
    char text[2048];

    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    write_text("password", text);
    expect_refusal(locked[_i], "password", "first line");
    ck_assert_int_eq(file_write(place("password"), "a\0b\n", 4, FILE_PRIVATE | FILE_REPLACE, NULL),
                     0);
    expect_refusal(locked[_i], "password", "first line");
}
END_TEST

static int questions;

static int ask(void *context, const char *what, char *text, size_t size, struct error *into)
{
    questions++;
    ck_assert_ptr_nonnull(strstr(what, "."));
    ck_assert_uint_ge(size, 256);
    if (context == NULL) {
        return (int)error_set(into, ERROR_CONFIG, "不说", "will not tell");
    }
    snprintf(text, size, "%s", (const char *)context);
    return 0;
}

static int open_asking(const char *name, const char *answer)
{
    char copy[64];
    const struct key_source source = {
        .name = place(name), .password = {.ask = ask, .context = answer != NULL ? copy : NULL}};

    snprintf(copy, sizeof(copy), "%s", answer != NULL ? answer : "");
    questions = 0;
    err = (struct error){0};
    return key_open(&source, &key, &bundled, &err);
}

START_TEST(a_password_is_asked_for_once)
{
    ck_assert_int_eq(open_asking(locked[_i], "wrong"), ERROR_CONFIG);
    ck_assert_int_eq(questions, 1);
    ck_assert_int_eq(open_asking(locked[_i], NULL), ERROR_CONFIG);
    ck_assert_str_eq(err.en, "will not tell");
    ck_assert_int_eq(open_asking(locked[_i], "合同 secret"), 0);
    ck_assert_int_eq(questions, 1);
}
END_TEST

START_TEST(an_open_key_is_not_asked_about)
{
    ck_assert_int_eq(open_asking("issuer.key", NULL), 0);
    ck_assert_int_eq(questions, 0);
}
END_TEST

/* The anchor stays out: verifiers have their own. */
START_TEST(certificates_come_along_in_order)
{
    size_t length = 0;
    unsigned char *wanted = NULL;
    const unsigned char *found;

    ck_assert_int_eq(open_with("issuer.p12", "password"), 0);
    ck_assert_uint_eq(x509_chain_count(bundled), 2);
    found = x509_der(x509_chain_at(bundled, 0), &length);
    ck_assert_int_eq(i2d_X509(forged.leaf, &wanted), (int)length);
    ck_assert_mem_eq(found, wanted, length);
    ck_assert_ptr_nonnull(strstr(x509_subject(x509_chain_at(bundled, 1)), "intermediate"));
    ck_assert_int_eq(key_bind(key, x509_chain_at(bundled, 0), &err), 0);
    OPENSSL_free(wanted);
}
END_TEST

START_TEST(a_key_alone_brings_no_certificates)
{
    write_p12("合同 secret", NULL, 0);
    ck_assert_int_eq(open_with("issuer.p12", "password"), 0);
    ck_assert_ptr_null(bundled);
}
END_TEST

START_TEST(an_empty_password_opens_what_has_none)
{
    write_text("password", "\n");
    write_p12("", forged.leaf, 0);
    ck_assert_int_eq(open_with("issuer.p12", "password"), 0);
}
END_TEST

START_TEST(a_file_without_integrity_code_is_refused)
{
    write_p12("合同 secret", forged.leaf, -1);
    expect_refusal("issuer.p12", "password", "integrity code");
}
END_TEST

START_TEST(retired_algorithms_are_told_apart_from_a_wrong_password)
{
    struct buffer octets = {0};

    ck_assert_int_eq(
        file_read(SOURCE_ROOT "/tests/fixtures/keys/legacy.p12", 1 << 16, &octets, NULL), 0);
    ck_assert_int_eq(file_write(place("issuer.p12"), octets.data, octets.length,
                                FILE_PRIVATE | FILE_REPLACE, NULL),
                     0);
    buffer_free(&octets);
    write_text("password", "secret\n");
    expect_refusal("issuer.p12", "password", "openssl pkcs12 -legacy");
    write_text("password", "Secret\n");
    expect_refusal("issuer.p12", "password", "password is wrong");
}
END_TEST

START_TEST(a_damaged_file_is_refused)
{
    struct buffer octets = {0};

    ck_assert_int_eq(file_read(place("issuer.p12"), 1 << 16, &octets, NULL), 0);
    for (size_t i = 0; i < octets.length; i += 41) {
        octets.data[i] = (char)(octets.data[i] ^ 0x40);
        ck_assert_int_eq(file_write(place("issuer.p12"), octets.data, octets.length,
                                    FILE_PRIVATE | FILE_REPLACE, NULL),
                         0);
        ck_assert_int_eq(open_with("issuer.p12", "password"), ERROR_CONFIG);
        octets.data[i] = (char)(octets.data[i] ^ 0x40);
    }
    buffer_free(&octets);
}
END_TEST

TCase *key_file_cases(void)
{
    TCase *cases = tcase_create("key_file");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_locked_key_opens_with_the_first_line_of_the_password_file, 0, 2);
    tcase_add_loop_test(cases, a_wrong_password_is_told_as_such, 0, 2);
    tcase_add_loop_test(cases, a_password_file_others_may_read_is_refused, 0, 2);
    tcase_add_loop_test(cases, a_locked_file_others_may_read_is_refused, 0, 2);
    tcase_add_loop_test(cases, without_a_password_a_locked_key_is_refused, 0, 2);
    tcase_add_loop_test(cases, odd_passwords_are_refused, 0, 2);
    tcase_add_loop_test(cases, a_password_is_asked_for_once, 0, 2);
    tcase_add_test(cases, an_open_key_is_not_asked_about);
    tcase_add_test(cases, certificates_come_along_in_order);
    tcase_add_test(cases, a_key_alone_brings_no_certificates);
    tcase_add_test(cases, an_empty_password_opens_what_has_none);
    tcase_add_test(cases, a_file_without_integrity_code_is_refused);
    tcase_add_test(cases, retired_algorithms_are_told_apart_from_a_wrong_password);
    tcase_add_test(cases, a_damaged_file_is_refused);
    return cases;
}
