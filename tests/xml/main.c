#include <stdlib.h>
#include <string.h>

#include "xml/suites.h"

struct xml_document *load_good(const char *text)
{
    struct xml_document *document = NULL;
    struct error err = {0};
    ck_assert_msg(xml_load(text, strlen(text), "good.xml", &document, &err) == 0, "%s", err.en);
    return document;
}

int main(void)
{
    Suite *suite = suite_create("xml");
    suite_add_tcase(suite, canonical_cases());
    suite_add_tcase(suite, dates_cases());
    suite_add_tcase(suite, expression_cases());
    suite_add_tcase(suite, load_cases());
    suite_add_tcase(suite, location_cases());
    suite_add_tcase(suite, node_cases());
    suite_add_tcase(suite, scan_cases());
    suite_add_tcase(suite, schema_cases());
    suite_add_tcase(suite, write_cases());
    suite_add_tcase(suite, xpath_cases());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
