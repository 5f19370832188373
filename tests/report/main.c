#include <stdlib.h>
#include <string.h>

#include "report/sample.h"
#include "report/suites.h"

static const char *shown_format;
static const char *shown_language;

/* Writes the sample to standard output, for samples.py: as "facts", or in a format of results. */
START_TEST(show)
{
    const struct report_options options = {
        .language = strcmp(shown_language, "zh") == 0 ? LANGUAGE_ZH : LANGUAGE_EN};
    struct facts_document *document = sample_facts();
    struct verification_result *result = sample_result(INDICATION_TOTAL_FAILED);
    const struct report_format *row;
    size_t length = 0;
    char *text = NULL;

    if (strcmp(shown_format, "facts") == 0)
        text = sample_facts_text(document, &length);
    for (size_t i = 0; text == NULL && (row = report_format_at(i)) != NULL; i++) {
        if (strcmp(row->name, shown_format) == 0)
            text = sample_report(row, &options, result);
    }
    ck_assert_ptr_nonnull(text);
    fputs(text, stdout);
    free(text);
    sample_facts_free(document);
    sample_result_free(result);
}
END_TEST

static TCase *show_cases(void)
{
    TCase *cases = tcase_create("show");
    tcase_add_test(cases, show);
    return cases;
}

static void add_all(Suite *suite)
{
    suite_add_tcase(suite, words_cases());
    suite_add_tcase(suite, writer_cases());
    suite_add_tcase(suite, verify_cases());
    suite_add_tcase(suite, html_cases());
    suite_add_tcase(suite, facts_cases());
    suite_add_tcase(suite, facts_refusal_cases());
}

int main(int argc, char **argv)
{
    Suite *suite = suite_create("report");
    bool showing = argc == 3;

    if (showing) {
        shown_format = argv[1];
        shown_language = argv[2];
        suite_add_tcase(suite, show_cases());
    } else {
        add_all(suite);
    }

    SRunner *runner = srunner_create(suite);
    if (showing)
        srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, showing ? CK_SILENT : CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
