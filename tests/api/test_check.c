#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/internal.h"
#include "base/clock.h"
#include "base/file.h"

/* check as its callers see it, and evidence folders (D12). */

static const char record_text[] =
    "<record xmlns='urn:dingjia:record:1.0' id='T-1'>"
    "<holder name='示例大学'/><transferee name='示例公司'/>"
    "<achievement name='示例成果'><right id='R1' kind='invention'/></achievement>"
    "<pricing setBy='NEG1'><negotiation id='NEG1'/></pricing><evidence>"
    "<file id='E1' path='a.txt' "
    "sha256='ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'/>"
    "<file id='E2' path='sub/b.txt' "
    "sm3='66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0'/>"
    "</evidence></record>";

/* A record with two evidence files, and the folder they should lie in. */
struct folder {
    char path[64];
    struct xml_schema *schema;
    struct record *record;
    struct evidence_findings found;
};

static void write_below(const struct folder *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    ck_assert_int_eq(file_write(path, text, strlen(text), FILE_REPLACE, NULL), 0);
}

static void remove_below(const struct folder *folder, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    remove(path);
}

static void write_good(const struct folder *folder)
{
    write_below(folder, "a.txt", "abc");
    write_below(folder, "sub/b.txt", "abc");
}

static void setup(struct folder *folder)
{
    struct error err = {0};
    const struct record_source source = {"record.xml", record_text, strlen(record_text)};
    *folder = (struct folder){.path = "/tmp/dingjia-evidence-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(folder->path));
    char path[128];
    snprintf(path, sizeof path, "%s/sub", folder->path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    ck_assert_int_eq(record_schema_new(&folder->schema, &err), 0);
    ck_assert_msg(record_load(folder->schema, &source, &folder->record, &err) == 0, "%s", err.en);
    write_good(folder);
}

static void teardown(struct folder *folder)
{
    evidence_findings_free(&folder->found);
    record_free(folder->record);
    xml_schema_free(folder->schema);
    remove_below(folder, "a.txt");
    remove_below(folder, "sub/b.txt");
    remove_below(folder, "sub");
    remove(folder->path);
}

static void compare(struct folder *folder)
{
    struct error err = {0};
    int code = evidence_compare(folder->record, folder->path, &folder->found, &err);
    ck_assert_msg(code == 0, "%s", err.en);
}

/* The comparison finds exactly one thing: this, with `said` in its English text. */
static void check_found(struct folder *folder, const char *assertion, const char *said)
{
    compare(folder);
    ck_assert_uint_eq(folder->found.count, 1);
    const struct finding *finding = &folder->found.items[0];
    ck_assert_str_eq(finding->assertion, assertion);
    ck_assert_msg(strstr(finding->en, said) != NULL, "%s", finding->en);
    ck_assert_uint_eq(finding->line, 1);
    ck_assert_str_eq(finding->values[0].name, "file");
}

START_TEST(files_that_agree_with_the_record_give_no_finding)
{
    struct folder folder;
    setup(&folder);
    compare(&folder);
    ck_assert_uint_eq(folder.found.count, 0);
    teardown(&folder);
}
END_TEST

START_TEST(a_file_of_one_octet_less_differs)
{
    struct folder folder;
    setup(&folder);
    write_below(&folder, "a.txt", "ab");
    check_found(&folder, "D12.differs",
                "a.txt is not the one recorded: the record gives the SHA-256");
    ck_assert_int_eq(folder.found.items[0].outcome, OUTCOME_VIOLATED);
    ck_assert_str_eq(folder.found.items[0].path, "/record/evidence/file[@id='E1']");
    ck_assert_str_eq(folder.found.items[0].values[1].text,
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    teardown(&folder);
}
END_TEST

START_TEST(sm3_is_compared_as_well)
{
    struct folder folder;
    setup(&folder);
    write_below(&folder, "sub/b.txt", "abcd");
    check_found(&folder, "D12.differs", "SM3");
    teardown(&folder);
}
END_TEST

START_TEST(a_missing_file_is_not_evidenced)
{
    struct folder folder;
    setup(&folder);
    remove_below(&folder, "sub/b.txt");
    check_found(&folder, "D12.missing", "sub/b.txt");
    ck_assert_int_eq(folder.found.items[0].outcome, OUTCOME_NOT_EVIDENCED);
    teardown(&folder);
}
END_TEST

START_TEST(links_out_of_the_folder_are_not_followed)
{
    struct folder folder;
    setup(&folder);
    char path[128];
    snprintf(path, sizeof path, "%s/a.txt", folder.path);
    remove(path);
    ck_assert_int_eq(symlink("sub/b.txt", path), 0);
    check_found(&folder, "D12.missing", "symbolic link");
    teardown(&folder);
}
END_TEST

START_TEST(a_pipe_is_no_evidence_and_is_not_waited_for)
{
    struct folder folder;
    setup(&folder);
    char path[128];
    snprintf(path, sizeof path, "%s/a.txt", folder.path);
    remove(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    check_found(&folder, "D12.missing", "not a regular file");
    teardown(&folder);
}
END_TEST

START_TEST(a_folder_that_cannot_be_opened_is_an_error)
{
    struct folder folder;
    struct error err = {0};
    setup(&folder);
    ck_assert_int_eq(evidence_compare(folder.record, "/nowhere/at/all", &folder.found, &err),
                     ERROR_OPEN);
    ck_assert_str_eq(err.source, "/nowhere/at/all");
    teardown(&folder);
}
END_TEST

static int check_sample(const char *evidence, struct dingjia_report **report, struct error *err)
{
    struct dingjia *dingjia = NULL;
    struct buffer octets;
    struct dingjia_check_options options = {.evidence = evidence};
    ck_assert_int_eq(clock_parse_instant("2026-11-01", &options.at), 0);
    ck_assert_int_eq(
        file_read(SOURCE_ROOT "/samples/compliant/negotiated-lump-sum.xml", 1 << 20, &octets, err),
        0);
    const struct dingjia_input input = {"sample.xml", octets.data, octets.length};
    int code = dingjia_new(&dingjia, err);
    if (code == 0)
        code = dingjia_check(dingjia, &input, &options, report, err);
    if (code == 0) {
        ck_assert_str_eq(dingjia_report_verdict(*report), "compliant");
        ck_assert_int_eq(dingjia_report_exit_status(*report), 0);
        ck_assert_int_eq((*report)->evidence_compared, evidence != NULL);
        dingjia_report_free(*report);
    }
    dingjia_free(dingjia);
    buffer_free(&octets);
    return code;
}

START_TEST(a_compliant_sample_is_compliant_with_and_without_its_evidence)
{
    struct dingjia_report *report = NULL;
    struct error err = {0};
    ck_assert_msg(check_sample(NULL, &report, &err) == 0, "%s", err.en);
    ck_assert_msg(
        check_sample(SOURCE_ROOT "/samples/evidence/negotiated-lump-sum", &report, &err) == 0, "%s",
        err.en);
}
END_TEST

START_TEST(what_is_not_a_record_is_no_verdict)
{
    struct dingjia *dingjia = NULL;
    struct dingjia_report *report = NULL;
    struct error err = {0};
    const struct dingjia_input input = {"odd.xml", "<record/>", 9};
    ck_assert_int_eq(dingjia_new(&dingjia, &err), 0);
    ck_assert_int_eq(dingjia_check(dingjia, &input, NULL, &report, &err), ERROR_INPUT);
    ck_assert_ptr_null(report);
    dingjia_free(dingjia);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api");
    TCase *tcase = tcase_create("check");
    tcase_add_test(tcase, files_that_agree_with_the_record_give_no_finding);
    tcase_add_test(tcase, a_file_of_one_octet_less_differs);
    tcase_add_test(tcase, sm3_is_compared_as_well);
    tcase_add_test(tcase, a_missing_file_is_not_evidenced);
    tcase_add_test(tcase, links_out_of_the_folder_are_not_followed);
    tcase_add_test(tcase, a_pipe_is_no_evidence_and_is_not_waited_for);
    tcase_add_test(tcase, a_folder_that_cannot_be_opened_is_an_error);
    tcase_add_test(tcase, a_compliant_sample_is_compliant_with_and_without_its_evidence);
    tcase_add_test(tcase, what_is_not_a_record_is_no_verdict);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
