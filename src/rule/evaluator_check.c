#include <string.h>

#include "rule/evaluator_parts.h"
#include "rule/wording.h"
#include "xml/location.h"

/* A message being put together, and the values it is made from. */
struct rendering {
    struct run *run;
    const struct xml_node *node;
    struct finding *finding;
    struct error detail;
};

static size_t count_names(const struct message_part *part)
{
    size_t count = 0;
    for (; part != NULL; part = part->next)
        count += part->name != NULL;
    return count;
}

/* Makes room for every value the two messages can name. */
static int make_values(struct rendering *rendering, const struct assertion *check)
{
    size_t room = count_names(check->zh) + count_names(check->en) + 1;
    rendering->finding->values =
        arena_take_array(rendering->run->findings->arena, room, sizeof *rendering->finding->values);
    return rendering->finding->values == NULL ? -1 : 0;
}

static void add_value(struct rendering *rendering, const char *name, const char *text)
{
    struct finding *finding = rendering->finding;
    struct arena *arena = rendering->run->findings->arena;
    for (size_t i = 0; i < finding->value_count; i++)
        if (strcmp(finding->values[i].name, name) == 0)
            return;
    char *copy = arena_copy(arena, text);
    if (copy == NULL) {
        rendering->run->out_of_memory = true;
        return;
    }
    wording_fold(copy);
    finding->values[finding->value_count++] = (struct finding_value){name, copy};
}

static int append_value(struct rendering *rendering, const struct message_part *part,
                        struct buffer *out)
{
    struct xml_value *value = NULL;
    if (run_evaluate(rendering->run, part->value, rendering->node, &value, &rendering->detail) != 0)
        return -1;
    struct buffer text;
    buffer_init(&text, WORDING_MAXIMUM);
    xml_value_string(value, &text);
    xml_value_free(value);
    buffer_append_text(out, buffer_text(&text));
    out->failed = out->failed || text.failed;
    if (part->name != NULL)
        add_value(rendering, part->name, buffer_text(&text));
    buffer_free(&text);
    return 0;
}

/* NULL when a part could not be evaluated, or the whole is too long to be kept whole. */
static char *render(struct rendering *rendering, const struct message_part *part)
{
    struct buffer out;
    buffer_init(&out, WORDING_MAXIMUM);
    char *text = NULL;
    for (; part != NULL; part = part->next) {
        if (part->literal != NULL)
            buffer_append_text(&out, part->literal);
        else if (append_value(rendering, part, &out) != 0)
            goto out;
    }
    if (out.failed) {
        error_set(&rendering->detail, ERROR_CONFIG, "提示文字超过 %d 字节",
                  "the message is longer than %d octets", WORDING_MAXIMUM);
        goto out;
    }
    text = arena_copy(rendering->run->findings->arena, buffer_text(&out));
    if (text == NULL)
        rendering->run->out_of_memory = true;
    else
        wording_fold(text);
out:
    buffer_free(&out);
    return text;
}

static void add_finding(struct run *run, const struct assertion *check, const struct xml_node *node,
                        struct finding *finding)
{
    const size_t *total = findings_count(run->findings, check, finding->outcome == OUTCOME_ERROR);
    if (total == NULL)
        return;
    struct buffer path;
    buffer_init(&path, WORDING_MAXIMUM);
    if (node != NULL) {
        xml_location_path(node, &path);
        finding->line = xml_location_line(node);
    }
    finding->assertion = check->id;
    finding->safe_harbour_only = check->safe_harbour_only;
    finding->path = arena_copy(run->findings->arena, buffer_text(&path));
    buffer_free(&path);
    if (finding->path == NULL || findings_add(run->findings, check->condition, finding, total) != 0)
        run->out_of_memory = true;
}

/* Past the cap a repeat is counted, not worded: its text would be kept for nothing. */
static bool is_repeated_enough(struct run *run, const struct assertion *check, bool is_error)
{
    if (check->condition == NULL)
        return is_error && run->findings->advice.is_blocked;
    if (!findings_is_full(run->findings, check, is_error))
        return false;
    findings_count(run->findings, check, is_error);
    return true;
}

void run_check_failed(struct run *run, const struct assertion *check, const struct xml_node *node,
                      const struct error *detail)
{
    struct arena *arena = run->findings->arena;
    if (check->condition != NULL)
        run->findings->evaluated[findings_condition_index(run->findings, check->condition)]++;
    if (is_repeated_enough(run, check, true))
        return;
    const char *zh = wording_format(arena, "规则 %s 无法计算（%s 第%u行）：%s", check->id,
                                    detail->source, detail->line, detail->zh);
    const char *en = wording_format(arena, "rule %s could not be evaluated (%s:%u): %s", check->id,
                                    detail->source, detail->line, detail->en);
    if (check->condition == NULL) {
        run->findings->advice.is_blocked = true;
        run->findings->advice.reason = (struct bilingual){zh, en};
        return;
    }
    struct finding finding = {.outcome = OUTCOME_ERROR, .zh = zh, .en = en};
    add_finding(run, check, node, &finding);
}

/* The latest of the days named counts; whatever is not a date names none at all. */
static void take_advice(struct run *run, const struct assertion *check,
                        const struct finding *finding)
{
    struct advice *advice = &run->findings->advice;
    int64_t day = 0;
    if (check->kind == CHECK_NO_SIGNING_DATE) {
        if (!advice->is_blocked)
            advice->reason = (struct bilingual){finding->zh, finding->en};
        advice->is_blocked = true;
    } else if (clock_parse_date(finding->zh, &day) != 0) {
        if (!advice->is_blocked)
            advice->reason = (struct bilingual){"最早可签约日无法算出",
                                                "the earliest day to sign cannot be worked out"};
        advice->is_blocked = true;
    } else if (strcmp(finding->zh, advice->date) > 0) {
        clock_format_date(day, advice->date);
    }
}

static void record_found(struct run *run, const struct assertion *check,
                         const struct xml_node *node)
{
    struct finding finding = {.outcome = check->outcome};
    struct rendering rendering = {.run = run, .node = node, .finding = &finding};
    if (is_repeated_enough(run, check, false))
        return;
    if (make_values(&rendering, check) != 0) {
        run->out_of_memory = true;
        return;
    }
    finding.zh = render(&rendering, check->zh);
    if (finding.zh != NULL)
        finding.en = render(&rendering, check->en);
    if (finding.zh == NULL || finding.en == NULL)
        run_check_failed(run, check, node, &rendering.detail);
    else if (check->condition == NULL)
        take_advice(run, check, &finding);
    else
        add_finding(run, check, node, &finding);
}

void run_check(struct run *run, const struct assertion *check, const struct xml_node *node)
{
    struct error detail = {0};
    struct xml_value *value = NULL;
    if (run_evaluate(run, check->test, node, &value, &detail) != 0) {
        run_check_failed(run, check, node, &detail);
        return;
    }
    bool holds = xml_value_boolean(value);
    xml_value_free(value);
    if (check->condition != NULL)
        run->findings->evaluated[findings_condition_index(run->findings, check->condition)]++;
    /* An assert speaks up when it fails, a report when it holds. */
    if (holds == check->is_report)
        record_found(run, check, node);
}
