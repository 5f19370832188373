#include "base/process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/suites.h"

static struct process_result result;
static struct error err;

static void tear_down(void)
{
    process_free(&result);
    err = (struct error){0};
}

/* Runs a line of shell; the library itself never does. */
static int run(const char *line, const char *input, unsigned seconds)
{
    char shell[] = "/bin/sh";
    char flag[] = "-c";
    char script[512];
    char *const arguments[] = {shell, flag, script, NULL};
    const struct process_plan plan = {arguments, input, strlen(input), 100, seconds};

    snprintf(script, sizeof(script), "%s", line);
    return process_run(&plan, &result, &err);
}

START_TEST(input_goes_in_and_output_comes_out)
{
    ck_assert_int_eq(run("cat; echo said >&2; exit 3", "abc", 20), 0);
    ck_assert_str_eq(buffer_text(&result.output), "abc");
    ck_assert_str_eq(buffer_text(&result.errors), "said\n");
    ck_assert_int_eq(result.status, 3);
    ck_assert(!result.late && !result.loud);
}
END_TEST

START_TEST(no_input_is_an_end_of_file)
{
    ck_assert_int_eq(run("cat; echo end", "", 20), 0);
    ck_assert_str_eq(buffer_text(&result.output), "end\n");
}
END_TEST

START_TEST(a_program_that_does_not_read_is_no_harm)
{
    char *large = malloc(1000001);

    memset(large, 'x', 1000000);
    large[1000000] = '\0';
    ck_assert_int_eq(run("exec 0<&-; echo done", large, 20), 0);
    ck_assert_str_eq(buffer_text(&result.output), "done\n");
    ck_assert_int_eq(result.status, 0);
    process_free(&result);
    ck_assert_int_eq(run("wc -c", large, 20), 0);
    ck_assert_str_eq(buffer_text(&result.output), "1000000\n");
    free(large);
}
END_TEST

START_TEST(output_up_to_the_limit_is_taken_whole)
{
    ck_assert_int_eq(run("printf %0100d 7", "", 20), 0);
    ck_assert_uint_eq(result.output.length, 100);
    ck_assert(!result.loud);
    process_free(&result);
    ck_assert_int_eq(run("printf %0101d 7; sleep 50", "", 20), 0);
    ck_assert(result.loud);
    ck_assert_int_eq(result.status, -1);
}
END_TEST

START_TEST(time_is_up_even_for_what_is_left_behind)
{
    int64_t begun = clock_milliseconds();

    ck_assert_int_eq(run("sleep 5 & exit 0", "", 1), 0);
    ck_assert(result.late);
    ck_assert_int_lt(clock_milliseconds() - begun, 4000);
}
END_TEST

START_TEST(a_signal_is_no_status)
{
    ck_assert_int_eq(run("kill -TERM $$", "", 20), 0);
    ck_assert_int_eq(result.status, -1);
    ck_assert(!result.late && !result.loud);
}
END_TEST

START_TEST(only_three_variables_are_handed_on)
{
    setenv("DINGJIA_TEST_SECRET", "1", 1);
    setenv("HOME", "/nowhere", 1);
    unsetenv("LANG");
    ck_assert_int_eq(run("env | grep -v -e ^PATH= -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=", "", 20),
                     0);
    ck_assert_str_eq(buffer_text(&result.output), "HOME=/nowhere\n");
}
END_TEST

/* The test program may have been given descriptors by whoever started it; ours must not be added. */
START_TEST(our_own_files_are_not_handed_on)
{
    char line[512] = "for i in";
    size_t used = strlen(line);

    for (int i = 3; i < 40; i++) {
        if (fcntl(i, F_GETFD) < 0) {
            used += (size_t)snprintf(line + used, sizeof(line) - used, " %d", i);
        }
    }
    snprintf(line + used, sizeof(line) - used, "; do test -e /dev/fd/$i && echo $i; done; true");
    ck_assert_int_eq(run(line, "x", 20), 0);
    ck_assert_str_eq(buffer_text(&result.output), "");
}
END_TEST

START_TEST(it_works_with_standard_files_closed)
{
    int kept[3];

    for (int i = 0; i < 3; i++) {
        kept[i] = fcntl(i, F_DUPFD_CLOEXEC, 50);
        close(i);
    }
    ck_assert_int_eq(run("cat; echo said >&2", "abc", 20), 0);
    for (int i = 0; i < 3; i++) {
        dup2(kept[i], i);
        close(kept[i]);
    }
    ck_assert_str_eq(buffer_text(&result.output), "abc");
    ck_assert_str_eq(buffer_text(&result.errors), "said\n");
}
END_TEST

START_TEST(ignored_signals_are_not_ignored_there)
{
    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(run("kill -PIPE $$; echo alive", "", 20), 0);
    ck_assert_int_eq(result.status, -1);
    ck_assert_str_eq(buffer_text(&result.output), "");
}
END_TEST

START_TEST(what_cannot_be_started_is_an_error)
{
    char program[] = "/nonexistent/program";
    char *const arguments[] = {program, NULL};
    const struct process_plan plan = {arguments, "", 0, 100, 20};

    ck_assert_int_eq(process_run(&plan, &result, &err), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "no such file"));
    ck_assert_ptr_nonnull(strstr(err.zh, program));
}
END_TEST

TCase *process_cases(void)
{
    TCase *cases = tcase_create("process");

    tcase_add_checked_fixture(cases, NULL, tear_down);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, input_goes_in_and_output_comes_out);
    tcase_add_test(cases, no_input_is_an_end_of_file);
    tcase_add_test(cases, a_program_that_does_not_read_is_no_harm);
    tcase_add_test(cases, output_up_to_the_limit_is_taken_whole);
    tcase_add_test(cases, time_is_up_even_for_what_is_left_behind);
    tcase_add_test(cases, a_signal_is_no_status);
    tcase_add_test(cases, only_three_variables_are_handed_on);
    tcase_add_test(cases, our_own_files_are_not_handed_on);
    tcase_add_test(cases, it_works_with_standard_files_closed);
    tcase_add_test(cases, ignored_signals_are_not_ignored_there);
    tcase_add_test(cases, what_cannot_be_started_is_an_error);
    return cases;
}
