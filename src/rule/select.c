#include "rule/select.h"

#include <string.h>

#include "rule/pack_parts.h"
#include "rule/wording.h"
#include "xml/location.h"
#include "xml/node.h"

/* The date of a record that one pack is chosen by. */
struct key_date {
    char text[CLOCK_DATE_SIZE]; /* "" for none */
    const struct xml_node *node;
    struct bilingual name; /* what people call it */
};

/* Chosen so far. `gap` is the number of days outside the pack's validity, 0 in force. */
struct candidate {
    size_t index;
    struct key_date date;
    int64_t gap;
};

static const char *node_text(const struct xml_node *node)
{
    const char *text = NULL;
    if (xml_node_kind(node) == XML_ATTRIBUTE)
        text = xml_attribute_value(node);
    else if (xml_node_kind(node) == XML_ELEMENT)
        text = xml_node_text(node);
    return text == NULL ? "" : text;
}

/* Dates of the record are written yyyy-mm-dd, so that the least text is the earliest day. */
static void take_earliest(struct key_date *date, const struct xml_value *value)
{
    for (size_t i = 0; i < xml_value_node_count(value); i++) {
        const struct xml_node *node = xml_value_node_at(value, i);
        int64_t day = 0;
        if (clock_parse_date(node_text(node), &day) != 0)
            continue;
        if (date->text[0] != '\0' && strcmp(node_text(node), date->text) >= 0)
            continue;
        clock_format_date(day, date->text);
        date->node = node;
    }
}

static int find_date(struct evaluator *evaluator, const struct evaluation *evaluation,
                     struct key_date *date, struct error *err)
{
    const struct chooser *chooser = evaluator_pack(evaluator)->choosers;
    for (; chooser != NULL && date->text[0] == '\0'; chooser = chooser->next) {
        struct xml_value *value = NULL;
        int code = evaluator_value(evaluator, chooser->select, evaluation->record, &value, err);
        if (code != 0) {
            error_place(err, chooser->select->file, chooser->select->line, 0);
            return code;
        }
        if (xml_value_type(value) == XML_VALUE_NODES)
            take_earliest(date, value);
        date->name = chooser->name;
        xml_value_free(value);
    }
    return 0;
}

/* Days between a date and the nearest day the pack is valid on. */
static int64_t validity_gap(const struct pack *pack, const char *date)
{
    int64_t day = 0;
    int64_t from = 0;
    int64_t to = 0;
    clock_parse_date(date, &day);
    clock_parse_date(pack->valid_from, &from);
    if (day < from)
        return from - day;
    if (clock_parse_date(pack->valid_to, &to) != 0 || day <= to)
        return 0;
    return day - to;
}

/* A date in the record goes before none, the nearer pack before the farther, the newer before the
 * older. */
static bool is_better(struct evaluator *const *evaluators, const struct candidate *a,
                      const struct candidate *b)
{
    bool a_dated = a->date.node != NULL;
    bool b_dated = b->date.node != NULL;
    if (a_dated != b_dated)
        return a_dated;
    if (a->gap != b->gap)
        return a->gap < b->gap;
    return strcmp(evaluator_pack(evaluators[a->index])->valid_from,
                  evaluator_pack(evaluators[b->index])->valid_from) > 0;
}

static struct bilingual describe_pack(struct arena *arena, const struct pack *pack)
{
    struct bilingual text;
    const char *to = pack->valid_to;
    text.zh = wording_format(arena, "规则包 %s %s（有效期自 %s 起%s%s%s）", pack->id, pack->version,
                             pack->valid_from, to[0] ? "至 " : "", to, to[0] ? " 止" : "");
    text.en = wording_format(arena, "pack %s %s (valid from %s%s%s)", pack->id, pack->version,
                             pack->valid_from, to[0] ? " to " : "", to);
    return text;
}

static struct bilingual list_dates(struct arena *arena, const struct chooser *chooser)
{
    struct bilingual list = {"", ""};
    for (bool first = true; chooser != NULL; chooser = chooser->next, first = false) {
        list.zh = wording_format(arena, "%s%s%s", list.zh, first ? "" : "；", chooser->name.zh);
        list.en = wording_format(arena, "%s%s%s", list.en, first ? "" : "; ", chooser->name.en);
    }
    return list;
}

static void explain_undated(struct selection *selection, struct arena *arena,
                            const struct bilingual *pack, const char *at)
{
    bool in_force = selection->is_in_force;
    selection->reason.zh = wording_format(
        arena, "记录中没有可据以选定规则的日期（%s）；按判断日 %s %s%s", selection->dates.zh, at,
        in_force ? "暂用" : "也没有施行中的规则包，最接近的是", pack->zh);
    selection->reason.en = wording_format(
        arena,
        "the record has no date to choose the rules by (%s); on the day of judging, %s, %s %s",
        selection->dates.en, at,
        in_force ? "the rules in force are" : "no pack is in force; the nearest is", pack->en);
}

static void explain_dated(struct selection *selection, struct arena *arena,
                          const struct bilingual *pack, const struct key_date *date)
{
    unsigned line = xml_location_line(date->node);
    bool in_force = selection->is_in_force;
    selection->reason.zh = wording_format(
        arena, "%s%s（%s，第%u行）%s%s", in_force ? "按 " : "", date->text, date->name.zh, line,
        in_force ? "选用" : "当日没有施行中的规则包；最接近的是", pack->zh);
    selection->reason.en = wording_format(
        arena, "%s (%s, line %u) %s %s", date->text, date->name.en, line,
        in_force ? "falls under" : "is a day on which no pack is in force; the nearest is",
        pack->en);
}

int select_pack(const struct bench *bench, const struct evaluation *evaluation, struct arena *arena,
                struct selection *selection, struct error *err)
{
    struct evaluator *const *evaluators = bench->evaluators;
    struct candidate best = {0};
    for (size_t i = 0; i < bench->count; i++) {
        struct candidate candidate = {.index = i};
        int code = find_date(evaluators[i], evaluation, &candidate.date, err);
        if (code != 0)
            return code;
        const char *date = candidate.date.text[0] ? candidate.date.text : evaluation->at;
        candidate.gap = validity_gap(evaluator_pack(evaluators[i]), date);
        if (i == 0 || is_better(evaluators, &candidate, &best))
            best = candidate;
    }
    selection->index = best.index;
    selection->is_dated = best.date.node != NULL;
    selection->is_in_force = best.gap == 0;
    const struct pack *chosen = evaluator_pack(evaluators[best.index]);
    struct bilingual pack = describe_pack(arena, chosen);
    selection->dates = list_dates(arena, chosen->choosers);
    if (selection->is_dated)
        explain_dated(selection, arena, &pack, &best.date);
    else
        explain_undated(selection, arena, &pack, evaluation->at);
    return 0;
}
