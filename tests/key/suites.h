#ifndef DINGJIA_TESTS_KEY_SUITES_H
#define DINGJIA_TESTS_KEY_SUITES_H

#include <check.h>

TCase *algorithm_cases(void);
TCase *key_cases(void);
TCase *key_file_cases(void);
TCase *store_cases(void);
TCase *command_cases(void);
TCase *suite_cases(void);
TCase *x509_cases(void);
TCase *trust_cases(void);
TCase *path_cases(void);
TCase *revocation_cases(void);
TCase *crl_cases(void);
TCase *ocsp_cases(void);
TCase *timestamp_cases(void);
TCase *fetch_cases(void);
TCase *generate_cases(void);

#endif
