#ifndef DINGJIA_TESTS_RECORD_SUITES_H
#define DINGJIA_TESTS_RECORD_SUITES_H

#include <check.h>

TCase *evidence_cases(void);
TCase *record_cases(void);

#endif
