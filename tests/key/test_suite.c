#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "key/forge.h"
#include "key/key.h"
#include "key/suites.h"
#include "key/trust.h"

/* What holds for every suite, and what only RSA and SM2 have. */

static const struct {
    const char *curve;
    const char *suite;
    size_t length;
} kinds[] = {
    {"P-256", "ecdsa-p256-sha256", 64},
    {"RSA-3072", "rsa3072-sha256", 384},
    {"SM2", "sm2-sm3", 64},
    {"RSA-4096", "rsa3072-sha256", 512}, /* slow to make: last, for those who stop at SUITES */
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), SUITES = KINDS - 1 };

struct bench {
    struct forged forged;
    char folder[64];
    struct key *key;
    struct x509_chain *chain;
};

static void bench_open(const struct forge_plan *plan, struct bench *out)
{
    struct error err = {0};

    forge_make(plan, &out->forged);
    forge_write(&out->forged, out->folder);
    ck_assert_msg(forge_open(forge_path(out->folder, "issuer.key"), &out->key, &err) == 0, "%s",
                  err.en);
    ck_assert_int_eq(x509_chain_read(forge_path(out->folder, "issuer.pem"), &out->chain, &err), 0);
}

static void bench_close(struct bench *bench)
{
    key_free(bench->key);
    x509_chain_free(bench->chain);
    forge_free(&bench->forged);
    forge_remove(bench->folder);
}

static enum key_judgement judge(const struct x509_chain *chain, const struct key_suite *suite,
                                const struct key_value *value, const char *text)
{
    const struct key_signed what = {text, strlen(text), value->octets, value->length};
    enum key_judgement found = KEY_NOT_JUDGED;

    ck_assert_int_eq(key_verify(x509_chain_at(chain, 0), suite, &what, &found, NULL), 0);
    return found;
}

START_TEST(a_signature_of_each_suite_verifies_and_binds_the_octets)
{
    struct bench bench;
    struct key_value value;
    const struct key_suite *suite;

    bench_open(&(struct forge_plan){.curve = kinds[_i].curve}, &bench);
    suite = key_suite(bench.key);
    ck_assert_str_eq(suite->name, kinds[_i].suite);
    ck_assert_int_eq(key_sign(bench.key, "abc", 3, &value, NULL), 0);
    ck_assert_uint_eq(value.length, kinds[_i].length);
    ck_assert_int_eq(judge(bench.chain, suite, &value, "abc"), KEY_GOOD);
    ck_assert_int_eq(judge(bench.chain, suite, &value, "abd"), KEY_BAD);
    for (size_t i = 0; i < value.length; i += 7) {
        value.octets[i] ^= 1;
        ck_assert_int_eq(judge(bench.chain, suite, &value, "abc"), KEY_BAD);
        value.octets[i] ^= 1;
    }
    bench_close(&bench);
}
END_TEST

START_TEST(only_the_exact_length_is_a_signature)
{
    struct bench bench;
    struct key_value value;
    const size_t right = kinds[_i].length;

    bench_open(&(struct forge_plan){.curve = kinds[_i].curve}, &bench);
    ck_assert_int_eq(key_sign(bench.key, "abc", 3, &value, NULL), 0);
    for (value.length = right - 40; value.length <= right + 40; value.length++) {
        ck_assert_int_eq(judge(bench.chain, key_suite(bench.key), &value, "abc"),
                         value.length == right ? KEY_GOOD : KEY_BAD);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(no_key_verifies_under_the_suite_of_another)
{
    struct bench bench;
    struct key_value value;
    const struct key_suite *suite;

    bench_open(&(struct forge_plan){.curve = kinds[_i].curve}, &bench);
    ck_assert_int_eq(key_sign(bench.key, "abc", 3, &value, NULL), 0);
    for (size_t i = 0; (suite = key_suite_at(i)) != NULL; i++) {
        ck_assert_int_eq(judge(bench.chain, suite, &value, "abc"),
                         suite == key_suite(bench.key) ? KEY_GOOD : KEY_UNFIT);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(a_chain_of_each_suite_is_trusted)
{
    struct bench bench;
    struct trust *trust = NULL;
    struct path path;
    const char *curve = kinds[_i].curve;

    bench_open(&(struct forge_plan){.curve = curve, .ca_curve = curve, .intermediate = 1}, &bench);
    ck_assert_int_eq(trust_read(forge_path(bench.folder, "ca.pem"), &trust, NULL), 0);
    forge_find(trust, bench.chain, &path);
    ck_assert_msg(path.status == PATH_COMPLETE, "%s", path.reason.en);
    path_free(&path);
    trust_free(trust);
    bench_close(&bench);
}
END_TEST

static const struct {
    const char *curve;
    const char *says;
} weak[] = {{"RSA-1024", "1024 bits"},
            {"RSA-2048", "2048 bits"},
            {"RSA-3070", "3070 bits"},
            {"RSA-3072-3", "exponent"}};

START_TEST(a_weak_rsa_key_is_refused_by_name)
{
    struct forged forged;
    char folder[64];
    struct key *key = NULL;
    struct x509_chain *chain = NULL;
    struct key_value value = {.length = 384};
    struct error err = {0};

    forge_make(&(struct forge_plan){.curve = weak[_i].curve}, &forged);
    forge_write(&forged, folder);
    ck_assert_int_eq(forge_open(forge_path(folder, "issuer.key"), &key, &err), ERROR_CONFIG);
    ck_assert_msg(strstr(err.en, weak[_i].says) != NULL, "%s", err.en);
    ck_assert_ptr_nonnull(strstr(err.en, "rsa3072-sha256"));
    ck_assert_ptr_nonnull(strstr(err.zh, "3072 至 8192 位"));
    ck_assert_int_eq(x509_chain_read(forge_path(folder, "issuer.pem"), &chain, NULL), 0);
    ck_assert_int_eq(judge(chain, key_suite_named("rsa3072"), &value, "abc"), KEY_WEAK);
    ck_assert_int_eq(judge(chain, key_suite_named("p256"), &value, "abc"), KEY_UNFIT);
    x509_chain_free(chain);
    forge_free(&forged);
    forge_remove(folder);
}
END_TEST

/* RSA-PSS keys may not make PKCS #1 v1.5 signatures: they are of no suite. */
START_TEST(a_pss_key_is_of_no_suite)
{
    struct forged forged;
    char folder[64];
    struct key *key = NULL;
    struct error err = {0};
    size_t bits = 3072;
    EVP_PKEY *pss = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA-PSS", NULL);
    const OSSL_PARAM wishes[] = {OSSL_PARAM_construct_size_t("bits", &bits),
                                 OSSL_PARAM_construct_end()};

    ck_assert_int_eq(EVP_PKEY_keygen_init(context), 1);
    ck_assert_int_eq(EVP_PKEY_CTX_set_params(context, wishes), 1);
    ck_assert_int_eq(EVP_PKEY_generate(context, &pss), 1);
    EVP_PKEY_CTX_free(context);
    forge_make(&(struct forge_plan){.key = pss}, &forged);
    forge_write(&forged, folder);
    ck_assert_int_eq(forge_open(forge_path(folder, "issuer.key"), &key, &err), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "SM2 key"));
    forge_free(&forged);
    forge_remove(folder);
}
END_TEST

/* ---- SM2 ---- */

static EVP_PKEY *public_sm2(const unsigned char point[65])
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
    char group[] = "SM2";
    unsigned char octets[65];
    OSSL_PARAM parts[3];
    EVP_PKEY *made = NULL;

    memcpy(octets, point, sizeof(octets));
    parts[0] = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
    parts[1] = OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, octets, sizeof(octets));
    parts[2] = OSSL_PARAM_construct_end();
    ck_assert_int_eq(EVP_PKEY_fromdata_init(context), 1);
    ck_assert_int_eq(EVP_PKEY_fromdata(context, &made, EVP_PKEY_PUBLIC_KEY, parts), 1);
    EVP_PKEY_CTX_free(context);
    return made;
}

static void unhex(const char *text, unsigned char *out)
{
    BIGNUM *number = NULL;

    ck_assert_int_eq(BN_hex2bn(&number, text), (int)strlen(text));
    BN_bn2binpad(number, out, (int)strlen(text) / 2);
    BN_free(number);
}

/* The example of the standard itself, GB/T 32918.5 annex A.2: identifier 1234567812345678. */
START_TEST(the_example_of_the_standard_verifies)
{
    unsigned char point[65];
    unsigned char *der = NULL;
    struct forged forged;
    struct x509_chain *chain = NULL;
    struct key_value value = {.length = 64};
    const struct key_suite *suite = key_suite_named("sm2");
    int length;

    unhex("04"
          "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
          "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13",
          point);
    unhex("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
          "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA",
          value.octets);
    forge_make(&(struct forge_plan){.ca_curve = "SM2", .key = public_sm2(point)}, &forged);
    length = i2d_X509(forged.leaf, &der);
    ck_assert_int_eq(x509_chain_new(&chain, NULL), 0);
    ck_assert_int_eq(x509_chain_add(chain, der, (size_t)length, NULL), 0);
    ck_assert_int_eq(judge(chain, suite, &value, "message digest"), KEY_GOOD);
    ck_assert_int_eq(judge(chain, suite, &value, "message digesu"), KEY_BAD);
    x509_chain_free(chain);
    OPENSSL_free(der);
    forge_free(&forged);
}
END_TEST

static const char order_text[] = "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123";

/* Both halves of s are used as they come; n-s is another signature, not a second form of it. */
START_TEST(sm2_has_no_second_form)
{
    struct bench bench;
    struct key_value value;
    BIGNUM *order = NULL;
    int halves[2] = {0, 0};

    bench_open(&(struct forge_plan){.curve = "SM2"}, &bench);
    ck_assert_int_gt(BN_hex2bn(&order, order_text), 0);
    for (int i = 0; i < 64 && (i < 8 || halves[0] == 0 || halves[1] == 0); i++) {
        BIGNUM *s;

        ck_assert_int_eq(key_sign(bench.key, "abc", 3, &value, NULL), 0);
        ck_assert_int_eq(judge(bench.chain, key_suite(bench.key), &value, "abc"), KEY_GOOD);
        halves[value.octets[32] >> 7]++;
        s = BN_bin2bn(value.octets + 32, 32, NULL);
        BN_sub(s, order, s);
        BN_bn2binpad(s, value.octets + 32, 32);
        BN_free(s);
        ck_assert_int_eq(judge(bench.chain, key_suite(bench.key), &value, "abc"), KEY_BAD);
    }
    ck_assert_int_gt(halves[0], 0);
    ck_assert_int_gt(halves[1], 0);
    BN_free(order);
    bench_close(&bench);
}
END_TEST

START_TEST(sm2_numbers_out_of_range_are_refused)
{
    struct bench bench;
    struct key_value good;
    struct key_value bad;
    unsigned char order[32];

    bench_open(&(struct forge_plan){.curve = "SM2"}, &bench);
    unhex(order_text, order);
    ck_assert_int_eq(key_sign(bench.key, "abc", 3, &good, NULL), 0);
    for (size_t half = 0; half <= 32; half += 32) {
        bad = good;
        memset(bad.octets + half, 0, 32);
        ck_assert_int_eq(judge(bench.chain, key_suite(bench.key), &bad, "abc"), KEY_BAD);
        memcpy(bad.octets + half, order, 32);
        ck_assert_int_eq(judge(bench.chain, key_suite(bench.key), &bad, "abc"), KEY_BAD);
        memset(bad.octets + half, 0xff, 32);
        ck_assert_int_eq(judge(bench.chain, key_suite(bench.key), &bad, "abc"), KEY_BAD);
    }
    bench_close(&bench);
}
END_TEST

/* A signature over `text` under some identifier, as r||s. */
static void sign_as(EVP_PKEY *key, const char *id, const char *text, struct key_value *out)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *operation = NULL;
    unsigned char der[80];
    size_t length = sizeof(der);
    const unsigned char *at = der + 2;

    ck_assert_int_eq(EVP_DigestSignInit_ex(context, &operation, "SM3", NULL, NULL, key, NULL), 1);
    if (id != NULL) {
        ck_assert_int_eq(EVP_PKEY_CTX_set1_id(operation, id, (int)strlen(id)), 1);
    }
    ck_assert_int_eq(EVP_DigestSign(context, der, &length, (const void *)text, strlen(text)), 1);
    EVP_MD_CTX_free(context);
    *out = (struct key_value){.length = 64};
    for (size_t half = 0; half < 2; half++) {
        BIGNUM *number = BN_bin2bn(at + 2, at[1], NULL);

        ck_assert_int_eq(BN_bn2binpad(number, out->octets + 32 * half, 32), 32);
        BN_free(number);
        at += 2 + at[1];
    }
}

static const struct {
    const char *id;
    enum key_judgement expected;
} ids[] = {{"1234567812345678", KEY_GOOD},
           {NULL, KEY_BAD},
           {"", KEY_BAD},
           {"1234567812345679", KEY_BAD},
           {"ALICE123@YAHOO.COM", KEY_BAD}};

START_TEST(only_the_one_identifier_signs)
{
    struct bench bench;
    struct key_value value;

    bench_open(&(struct forge_plan){.curve = "SM2"}, &bench);
    sign_as(bench.forged.key, ids[_i].id, "abc", &value);
    ck_assert_int_eq(judge(bench.chain, key_suite(bench.key), &value, "abc"), ids[_i].expected);
    bench_close(&bench);
}
END_TEST

START_TEST(a_ca_under_another_identifier_is_not_believed)
{
    static const char *const others[] = {"", "1234567812345679"};
    struct bench bench;
    struct trust *trust = NULL;
    struct path path;

    bench_open(&(struct forge_plan){.curve = "SM2", .ca_curve = "SM2", .id = others[_i]}, &bench);
    ck_assert_int_eq(trust_read(forge_path(bench.folder, "ca.pem"), &trust, NULL), 0);
    forge_find(trust, bench.chain, &path);
    ck_assert_int_eq(path.status, PATH_BAD_SIGNATURE);
    path_free(&path);
    trust_free(trust);
    bench_close(&bench);
}
END_TEST

TCase *suite_cases(void)
{
    TCase *cases = tcase_create("suite");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_signature_of_each_suite_verifies_and_binds_the_octets, 0, KINDS);
    tcase_add_loop_test(cases, only_the_exact_length_is_a_signature, 0, KINDS);
    tcase_add_loop_test(cases, no_key_verifies_under_the_suite_of_another, 0, SUITES);
    tcase_add_loop_test(cases, a_chain_of_each_suite_is_trusted, 0, SUITES);
    tcase_add_loop_test(cases, a_weak_rsa_key_is_refused_by_name, 0, 4);
    tcase_add_test(cases, a_pss_key_is_of_no_suite);
    tcase_add_test(cases, the_example_of_the_standard_verifies);
    tcase_add_test(cases, sm2_has_no_second_form);
    tcase_add_test(cases, sm2_numbers_out_of_range_are_refused);
    tcase_add_loop_test(cases, only_the_one_identifier_signs, 0, 5);
    tcase_add_loop_test(cases, a_ca_under_another_identifier_is_not_believed, 0, 2);
    return cases;
}
