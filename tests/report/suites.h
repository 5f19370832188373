#ifndef DINGJIA_TESTS_REPORT_SUITES_H
#define DINGJIA_TESTS_REPORT_SUITES_H

#include <check.h>

TCase *words_cases(void);
TCase *writer_cases(void);

#endif
