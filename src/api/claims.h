#ifndef DINGJIA_API_CLAIMS_H
#define DINGJIA_API_CLAIMS_H

#include "certificate/claims.h"
#include "dingjia.h"

/* Reads what a certificate states out of a judged record: parties, act, route, price, evidence,
 * pack, outcomes and verdicts. Everything but serial, issuer, engine and evaluation instant, which
 * the caller sets. Texts are borrowed from the report. */
int claims_from_report(const struct dingjia_report *report, struct claims *out, struct error *err);

#endif
