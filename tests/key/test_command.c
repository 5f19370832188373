#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "key/forge.h"
#include "key/key.h"
#include "key/suites.h"

/* A program signs: tests/key/signer.py, with the ways in which one can go wrong. */

#define SIGNER "command:" SOURCE_ROOT "/tests/key/signer.py"

static struct forged forged;
static char folder[64];
static struct key *key;
static struct x509_chain *chain;
static struct error err;

static void make(const char *curve)
{
    forge_make(&(struct forge_plan){.curve = curve}, &forged);
    forge_write(&forged, folder);
    ck_assert_int_eq(x509_chain_read(forge_path(folder, "issuer.pem"), &chain, &err), 0);
}

static void set_up(void)
{
    err = (struct error){0};
}

static void tear_down(void)
{
    key_free(key);
    x509_chain_free(chain);
    forge_free(&forged);
    forge_remove(folder);
    key = NULL;
    chain = NULL;
}

static int open_named(const char *name, unsigned seconds)
{
    const struct key_source source = {.name = name, .command_seconds = seconds};
    struct x509_chain *bundled = NULL;
    int code = key_open(&source, &key, &bundled, &err);

    ck_assert_ptr_null(bundled);
    return code;
}

/* Opens the program in one of its modes and binds it. */
static int bind_mode(const char *mode, unsigned seconds)
{
    char name[512];

    snprintf(name, sizeof(name), SIGNER "  %s %s ", mode, forge_path(folder, "issuer.key"));
    ck_assert_msg(open_named(name, seconds) == 0, "%s", err.en);
    return key_bind(key, x509_chain_at(chain, 0), &err);
}

static void expect_good_value(const char *text)
{
    struct key_value value;
    struct key_signed what = {text, strlen(text), value.octets, 0};
    enum key_judgement found = KEY_NOT_JUDGED;

    ck_assert_msg(key_sign(key, text, strlen(text), &value, &err) == 0, "%s", err.en);
    what.signature_length = value.length;
    ck_assert_int_eq(key_verify(x509_chain_at(chain, 0), key_suite(key), &what, &found, NULL), 0);
    ck_assert_int_eq(found, KEY_GOOD);
}

START_TEST(a_program_signs_under_every_suite)
{
    static const struct {
        const char *curve;
        const char *word;
    } rows[] = {{"P-256", "p256"}, {"RSA-3072", "rsa3072"}, {"SM2", "sm2"}};

    make(rows[_i].curve);
    ck_assert_msg(bind_mode("good", 0) == 0, "%s", err.en);
    ck_assert_str_eq(key_suite(key)->word, rows[_i].word);
    expect_good_value("abc");
}
END_TEST

START_TEST(a_value_in_the_upper_half_is_settled)
{
    make("P-256");
    ck_assert_msg(bind_mode("high", 0) == 0, "%s", err.en);
    expect_good_value("abc");
    expect_good_value("abd");
}
END_TEST

START_TEST(a_program_gets_three_variables)
{
    make("P-256");
    setenv("DINGJIA_TEST_SECRET", "1", 1);
    ck_assert_msg(bind_mode("around", 0) == 0, "%s", err.en);
}
END_TEST

START_TEST(what_a_program_says_besides_does_no_harm)
{
    make("P-256");
    ck_assert_msg(bind_mode("chatter", 0) == 0, "%s", err.en);
}
END_TEST

START_TEST(a_long_document_reaches_the_program)
{
    static char text[300001];

    make("P-256");
    memset(text, 'a', sizeof(text) - 1);
    ck_assert_msg(bind_mode("good", 0) == 0, "%s", err.en);
    expect_good_value(text);
}
END_TEST

START_TEST(a_program_that_goes_wrong_is_refused)
{
    static const struct {
        const char *mode;
        const char *reason;
    } rows[] = {
        {"fail", "ended with status 1: the ?[31mdevice?[0m is locked"},
        {"killed", "ended by a signal"},
        {"loud", "more than 1024 octets"},
        {"der", "neither DER nor text"},
        {"newline", "65 octets"},
        {"wrong", "does not verify"},
        {"zero", "does not verify"},
        {"deaf", "does not verify"},
    };

    make("P-256");
    ck_assert_int_eq(bind_mode(rows[_i].mode, 0), ERROR_CONFIG);
    ck_assert_msg(strstr(err.en, rows[_i].reason) != NULL, "%s", err.en);
    ck_assert_ptr_null(strstr(err.en, "second line"));
}
END_TEST

START_TEST(a_program_that_hangs_is_ended)
{
    static const char *const modes[] = {"hang", "hang-closed"};
    int64_t begun = clock_milliseconds();

    make("P-256");
    ck_assert_int_eq(bind_mode(modes[_i], 1), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "longer than 1 seconds"));
    ck_assert_int_lt(clock_milliseconds() - begun, 10000);
}
END_TEST

START_TEST(a_program_with_another_key_is_refused)
{
    EVP_PKEY *other = forge_key("P-256");
    FILE *file;

    make("P-256");
    file = fopen(forge_path(folder, "issuer.key"), "w");
    PEM_write_PrivateKey(file, other, NULL, NULL, 0, NULL, NULL);
    fclose(file);
    EVP_PKEY_free(other);
    ck_assert_int_eq(bind_mode("good", 0), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "does not verify"));
}
END_TEST

START_TEST(a_short_value_for_a_long_key_is_refused)
{
    EVP_PKEY *other = forge_key("P-256");
    FILE *file;

    make("RSA-3072");
    file = fopen(forge_path(folder, "issuer.key"), "w");
    PEM_write_PrivateKey(file, other, NULL, NULL, 0, NULL, NULL);
    fclose(file);
    EVP_PKEY_free(other);
    ck_assert_int_eq(bind_mode("good", 0), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "has 384"));
}
END_TEST

START_TEST(a_weak_certificate_is_refused_before_anything_runs)
{
    make("RSA-2048");
    ck_assert_int_eq(bind_mode("fail", 0), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "2048 bits"));
}
END_TEST

START_TEST(nothing_is_signed_before_there_is_a_certificate)
{
    struct key_value value;

    make("P-256");
    ck_assert_int_eq(open_named(SIGNER " good x", 0), 0);
    ck_assert_ptr_null(key_suite(key));
    ck_assert_int_eq(key_sign(key, "abc", 3, &value, &err), ERROR_CONFIG);
    ck_assert_uint_eq(value.length, 0);
}
END_TEST

START_TEST(odd_command_lines_are_refused)
{
    static const char *const lines[] = {"command:",
                                        "command:   ",
                                        "command:signer.py good x",
                                        "command:./signer",
                                        "command: relative/path",
                                        "command:/a b c d e f g h i j k l m n o p q"};

    make("P-256");
    ck_assert_int_eq(open_named(lines[_i], 0), ERROR_USAGE);
    ck_assert_ptr_null(key);
}
END_TEST

START_TEST(a_program_that_is_not_there_is_refused)
{
    static const char *const lines[] = {"command:/nonexistent/signer", "command:/",
                                        "command:" SOURCE_ROOT "/tests/key/forge.h"};

    make("P-256");
    ck_assert_int_eq(open_named(lines[_i], 0), 0);
    ck_assert_int_eq(key_bind(key, x509_chain_at(chain, 0), &err), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "cannot be started"));
}
END_TEST

TCase *command_cases(void)
{
    TCase *cases = tcase_create("command");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, a_program_signs_under_every_suite, 0, 3);
    tcase_add_test(cases, a_value_in_the_upper_half_is_settled);
    tcase_add_test(cases, a_program_gets_three_variables);
    tcase_add_test(cases, what_a_program_says_besides_does_no_harm);
    tcase_add_test(cases, a_long_document_reaches_the_program);
    tcase_add_loop_test(cases, a_program_that_goes_wrong_is_refused, 0, 8);
    tcase_add_loop_test(cases, a_program_that_hangs_is_ended, 0, 2);
    tcase_add_test(cases, a_program_with_another_key_is_refused);
    tcase_add_test(cases, a_short_value_for_a_long_key_is_refused);
    tcase_add_test(cases, a_weak_certificate_is_refused_before_anything_runs);
    tcase_add_test(cases, nothing_is_signed_before_there_is_a_certificate);
    tcase_add_loop_test(cases, odd_command_lines_are_refused, 0, 6);
    tcase_add_loop_test(cases, a_program_that_is_not_there_is_refused, 0, 3);
    return cases;
}
