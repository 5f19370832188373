#include <stdlib.h>

#include "key/suites.h"

int main(void)
{
    Suite *suite = suite_create("key");
    suite_add_tcase(suite, algorithm_cases());
    suite_add_tcase(suite, key_cases());
    suite_add_tcase(suite, key_file_cases());
    suite_add_tcase(suite, store_cases());
    suite_add_tcase(suite, command_cases());
    suite_add_tcase(suite, suite_cases());
    suite_add_tcase(suite, x509_cases());
    suite_add_tcase(suite, trust_cases());
    suite_add_tcase(suite, path_cases());
    suite_add_tcase(suite, revocation_cases());
    suite_add_tcase(suite, crl_cases());
    suite_add_tcase(suite, ocsp_cases());
    suite_add_tcase(suite, timestamp_cases());
    suite_add_tcase(suite, fetch_cases());
    suite_add_tcase(suite, generate_cases());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
