#ifndef DINGJIA_TESTS_REPORT_SUITES_H
#define DINGJIA_TESTS_REPORT_SUITES_H

#include <check.h>

TCase *facts_cases(void);
TCase *facts_refusal_cases(void);
TCase *html_cases(void);
TCase *verify_cases(void);
TCase *words_cases(void);
TCase *writer_cases(void);

#endif
