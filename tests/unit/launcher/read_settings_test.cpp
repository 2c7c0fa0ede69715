#include "launcher/settings/read_settings.hpp"

#include <gmock/gmock.h>

#include "launcher/settings/command_line.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class ReadSettings : public testing::Test {
 protected:
  ReadSettings() { host_.directory = project_.path(); }

  Result<Settings> read(std::vector<const char*> flags = {}) {
    flags.insert(flags.begin(), {"warpdrive-express", "start-server"});
    const auto line =
        read_command_line(static_cast<int>(flags.size()), flags.data(), host_.directory);
    if (!line) return tl::unexpected(line.error());
    return read_settings(line->given, host_);
  }

  TemporaryDirectory project_;
  FakeHost host_;
};

TEST_F(ReadSettings, FillsInTheDefaults) {
  const auto settings = read();
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->port, 8000);
  EXPECT_EQ(settings->log_level, "warn");
  EXPECT_EQ(settings->mount_point, "/");
  EXPECT_EQ(settings->project_directory, project_.path());
}

TEST_F(ReadSettings, PrefersFlagThenVariableThenFile) {
  project_.write("warpdrive.toml", "port = 1\nthreads = 11\nprocesses = 21\n");
  host_.variables = {{"WARPDRIVE_PORT", "2"}, {"WARPDRIVE_THREADS", "12"}};
  const auto settings = read({"--port", "3"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->port, 3);
  EXPECT_EQ(settings->threads, 12U);
  EXPECT_EQ(settings->processes, 21U);
}

TEST_F(ReadSettings, RemembersWhatSomebodyHasSet) {
  project_.write("warpdrive.toml", "threads = 11\n");
  host_.variables = {{"WARPDRIVE_PORT", "2"}};
  EXPECT_THAT(read({"--processes", "3"})->given,
              testing::UnorderedElementsAre("threads", "port", "processes"));
}

TEST_F(ReadSettings, ReportsAllProblemsAtOnce) {
  project_.write("warpdrive.toml", "treads = 1\n");
  host_.variables = {{"WARPDRIVE_PROCESSES", "none"}};
  const auto settings = read({"--port", "99999", "--server-mpm", "fast"});
  ASSERT_FALSE(settings);
  for (const char* const part : {"warpdrive.toml:1:1: unknown key 'treads'; did you mean threads?",
                                 "WARPDRIVE_PROCESSES: 'none' is not a number from 1 to 256",
                                 "--port: '99999' is not a number from 1 to 65535",
                                 "--server-mpm: 'fast' is none of event, worker, prefork"})
    EXPECT_THAT(settings.error().detail, HasSubstr(part));
}

TEST_F(ReadSettings, ReadsPairsFromEverySource) {
  project_.make_folder("media");
  const std::string media = project_ / "media";
  host_.variables = {{"WARPDRIVE_URL_ALIAS", "/media=media"}};
  EXPECT_THAT(read()->url_aliases, ElementsAre(Pair("/media", media)));
  host_.variables.clear();
  project_.write("warpdrive.toml", "url-alias = { \"/m\" = \"media\" }\n");
  EXPECT_THAT(read()->url_aliases, ElementsAre(Pair("/m", media)));
  EXPECT_THAT(read({"--url-alias", "/f", media.c_str()})->url_aliases,
              ElementsAre(Pair("/f", media)));
}

TEST_F(ReadSettings, ReadsASwitchInterval) {
  EXPECT_EQ(read({"--switch-interval", "0.001"})->switch_interval, "0.001");
  for (const char* const wrong : {"0", "11", "5ms"})
    EXPECT_THAT(read({"--switch-interval", wrong}).error().detail,
                HasSubstr("is not a number of seconds from 0.000001 to 10"));
}

TEST_F(ReadSettings, ReadsWhenAProcessIsReplaced) {
  project_.write("warpdrive.toml", "memory-limit = \"512M\"\nmemory-hard-limit = 2147483648\n");
  const auto settings = read({"--restart-interval", "3600", "--preload", "off"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->memory_limit, std::uint64_t{512} << 20U);
  EXPECT_EQ(settings->memory_hard_limit, std::uint64_t{2} << 30U);
  EXPECT_EQ(settings->restart_interval, std::chrono::hours(1));
  EXPECT_EQ(settings->preload, "off");
  EXPECT_FALSE(settings->retry_non_idempotent);
  EXPECT_TRUE(read({"--retry-non-idempotent"})->retry_non_idempotent);
  EXPECT_THAT(read({"--memory-limit", "1.5G"}).error().detail,
              HasSubstr("--memory-limit: '1.5G' is not a number of bytes"));
  EXPECT_THAT(read({"--preload", "maybe"}).error().detail, HasSubstr("is none of on, off"));
}

TEST_F(ReadSettings, WarnsOfAnUnknownVariable) {
  host_.variables = {{"WARPDRIVE_PROT", "80"}};
  EXPECT_TRUE(read());
  EXPECT_THAT(host_.warnings,
              ElementsAre(HasSubstr("WARPDRIVE_PROT; did you mean WARPDRIVE_PORT?")));
}

TEST_F(ReadSettings, ReadsTheFileOfTheFolderThatIsServed) {
  project_.write("site/warpdrive.toml", "port = 77\npython-path = [\"lib\"]\n");
  project_.make_folder("site/lib");
  const auto settings = read({"site"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->port, 77);
  EXPECT_EQ(settings->project_directory, project_ / "site");
  EXPECT_THAT(settings->python_path, ElementsAre(project_ / "site/lib"));
}

TEST_F(ReadSettings, RefusesTextsThatHttpdConfCannotCarry) {
  EXPECT_FALSE(read({"--setenv", "A", "b\nLoadModule x y"}));
  EXPECT_FALSE(read({"--setenv", "A B", "c"}));
  EXPECT_FALSE(read({"--mount-point", "app"}));
  EXPECT_FALSE(read({"--url-alias", "media", "/tmp"}));
}

TEST_F(ReadSettings, RefusesPathsThatAreMissing) {
  const auto settings = read({"--working-directory", "none", "--include-file", "none.conf",
                              "--python-path", "no-lib", "--url-alias", "/a", "no-media"});
  ASSERT_FALSE(settings);
  for (const char* const name : {"none", "none.conf", "no-lib", "no-media"})
    EXPECT_THAT(settings.error().detail, HasSubstr(project_ / name));
}

}  // namespace
}  // namespace warp
