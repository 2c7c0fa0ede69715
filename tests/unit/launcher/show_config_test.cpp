#include "launcher/explain/show_config.hpp"

#include <gmock/gmock.h>

#include "launcher/host/json.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;
using testing::Not;

class ShowConfig : public testing::Test {
 protected:
  ShowConfig() { host_.directory = folder_.path(); }

  ConfigReport report(const Project* project = nullptr) {
    const Given flag{find_option("threads"), {"7"}, "--threads", "/", Source::kFlag};
    auto configuration = read_configuration({flag}, host_);
    EXPECT_TRUE(configuration) << configuration.error().detail;
    return {.project = folder_.path(),
            .files = configuration->sources.files,
            .rows = config_rows(*configuration, project, count_),
            .unused = configuration->sources.unused,
            .not_detected = project == nullptr ? "no project" : ""};
  }

  Json setting(const char* name) {
    const Json document = parse_json(config_json(report()));
    for (const Json& row : document["settings"])
      if (row["option"] == name) return row;
    return {};
  }

  TemporaryDirectory folder_;
  FakeHost host_;
  ProcessCount count_;
};

TEST_F(ShowConfig, TellsValueOriginAndWhatWasOverridden) {
  folder_.write("warpdrive.toml", "port = 1\nthreads = 2\n");
  host_.variables = {{"WARPDRIVE_PORT", "80"}, {"PORT", "81"}};
  const std::string text = config_text(report());
  EXPECT_THAT(text, testing::ContainsRegex("\n  port  +80  +WARPDRIVE_PORT; overrode 81 by PORT, "
                                           "1 by warpdrive.toml:1:8\n"));
  EXPECT_THAT(text, testing::ContainsRegex(
                        "\n  threads  +7  +--threads; overrode 2 by warpdrive.toml:2:11\n"));
  EXPECT_THAT(text, testing::ContainsRegex("\n  queue-limit  +100  +default\n"));
  EXPECT_THAT(text, testing::ContainsRegex("\n  host  +-  +default: all addresses\n"));
  EXPECT_THAT(text, HasSubstr("File     " + (folder_ / "warpdrive.toml") + "\n"));
}

TEST_F(ShowConfig, TellsProgramsTheSame) {
  folder_.write("warpdrive.toml", "port = 1\n[url-alias]\n\"/a\" = \"a\"\n");
  folder_.make_folder("a");
  host_.variables = {{"PORT", "81"}};
  const Json port = setting("port");
  EXPECT_EQ(port["value"], 81);
  EXPECT_EQ(port["source"], "environment");
  EXPECT_EQ(port["from"], "PORT");
  EXPECT_EQ(port["overrode"],
            (Json{{{"value", 1}, {"source", "file"}, {"from", folder_ / "warpdrive.toml:1:8"}}}));
  EXPECT_EQ(setting("url-alias")["value"], (Json{{"/a", "a"}}));
  EXPECT_EQ(setting("access-log")["value"], false);
  EXPECT_EQ(setting("threads")["source"], "flag");
  EXPECT_TRUE(setting("host")["value"].is_null());
}

TEST_F(ShowConfig, HidesSecretsInEveryForm) {
  folder_.write("warpdrive.toml", "[setenv]\nGREETING = \"geheim\"\n");
  host_.variables = {{"WARPDRIVE_SETENV", "GREETING=verborgen"}};
  const ConfigReport told = report();
  for (const std::string& text : {config_text(told), config_json(told)}) {
    EXPECT_THAT(text, HasSubstr("GREETING"));
    EXPECT_THAT(text, HasSubstr("(hidden)"));
    EXPECT_THAT(text, Not(HasSubstr("geheim")));
    EXPECT_THAT(text, Not(HasSubstr("verborgen")));
  }
}

TEST_F(ShowConfig, TellsWhatWasDetected) {
  Project project;
  project.directory = folder_.path();
  project.user.name = "ann";
  project.application = {.target = "shop.wsgi", .callable = "app"};
  const std::string text = config_text(report(&project));
  EXPECT_THAT(text, testing::ContainsRegex("\n  entry-point  +shop.wsgi  +detected\n"));
  EXPECT_THAT(text, testing::ContainsRegex("\n  user  +ann  +detected\n"));
  host_.variables = {{"WARPDRIVE_USER", "bob"}};
  EXPECT_THAT(config_text(report(&project)),
              testing::ContainsRegex("\n  user  +bob  +WARPDRIVE_USER\n"));
}

TEST_F(ShowConfig, TellsTheProcessesThatAStartWouldReckon) {
  EXPECT_THAT(config_text(report()), testing::ContainsRegex("\n  processes  +1  +detected\n"));
  count_ = {.processes = 2, .reckoning = "2 processes: 2 for 2 CPUs (cgroup)"};
  EXPECT_THAT(config_text(report()),
              testing::ContainsRegex("\n  processes  +2  +2 processes: 2 for"));
  Project project;
  project.values = {{"processes", "3", "Procfile:1: --workers"}};
  EXPECT_THAT(config_text(report(&project)),
              testing::ContainsRegex("\n  processes  +3  +Procfile:1: --workers\n"));
  host_.variables = {{"WARPDRIVE_PROCESSES", "4"}};
  EXPECT_THAT(config_text(report(&project)),
              testing::ContainsRegex("\n  processes  +4  +WARPDRIVE_PROCESSES\n"));
}

TEST_F(ShowConfig, TellsWhatIsNotUsedAndWhyNothingIsDetected) {
  host_.variables = {{"HOST", "workstation"}};
  const std::string text = config_text(report());
  EXPECT_THAT(text, HasSubstr("\nVariables that are not used\n  HOST: Used only when"));
  EXPECT_THAT(text, HasSubstr("\nNothing is detected\n  no project\n"));
  const Json json = parse_json(config_json(report()));
  EXPECT_EQ(json["unused"][0]["variable"], "HOST");
  EXPECT_EQ(json["not_detected"], "no project");
}

TEST_F(ShowConfig, LeavesTheTerminalAlone) {
  host_.variables = {{"WARPDRIVE_CALLABLE_OBJECT", "a\x1b[2Jb"}};
  EXPECT_THAT(config_text(report()), HasSubstr("a\\x1b[2Jb"));
}

}  // namespace
}  // namespace warp
