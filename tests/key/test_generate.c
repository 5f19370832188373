#include "key/generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "key/forge.h"
#include "key/key.h"
#include "key/suites.h"
#include "key/trust.h"

static char parent[64];
static char folder[80];

static void set_up(void)
{
    const char *place = getenv("TMPDIR");

    snprintf(parent, sizeof(parent), "%.40s/dingjia-XXXXXX", place != NULL ? place : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(parent));
    snprintf(folder, sizeof(folder), "%s/keys", parent);
}

static void tear_down(void)
{
    rmdir(parent);
}

static unsigned mode_of(const char *path)
{
    struct stat status;

    ck_assert_int_eq(stat(path, &status), 0);
    return (unsigned)status.st_mode & 0777;
}

START_TEST(what_is_made_signs_and_is_trusted)
{
    static const char *const words[] = {NULL, "p256", "rsa3072", "sm2"};
    const struct key_plan plan = {folder, "示例大学", 30, FORGE_NOW, words[_i]};
    struct trust *trust = NULL;
    struct x509_chain *chain = NULL;
    struct key *key = NULL;
    struct path path;
    struct error err = {0};

    ck_assert_msg(key_generate(&plan, &err) == 0, "%s", err.en);
    ck_assert_uint_eq(mode_of(folder), 0700);
    ck_assert_uint_eq(mode_of(forge_path(folder, "issuer.key")), 0600);
    ck_assert_int_eq(trust_read(forge_path(folder, "ca.pem"), &trust, &err), 0);
    ck_assert_int_eq(x509_chain_read(forge_path(folder, "issuer.pem"), &chain, &err), 0);
    ck_assert_int_eq(forge_open(forge_path(folder, "issuer.key"), &key, &err), 0);
    ck_assert_int_eq(key_bind(key, x509_chain_at(chain, 0), &err), 0);
    ck_assert_str_eq(key_suite(key)->word, words[_i] == NULL ? "p256" : words[_i]);
    ck_assert_ptr_nonnull(strstr(x509_subject(x509_chain_at(chain, 0)), "CN=示例大学"));
    ck_assert_ptr_nonnull(strstr(x509_subject(x509_chain_at(chain, 0)), "throw-away"));
    forge_find(trust, chain, &path);
    ck_assert_msg(path.status == PATH_COMPLETE, "%s", path.reason.en);
    ck_assert_int_eq(path.certificates[0].valid_to, FORGE_NOW + 30 * 86400 - 1);
    path_free(&path);
    key_free(key);
    x509_chain_free(chain);
    trust_free(trust);
    forge_remove(folder);
}
END_TEST

START_TEST(a_folder_that_exists_is_left_alone)
{
    const struct key_plan plan = {parent, "x", 30, FORGE_NOW, NULL};
    struct error err = {0};

    ck_assert_int_eq(key_generate(&plan, &err), ERROR_WRITE);
    ck_assert_int_ne(access(forge_path(parent, "issuer.key"), F_OK), 0);
}
END_TEST

START_TEST(odd_wishes_are_refused_and_nothing_is_left)
{
    static const struct {
        const char *name;
        int days;
        const char *suite;
    } wishes[] = {
        {"", 30, NULL},
        {"x", 0, NULL},
        {"x", -1, NULL},
        {"x", 3651, NULL},
        {"x", 30, "P256"},
        {"x", 30, "rsa2048"},
        {"x", 30, ""},
        {"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
         "一二三四五六七八九十一二三四五六七八九十一二三四五",
         30, NULL},
    };
    const struct key_plan plan = {folder, wishes[_i].name, wishes[_i].days, FORGE_NOW,
                                  wishes[_i].suite};
    struct error err = {0};

    ck_assert_int_eq(key_generate(&plan, &err), ERROR_USAGE);
    ck_assert_int_ne(access(folder, F_OK), 0);
}
END_TEST

TCase *generate_cases(void)
{
    TCase *cases = tcase_create("generate");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, what_is_made_signs_and_is_trusted, 0, 4);
    tcase_add_test(cases, a_folder_that_exists_is_left_alone);
    tcase_add_loop_test(cases, odd_wishes_are_refused_and_nothing_is_left, 0, 8);
    return cases;
}
