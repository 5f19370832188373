#ifndef DINGJIA_CERTIFICATE_CLAIMS_H
#define DINGJIA_CERTIFICATE_CLAIMS_H

#include <stddef.h>

/* What a certificate states, as plain data. Texts are borrowed from whatever the claims were made
 * from (a record, or the certificate that was read); an optional text that is absent is NULL.
 * The arrays are owned: claims_free(). Zero it before use. */

struct claims_party {
    const char *name;
    const char *code; /* optional */
};

/* A part of the price. Which members are set depends on the kind; all but it are optional. */
struct claims_component {
    const char *kind;   /* "lumpSum", "instalment", "entryFee", "royalty", "equity" */
    const char *amount; /* lump sum, instalment, entry fee */
    const char *months; /* when an instalment falls due */
    const char *base;   /* of a royalty */
    const char *tier;
    const char *rate;
    const char *floor;
    const char *cap;
    const char *share; /* of equity, per cent */
    const char *valuation;
};

struct claims_file {
    const char *label; /* "E1" */
    const char *path;  /* in the evidence folder */
    const char *sha256;
    const char *sm3; /* one of the two may be absent */
};

struct claims_condition {
    const char *label; /* "N3" */
    const char *outcome;
};

struct claims {
    const char *serial;       /* 32 hexadecimal digits */
    const char *issuer;       /* subject of the signer's certificate */
    const char *engine;       /* "dingjia 0.1.0" */
    const char *evaluated_at; /* Beijing time, "2026-11-01T00:00:00+08:00" */
    const char *record_number;
    const char *record_sha256;           /* of the octets */
    const char *record_canonical_sha256; /* of the exclusive canonical form */
    const char *pack_name;
    const char *pack_version;
    const char *pack_sha256;
    struct claims_party holder;
    struct claims_party *transferees;
    size_t transferee_count;
    const char *achievement;
    const char *act;         /* "assignment", "licence", "equity" ... */
    const char *exclusivity; /* optional */
    const char *route;       /* "listing", "auction", "negotiation" */
    const char *currency;
    const char *tax;
    struct claims_component *components;
    size_t component_count;
    const char *examination; /* of the evidence: "compared" with its digests, or "declared" only */
    struct claims_file *files;
    size_t file_count;
    const char *safe_harbour; /* verdict names */
    const char *lawful_pricing;
    struct claims_condition *conditions;
    size_t condition_count;
    const char *disclaimer_zh;
    const char *disclaimer_en;
};

/* What every certificate of this format says about itself, word for word. */
extern const char certificate_disclaimer_zh[];
extern const char certificate_disclaimer_en[];

void claims_free(struct claims *claims);

#endif
