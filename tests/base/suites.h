#ifndef DINGJIA_TESTS_BASE_SUITES_H
#define DINGJIA_TESTS_BASE_SUITES_H

#include <check.h>

TCase *buffer_cases(void);
TCase *clock_cases(void);
TCase *digest_cases(void);
TCase *encoding_cases(void);
TCase *error_cases(void);
TCase *file_cases(void);
TCase *language_cases(void);
TCase *process_cases(void);
TCase *resource_cases(void);
TCase *text_cases(void);

#endif
