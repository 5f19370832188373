#ifndef DINGJIA_TESTS_CERTIFICATE_SUITES_H
#define DINGJIA_TESTS_CERTIFICATE_SUITES_H

#include <check.h>

TCase *build_cases(void);
TCase *parse_cases(void);
TCase *claim_cases(void);

#endif
