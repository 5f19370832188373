#include <stdlib.h>

#include "suites.h"

int main(void)
{
    SRunner *runner = srunner_create(evaluator_suite());
    srunner_add_suite(runner, judge_suite());
    srunner_add_suite(runner, pack_suite());
    srunner_add_suite(runner, schematron_suite());
    srunner_add_suite(runner, select_suite());
    srunner_add_suite(runner, xpath_text_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
