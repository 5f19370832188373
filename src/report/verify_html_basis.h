#ifndef DINGJIA_REPORT_VERIFY_HTML_BASIS_H
#define DINGJIA_REPORT_VERIFY_HTML_BASIS_H

#include "certificate/verification.h"
#include "report/html.h"

/* What a recheck judged otherwise, the policy and time it all rests on, and how to repeat it. */
void verify_html_basis(struct html *html, const char *source,
                       const struct verification_result *result);

#endif
