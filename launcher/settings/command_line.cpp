#include "launcher/settings/command_line.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <map>
#include <memory>
#include <optional>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/completion.hpp"
#include "launcher/settings/help_formatter.hpp"
#include "launcher/settings/options_page.hpp"
#include "launcher/settings/problems.hpp"
#include "launcher/settings/suggest.hpp"

namespace warp {
namespace {

constexpr std::string_view kEntryOption = "entry-point";

// What CLI11 fills for each option.
using Words = std::map<std::string_view, std::vector<std::string>>;

void add_option(CLI::App& command, const Option& option, Words& words) {
  const std::string flag = flag_of(option);
  std::vector<std::string>& target = words[option.name];
  CLI::Option* added = nullptr;
  if (option.shape == Shape::kFlag) {
    added = command.add_flag(flag + ",!--no-" + std::string(option.name), target);
  } else {
    added = command.add_option(flag, target);
    added->type_size(option.shape == Shape::kPairs ? 2 : 1)->expected(1)->allow_extra_args(false);
    added->type_name(std::string(option.value_name));
  }
  const bool repeatable = option.shape == Shape::kMany || option.shape == Shape::kPairs;
  added->multi_option_policy(repeatable ? CLI::MultiOptionPolicy::TakeAll
                                        : CLI::MultiOptionPolicy::TakeLast);
  added->description(described(option) + " [" + variable_of(option) + "]");
  added->group(std::string(option.group));
}

struct Subcommand {
  CLI::App* app = nullptr;
  Task task = Task::kStartServer;
  Words words;
  std::vector<std::string> entry;
  bool is_json = false;
  std::optional<unsigned> grace_period;
};

void add_server_command(CLI::App& app, Task task, const std::string& name,
                        const std::string& purpose, std::list<Subcommand>& all) {
  Subcommand& subcommand = all.emplace_back();
  subcommand.task = task;
  subcommand.app = app.add_subcommand(name, purpose);
  subcommand.app->allow_extras();
  subcommand.app
      ->add_option("ENTRY", subcommand.entry,
                   "Script file, module, `module:callable` or project folder")
      ->type_name("")
      ->expected(0, 1);
  for (const Option& option : option_table()) add_option(*subcommand.app, option, subcommand.words);
  if (task == Task::kShowConfig || task == Task::kExplain || task == Task::kDoctor)
    subcommand.app->add_flag("--json", subcommand.is_json, "Print JSON, for programs.");
}

void add_server_commands(CLI::App& app, std::list<Subcommand>& all) {
  add_server_command(app, Task::kStartServer, "start-server",
                     "Serve a project until Ctrl-C or SIGTERM", all);
  add_server_command(app, Task::kSetupServer, "setup-server",
                     "Write the server root that start-server would use, with a script apachectl",
                     all);
  add_server_command(app, Task::kSystemdUnit, "systemd-unit",
                     "Print a systemd unit that starts a project's server", all);
  add_server_command(app, Task::kShowConfig, "show-config",
                     "Show each setting of start-server, who said it and what it overrode", all);
  add_server_command(app, Task::kExplain, "explain",
                     "Show what start-server would serve, and on what evidence", all);
  add_server_command(app, Task::kDoctor, "doctor",
                     "Check what start-server would stumble over, and say what to do", all);
  all.back()
      .app
      ->add_option("--grace-period", all.back().grace_period,
                   "How long after the order to stop everything is killed: "
                   "terminationGracePeriodSeconds of Kubernetes. Default: 30.")
      ->type_name("SECONDS")
      ->check(CLI::Range(1U, 86400U));
}

// The options by which start-server decides on the server root.
constexpr std::array<std::string_view, 4> kWhere = {"server-root", "host", "port",
                                                    "working-directory"};

struct OperatorSubcommand {
  CLI::App* app = nullptr;
  Words words;
  OperatorCommand command;
  unsigned time_limit = 60;
  std::string question;
};

// Lets the stage of a long wait be chosen; a day is longer than anybody waits.
void add_time_limit(OperatorSubcommand& subcommand, const std::string& purpose) {
  subcommand.app
      ->add_option("--time-limit", subcommand.time_limit,
                   purpose + ". Default: " + std::to_string(subcommand.time_limit) + ".")
      ->type_name("SECONDS")
      ->check(CLI::Range(1U, 86400U));
}

void add_operator_command(CLI::App& app, OperatorCommand::Action action, const std::string& name,
                          const std::string& purpose, std::list<OperatorSubcommand>& all) {
  OperatorSubcommand& subcommand = all.emplace_back();
  subcommand.command.action = action;
  subcommand.app = app.add_subcommand(name, purpose);
  subcommand.app->allow_extras();
  for (const std::string_view where : kWhere)
    add_option(*subcommand.app, *find_option(where), subcommand.words);
  subcommand.app
      ->add_option("--group", subcommand.command.group,
                   "Only this process group. Default: all groups of the server.")
      ->type_name("NAME");
  subcommand.app->add_flag("--json", subcommand.command.is_json, "Print JSON, for programs.");
  if (action == OperatorCommand::Action::kStop)
    add_time_limit(subcommand, "How long to wait for the server's end");
  if (action != OperatorCommand::Action::kReload) return;
  subcommand.app->add_flag("--wait", subcommand.command.waits,
                           "Wait until the new workers serve, or say that they do not.");
  add_time_limit(subcommand, "How long --wait waits");
}

// A server's pages know nothing of groups by name.
void add_probe_command(CLI::App& app, std::list<OperatorSubcommand>& all) {
  OperatorSubcommand& subcommand = all.emplace_back();
  subcommand.command.action = OperatorCommand::Action::kProbe;
  subcommand.time_limit = 5;
  subcommand.app = app.add_subcommand(
      "probe",
      "Ask a server whether it is alive, is ready or has started; the exit status is 0 or 1");
  subcommand.app->allow_extras();
  subcommand.app->add_option("QUESTION", subcommand.question, "live, ready or startup")
      ->type_name("")
      ->required()
      ->check(CLI::IsMember({"live", "ready", "startup"}));
  for (const std::string_view where : kWhere)
    add_option(*subcommand.app, *find_option(where), subcommand.words);
  for (const std::string_view where : {"management-port", "management-host"})
    add_option(*subcommand.app, *find_option(where), subcommand.words);
  add_time_limit(subcommand, "How long to wait for the answer");
}

OperatorCommand::Question question_of(const std::string& word) {
  using Question = OperatorCommand::Question;
  if (word == "live") return Question::kLive;
  return word == "startup" ? Question::kStartup : Question::kReady;
}

void add_operator_commands(CLI::App& app, std::list<OperatorSubcommand>& all) {
  using Action = OperatorCommand::Action;
  add_operator_command(app, Action::kStatus, "status", "Show workers and requests of a server",
                       all);
  add_operator_command(app, Action::kTop, "top", "Show the same again every second", all);
  add_operator_command(app, Action::kReload, "reload", "Replace a server's workers by new ones",
                       all);
  add_operator_command(app, Action::kStacks, "stacks",
                       "Have the Python stacks of all threads written into the error log", all);
  add_operator_command(app, Action::kStop, "stop", "Stop a server and wait for its end", all);
  add_probe_command(app, all);
}

// For an Apache that somebody else configures.
struct ModuleSubcommands {
  CLI::App* config = nullptr;
  CLI::App* location = nullptr;
  CLI::App* install = nullptr;
  std::string directory;
};

void add_module_commands(CLI::App& app, ModuleSubcommands& commands) {
  commands.config =
      app.add_subcommand("module-config", "Print the line that loads the module into an Apache");
  commands.location = app.add_subcommand("module-location", "Print the path of the module");
  commands.install = app.add_subcommand(
      "install-module", "Write the files by which this machine's Apache loads the module");
  commands.install
      ->add_option("DIR", commands.directory,
                   "Folder of that Apache's configuration. Default: mods-available of Debian, "
                   "conf.modules.d of Fedora")
      ->type_name("");
}

std::optional<CommandLine> module_command(const ModuleSubcommands& commands) {
  if (commands.config->parsed()) return CommandLine{.task = Task::kModuleConfig};
  if (commands.location->parsed()) return CommandLine{.task = Task::kModuleLocation};
  if (!commands.install->parsed()) return std::nullopt;
  return CommandLine{.task = Task::kInstallModule, .directory = commands.directory};
}

Error unknown_option(const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  const std::string nearest = nearest_option(
      name.substr(name.find_first_not_of('-') == std::string::npos ? name.size()
                                                                   : name.find_first_not_of('-')));
  return {Errc::kUnknownSetting,
          "unknown option " + printable(name) +
              (nearest.empty() ? "; see --help" : "; did you mean --" + nearest + "?")};
}

Problems unknown_options(const std::vector<std::string>& extras) {
  Problems problems;
  for (const std::string& argument : extras)
    if (argument.starts_with("-")) problems.push_back(unknown_option(argument));
  return problems;
}

std::vector<Given> given_in(const Words& all, const std::string& current_directory) {
  std::vector<Given> given;
  for (const auto& [name, words] : all) {
    const Option* const option = find_option(name);
    if (!words.empty())
      given.push_back({option, words, flag_of(*option), current_directory, Source::kFlag});
  }
  return given;
}

Result<CommandLine> operator_command(const OperatorSubcommand& subcommand,
                                     const std::string& current_directory) {
  for (const std::string& argument : subcommand.app->remaining())
    return fail(argument.starts_with("-") ? Errc::kUnknownSetting : Errc::kUsage,
                "unknown " + std::string(argument.starts_with("-") ? "option " : "argument ") +
                    printable(argument) + "; see warpdrive-express " + subcommand.app->get_name() +
                    " --help");
  CommandLine line{.task = Task::kOperate,
                   .given = given_in(subcommand.words, current_directory),
                   .operation = subcommand.command};
  line.operation.time_limit = std::chrono::seconds(subcommand.time_limit);
  line.operation.question = question_of(subcommand.question);
  return line;
}

Result<CommandLine> server_command(const Subcommand& subcommand,
                                   const std::string& current_directory) {
  const std::vector<std::string> extras = subcommand.app->remaining();
  CommandLine line{.task = subcommand.task,
                   .given = given_in(subcommand.words, current_directory),
                   .is_json = subcommand.is_json,
                   .problems = unknown_options(extras)};
  if (subcommand.grace_period) line.grace_period = std::chrono::seconds(*subcommand.grace_period);
  // What follows an unknown option may be its value.
  if (!line.problems.empty()) return line;
  if (!extras.empty())
    return fail(Errc::kUsage, "there can be one ENTRY, and '" + printable(extras.front()) +
                                  "' is a further argument; see --help");
  if (subcommand.entry.empty()) return line;
  if (!subcommand.words.at(kEntryOption).empty())
    return fail(Errc::kUsage, "ENTRY and --entry-point are both given; leave one out");
  line.given.push_back(
      {find_option(kEntryOption), subcommand.entry, "ENTRY", current_directory, Source::kFlag});
  return line;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

CompletedCommand completed(const CLI::App& app) {
  CompletedCommand command{.name = app.get_name(), .purpose = app.get_description()};
  for (const CLI::Option* const option : app.get_options())
    for (const std::string& name : option->get_lnames())
      command.options.push_back({.flag = "--" + name,
                                 .purpose = option->get_description(),
                                 .takes_value = option->get_items_expected_max() > 0});
  return command;
}

Result<CommandLine> completion(const CLI::App& app, const std::string& shell) {
  std::vector<CompletedCommand> commands;
  for (const CLI::App* const each : app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back(completed(*each));
  WARP_TRY(std::string script, completion_script(shell, commands));
  return CommandLine{.task = Task::kPrint, .text = std::move(script)};
}

// Those that ask neither settings nor a server.
struct OtherSubcommands {
  CLI::App* show = nullptr;
  CLI::App* convert = nullptr;
  CLI::App* completion = nullptr;
  std::string file;
  std::string shell;
};

void add_other_commands(CLI::App& app, OtherSubcommands& commands) {
  commands.show = app.add_subcommand("show-options", "Print all options as a Markdown page");
  commands.convert = app.add_subcommand(
      "convert", "Print a warpdrive.toml made from another server's configuration");
  commands.convert
      ->add_option("FILE", commands.file,
                   "gunicorn.conf.py, uwsgi.ini, a virtual host for mod_wsgi, or NGINX Unit's JSON")
      ->type_name("")
      ->required();
  commands.completion =
      app.add_subcommand("completion", "Print a script by which a shell completes these commands");
  commands.completion->add_option("SHELL", commands.shell, "bash, zsh or fish")
      ->type_name("")
      ->required();
}

}  // namespace

Result<CommandLine> read_command_line(int argc, const char* const* argv,
                                      const std::string& current_directory, std::size_t columns) {
  CLI::App app("Serves a Python web project with Apache httpd and mod_warp.", "warpdrive-express");
  app.formatter(std::make_shared<HelpFormatter>(columns));
  app.set_version_flag("--version", "warpdrive-express " WARP_VERSION);
  app.require_subcommand(1);
  std::list<Subcommand> servers;
  add_server_commands(app, servers);
  ModuleSubcommands module;
  add_module_commands(app, module);
  std::list<OperatorSubcommand> operators;
  add_operator_commands(app, operators);
  OtherSubcommands others;
  add_other_commands(app, others);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion&) {
    return CommandLine{.task = Task::kPrint, .text = app.version() + "\n"};
  } catch (const CLI::CallForHelp&) {
    return CommandLine{.task = Task::kPrint, .text = app.help()};
  } catch (const CLI::RequiredError& error) {
    if (!app.get_subcommands().empty())
      return fail(Errc::kUsage, std::string(error.what()) + "; see warpdrive-express --help");
    return fail(Errc::kUsage, "no command is named; use " + join(command_names(app), ", ") +
                                  "; see warpdrive-express --help");
  } catch (const CLI::ParseError& error) {
    return fail(Errc::kUsage, std::string(error.what()) + "; see warpdrive-express --help");
  }
  if (others.show->parsed()) return CommandLine{.task = Task::kPrint, .text = options_page()};
  if (others.completion->parsed()) return completion(app, others.shell);
  if (others.convert->parsed())
    return CommandLine{.task = Task::kConvert, .file = absolute(others.file, current_directory)};
  for (const OperatorSubcommand& each : operators)
    if (each.app->parsed()) return operator_command(each, current_directory);
  if (auto command = module_command(module)) return *std::move(command);
  const auto named = std::find_if(servers.begin(), servers.end(),
                                  [](const Subcommand& each) { return each.app->parsed(); });
  return server_command(*named, current_directory);
}

}  // namespace warp
