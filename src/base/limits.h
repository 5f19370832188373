#ifndef DINGJIA_BASE_LIMITS_H
#define DINGJIA_BASE_LIMITS_H

/* Every limit of the program, each with its reason. Refusals name the limit they hit. */
enum {
    /* Files. The largest honest record (1000 evidence files and persons, long texts) is ~2 MiB. */
    LIMIT_RECORD_OCTETS = 16 * 1024 * 1024,
    /* A certificate repeats findings and digests, never the record. */
    LIMIT_CERTIFICATE_OCTETS = 4 * 1024 * 1024,
    /* Keys, chains and trust anchors are a few KiB each. */
    LIMIT_KEY_OCTETS = 1024 * 1024,
    /* Evidence files are hashed in pieces of this size and never held. */
    LIMIT_READ_CHUNK_OCTETS = 64 * 1024,

    /* Folders inside folders when a whole tree is checked; each level keeps one list of names. */
    LIMIT_FOLDER_DEPTH = 32,

    /* XML. Nothing larger than the largest file above reaches the parser. */
    LIMIT_XML_OCTETS = LIMIT_RECORD_OCTETS,
    /* A record is 9 deep, the schema itself 12; the parser recurses once per level. */
    LIMIT_XML_DEPTH = 64,
    /* Elements, attributes, comments, instructions: each costs ~100 octets of memory. */
    LIMIT_XML_NODES = 500000,
    /* Attributes of one element cost the parser quadratic time (20,000 take a second). */
    LIMIT_XML_ATTRIBUTES = 64,
    /* Whatever stands between two '<' may look like this many attributes, even in odd places. */
    LIMIT_XML_ASSIGNMENTS = 512,
    /* The longest attribute allowed in a record is 1000 characters, in a pack an XPath test. */
    LIMIT_XML_ATTRIBUTE_OCTETS = 64 * 1024,

    /* Steps of one XPath evaluation; the dearest rule over the largest sample takes ~1 % of it. */
    LIMIT_XPATH_OPERATIONS = 20 * 1000 * 1000,
    /* Steps of all evaluations over one record: 2 to 8 seconds. A record with every list at its
     * schema's end would otherwise take minutes, as rules compare lists with one another. */
    LIMIT_XPATH_RECORD_OPERATIONS = 200 * 1000 * 1000,
    /* Violations of a schema that are counted; each costs the validator about 1 KiB of text. */
    LIMIT_SCHEMA_VIOLATIONS = 100,

    /* One message in one language; a finding quotes values of at most 1000 characters. */
    LIMIT_MESSAGE_OCTETS = 16 * 1024,
    /* Quoted values in error texts are cut after this many octets. */
    LIMIT_QUOTE_OCTETS = 120
};

/* Scanned contracts and videos of auctions; above this a digest takes longer than a minute. */
#define LIMIT_EVIDENCE_OCTETS 8589934592LL

#endif
