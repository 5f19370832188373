#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "trial.h"

/* Packs: what they say about themselves, and that a flawed one is refused. */

static const char rules[] = SCHEMA(COVER);
static const char data[] = "<data xmlns='urn:dingjia:pack:1.0'/>";

static int load(const char *manifest, const char *conditions, const char *extra, struct pack **out,
                struct error *err)
{
    const struct pack_file files[] = {
        {"rules.sch", rules, strlen(rules)},
        {"pack.xml", manifest, strlen(manifest)},
        {"conditions.xml", conditions, strlen(conditions)},
        {"data.xml", data, strlen(data)},
        {"README", extra, extra == NULL ? 0 : strlen(extra)},
    };
    return pack_load("small/", files, extra == NULL ? 4 : 5, out, err);
}

START_TEST(a_pack_says_what_it_is)
{
    struct pack *pack = NULL;
    ck_assert_int_eq(load(trial_manifest, trial_conditions, NULL, &pack, NULL), 0);
    ck_assert_str_eq(pack_id(pack), "small");
    ck_assert_str_eq(pack_version(pack), "1.0.0");
    ck_assert_str_eq(pack_valid_from(pack), "2025-07-29");
    ck_assert_str_eq(pack_valid_to(pack), "");
    ck_assert_str_eq(pack_title(pack).en, "Small");
    ck_assert_uint_eq(pack_condition_count(pack), 5);
    const struct condition *condition = pack_condition_at(pack, 3);
    ck_assert_str_eq(condition->id, "D1");
    ck_assert_str_eq(condition->applies, "//r:d");
    ck_assert_str_eq(condition->citations[0].law, "某法");
    ck_assert(!condition->lawful_line);
    ck_assert_ptr_null(pack_condition_at(pack, 5));
    pack_free(pack);
}
END_TEST

START_TEST(the_digest_covers_every_file_and_nothing_else)
{
    struct pack *packs[3] = {NULL};
    ck_assert_int_eq(load(trial_manifest, trial_conditions, NULL, &packs[0], NULL), 0);
    ck_assert_int_eq(load(trial_manifest, trial_conditions, NULL, &packs[1], NULL), 0);
    ck_assert_int_eq(load(trial_manifest, trial_conditions, "x", &packs[2], NULL), 0);
    ck_assert_uint_eq(strlen(pack_digest(packs[0])), 64);
    ck_assert_str_eq(pack_digest(packs[0]), pack_digest(packs[1]));
    ck_assert_str_ne(pack_digest(packs[0]), pack_digest(packs[2]));
    for (size_t i = 0; i < 3; i++)
        pack_free(packs[i]);
}
END_TEST

START_TEST(the_digest_can_be_redone_by_anyone)
{
    struct pack *pack = NULL;
    char text[1024];
    char hex[DIGEST_HEX_SIZE];
    const struct pack_file sorted[] = {
        {"conditions.xml", trial_conditions, strlen(trial_conditions)},
        {"data.xml", data, strlen(data)},
        {"pack.xml", trial_manifest, strlen(trial_manifest)},
        {"rules.sch", rules, strlen(rules)},
    };
    size_t length = 0;
    for (size_t i = 0; i < 4; i++) {
        digest_compute_hex(DIGEST_SHA256, sorted[i].octets, sorted[i].length, hex, NULL);
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s %s\n", sorted[i].name, hex);
    }
    digest_compute_hex(DIGEST_SHA256, text, length, hex, NULL);
    ck_assert_int_eq(load(trial_manifest, trial_conditions, NULL, &pack, NULL), 0);
    ck_assert_str_eq(pack_digest(pack), hex);
    pack_free(pack);
}
END_TEST

#define PACK(attributes, content) \
    "<pack xmlns='urn:dingjia:pack:1.0' " attributes ">" content "</pack>"
#define NAMED "id='small' version='1' validFrom='2025-07-29'"
#define TITLE "<title xml:lang='zh'>题</title>"
#define NAME(language) "<name xml:lang='" language "'>day</name>"
#define CHOSEN_BY(select, names) "<chosenBy><date select='" select "'>" names "</date></chosenBy>"
#define CHOSEN CHOSEN_BY("/r:record/@decided", NAME("zh") NAME("en"))
#define PARTS "<rules href='rules.sch'/><conditions href='conditions.xml'/>"

static const struct {
    const char *manifest;
    const char *said;
} manifests[] = {
    {PACK("id='small' version='1'", TITLE CHOSEN PARTS), "validFrom"},
    {PACK("id='small' version='1' validFrom='2025-02-30'", TITLE CHOSEN PARTS), "2025-02-30"},
    {PACK(NAMED " validTo='2025-07-28'", TITLE CHOSEN PARTS), "2025-07-28"},
    {PACK(NAMED " colour='red'", TITLE CHOSEN PARTS), "colour"},
    {PACK(NAMED, TITLE CHOSEN PARTS "<more/>"), "more"},
    {PACK(NAMED, TITLE CHOSEN PARTS "<data href='nosuch.xml'/>"), "no file nosuch.xml"},
    {PACK(NAMED, TITLE CHOSEN PARTS "<rules href='rules.sch'/>"), "rules"},
    {PACK(NAMED, TITLE PARTS), "chosenBy"},
    {PACK(NAMED, TITLE CHOSEN_BY("//[", NAME("zh") NAME("en")) PARTS), "//["},
    {PACK(NAMED, TITLE CHOSEN_BY("$x", NAME("zh") NAME("en")) PARTS), "select"},
    {PACK(NAMED, TITLE CHOSEN_BY("/*", NAME("zh")) PARTS), "name in zh and en"},
    {PACK(NAMED, TITLE CHOSEN_BY("/*", NAME("zh") "<name>day</name>") PARTS), "xml:lang"},
    {PACK(NAMED, "<title xml:lang='fr'>T</title>" CHOSEN PARTS), "title"},
    {"<pack/>", "manifest"},
    {"<!DOCTYPE pack><pack/>", "DOCTYPE"},
};

START_TEST(a_flawed_manifest_is_refused)
{
    struct pack *pack = NULL;
    struct error err = {0};
    ck_assert_int_eq(load(manifests[_i].manifest, trial_conditions, NULL, &pack, &err),
                     ERROR_CONFIG);
    ck_assert_ptr_null(pack);
    ck_assert_msg(strstr(err.en, manifests[_i].said) != NULL, "%d: %s", _i, err.en);
    ck_assert_str_eq(err.source, "small/pack.xml");
    ck_assert_uint_gt(err.line, 0);
}
END_TEST

#define CONDITIONS(content) "<conditions xmlns='urn:dingjia:pack:1.0'>" content "</conditions>"
#define CONDITION(attributes, content) "<condition " attributes ">" content "</condition>"
#define NEEDED \
    "<title xml:lang='zh'>甲</title><title xml:lang='en'>a</title>" \
    "<statement xml:lang='zh'>乙</statement><statement xml:lang='en'>b</statement>"
#define CITED NEEDED "<citation law='某法' status='text'/>"

static const struct {
    const char *conditions;
    const char *said;
} flaws[] = {
    {CONDITIONS(CONDITION("id='S1' severity='fatal'", CITED)), "fatal"},
    {CONDITIONS(CONDITION("id='S1'", CITED)), "severity"},
    {CONDITIONS(CONDITION("severity='blocks'", CITED)), "id"},
    {CONDITIONS(CONDITION("id='S.1' severity='blocks'", CITED)), "S.1"},
    {CONDITIONS(CONDITION("id='advice' severity='blocks'", CITED)), "advice"},
    {CONDITIONS(CONDITION("id='S1' severity='blocks' lawful='maybe'", CITED)), "maybe"},
    {CONDITIONS(CONDITION("id='S1' severity='blocks' applies='$x'", CITED)), "$x"},
    {CONDITIONS(CONDITION("id='S1' severity='blocks'", NEEDED)), "citation"},
    {CONDITIONS(CONDITION("id='S1' severity='blocks'", CITED CITED)), "twice"},
    {CONDITIONS(CONDITION("id='S1' severity='blocks'", NEEDED "<citation law='x' status='y'/>")),
     "status"},
    {CONDITIONS(CONDITION("id='S1' severity='blocks'", CITED "<remedy outcome='error' xml:lang='zh'"
                                                             ">丙</remedy>")),
     "outcome"},
    {CONDITIONS(CONDITION("id='S1' severity='blocks'", CITED "<note/>")), "note"},
    {CONDITIONS(CONDITION("id='S1' severity='blocks'", CITED)
                    CONDITION("id='S1' severity='blocks'", CITED)),
     "S1"},
    {"<conditions/>", "conditions"},
};

START_TEST(flawed_conditions_are_refused)
{
    struct pack *pack = NULL;
    struct error err = {0};
    ck_assert_int_eq(load(trial_manifest, flaws[_i].conditions, NULL, &pack, &err), ERROR_CONFIG);
    ck_assert_ptr_null(pack);
    ck_assert_msg(strstr(err.en, flaws[_i].said) != NULL, "%d: %s", _i, err.en);
    ck_assert_str_eq(err.source, "small/conditions.xml");
    ck_assert_uint_gt(err.line, 0);
}
END_TEST

START_TEST(one_version_of_a_pack_is_there_once)
{
    struct trial trial;
    struct pack *pack = NULL;
    trial_load(&trial, rules, NULL);
    ck_assert_int_eq(load(trial_manifest, trial_conditions, NULL, &pack, NULL), 0);
    ck_assert_int_eq(packs_take(trial.packs, pack, NULL), ERROR_CONFIG);
    trial_free(&trial);
}
END_TEST

START_TEST(the_packs_of_the_library_load)
{
    struct packs *packs = NULL;
    struct error err = {0};
    int code = packs_builtin(&packs, &err);
    ck_assert_msg(code == 0, "%s:%u: %s", err.source, err.line, err.en);
    ck_assert_uint_ge(packs_count(packs), 1);
    ck_assert_str_eq(pack_id(packs_at(packs, 0)), "tianjin-pricing");
    packs_free(packs);
}
END_TEST

Suite *pack_suite(void)
{
    Suite *suite = suite_create("pack");
    TCase *tcase = tcase_create("pack");
    tcase_add_test(tcase, a_pack_says_what_it_is);
    tcase_add_test(tcase, the_digest_covers_every_file_and_nothing_else);
    tcase_add_test(tcase, the_digest_can_be_redone_by_anyone);
    tcase_add_loop_test(tcase, a_flawed_manifest_is_refused, 0,
                        sizeof manifests / sizeof manifests[0]);
    tcase_add_loop_test(tcase, flawed_conditions_are_refused, 0, sizeof flaws / sizeof flaws[0]);
    tcase_add_test(tcase, one_version_of_a_pack_is_there_once);
    tcase_add_test(tcase, the_packs_of_the_library_load);
    suite_add_tcase(suite, tcase);
    return suite;
}
