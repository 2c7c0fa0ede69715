#include "launcher/settings/command_line.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<CommandLine> read(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "warpdrive-express");
  return read_command_line(static_cast<int>(arguments.size()), arguments.data(), "/srv/app");
}

const Given* given(const CommandLine& line, std::string_view name) {
  for (const Given& entry : line.given)
    if (entry.option->name == name) return &entry;
  return nullptr;
}

TEST(CommandLine, GivesOnlyWhatWasSaid) {
  const auto line = read({"start-server", "--port", "8080"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->task, Task::kStartServer);
  ASSERT_EQ(line->given.size(), 1U);
  EXPECT_EQ(line->given[0].origin, "--port");
  EXPECT_THAT(line->given[0].words, ElementsAre("8080"));
}

TEST(CommandLine, TakesPairsAgainAndAgain) {
  const auto line = read({"start-server", "--url-alias", "/a", "/x", "--url-alias", "/b", "/y"});
  ASSERT_TRUE(line);
  EXPECT_THAT(given(*line, "url-alias")->words, ElementsAre("/a", "/x", "/b", "/y"));
}

TEST(CommandLine, LeavesTheArgumentAfterAListToTheEntry) {
  const auto line = read({"start-server", "--python-path", "lib", "wsgi.py"});
  ASSERT_TRUE(line);
  EXPECT_THAT(given(*line, "python-path")->words, ElementsAre("lib"));
  EXPECT_THAT(given(*line, "entry-point")->words, ElementsAre("wsgi.py"));
}

TEST(CommandLine, TakesTheLastOfASingleOption) {
  const auto line = read({"setup-server", "--port=1", "--port=2"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->task, Task::kSetupServer);
  Settings settings;
  const Given& port = *given(*line, "port");
  ASSERT_TRUE(port.option->store(settings, port));
  EXPECT_EQ(settings.port, 2);
}

TEST(CommandLine, SwitchesFlagsOnAndOff) {
  EXPECT_THAT(given(*read({"start-server", "--access-log"}), "access-log")->words,
              ElementsAre("true"));
  EXPECT_THAT(given(*read({"start-server", "--no-access-log"}), "access-log")->words,
              ElementsAre("false"));
}

TEST(CommandLine, NamesEveryUnknownOptionAndTheNearest) {
  const auto line = read({"start-server", "--prot", "80", "--thread=3"});
  ASSERT_TRUE(line);
  ASSERT_EQ(line->problems.size(), 2U);
  EXPECT_EQ(line->problems[0].code, Errc::kUnknownSetting);
  EXPECT_EQ(line->problems[0].detail, "unknown option --prot; did you mean --port?");
  EXPECT_EQ(line->problems[1].detail, "unknown option --thread; did you mean --threads?");
  // "80" may be the value of --prot.
  EXPECT_EQ(given(*line, "entry-point"), nullptr);
}

TEST(CommandLine, RefusesTwoEntries) {
  EXPECT_EQ(read({"start-server", "a.py", "b.py"}).error().code, Errc::kUsage);
  EXPECT_EQ(read({"start-server", "a.py", "--entry-point", "b.py"}).error().code, Errc::kUsage);
}

TEST(CommandLine, RefusesALackOfValueOrCommand) {
  EXPECT_EQ(read({"start-server", "--port"}).error().code, Errc::kUsage);
  EXPECT_EQ(read({"start-server", "--url-alias", "/a"}).error().code, Errc::kUsage);
  EXPECT_EQ(read({}).error().code, Errc::kUsage);
}

TEST(CommandLine, TakesAServersOptionsForItsQuestions) {
  const auto shown = read({"show-config", "site", "--port", "80", "--json"});
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->task, Task::kShowConfig);
  EXPECT_TRUE(shown->is_json);
  EXPECT_THAT(given(*shown, "entry-point")->words, ElementsAre("site"));
  EXPECT_EQ(read({"explain"})->task, Task::kExplain);
  EXPECT_FALSE(read({"start-server", "--json"})->problems.empty());
  const auto doctor = read({"doctor", "--grace-period", "60", "--json"});
  EXPECT_EQ(doctor->task, Task::kDoctor);
  EXPECT_EQ(doctor->grace_period, std::chrono::seconds(60));
}

TEST(CommandLine, ReadsAnOperatorsCommand) {
  const auto line = read({"reload", "--server-root", "root", "--group", "site", "--wait", "--json",
                          "--time-limit", "7"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->task, Task::kOperate);
  EXPECT_EQ(line->operation.action, OperatorCommand::Action::kReload);
  EXPECT_EQ(line->operation.group, "site");
  EXPECT_TRUE(line->operation.waits && line->operation.is_json);
  EXPECT_EQ(line->operation.time_limit, std::chrono::seconds(7));
  EXPECT_THAT(given(*line, "server-root")->words, ElementsAre("root"));
}

TEST(CommandLine, RefusesWhatAnOperatorsCommandDoesNotKnow) {
  EXPECT_THAT(read({"status", "--wait"}).error().detail, HasSubstr("unknown option --wait"));
  EXPECT_THAT(read({"stop", "site"}).error().detail, HasSubstr("unknown argument site"));
  EXPECT_EQ(read({"stop", "--time-limit", "soon"}).error().code, Errc::kUsage);
  EXPECT_EQ(read({"stop", "--time-limit", "0"}).error().code, Errc::kUsage);
}

TEST(CommandLine, ReadsAProbe) {
  const auto line = read({"probe", "startup", "--management-port", "9180"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->operation.action, OperatorCommand::Action::kProbe);
  EXPECT_EQ(line->operation.question, OperatorCommand::Question::kStartup);
  EXPECT_EQ(line->operation.time_limit, std::chrono::seconds(5));
  EXPECT_THAT(given(*line, "management-port")->words, ElementsAre("9180"));
  EXPECT_EQ(read({"probe"}).error().code, Errc::kUsage);
  EXPECT_EQ(read({"probe", "happy"}).error().code, Errc::kUsage);
}

TEST(CommandLine, NamesEveryCommandInItsHelp) {
  const std::string help = read({"--help"})->text;
  for (const char* const name :
       {"start-server", "setup-server", "systemd-unit", "show-config", "explain", "doctor",
        "status", "top", "reload", "stacks", "stop", "probe", "module-config", "module-location",
        "install-module", "show-options", "convert", "completion"}) {
    EXPECT_THAT(help, HasSubstr(name));
    EXPECT_THAT(read({}).error().detail, HasSubstr(name));
  }
}

TEST(CommandLine, NamesTheFileToConvert) {
  const auto line = read({"convert", "uwsgi.ini"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->task, Task::kConvert);
  EXPECT_EQ(line->file, "/srv/app/uwsgi.ini");
  EXPECT_THAT(read({"convert"}).error().detail, HasSubstr("FILE is required"));
}

TEST(CommandLine, CompletesEveryCommandAndOption) {
  const auto line = read({"completion", "fish"});
  ASSERT_TRUE(line);
  for (const Option& option : option_table())
    EXPECT_THAT(line->text, HasSubstr("start-server' -l " + std::string(option.name) + " "));
  EXPECT_THAT(line->text, HasSubstr("-a doctor "));
  EXPECT_THAT(line->text, HasSubstr("-l port -r "));
  EXPECT_THAT(line->text, HasSubstr("-l http2 -d "));
  EXPECT_THAT(line->text, HasSubstr("-l help -d "));
}

TEST(CommandLine, PrintsHelpFromTheTable) {
  const auto line = read({"start-server", "--help"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->task, Task::kPrint);
  EXPECT_THAT(line->text, HasSubstr("--url-alias URL PATH"));
  EXPECT_THAT(line->text, HasSubstr("WARPDRIVE_PORT"));
}

}  // namespace
}  // namespace warp
