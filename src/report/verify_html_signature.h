#ifndef DINGJIA_REPORT_VERIFY_HTML_SIGNATURE_H
#define DINGJIA_REPORT_VERIFY_HTML_SIGNATURE_H

#include "certificate/verification.h"
#include "report/html.h"

/* What is known about signature number `index`: signer, times, paths. */
void verify_html_signature(struct html *html, const struct verification_result *result,
                           size_t index);

#endif
