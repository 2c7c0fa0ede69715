// The commands of `warpdrive`: --help, dispatch and docs/warpdrive.md follow this table.
#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "launcher/build/build.hpp"
#include "launcher/deploy/deployed_environment.hpp"
#include "launcher/deploy/start.hpp"
#include "launcher/deploy/tasks.hpp"
#include "launcher/environments/commands.hpp"
#include "launcher/environments/profile.hpp"
#include "launcher/image/make_image.hpp"
#include "launcher/manifests/make_manifests.hpp"
#include "launcher/project/fixup.hpp"
#include "launcher/project/init.hpp"
#include "launcher/settings/suggest.hpp"
#include "launcher/warpdrive/command.hpp"
#include "launcher/warpdrive/help.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

constexpr CommandOption kShell{"shell", "NAME", "bash, zsh or fish. Default: the one that calls"};
constexpr std::array kShellOnly = {kShell};
constexpr std::array kActivateOptions = {
    CommandOption{"python", "PYTHON", "A version (3.11), a program or a path, for a new one"},
    CommandOption{"system-site-packages", "", "A new one sees the system's Python packages"},
    kShell};
constexpr std::array kProjectOptions = {
    CommandOption{"create", "", "Record the current folder as the environment's project"}, kShell};

constexpr CommandOption kServerType{
    "server-type", "NAME",
    "mod_warp, gunicorn, uwsgi, waitress, paste, python or shell. Default: mod_warp"};
constexpr CommandOption kDependencies{
    "dependencies", "WORD",
    "requirements, project, pipenv, poetry, uv or none. Default: by the files"};
constexpr CommandOption kNoIndex{"no-index", "", "Take packages from wheelhouses only"};
constexpr std::array kBuildOptions = {kDependencies, kNoIndex, kServerType,
                                      CommandOption{"all", "", "Do what has not changed, too"}};
constexpr std::array kWheelsOptions = {
    kDependencies, kNoIndex,
    CommandOption{"directory", "PATH", "Default: a folder beside the environment"}};
constexpr std::array kStartOptions = {
    CommandOption{"deploy-mode", "NAME",
                  "auto, django, wsgi, paste, python, shell, or a server. Default: auto"},
    kServerType};
constexpr std::array kImageOptions = {
    CommandOption{"engine", "NAME",
                  "s2i, docker, podman or buildah. Default: the first that works"},
    CommandOption{"builder", "IMAGE", "The image to build on. Default: warpdrive-builder"},
    CommandOption{"tag", "IMAGE", "The new image. Default: warpdrive-NAME"},
    CommandOption{"dockerfile", "", "Print the Dockerfile instead"}};
constexpr std::array kManifestOptions = {
    CommandOption{"image", "IMAGE",
                  "Where the cluster pulls it. Default: warpdrive-NAME; OpenShift builds it"},
    CommandOption{"output", "FOLDER", "Write a file for each object. Default: print them"},
    CommandOption{"host", "NAME", "Host name of the site. Default: server-name, else any"},
    CommandOption{"builder", "IMAGE", "What OpenShift builds on. Default: warpdrive-builder"},
    CommandOption{"source", "URL", "Repository that OpenShift builds. Default: what it is sent"}};
constexpr std::array kInOptions = {
    CommandOption{"environment", "NAME", "As if that environment were active"}};

constexpr std::string_view kEnvironments = "Environments";
constexpr std::string_view kProject = "Build and start";
constexpr std::string_view kImages = "Containers";
constexpr std::string_view kTasks = "Tasks of a project";
constexpr std::string_view kOther = "Other";

Result<int> print_command_help(const Arguments& arguments, Host& /*host*/) {
  if (arguments.words.empty()) {
    print(arguments.has("markdown") ? commands_as_markdown() : help_of_all());
    return 0;
  }
  WARP_TRY(const WarpdriveCommand* const command, find_warpdrive_command(arguments.words.front()));
  print(help_of(*command));
  return 0;
}

constexpr std::array kHelpOptions = {
    CommandOption{"markdown", "", "Print the table of commands as in docs/warpdrive.md"}};

constexpr std::array kTable = {
    WarpdriveCommand{
        .name = "activate",
        .group = kEnvironments,
        .arguments = "NAME",
        .fewest_words = 1,
        .most_words = 1,
        .prints = Prints::kShellCode,
        .purpose = "Make and enter an environment: eval \"$(warpdrive activate NAME)\"",
        .options = kActivateOptions,
        .run = activate},
    WarpdriveCommand{.name = "deactivate",
                     .group = kEnvironments,
                     .prints = Prints::kShellCode,
                     .purpose = "Leave it: eval \"$(warpdrive deactivate)\"",
                     .options = kShellOnly,
                     .run = deactivate},
    WarpdriveCommand{.name = "project",
                     .group = kEnvironments,
                     .prints = Prints::kShellCode,
                     .purpose = "Go to the environment's project: eval \"$(warpdrive project)\"",
                     .options = kProjectOptions,
                     .run = project},
    WarpdriveCommand{.name = "list",
                     .group = kEnvironments,
                     .purpose = "List the environments",
                     .run = list_environments},
    WarpdriveCommand{.name = "destroy",
                     .group = kEnvironments,
                     .arguments = "NAME",
                     .fewest_words = 1,
                     .most_words = 1,
                     .purpose = "Remove an environment that is not active",
                     .run = destroy},
    WarpdriveCommand{.name = "profile",
                     .group = kEnvironments,
                     .prints = Prints::kShellCode,
                     .purpose = "Print code for a shell's start-up file, which saves the evals",
                     .options = kShellOnly,
                     .run = profile},
    WarpdriveCommand{.name = "rcfile",
                     .group = kEnvironments,
                     .arguments = "[NAME]",
                     .most_words = 1,
                     .purpose = "Write a start-up file that enters an environment; print its path",
                     .options = kShellOnly,
                     .run = rcfile},
    WarpdriveCommand{.name = "env",
                     .group = kEnvironments,
                     .purpose = "Print the variables that the project runs with",
                     .options = kInOptions,
                     .run = print_environment},
    WarpdriveCommand{.name = "shell",
                     .group = kEnvironments,
                     .purpose = "Open a shell with them",
                     .options = kInOptions,
                     .run = open_shell},
    WarpdriveCommand{.name = "exec",
                     .group = kEnvironments,
                     .arguments = "COMMAND…",
                     .passes_rest = true,
                     .purpose = "Run a program with them",
                     .options = kInOptions,
                     .run = exec_command},
    WarpdriveCommand{.name = "build",
                     .group = kProject,
                     .purpose = "Install packages, collect static files, compile",
                     .options = kBuildOptions,
                     .run = build},
    WarpdriveCommand{.name = "start",
                     .group = kProject,
                     .arguments = "[ARGUMENTS…]",
                     .passes_rest = true,
                     .purpose = "Serve the project; more arguments are the server's",
                     .options = kStartOptions,
                     .run = start},
    WarpdriveCommand{.name = "wheels",
                     .group = kProject,
                     .purpose = "Make wheels of the packages, for builds without an index",
                     .options = kWheelsOptions,
                     .run = wheels},
    WarpdriveCommand{.name = "init",
                     .group = kProject,
                     .purpose = "Write commented files for a project; what is there stays",
                     .run = init_project},
    WarpdriveCommand{.name = "fixup",
                     .group = kProject,
                     .arguments = "[FOLDER…]",
                     .most_words = 1000,
                     .purpose = "Let group 0 do what the owner may, for containers",
                     .run = fix_permissions},
    WarpdriveCommand{.name = "image",
                     .group = kImages,
                     .arguments = "[NAME] [ARGUMENTS…]",
                     .most_words = 1,
                     .passes_rest = true,
                     .purpose = "Make a container image; more arguments are the engine's",
                     .options = kImageOptions,
                     .run = make_image},
    WarpdriveCommand{.name = "s2i",
                     .group = kImages,
                     .arguments = "[NAME] [ARGUMENTS…]",
                     .most_words = 1,
                     .passes_rest = true,
                     .purpose = "The same, by the name that S2I users know",
                     .options = kImageOptions,
                     .run = make_image},
    WarpdriveCommand{.name = "manifests",
                     .group = kImages,
                     .arguments = "PLATFORM [NAME]",
                     .fewest_words = 1,
                     .most_words = 2,
                     .purpose = "Write what kubernetes or openshift needs to run the image",
                     .options = kManifestOptions,
                     .run = make_manifests},
    WarpdriveCommand{
        .name = "setup", .group = kTasks, .purpose = "Run the hook setup", .run = set_up_project},
    WarpdriveCommand{.name = "migrate",
                     .group = kTasks,
                     .purpose = "Run the hook migrate, or Django's migrate",
                     .run = migrate},
    WarpdriveCommand{.name = "verify",
                     .group = kTasks,
                     .purpose = "Run the hook verify, or Django's check --deploy",
                     .run = verify},
    WarpdriveCommand{.name = "alive",
                     .group = kTasks,
                     .purpose = "Run the hook alive, or ask the server whether it is alive",
                     .run = check_alive},
    WarpdriveCommand{.name = "ready",
                     .group = kTasks,
                     .purpose = "Run the hook ready, or ask the server whether it is ready",
                     .run = check_ready},
    WarpdriveCommand{.name = "help",
                     .group = kOther,
                     .arguments = "[COMMAND]",
                     .most_words = 1,
                     .purpose = "Explain a command, or list all",
                     .options = kHelpOptions,
                     .run = print_command_help},
};

}  // namespace

std::span<const WarpdriveCommand> warpdrive_commands() { return kTable; }

Result<const WarpdriveCommand*> find_warpdrive_command(std::string_view name) {
  constexpr std::size_t kNear = 2;
  std::string hint;
  for (const WarpdriveCommand& command : kTable) {
    if (command.name == name) return &command;
    if (hint.empty() && edit_distance(name, command.name) <= kNear)
      hint = ", did you mean " + std::string(command.name) + "?";
  }
  return fail(Errc::kUsage, "there is no command " + printable(name) + hint +
                                (hint.empty() ? "; warpdrive help lists them" : ""));
}

}  // namespace warp
