#ifndef DINGJIA_TESTS_SIGNATURE_SUITES_H
#define DINGJIA_TESTS_SIGNATURE_SUITES_H

#include <check.h>

TCase *result_cases(void);
TCase *sign_cases(void);
TCase *verify_cases(void);
TCase *attack_cases(void);
TCase *mixing_cases(void);
TCase *mutation_cases(void);
TCase *judge_cases(void);
TCase *policy_cases(void);
TCase *frozen_mutation_cases(void);

#endif
