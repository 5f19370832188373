#include "cli/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/exit.h"

static int find_format(const struct options *options, enum dingjia_format *format,
                       struct error *err)
{
    const char *name = options->values[OPTION_FORMAT];

    *format = DINGJIA_TEXT;
    if (name == NULL || dingjia_format_find(name, format) == 0)
        return 0;
    return (int)error_set(err, ERROR_USAGE, "--format 只能是 text、json、ndjson 或 html，不是“%s”",
                          "--format is text, json, ndjson or html, not \"%s\"", name);
}

static bool wants_colour(FILE *out)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    if (no_colour != NULL && no_colour[0] != '\0')
        return false;
    return isatty(fileno(out)) && (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

static int open_writer(struct session *session, enum dingjia_subject subject, FILE *out,
                       struct error *err)
{
    struct dingjia_writer_options wanted = {
        .format = session->format,
        .language = session->language,
        .colour = wants_colour(out),
        .verbose = options_has(session->options, OPTION_VERBOSE),
        .quiet = options_has(session->options, OPTION_QUIET),
        .subject = subject,
    };

    return dingjia_writer_new(out, &wanted, &session->writer, err);
}

int session_open(struct session *session, const struct options *options, const char *command,
                 enum dingjia_subject subject, FILE *out)
{
    struct error err = {0};

    memset(session, 0, sizeof(*session));
    session->options = options;
    session->language = options->language;
    if (find_format(options, &session->format, &err) != 0 ||
        options_instant(options, &session->at, &err) != 0)
        return exit_with_usage(&err, command, session->language);
    if (dingjia_new(&session->dingjia, &err) == 0 && open_writer(session, subject, out, &err) == 0)
        return 0;
    dingjia_free(session->dingjia);
    return exit_with_error(&err, session->language);
}

int session_read(const char *path, size_t maximum, struct buffer *octets,
                 struct dingjia_input *input, struct error *err)
{
    int result = file_read(path, maximum, octets, err);

    if (result != 0)
        return result;
    input->name = path;
    input->octets = buffer_text(octets);
    input->length = octets->length;
    return 0;
}

static void add_status(struct session *session, int status)
{
    session->status = exit_gravest(session->status, status);
}

static void write_failed(struct session *session, const struct error *err)
{
    session->broken = true;
    add_status(session, exit_with_error(err, session->language));
}

void session_report(struct session *session, const char *source,
                    const struct dingjia_report *report)
{
    struct error err = {0};

    add_status(session, dingjia_report_exit_status(report));
    if (dingjia_writer_report(session->writer, source, report, &err) != 0)
        write_failed(session, &err);
}

void session_verification(struct session *session, const char *source,
                          const struct dingjia_verification *verification)
{
    struct error err = {0};

    add_status(session, dingjia_verification_exit_status(verification));
    if (dingjia_writer_verification(session->writer, source, verification, &err) != 0)
        write_failed(session, &err);
}

void session_failure(struct session *session, const char *source, const struct error *failure)
{
    struct error err = {0};

    add_status(session, error_exit_status(failure->code));
    if (session->format != DINGJIA_TEXT)
        exit_with_error(failure, session->language);
    if (dingjia_writer_failure(session->writer, source, failure, &err) != 0)
        write_failed(session, &err);
}

void session_progress(const struct session *session, size_t done, size_t total)
{
    if (total < 2 || options_has(session->options, OPTION_QUIET) || !isatty(STDERR_FILENO) ||
        isatty(STDOUT_FILENO))
        return;
    fprintf(stderr, "\r%zu/%zu%s", done, total, done == total ? "\n" : "");
}

int session_evidence(const struct session *session, const struct inputs *inputs,
                     const struct input *input, char **folder, struct error *err)
{
    const char *given = session->options->values[OPTION_EVIDENCE];
    char *stem = NULL;

    *folder = NULL;
    if (given == NULL)
        return 0;
    if (inputs->single)
        *folder = strdup(given);
    else if ((stem = input_stem(input)) != NULL)
        *folder = input_join(given, stem, "");
    free(stem);
    if (*folder != NULL)
        return 0;
    return (int)error_memory(err);
}

int session_close(struct session *session)
{
    struct error err = {0};

    if (!session->broken && dingjia_writer_finish(session->writer, &err) != 0)
        write_failed(session, &err);
    dingjia_writer_free(session->writer);
    dingjia_free(session->dingjia);
    return session->status;
}
