#ifndef DINGJIA_TEST_RULE_SUITES_H
#define DINGJIA_TEST_RULE_SUITES_H

#include <check.h>

Suite *evaluator_suite(void);
Suite *judge_suite(void);
Suite *pack_suite(void);
Suite *schematron_suite(void);
Suite *select_suite(void);
Suite *xpath_text_suite(void);

#endif
