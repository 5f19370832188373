#include <stdlib.h>

#include "base/suites.h"

int main(void)
{
    Suite *suite = suite_create("base");
    suite_add_tcase(suite, buffer_cases());
    suite_add_tcase(suite, clock_cases());
    suite_add_tcase(suite, digest_cases());
    suite_add_tcase(suite, encoding_cases());
    suite_add_tcase(suite, error_cases());
    suite_add_tcase(suite, file_cases());
    suite_add_tcase(suite, language_cases());
    suite_add_tcase(suite, resource_cases());
    suite_add_tcase(suite, process_cases());
    suite_add_tcase(suite, text_cases());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
