#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/suites.h"

static char folder[] = "test-file-XXXXXX";
static char path[256];

static const char *inside(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void set_up(void)
{
    ck_assert_int_eq(chdir(getenv("TMPDIR") == NULL ? "/var/tmp" : getenv("TMPDIR")), 0);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static unsigned count_entries(void)
{
    unsigned count = 0;
    DIR *opened = opendir(folder);
    ck_assert_ptr_nonnull(opened);
    for (const struct dirent *at = readdir(opened); at != NULL; at = readdir(opened))
        count += at->d_name[0] != '.' || strlen(at->d_name) > 2;
    closedir(opened);
    return count;
}

static void tear_down(void)
{
    char name[600];
    DIR *opened = opendir(folder);
    for (const struct dirent *at = readdir(opened); at != NULL; at = readdir(opened)) {
        snprintf(name, sizeof name, "%s/%s", folder, at->d_name);
        unlink(name);
    }
    closedir(opened);
    rmdir(folder);
}

static void expect_content(const char *name, const char *text)
{
    struct buffer content;
    ck_assert_int_eq(file_read(inside(name), 100, &content, NULL), 0);
    ck_assert_str_eq(buffer_text(&content), text);
    buffer_free(&content);
}

START_TEST(file_is_written_and_read_back)
{
    ck_assert_int_eq(file_write(inside("a"), "abc", 3, 0, NULL), 0);
    expect_content("a", "abc");
    ck_assert_uint_eq(count_entries(), 1);
}
END_TEST

START_TEST(file_is_not_replaced_unasked)
{
    struct error err = {0};
    ck_assert_int_eq(file_write(inside("a"), "abc", 3, 0, NULL), 0);
    ck_assert_int_eq(file_write(inside("a"), "xyz", 3, 0, &err), ERROR_WRITE);
    ck_assert_ptr_nonnull(strstr(err.zh, "已存在"));
    ck_assert_ptr_nonnull(strstr(err.en, "exists"));
    ck_assert_str_eq(err.source, inside("a"));
    expect_content("a", "abc");
    ck_assert_uint_eq(count_entries(), 1);
}
END_TEST

START_TEST(file_is_replaced_when_asked)
{
    ck_assert_int_eq(file_write(inside("a"), "abc", 3, 0, NULL), 0);
    ck_assert_int_eq(file_write(inside("a"), "xyz", 3, FILE_REPLACE, NULL), 0);
    expect_content("a", "xyz");
}
END_TEST

/* A rename would put a file in the place of /dev/null, or of the link and not its target. */
START_TEST(file_replaces_regular_files_only)
{
    struct error err = {0};
    char name[256];
    ck_assert_int_eq(file_write(inside("a"), "abc", 3, 0, NULL), 0);
    snprintf(name, sizeof name, "%s/pipe", folder);
    ck_assert_int_eq(mkfifo(name, 0600), 0);
    ck_assert_int_eq(file_write(name, "xyz", 3, FILE_REPLACE, &err), ERROR_WRITE);
    ck_assert_ptr_nonnull(strstr(err.en, "must not replace"));
    ck_assert_str_eq(err.source, name);
    snprintf(name, sizeof name, "%s/link", folder);
    ck_assert_int_eq(symlink("a", name), 0);
    ck_assert_int_eq(file_write(name, "xyz", 3, FILE_REPLACE, NULL), ERROR_WRITE);
    expect_content("a", "abc");
    ck_assert_uint_eq(count_entries(), 3);
}
END_TEST

START_TEST(file_that_is_a_dangling_link_is_not_replaced_either)
{
    char link_name[256];
    snprintf(link_name, sizeof link_name, "%s/link", folder);
    ck_assert_int_eq(symlink("nowhere", link_name), 0);
    ck_assert_int_eq(file_write(link_name, "abc", 3, 0, NULL), ERROR_WRITE);
    ck_assert_uint_eq(count_entries(), 1);
}
END_TEST

START_TEST(file_modes_are_public_or_private)
{
    struct stat status;
    ck_assert_int_eq(file_write(inside("a"), "", 0, 0, NULL), 0);
    ck_assert_int_eq(stat(inside("a"), &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0644);
    ck_assert_int_eq(file_write(inside("b"), "", 0, FILE_PRIVATE, NULL), 0);
    ck_assert_int_eq(stat(inside("b"), &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
}
END_TEST

START_TEST(file_in_a_missing_folder_is_a_write_error)
{
    struct error err = {0};
    ck_assert_int_eq(file_write(inside("no/such"), "abc", 3, 0, &err), ERROR_WRITE);
    ck_assert_ptr_nonnull(strstr(err.en, "no such file or folder"));
}
END_TEST

START_TEST(file_that_does_not_fit_leaves_nothing_behind)
{
    struct error err = {0};
    struct rlimit limit = {1024, 1024};
    static char octets[4096];
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_eq(file_write(inside("a"), octets, sizeof octets, 0, &err), ERROR_WRITE);
    ck_assert_ptr_nonnull(strstr(err.en, "larger than the system allows"));
    ck_assert_uint_eq(count_entries(), 0);
}
END_TEST

START_TEST(file_that_is_a_folder_is_refused)
{
    struct error err = {0};
    struct buffer content;
    ck_assert_int_eq(file_read(folder, 10, &content, &err), ERROR_OPEN);
    ck_assert_ptr_nonnull(strstr(err.en, "folder"));
    ck_assert_int_eq(file_write(folder, "abc", 3, FILE_REPLACE, NULL), ERROR_WRITE);
}
END_TEST

START_TEST(file_that_is_a_pipe_is_refused_without_waiting)
{
    struct error err = {0};
    struct buffer content;
    ck_assert_int_eq(mkfifo(inside("pipe"), 0600), 0);
    ck_assert_int_eq(file_read(inside("pipe"), 10, &content, &err), ERROR_OPEN);
    ck_assert_ptr_nonnull(strstr(err.en, "pipe"));
}
END_TEST

START_TEST(file_that_is_missing_is_an_open_error)
{
    struct error err = {0};
    struct buffer content;
    ck_assert_int_eq(file_read(inside("missing"), 10, &content, &err), ERROR_OPEN);
    ck_assert_ptr_nonnull(strstr(err.zh, "不存在"));
}
END_TEST

START_TEST(file_of_exactly_the_maximum_is_read_and_one_octet_more_is_not)
{
    struct error err = {0};
    struct buffer content;
    ck_assert_int_eq(file_write(inside("a"), "12345", 5, 0, NULL), 0);
    ck_assert_int_eq(file_read(inside("a"), 5, &content, NULL), 0);
    buffer_free(&content);
    ck_assert_int_eq(file_read(inside("a"), 4, &content, &err), ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.en, "at most 4"));
}
END_TEST

START_TEST(file_of_a_gigabyte_is_refused_unread)
{
    struct buffer content;
    int sparse = open(inside("big"), O_WRONLY | O_CREAT, 0600);
    ck_assert_int_ge(sparse, 0);
    ck_assert_int_eq(ftruncate(sparse, 1 << 30), 0);
    close(sparse);
    ck_assert_int_eq(file_read(inside("big"), 1 << 24, &content, NULL), ERROR_INPUT);
}
END_TEST

START_TEST(standard_input_is_bounded_too)
{
    struct buffer content;
    ck_assert_int_eq(file_write(inside("a"), "12345", 5, 0, NULL), 0);
    ck_assert_ptr_nonnull(freopen(inside("a"), "r", stdin));
    ck_assert_int_eq(file_read("-", 4, &content, NULL), ERROR_INPUT);
    ck_assert_ptr_nonnull(freopen(inside("a"), "r", stdin));
    ck_assert_int_eq(file_read("-", 5, &content, NULL), 0);
    ck_assert_str_eq(buffer_text(&content), "12345");
    buffer_free(&content);
}
END_TEST

TCase *file_cases(void)
{
    TCase *cases = tcase_create("file");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, file_is_written_and_read_back);
    tcase_add_test(cases, file_is_not_replaced_unasked);
    tcase_add_test(cases, file_is_replaced_when_asked);
    tcase_add_test(cases, file_replaces_regular_files_only);
    tcase_add_test(cases, file_that_is_a_dangling_link_is_not_replaced_either);
    tcase_add_test(cases, file_modes_are_public_or_private);
    tcase_add_test(cases, file_in_a_missing_folder_is_a_write_error);
    tcase_add_test(cases, file_that_does_not_fit_leaves_nothing_behind);
    tcase_add_test(cases, file_that_is_a_folder_is_refused);
    tcase_add_test(cases, file_that_is_a_pipe_is_refused_without_waiting);
    tcase_add_test(cases, file_that_is_missing_is_an_open_error);
    tcase_add_test(cases, file_of_exactly_the_maximum_is_read_and_one_octet_more_is_not);
    tcase_add_test(cases, file_of_a_gigabyte_is_refused_unread);
    tcase_add_test(cases, standard_input_is_bounded_too);
    return cases;
}
