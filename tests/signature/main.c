#include <stdlib.h>

#include "signature/suites.h"

int main(void)
{
    Suite *suite = suite_create("signature");
    suite_add_tcase(suite, result_cases());
    suite_add_tcase(suite, sign_cases());
    suite_add_tcase(suite, verify_cases());
    suite_add_tcase(suite, attack_cases());
    suite_add_tcase(suite, mixing_cases());
    suite_add_tcase(suite, mutation_cases());
    suite_add_tcase(suite, judge_cases());
    suite_add_tcase(suite, policy_cases());
    suite_add_tcase(suite, frozen_mutation_cases());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
