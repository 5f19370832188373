#include "key/key.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "key/forge.h"
#include "key/suites.h"

static struct forged forged;
static char folder[64];
static struct key *key;
static struct x509_chain *chain;

static void set_up(void)
{
    struct error err = {0};

    forge_make(&(struct forge_plan){0}, &forged);
    forge_write(&forged, folder);
    ck_assert_msg(forge_open(forge_path(folder, "issuer.key"), &key, &err) == 0, "%s", err.en);
    ck_assert_msg(x509_chain_read(forge_path(folder, "issuer.pem"), &chain, &err) == 0, "%s",
                  err.en);
}

static void tear_down(void)
{
    key_free(key);
    x509_chain_free(chain);
    forge_free(&forged);
    forge_remove(folder);
}

static enum key_judgement judge(const unsigned char *signature, size_t length, const char *text)
{
    const struct key_signed what = {text, strlen(text), signature, length};
    enum key_judgement found = KEY_NOT_JUDGED;

    ck_assert_int_eq(key_verify(x509_chain_at(chain, 0), key_suite(key), &what, &found, NULL), 0);
    return found;
}

START_TEST(a_signature_verifies_and_binds_the_octets)
{
    struct key_value signature;

    ck_assert_int_eq(key_sign(key, "abc", 3, &signature, NULL), 0);
    ck_assert_uint_eq(signature.length, 64);
    ck_assert_int_eq(judge(signature.octets, 64, "abc"), KEY_GOOD);
    ck_assert_int_eq(judge(signature.octets, 64, "abd"), KEY_BAD);
    ck_assert_int_eq(judge(signature.octets, 64, "ab"), KEY_BAD);
    signature.octets[40] ^= 1;
    ck_assert_int_eq(judge(signature.octets, 64, "abc"), KEY_BAD);
}
END_TEST

START_TEST(other_lengths_are_refused)
{
    struct key_value signature;

    ck_assert_int_eq(key_sign(key, "abc", 3, &signature, NULL), 0);
    for (size_t length = 0; length <= 72; length++) {
        ck_assert_int_eq(judge(signature.octets, length, "abc"), length == 64 ? KEY_GOOD : KEY_BAD);
    }
}
END_TEST

/* Order of P-256. */
static const unsigned char order[32] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

static void subtract_from_order(const unsigned char *value, unsigned char out[32])
{
    int borrow = 0;

    for (int i = 31; i >= 0; i--) {
        int digit = order[i] - value[i] - borrow;

        borrow = digit < 0;
        out[i] = (unsigned char)(digit + (borrow ? 256 : 0));
    }
}

START_TEST(numbers_out_of_range_are_refused)
{
    struct key_value made;
    const unsigned char *good = made.octets;
    unsigned char bad[64];

    ck_assert_int_eq(key_sign(key, "abc", 3, &made, NULL), 0);
    memcpy(bad, good, 64);
    memset(bad, 0, 32);
    ck_assert_int_eq(judge(bad, 64, "abc"), KEY_BAD);
    memcpy(bad, good, 64);
    memset(bad + 32, 0, 32);
    ck_assert_int_eq(judge(bad, 64, "abc"), KEY_BAD);
    memcpy(bad, good, 64);
    memcpy(bad, order, 32);
    ck_assert_int_eq(judge(bad, 64, "abc"), KEY_BAD);
    memset(bad, 0xff, 64);
    ck_assert_int_eq(judge(bad, 64, "abc"), KEY_BAD);
}
END_TEST

START_TEST(the_second_form_of_a_signature_is_refused)
{
    struct key_value made;
    unsigned char *signature = made.octets;
    unsigned char other[32];

    for (int i = 0; i < 8; i++) {
        ck_assert_int_eq(key_sign(key, "abc", 3, &made, NULL), 0);
        ck_assert_int_eq(judge(signature, 64, "abc"), KEY_GOOD);
        subtract_from_order(signature + 32, other);
        memcpy(signature + 32, other, 32);
        ck_assert_int_eq(judge(signature, 64, "abc"), KEY_BAD);
    }
}
END_TEST

START_TEST(a_key_others_may_read_is_refused)
{
    static const mode_t modes[] = {0644, 0640, 0604, 0610, 0660, 0601};
    struct error err = {0};
    struct key *read = NULL;

    chmod(forge_path(folder, "issuer.key"), modes[_i]);
    ck_assert_int_eq(forge_open(forge_path(folder, "issuer.key"), &read, &err), ERROR_CONFIG);
    ck_assert_ptr_null(read);
    ck_assert_ptr_nonnull(strstr(err.en, "chmod 600"));
    ck_assert_ptr_nonnull(strstr(err.zh, "chmod 600"));
}
END_TEST

START_TEST(other_kinds_of_key_are_refused)
{
    static const char *const curves[] = {"P-384", "secp256k1", "RSA-2048", "P-224"};
    struct forged other;
    char place[64];
    struct error err = {0};
    struct key *read = NULL;

    forge_make(&(struct forge_plan){.curve = curves[_i]}, &other);
    forge_write(&other, place);
    ck_assert_int_eq(forge_open(forge_path(place, "issuer.key"), &read, &err), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, _i == 2 ? "2048 bits" : "P-256"));
    forge_remove(place);
    forge_free(&other);
}
END_TEST

START_TEST(what_is_no_key_is_refused)
{
    struct error err = {0};
    struct key *read = NULL;

    chmod(forge_path(folder, "issuer.pem"), 0600);
    ck_assert_int_eq(forge_open(forge_path(folder, "issuer.pem"), &read, &err), ERROR_CONFIG);
    err = (struct error){0};
    ck_assert_int_eq(forge_open(forge_path(folder, "none"), &read, &err), ERROR_OPEN);
    err = (struct error){0};
    ck_assert_int_eq(forge_open(folder, &read, &err), ERROR_OPEN);
}
END_TEST

START_TEST(a_key_is_bound_only_to_its_own_certificate)
{
    struct error err = {0};
    struct forged other;
    char place[64];
    struct x509_chain *strange = NULL;

    forge_make(&(struct forge_plan){0}, &other);
    forge_write(&other, place);
    ck_assert_int_eq(x509_chain_read(forge_path(place, "issuer.pem"), &strange, NULL), 0);
    ck_assert_int_eq(key_bind(key, x509_chain_at(chain, 0), &err), 0);
    ck_assert_int_eq(key_bind(key, x509_chain_at(strange, 0), &err), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "does not belong"));
    x509_chain_free(strange);
    forge_remove(place);
    forge_free(&other);
}
END_TEST

START_TEST(random_hex_is_as_long_as_asked_and_never_twice_the_same)
{
    char one[33];
    char two[33];

    ck_assert_int_eq(key_random_hex(16, one, NULL), 0);
    ck_assert_int_eq(key_random_hex(16, two, NULL), 0);
    ck_assert_uint_eq(strspn(one, "0123456789abcdef"), 32);
    ck_assert_str_ne(one, two);
}
END_TEST

TCase *key_cases(void)
{
    TCase *cases = tcase_create("key");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, a_signature_verifies_and_binds_the_octets);
    tcase_add_test(cases, other_lengths_are_refused);
    tcase_add_test(cases, numbers_out_of_range_are_refused);
    tcase_add_test(cases, the_second_form_of_a_signature_is_refused);
    tcase_add_loop_test(cases, a_key_others_may_read_is_refused, 0, 6);
    tcase_add_loop_test(cases, other_kinds_of_key_are_refused, 0, 4);
    tcase_add_test(cases, what_is_no_key_is_refused);
    tcase_add_test(cases, a_key_is_bound_only_to_its_own_certificate);
    tcase_add_test(cases, random_hex_is_as_long_as_asked_and_never_twice_the_same);
    return cases;
}
