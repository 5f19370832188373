#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/system.h"

enum { INPUT, OUTPUT, ERRORS, PIPES };
enum { CHUNK = 1024, ERRORS_MAX = 4096, VARIABLE_SIZE = 4096, FIRST_FREE = 3, PAUSE = 10 };

/* Both ends of the three pipes; -1 once closed. */
struct pipes {
    int near[PIPES]; /* ours */
    int far[PIPES];  /* the program's */
};

/* A run under way. */
struct run {
    const struct process_plan *plan;
    struct process_result *result;
    struct pipes pipes;
    size_t written;
    int64_t deadline;
    pid_t child;
};

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

static void close_pipes(struct pipes *pipes)
{
    for (size_t i = 0; i < PIPES; i++) {
        close_end(&pipes->near[i]);
        close_end(&pipes->far[i]);
    }
}

/* Above the three standard descriptors, which the program's ends are copied onto, and not
 * inherited themselves. */
static int lift(int end)
{
    int lifted = fcntl(end, F_DUPFD_CLOEXEC, FIRST_FREE);

    close(end);
    return lifted;
}

static int open_pipe(struct pipes *pipes, int which)
{
    int ends[2];
    int near = which == INPUT ? 1 : 0;

    if (pipe(ends) != 0)
        return -1;
    pipes->near[which] = lift(ends[near]);
    pipes->far[which] = lift(ends[1 - near]);
    if (pipes->near[which] < 0 || pipes->far[which] < 0)
        return -1;
    return fcntl(pipes->near[which], F_SETFL, O_NONBLOCK);
}

static int refuse_start(const char *program, int number, struct error *err)
{
    struct bilingual reason = system_reason(number);

    return (int)error_set(err, ERROR_CONFIG, "程序 %s 无法启动：%s%.0s",
                          "the program %s cannot be started: %.0s%s", program, reason.zh,
                          reason.en);
}

/* NAME=value where it is set and not overlong, else nothing. */
static void take_variable(const char *name, char text[VARIABLE_SIZE], char **slot)
{
    const char *value = getenv(name);
    int length = value == NULL ? -1 : snprintf(text, VARIABLE_SIZE, "%s=%s", name, value);

    *slot = length >= 0 && length < VARIABLE_SIZE ? text : NULL;
}

static void fill_environment(char texts[][VARIABLE_SIZE], char **environment)
{
    static const char *const names[] = {"PATH", "HOME", "LANG"};
    size_t count = 0;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        take_variable(names[i], texts[i], &environment[count]);
        count += environment[count] != NULL;
    }
    environment[count] = NULL;
}

/* Signals that we ignore or block would otherwise be ignored or blocked there too. */
static int set_signals(posix_spawnattr_t *attributes)
{
    sigset_t none;
    sigset_t usual;

    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTERM);
    if (posix_spawnattr_setsigmask(attributes, &none) != 0 ||
        posix_spawnattr_setsigdefault(attributes, &usual) != 0)
        return -1;
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn(struct run *run, posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes)
{
    char texts[3][VARIABLE_SIZE];
    char *environment[4];

    for (int i = 0; i < PIPES; i++) {
        int failed = posix_spawn_file_actions_adddup2(actions, run->pipes.far[i], i);
        if (failed != 0)
            return failed;
    }
    fill_environment(texts, environment);
    return posix_spawn(&run->child, run->plan->arguments[0], actions, attributes,
                       run->plan->arguments, environment);
}

/* The far end of its input stays open here, so that writing to a program that no longer reads fails
 * with EAGAIN and never with SIGPIPE. */
static int start(struct run *run, struct error *err)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failed = posix_spawn_file_actions_init(&actions);

    if (failed != 0)
        return (int)error_memory(err);
    failed = posix_spawnattr_init(&attributes);
    if (failed == 0) {
        failed = set_signals(&attributes) != 0 ? EINVAL : spawn(run, &actions, &attributes);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        return refuse_start(run->plan->arguments[0], failed, err);
    close_end(&run->pipes.far[OUTPUT]);
    close_end(&run->pipes.far[ERRORS]);
    return 0;
}

static void feed(struct run *run)
{
    const char *rest = (const char *)run->plan->input + run->written;
    size_t length = run->plan->input_length - run->written;
    ssize_t put = length > 0 ? write(run->pipes.near[INPUT], rest, length) : 0;

    run->written += put > 0 ? (size_t)put : 0;
    if (run->written == run->plan->input_length || (put < 0 && errno != EAGAIN && errno != EINTR))
        close_end(&run->pipes.near[INPUT]);
}

/* Of the messages only the beginning is kept; of the output all of it or none. */
static void drain(struct run *run, int which)
{
    struct buffer *into = which == OUTPUT ? &run->result->output : &run->result->errors;
    char chunk[CHUNK];
    ssize_t got = read(run->pipes.near[which], chunk, sizeof(chunk));

    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        close_end(&run->pipes.near[which]);
        return;
    }
    if (buffer_append(into, chunk, (size_t)got) != 0 && which == OUTPUT)
        run->result->loud = true;
}

/* Milliseconds until the deadline, at least 0. */
static int remaining(const struct run *run)
{
    int64_t left = run->deadline - clock_milliseconds();

    return left > 0 ? (int)left : 0;
}

/* Until the program has closed both outputs, or has to be ended. */
static void converse(struct run *run)
{
    static const short wanted[PIPES] = {POLLOUT, POLLIN, POLLIN};
    struct process_result *result = run->result;

    while (!result->loud && !result->late &&
           (run->pipes.near[OUTPUT] >= 0 || run->pipes.near[ERRORS] >= 0)) {
        struct pollfd ends[PIPES];

        for (int i = 0; i < PIPES; i++)
            ends[i] = (struct pollfd){.fd = run->pipes.near[i], .events = wanted[i]};
        if (poll(ends, PIPES, remaining(run)) < 0 && errno != EINTR)
            break;
        if (ends[INPUT].revents != 0 && run->pipes.near[INPUT] >= 0)
            feed(run);
        for (int i = OUTPUT; i < PIPES; i++) {
            if (ends[i].revents != 0 && run->pipes.near[i] >= 0)
                drain(run, i);
        }
        result->late = remaining(run) == 0;
    }
}

/* The program may go on without its outputs, but not for longer than it has. */
static void await(struct run *run)
{
    struct process_result *result = run->result;
    int status = 0;
    pid_t ended = 0;

    while (!result->loud && !result->late && ended == 0) {
        ended = waitpid(run->child, &status, WNOHANG);
        if (ended == 0) {
            poll(NULL, 0, PAUSE);
            result->late = remaining(run) == 0;
        }
    }
    if (ended == 0) {
        kill(run->child, SIGKILL);
        do {
            ended = waitpid(run->child, &status, 0);
        } while (ended < 0 && errno == EINTR);
    }
    result->status = ended == run->child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int process_run(const struct process_plan *plan, struct process_result *result, struct error *err)
{
    struct run run = {.plan = plan,
                      .result = result,
                      .pipes = {{-1, -1, -1}, {-1, -1, -1}},
                      .deadline = clock_milliseconds() + (int64_t)plan->seconds * 1000};
    int code = 0;

    *result = (struct process_result){.status = -1};
    buffer_init(&result->output, plan->output_maximum);
    buffer_init(&result->errors, ERRORS_MAX);
    for (int i = 0; code == 0 && i < PIPES; i++) {
        if (open_pipe(&run.pipes, i) != 0)
            code = refuse_start(plan->arguments[0], errno, err);
    }
    code = code == 0 ? start(&run, err) : code;
    if (code == 0) {
        converse(&run);
        await(&run);
    }
    close_pipes(&run.pipes);
    return code;
}

void process_free(struct process_result *result)
{
    buffer_free(&result->output);
    buffer_free(&result->errors);
}
