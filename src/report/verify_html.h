#ifndef DINGJIA_REPORT_VERIFY_HTML_H
#define DINGJIA_REPORT_VERIFY_HTML_H

#include "certificate/verification.h"
#include "report/html.h"

/* One certificate as an article of a page: everything there is to know about its verification. */
void verify_html_certificate(struct html *html, const char *source,
                             const struct verification_result *result);

#endif
