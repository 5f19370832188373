#include "key/revocation.h"

#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "key/forge_bench.h"
#include "key/suites.h"

/* A CRL and a response of one CA, and a folder to keep them in. */
struct store {
    struct bench bench;
    struct forged_octets crl;
    struct forged_octets answer;
    char folder[64];
};

static void open_store(struct store *store)
{
    const char *parent = getenv("TMPDIR");
    struct forge_crl_plan crl = {0};
    struct forge_ocsp_plan answer = {0};

    bench_prepare(&store->bench, &(struct forge_plan){0});
    crl.issuer = answer.issuer = answer.signer = store->bench.forged.ca;
    crl.key = answer.key = store->bench.forged.ca_key;
    answer.certificate = store->bench.forged.leaf;
    forge_crl(&crl, &store->crl);
    forge_ocsp(&answer, &store->answer);
    snprintf(store->folder, sizeof(store->folder), "%.40s/dingjia-XXXXXX",
             parent != NULL ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(store->folder));
}

static void put(const struct store *store, const char *name, const void *octets, size_t length)
{
    FILE *file = fopen(forge_path(store->folder, name), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(octets, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

/* The CRL, `count` times. */
static void put_pem(const struct store *store, const char *name, int count)
{
    const unsigned char *at = store->crl.der;
    X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)store->crl.length);
    FILE *file = fopen(forge_path(store->folder, name), "w");

    for (int i = 0; i < count; i++) {
        ck_assert_int_eq(PEM_write_X509_CRL(file, crl), 1);
    }
    fclose(file);
    X509_CRL_free(crl);
}

static void close_store(struct store *store)
{
    static const char *const names[] = {"a", "b", "c", "link", ".hidden", "folder/d"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        unlink(forge_path(store->folder, names[i]));
    }
    rmdir(forge_path(store->folder, "folder"));
    ck_assert_int_eq(rmdir(store->folder), 0);
    OPENSSL_free(store->crl.der);
    OPENSSL_free(store->answer.der);
    bench_clean(&store->bench);
}

static int add(struct store *store, enum revocation_kind kind, const struct forged_octets *octets,
               struct error *err)
{
    return revocations_add(store->bench.revocations, kind, octets->der, octets->length, err);
}

START_TEST(what_was_added_is_given_back_octet_by_octet)
{
    struct store store;
    enum revocation_kind kind = REVOCATION_CRL;
    size_t length = 0;

    open_store(&store);
    ck_assert_int_eq(add(&store, REVOCATION_OCSP, &store.answer, NULL), 0);
    ck_assert_int_eq(add(&store, REVOCATION_CRL, &store.crl, NULL), 0);
    ck_assert_uint_eq(revocations_count(store.bench.revocations), 2);
    ck_assert_mem_eq(revocations_at(store.bench.revocations, 0, &kind, &length), store.answer.der,
                     store.answer.length);
    ck_assert_int_eq(kind, REVOCATION_OCSP);
    ck_assert_uint_eq(length, store.answer.length);
    ck_assert_ptr_null(revocations_at(store.bench.revocations, 2, &kind, &length));
    close_store(&store);
}
END_TEST

START_TEST(the_same_is_kept_once)
{
    struct store store;

    open_store(&store);
    ck_assert_int_eq(add(&store, REVOCATION_CRL, &store.crl, NULL), 0);
    ck_assert_int_eq(add(&store, REVOCATION_CRL, &store.crl, NULL), 0);
    ck_assert_uint_eq(revocations_count(store.bench.revocations), 1);
    close_store(&store);
}
END_TEST

START_TEST(one_kind_does_not_pass_for_the_other)
{
    struct store store;
    struct error err = {0};

    open_store(&store);
    ck_assert_int_eq(add(&store, REVOCATION_OCSP, &store.crl, &err), ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.en, "OCSP"));
    ck_assert_int_eq(add(&store, REVOCATION_CRL, &store.answer, NULL), ERROR_INPUT);
    ck_assert_uint_eq(revocations_count(store.bench.revocations), 0);
    close_store(&store);
}
END_TEST

START_TEST(a_truncated_or_longer_one_is_refused_at_every_length)
{
    struct store store;
    const struct forged_octets *all[2];
    struct forged_octets longer;

    open_store(&store);
    all[REVOCATION_CRL] = &store.crl;
    all[REVOCATION_OCSP] = &store.answer;
    for (size_t length = 0; length < all[_i]->length; length++) {
        const struct forged_octets cut = {all[_i]->der, length};

        ck_assert_int_eq(add(&store, (enum revocation_kind)_i, &cut, NULL), ERROR_INPUT);
    }
    longer.length = all[_i]->length + 1;
    longer.der = OPENSSL_zalloc(longer.length);
    memcpy(longer.der, all[_i]->der, all[_i]->length);
    ck_assert_int_eq(add(&store, (enum revocation_kind)_i, &longer, NULL), ERROR_INPUT);
    OPENSSL_free(longer.der);
    close_store(&store);
}
END_TEST

START_TEST(too_large_a_one_is_refused)
{
    struct store store;
    struct error err = {0};
    struct forged_octets large = {.length = REVOCATION_OCTETS_MAX + 1};

    open_store(&store);
    large.der = OPENSSL_zalloc(large.length);
    ck_assert_int_eq(add(&store, REVOCATION_CRL, &large, &err), ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.en, "1048576"));
    OPENSSL_free(large.der);
    close_store(&store);
}
END_TEST

START_TEST(one_too_many_is_refused)
{
    struct store store;
    struct error err = {0};

    open_store(&store);
    for (int i = 0; i < REVOCATION_COUNT_MAX; i++) {
        struct forged_octets octets;

        forge_crl(&(struct forge_crl_plan){.issuer = store.bench.forged.ca,
                                           .key = store.bench.forged.ca_key,
                                           .issued = i},
                  &octets);
        bench_add(&store.bench, REVOCATION_CRL, &octets);
    }
    ck_assert_int_eq(add(&store, REVOCATION_OCSP, &store.answer, &err), ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.en, "more than"));
    close_store(&store);
}
END_TEST

START_TEST(a_responder_that_puts_off_gives_no_answer)
{
    static const unsigned char try_later[] = {0x30, 0x03, 0x0a, 0x01, 0x03};
    const struct forged_octets octets = {(unsigned char *)(uintptr_t)try_later, sizeof(try_later)};
    struct store store;
    struct error err = {0};

    open_store(&store);
    ck_assert_int_eq(add(&store, REVOCATION_OCSP, &octets, &err), ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.en, "trylater"));
    close_store(&store);
}
END_TEST

static int read_name(struct store *store, const char *name, struct error *err)
{
    return revocations_read(store->bench.revocations, forge_path(store->folder, name), err);
}

START_TEST(files_are_read_as_pem_or_der)
{
    struct store store;

    open_store(&store);
    put(&store, "a", store.answer.der, store.answer.length);
    put(&store, "b", store.crl.der, store.crl.length);
    put_pem(&store, "c", 2);
    ck_assert_int_eq(read_name(&store, "a", NULL), 0);
    ck_assert_int_eq(read_name(&store, "b", NULL), 0);
    ck_assert_uint_eq(revocations_count(store.bench.revocations), 2);
    ck_assert_int_eq(read_name(&store, "c", NULL), 0); /* the CRL of "b" again */
    ck_assert_uint_eq(revocations_count(store.bench.revocations), 2);
    close_store(&store);
}
END_TEST

START_TEST(a_folder_is_read_in_order_without_what_is_no_file_of_its_own)
{
    struct store store;
    enum revocation_kind kind = REVOCATION_CRL;
    size_t length;

    open_store(&store);
    put(&store, "b", store.crl.der, store.crl.length);
    put(&store, "a", store.answer.der, store.answer.length);
    put(&store, ".hidden", "x", 1);
    ck_assert_int_eq(mkdir(forge_path(store.folder, "folder"), 0700), 0);
    put(&store, "folder/d", "x", 1);
    ck_assert_int_eq(symlink("folder/d", forge_path(store.folder, "link")), 0);
    ck_assert_int_eq(revocations_read(store.bench.revocations, store.folder, NULL), 0);
    ck_assert_uint_eq(revocations_count(store.bench.revocations), 2);
    ck_assert_ptr_nonnull(revocations_at(store.bench.revocations, 0, &kind, &length));
    ck_assert_int_eq(kind, REVOCATION_OCSP);
    close_store(&store);
}
END_TEST

static const struct {
    const char *name;
    const char *octets;
    int code;
} bad_files[] = {
    {"nonsense", "this is no CRL\n", ERROR_CONFIG},
    {"empty", "", ERROR_CONFIG},
    {"a damaged block", "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n", ERROR_CONFIG},
    {"a block without an end", "-----BEGIN X509 CRL-----\nMIIB\n", ERROR_CONFIG},
    {"another block", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
     ERROR_CONFIG},
};

START_TEST(a_file_that_holds_neither_is_refused_by_name)
{
    struct store store;
    struct error err = {0};

    open_store(&store);
    put(&store, "a", bad_files[_i].octets, strlen(bad_files[_i].octets));
    ck_assert_msg(read_name(&store, "a", &err) == bad_files[_i].code, "%s: %s", bad_files[_i].name,
                  err.en);
    ck_assert_ptr_nonnull(strstr(err.source, "/a"));
    err = (struct error){0};
    ck_assert_int_eq(revocations_read(store.bench.revocations, store.folder, &err),
                     bad_files[_i].code);
    ck_assert_ptr_nonnull(strstr(err.source, "/a"));
    close_store(&store);
}
END_TEST

START_TEST(a_file_that_is_not_there_cannot_be_opened)
{
    struct store store;

    open_store(&store);
    ck_assert_int_eq(read_name(&store, "a", NULL), ERROR_OPEN);
    close_store(&store);
}
END_TEST

TCase *revocation_cases(void)
{
    TCase *cases = tcase_create("revocation");

    tcase_add_test(cases, what_was_added_is_given_back_octet_by_octet);
    tcase_add_test(cases, the_same_is_kept_once);
    tcase_add_test(cases, one_kind_does_not_pass_for_the_other);
    tcase_add_loop_test(cases, a_truncated_or_longer_one_is_refused_at_every_length, 0, 2);
    tcase_add_test(cases, too_large_a_one_is_refused);
    tcase_add_test(cases, one_too_many_is_refused);
    tcase_add_test(cases, a_responder_that_puts_off_gives_no_answer);
    tcase_add_test(cases, files_are_read_as_pem_or_der);
    tcase_add_test(cases, a_folder_is_read_in_order_without_what_is_no_file_of_its_own);
    tcase_add_loop_test(cases, a_file_that_holds_neither_is_refused_by_name, 0,
                        sizeof(bad_files) / sizeof(bad_files[0]));
    tcase_add_test(cases, a_file_that_is_not_there_cannot_be_opened);
    return cases;
}
