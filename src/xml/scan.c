#include "xml/scan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "xml/scan_text.h"

struct scan {
    const char *text;
    size_t length;
    size_t offset;
    struct scan_place here;
    size_t depth;
    bool root_closed;
    size_t nodes;
    struct scan_place *places;
    size_t count;
    size_t capacity;
    struct error *err;
};

static int refuse(struct scan *scan, struct scan_place place, const char *zh, const char *en)
{
    error_set(scan->err, ERROR_INPUT, "%s%.0s", "%.0s%s", zh, en);
    error_place(scan->err, NULL, place.line, place.column);
    return ERROR_INPUT;
}

static int refuse_limit(struct scan *scan, struct scan_place place, struct bilingual what,
                        int limit)
{
    error_set(scan->err, ERROR_INPUT, "%s%.0s超过上限 %d", "%.0s%s: the limit is %d", what.zh,
              what.en, limit);
    error_place(scan->err, NULL, place.line, place.column);
    return ERROR_INPUT;
}

static void step(struct scan *scan)
{
    unsigned char octet = (unsigned char)scan->text[scan->offset++];

    if (octet == '\n') {
        scan->here.line++;
        scan->here.column = 1;
    } else if ((octet & 0xC0) != 0x80) {
        scan->here.column++;
    }
}

static bool looking_at(const struct scan *scan, const char *text)
{
    size_t length = strlen(text);

    return scan->length - scan->offset >= length &&
           memcmp(scan->text + scan->offset, text, length) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Characters a name may begin with; of the others the parser judges more exactly. */
static bool begins_name(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           ((unsigned char)c & 0x80) != 0;
}

static int count_node(struct scan *scan, struct scan_place place)
{
    if (++scan->nodes > LIMIT_XML_NODES)
        return refuse_limit(
            scan, place, (struct bilingual){"元素和属性的总数", "too many elements and attributes"},
            LIMIT_XML_NODES);
    return 0;
}

static int add_place(struct scan *scan, struct scan_place place)
{
    if (scan->count == scan->capacity) {
        size_t capacity = scan->capacity == 0 ? 64 : scan->capacity * 2;
        struct scan_place *places = realloc(scan->places, capacity * sizeof *places);
        if (places == NULL)
            return (int)error_memory(scan->err);
        scan->places = places;
        scan->capacity = capacity;
    }
    scan->places[scan->count++] = place;
    return count_node(scan, place);
}

/* Passes over a construct that ends with `end`. */
static int skip_to(struct scan *scan, size_t opening, const char *end, const char *zh,
                   const char *en)
{
    struct scan_place start = scan->here;

    while (opening-- > 0)
        step(scan);
    while (scan->offset < scan->length && !looking_at(scan, end))
        step(scan);
    if (scan->offset == scan->length)
        return refuse(scan, start, zh, en);
    for (size_t i = strlen(end); i > 0; i--)
        step(scan);
    return count_node(scan, start);
}

/* Only the five entities every reader knows, and character numbers. */
static int check_reference(struct scan *scan)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"};
    size_t length = 0;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (looking_at(scan, known[i]))
            return 0;
    }
    while (length < 40 && scan->offset + length < scan->length &&
           scan->text[scan->offset + length] != ';' && !is_blank(scan->text[scan->offset + length]))
        length++;
    error_set(scan->err, ERROR_INPUT,
              "实体引用“%.*s”不被接受：只能用 &amp; &lt; &gt; &quot; &apos; 和字符编号",
              "the entity reference '%.*s' is not accepted: only &amp; &lt; &gt; &quot; &apos; and "
              "character numbers are",
              (int)length, scan->text + scan->offset);
    error_place(scan->err, NULL, scan->here.line, scan->here.column);
    return ERROR_INPUT;
}

/* Passes over a quoted value, the cursor being on the opening quote. */
static int skip_value(struct scan *scan)
{
    struct scan_place start = scan->here;
    char quote = scan->text[scan->offset];
    size_t begin = scan->offset + 1;

    step(scan);
    while (scan->offset < scan->length && scan->text[scan->offset] != quote) {
        if (scan->text[scan->offset] == '<')
            return refuse(scan, scan->here,
                          "属性值中不能有“<”（应写作 &lt;），或者上一个引号没有配对",
                          "'<' is not allowed in an attribute value (write &lt;), or a quotation "
                          "mark before it is not closed");
        if (scan->text[scan->offset] == '&' && check_reference(scan) != 0)
            return ERROR_INPUT;
        step(scan);
    }
    if (scan->offset == scan->length)
        return refuse(scan, start, "属性值的引号没有配对", "the attribute value is not closed");
    if (scan->offset - begin > LIMIT_XML_ATTRIBUTE_OCTETS)
        return refuse_limit(scan, start,
                            (struct bilingual){"属性值的字节数", "the attribute value is too long"},
                            LIMIT_XML_ATTRIBUTE_OCTETS);
    step(scan);
    return 0;
}

/* Passes over the attributes of a start tag up to its '>'. */
static int scan_attributes(struct scan *scan, struct scan_place start)
{
    int attributes = 0;

    while (scan->offset < scan->length && scan->text[scan->offset] != '>') {
        char c = scan->text[scan->offset];
        if (c == '<')
            return refuse(scan, start, "标签没有以“>”结束", "the tag is not ended by '>'");
        if (c == '=' && ++attributes > LIMIT_XML_ATTRIBUTES)
            return refuse_limit(
                scan, start,
                (struct bilingual){"一个元素的属性个数", "too many attributes on one element"},
                LIMIT_XML_ATTRIBUTES);
        if (c == '=' && count_node(scan, start) != 0)
            return ERROR_INPUT;
        if (c != '"' && c != '\'')
            step(scan);
        else if (skip_value(scan) != 0)
            return ERROR_INPUT;
    }
    if (scan->offset == scan->length)
        return refuse(scan, start, "标签没有以“>”结束", "the tag is not ended by '>'");
    return 0;
}

static int scan_start_tag(struct scan *scan)
{
    struct scan_place start = scan->here;

    if (scan->root_closed)
        return refuse(scan, start, "根元素结束之后又出现了一个元素：一个文件只能有一份记录或证书",
                      "another element follows the root element: one file holds one record or "
                      "certificate");
    int result = add_place(scan, start);
    if (result != 0)
        return result;
    step(scan);
    if (scan_attributes(scan, start) != 0)
        return ERROR_INPUT;
    bool empty = scan->text[scan->offset - 1] == '/';
    step(scan);
    if (!empty && ++scan->depth > LIMIT_XML_DEPTH)
        return refuse_limit(scan, start,
                            (struct bilingual){"元素嵌套层数", "elements are nested too deeply"},
                            LIMIT_XML_DEPTH);
    scan->root_closed = empty && scan->depth == 0;
    return 0;
}

static int scan_end_tag(struct scan *scan)
{
    struct scan_place start = scan->here;

    while (scan->offset < scan->length && scan->text[scan->offset] != '>') {
        step(scan);
        if (scan->offset < scan->length && scan->text[scan->offset] == '<')
            return refuse(scan, start, "标签没有以“>”结束", "the tag is not ended by '>'");
    }
    if (scan->offset == scan->length)
        return refuse(scan, start, "标签没有以“>”结束", "the tag is not ended by '>'");
    step(scan);
    if (scan->depth == 0)
        return refuse(scan, start, "结束标签没有对应的开始标签",
                      "an end tag without its start tag");
    scan->root_closed = --scan->depth == 0;
    return 0;
}

static int scan_declaration(struct scan *scan)
{
    if (looking_at(scan, "<!--"))
        return skip_to(scan, 4, "-->", "注释没有以“-->”结束", "the comment is not ended by '-->'");
    if (looking_at(scan, "<![CDATA["))
        return skip_to(scan, 9, "]]>", "CDATA 没有以“]]>”结束",
                       "the CDATA section is not ended by ']]>'");
    if (looking_at(scan, "<!DOCTYPE"))
        return refuse(scan, scan->here,
                      "含有 DOCTYPE 声明，不被接受：请删去（实体和外部文件一律不读）",
                      "contains a DOCTYPE, which is not accepted: remove it (entities and external "
                      "files are never read)");
    return refuse(scan, scan->here, "“<!”之后的内容无法解读", "what follows '<!' cannot be read");
}

static int scan_markup(struct scan *scan)
{
    char next = scan->offset + 1 < scan->length ? scan->text[scan->offset + 1] : '\0';

    if (next == '!')
        return scan_declaration(scan);
    if (next == '/')
        return scan_end_tag(scan);
    if (begins_name(next))
        return scan_start_tag(scan);
    if (next == '?' && scan->offset + 2 < scan->length && begins_name(scan->text[scan->offset + 2]))
        return skip_to(scan, 2, "?>", "处理指令没有以“?>”结束",
                       "the processing instruction is not ended by '?>'");
    return refuse(scan, scan->here, "“<”之后应是元素名（正文中的“<”应写作 &lt;）",
                  "'<' must be followed by an element name (in text write &lt;)");
}

/* A parser that gave up half-way may take a comment for tags. So, whatever stands between two '<',
 * in whatever place, must not look like a tag with too many attributes. */
static int check_assignments(struct scan *scan)
{
    int assignments = 0;
    bool after_equals = false;

    for (size_t i = 0; i < scan->length; i++) {
        char c = scan->text[i];
        if (c == '<')
            assignments = 0;
        else if (after_equals && (c == '"' || c == '\''))
            assignments++;
        if (!is_blank(c))
            after_equals = c == '=';
        if (assignments > LIMIT_XML_ASSIGNMENTS)
            return refuse_limit(scan, (struct scan_place){0, 0},
                                (struct bilingual){"两个“<”之间形如属性的内容",
                                                   "too many attribute-like texts between two '<'"},
                                LIMIT_XML_ASSIGNMENTS);
    }
    return 0;
}

static int scan_all(struct scan *scan)
{
    while (scan->offset < scan->length) {
        char c = scan->text[scan->offset];
        if (c == '<') {
            int result = scan_markup(scan);
            if (result != 0)
                return result;
            continue;
        }
        if (c == '&' && check_reference(scan) != 0)
            return ERROR_INPUT;
        step(scan);
    }
    if (scan->depth > 0)
        return refuse(scan, scan->here, "文件不完整：有元素没有结束标签",
                      "the file is cut short: an element has no end tag");
    return check_assignments(scan);
}

int scan_octets(const void *octets, size_t length, struct scan_place **places, size_t *count,
                struct error *err)
{
    struct scan scan = {.text = octets, .length = length, .here = {1, 1}, .err = err};

    int result = scan_text_check(octets, length, err);
    if (result == 0)
        result = scan_all(&scan);
    if (result != 0) {
        free(scan.places);
        return result;
    }
    *places = scan.places;
    *count = scan.count;
    return 0;
}
