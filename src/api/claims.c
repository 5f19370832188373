#include "api/claims.h"

#include <stdlib.h>
#include <string.h>

#include "api/internal.h"
#include "xml/node.h"

/* The first child of `parent` with this name, NULL when there is none or no parent. */
static const struct xml_node *child_of(const struct xml_node *parent, const char *name)
{
    const struct xml_node *child = parent == NULL ? NULL : xml_node_first_element(parent);

    while (child != NULL && !xml_node_is(child, record_namespace, name)) {
        child = xml_node_next_element(child);
    }
    return child;
}

static const char *attribute_of(const struct xml_node *node, const char *name)
{
    return node == NULL ? NULL : xml_node_attribute(node, name);
}

static size_t count_children(const struct xml_node *parent)
{
    const struct xml_node *child = parent == NULL ? NULL : xml_node_first_element(parent);
    size_t count = 0;

    for (; child != NULL; child = xml_node_next_element(child)) {
        count++;
    }
    return count;
}

static struct claims_party read_party(const struct xml_node *node)
{
    const char *code = attribute_of(node, "code");

    return (struct claims_party){
        .name = attribute_of(node, "name"),
        .code = code != NULL ? code : attribute_of(node, "registerNumber"),
    };
}

static int read_parties(const struct xml_node *root, struct claims *out, struct error *err)
{
    const struct xml_node *node = xml_node_first_element(root);

    out->holder = read_party(child_of(root, "holder"));
    out->achievement = attribute_of(child_of(root, "achievement"), "name");
    out->transferees = calloc(count_children(root) + 1, sizeof(*out->transferees));
    if (out->transferees == NULL) {
        return (int)error_memory(err);
    }
    for (; node != NULL; node = xml_node_next_element(node)) {
        if (xml_node_is(node, record_namespace, "transferee")) {
            out->transferees[out->transferee_count++] = read_party(node);
        }
    }
    return 0;
}

/* Lump sum, instalments and entry fee carry their amount as text, the others attributes. */
static struct claims_component read_component(const struct xml_node *node)
{
    const struct xml_node *only = xml_node_first(node);

    return (struct claims_component){
        .kind = xml_node_name(node),
        .amount = only != NULL ? xml_node_text(node) : NULL,
        .months = xml_node_attribute(node, "months"),
        .base = xml_node_attribute(node, "base"),
        .tier = xml_node_attribute(node, "tier"),
        .rate = xml_node_attribute(node, "rate"),
        .floor = xml_node_attribute(node, "floor"),
        .cap = xml_node_attribute(node, "cap"),
        .share = xml_node_attribute(node, "share"),
        .valuation = xml_node_attribute(node, "valuation"),
    };
}

static int read_price(const struct xml_node *price, struct claims *out, struct error *err)
{
    const struct xml_node *node = price == NULL ? NULL : xml_node_first_element(price);

    out->currency = attribute_of(price, "currency");
    out->tax = attribute_of(price, "tax");
    out->components = calloc(count_children(price) + 1, sizeof(*out->components));
    if (out->components == NULL) {
        return (int)error_memory(err);
    }
    for (; node != NULL; node = xml_node_next_element(node)) {
        out->components[out->component_count++] = read_component(node);
    }
    return 0;
}

/* The route is the element name of the episode that set the price. */
static const char *read_route(const struct xml_node *pricing)
{
    const char *set_by = attribute_of(pricing, "setBy");
    const struct xml_node *node = pricing == NULL ? NULL : xml_node_first_element(pricing);

    for (; set_by != NULL && node != NULL; node = xml_node_next_element(node)) {
        const char *id = xml_node_attribute(node, "id");

        if (id != NULL && strcmp(id, set_by) == 0) {
            return xml_node_name(node);
        }
    }
    return NULL;
}

static int read_deal(const struct xml_node *root, struct claims *out, struct error *err)
{
    const struct xml_node *deal = child_of(root, "deal");
    const struct xml_node *scope = child_of(deal, "scope");

    out->act = attribute_of(scope, "act");
    out->exclusivity = attribute_of(scope, "exclusivity");
    out->route = read_route(child_of(root, "pricing"));
    return read_price(child_of(deal, "price"), out, err);
}

static int read_evidence(const struct dingjia_report *report, struct claims *out, struct error *err)
{
    struct record_evidence file;

    out->examination = report->evidence_compared ? "compared" : "declared";
    out->files = calloc(record_evidence_count(report->record) + 1, sizeof(*out->files));
    if (out->files == NULL) {
        return (int)error_memory(err);
    }
    while (record_evidence_at(report->record, out->file_count, &file)) {
        out->files[out->file_count++] = (struct claims_file){
            .label = file.id, .path = file.path, .sha256 = file.sha256, .sm3 = file.sm3};
    }
    return 0;
}

static int read_judgement(const struct judgement *judgement, struct claims *out, struct error *err)
{
    out->safe_harbour = verdict_name(judgement->verdict);
    out->lawful_pricing = verdict_name(judgement->lawful_pricing);
    if (judgement->pack != NULL) {
        out->pack_name = pack_id(judgement->pack);
        out->pack_version = pack_version(judgement->pack);
        out->pack_sha256 = pack_digest(judgement->pack);
    }
    out->conditions = calloc(judgement->result_count + 1, sizeof(*out->conditions));
    if (out->conditions == NULL) {
        return (int)error_memory(err);
    }
    for (size_t i = 0; i < judgement->result_count; i++) {
        const struct condition_result *result = &judgement->results[i];

        out->conditions[out->condition_count++] = (struct claims_condition){
            .label = result->condition->id, .outcome = outcome_name(result->outcome)};
    }
    return 0;
}

int claims_from_report(const struct dingjia_report *report, struct claims *out, struct error *err)
{
    const struct xml_node *root = xml_document_root(record_document(report->record));
    int code;

    *out = (struct claims){
        .record_number = record_id(report->record),
        .record_sha256 = record_digest_octets(report->record, DIGEST_SHA256),
        .record_canonical_sha256 = record_digest_canonical(report->record, DIGEST_SHA256),
        .disclaimer_zh = certificate_disclaimer_zh,
        .disclaimer_en = certificate_disclaimer_en,
    };
    code = read_parties(root, out, err);
    code = code == 0 ? read_deal(root, out, err) : code;
    code = code == 0 ? read_evidence(report, out, err) : code;
    code = code == 0 ? read_judgement(report->judgement, out, err) : code;
    if (code != 0) {
        claims_free(out);
    }
    return code;
}
