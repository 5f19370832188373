#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

#include "cli/command.h"
#include "cli/exit.h"

static const struct command *const commands[] = {
    &command_check,       &command_certify, &command_verify, &command_augment,
    &command_countersign, &command_key,     &command_help,   &command_version,
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

const struct command *command_at(size_t index)
{
    return index < COMMAND_COUNT ? commands[index] : NULL;
}

const struct command *command_find(const char *name)
{
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
        return &command_version;
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return &command_help;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

int command_unknown(const char *name, enum language language)
{
    struct error err = {0};
    const char *names[COMMAND_COUNT];
    const char *nearest;

    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i]->name;
    nearest = options_nearest(name, names, COMMAND_COUNT);
    if (nearest == NULL)
        error_set(&err, ERROR_USAGE, "没有命令“%s”", "there is no command \"%s\"", name);
    else
        error_set(&err, ERROR_USAGE, "没有命令“%s”；是不是 %s？",
                  "there is no command \"%s\"; did you mean %s?", name, nearest);
    return exit_with_usage(&err, "", language);
}

static int run_command(const struct command *command, int count, char **arguments)
{
    struct options options;
    struct error err = {0};
    int status;

    if (options_parse(count, arguments, command->options, &options, &err) != 0)
        status = exit_with_usage(&err, command->name, options.language);
    else if (options_has(&options, OPTION_HELP))
        status = help_command(command, options.language);
    else
        status = command->run(&options);
    options_free(&options);
    return status;
}

/* "dingjia --lang zh check x" means "dingjia check --lang zh x". False when there is no
 * command. */
static bool put_command_first(int argc, char **argv)
{
    int words = 0; /* taken by a leading --lang */
    char *command;

    if (argc > 1 && strcmp(argv[1], "--lang") == 0)
        words = 2;
    else if (argc > 1 && strncmp(argv[1], "--lang=", 7) == 0)
        words = 1;
    if (argc <= words + 1)
        return false;
    command = argv[words + 1];
    memmove(&argv[2], &argv[1], (size_t)words * sizeof(*argv));
    argv[1] = command;
    return true;
}

/* A stream that was closed must not become the number of the next file: what is opened here for
 * reading makes every write to it fail, as it should. */
static void hold_streams(void)
{
    for (int number = 0; number <= 2; number++) {
        if (fcntl(number, F_GETFD) < 0)
            (void)open("/dev/null", O_RDONLY);
    }
}

int main(int argc, char **argv)
{
    const struct command *command;
    struct error err = {0};
    enum language language = options_language(argc - 1, argv + 1);

    /* The locale stays "C" so that numbers are read alike everywhere. A closed pipe and a file that
     * grows past the user's limit are errors of writing, not signals. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    hold_streams();
    if (!put_command_first(argc, argv)) {
        error_set(&err, ERROR_USAGE, "没有写命令", "no command given");
        return exit_with_usage(&err, "", language);
    }
    command = command_find(argv[1]);
    if (command == NULL)
        return command_unknown(argv[1], language);
    return run_command(command, argc - 2, argv + 2);
}
