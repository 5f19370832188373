#include <stdlib.h>

#include "report/suites.h"

int main(void)
{
    Suite *suite = suite_create("report");
    suite_add_tcase(suite, words_cases());
    suite_add_tcase(suite, writer_cases());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
