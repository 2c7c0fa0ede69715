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
    return read_settings(line->given, host_, line->problems);
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
  EXPECT_THAT(read({"--processes", "3"})->origins,
              testing::UnorderedElementsAre(testing::Key("threads"), testing::Key("port"),
                                            testing::Key("processes")));
}

TEST_F(ReadSettings, ReportsAllProblemsAtOnce) {
  project_.write("warpdrive.toml", "treads = 1\n");
  host_.variables = {{"WARPDRIVE_PROCESSES", "none"}};
  project_.write("pyproject.toml", "[tool.warpdrive]\nport = \"a\"\nthread = 1\n");
  const auto settings = read({"--port", "99999", "--server-mpm", "fast", "--acces-log"});
  ASSERT_FALSE(settings);
  for (const char* const part : {"warpdrive.toml:1:1: unknown key 'treads'; did you mean threads?",
                                 "pyproject.toml:2:8: port: 'a' is not a number",
                                 "pyproject.toml:3:1: unknown key 'thread'; did you mean threads?",
                                 "unknown option --acces-log; did you mean --access-log?",
                                 "WARPDRIVE_PROCESSES: 'none' is not a number from 1 to 256",
                                 "--port: '99999' is not a number from 1 to 65535",
                                 "--server-mpm: 'fast' is none of event, worker, prefork"})
    EXPECT_THAT(settings.error().detail, HasSubstr(part));
}

TEST_F(ReadSettings, PrefersItsOwnVariableToAnotherToolsAndThatToAFile) {
  project_.write("warpdrive.toml", "port = 1\nthreads = 11\nprocesses = 21\n");
  host_.variables = {{"PORT", "2"},
                     {"WARPDRIVE_PORT", "3"},
                     {"WEB_CONCURRENCY", "22"},
                     {"MOD_WSGI_THREADS", "12"}};
  const auto settings = read();
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->port, 3);
  EXPECT_EQ(settings->threads, 12U);
  EXPECT_EQ(settings->processes, 22U);
}

TEST_F(ReadSettings, RemembersWhoSaidIt) {
  project_.write("warpdrive.toml", "threads = 11\n");
  host_.variables = {{"WEB_CONCURRENCY", "2"}};
  const auto settings = read({"--port", "81"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->origins.at("port"), "--port");
  EXPECT_EQ(settings->origins.at("processes"), "WEB_CONCURRENCY");
  EXPECT_EQ(settings->origins.at("threads"), project_ / "warpdrive.toml:1:11: threads");
  EXPECT_EQ(settings->origins.count("python-home"), 0U);
}

TEST_F(ReadSettings, RefusesAnotherToolsValueOnlyWhenItCounts) {
  host_.variables = {{"WEB_CONCURRENCY", "auto"}};
  EXPECT_THAT(read().error().detail, HasSubstr("WEB_CONCURRENCY: 'auto' is not a number"));
  EXPECT_EQ(read({"--processes", "2"})->processes, 2U);
}

TEST_F(ReadSettings, ReadsTheProjectsOwnFileOverPyproject) {
  project_.write("pyproject.toml", "[tool.warpdrive]\nport = 1\nthreads = 2\n");
  EXPECT_EQ(read()->port, 1);
  EXPECT_TRUE(host_.warnings.empty());
  project_.write("warpdrive.toml", "port = 3\n");
  const auto settings = read();
  EXPECT_EQ(settings->port, 3);
  EXPECT_EQ(settings->threads, 2U);
  ASSERT_EQ(host_.warnings.size(), 1U);
  EXPECT_THAT(host_.warnings[0], HasSubstr("a key of warpdrive.toml wins"));
}

TEST_F(ReadSettings, LeavesAPyprojectAloneThatDoesNotSpeakOfIt) {
  project_.write("pyproject.toml", "[broken\n");
  EXPECT_TRUE(read());
  project_.write("pyproject.toml", "[tool.warpdrive\n");
  EXPECT_THAT(read().error().detail, HasSubstr("pyproject.toml:1:"));
}

TEST_F(ReadSettings, FindsTheProjectByVariablesOfOpenShift) {
  project_.write("code/warpdrive.toml", "port = 77\n");
  project_.make_folder("code/shop");
  host_.variables = {{"APP_HOME", "code"}, {"APP_MODULE", "shop"}};
  const auto settings = read();
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->project_directory, project_ / "code");
  EXPECT_EQ(settings->port, 77);
  EXPECT_EQ(settings->entry_point->text, "shop:application");
}

TEST_F(ReadSettings, TrustsTheProxiesThatAreNamed) {
  const auto settings = read({"--trust-proxy-header", "x-forwarded-for", "--trust-proxy-header",
                              "X-Forwarded-Proto", "--trust-proxy", "10.0.0.0/8"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_THAT(settings->trust_proxy_headers, ElementsAre("X-Forwarded-For", "X-Forwarded-Proto"));
  EXPECT_THAT(settings->trust_proxies, ElementsAre("10.0.0.0/8"));
  EXPECT_TRUE(host_.warnings.empty());
  EXPECT_THAT(read({"--trust-proxy-header", "Host"}).error().detail,
              HasSubstr("--trust-proxy-header: 'Host' is none of X-Forwarded-For"));
  for (const char* const wrong : {"proxy", "10.0.0.0/33", "::1/129", "10.0.0.0/", ""})
    EXPECT_THAT(read({"--trust-proxy", wrong}).error().detail,
                HasSubstr("is neither an address nor a network"));
}

TEST_F(ReadSettings, WarnsOfProxiesThatNothingIsBelievedOf) {
  EXPECT_TRUE(read({"--trust-proxy", "10.0.0.1"}));
  EXPECT_THAT(host_.warnings, ElementsAre(HasSubstr("trust-proxy-header")));
}

TEST_F(ReadSettings, NamesThePlaceOfAValueThatCannotBe) {
  project_.write("warpdrive.toml", "mount-point = \"app\"\ninclude-file = [\"none.conf\"]\n");
  const auto settings = read();
  ASSERT_FALSE(settings);
  EXPECT_THAT(settings.error().detail,
              HasSubstr("warpdrive.toml:1:15: mount-point: 'app' does not start with /"));
  EXPECT_THAT(settings.error().detail, HasSubstr("warpdrive.toml:2:16: include-file: "));
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

TEST_F(ReadSettings, RefusesAnAliasOfTheWholeSite) {
  for (const char* const url : {"/", "//"}) {
    const auto settings = read({"--url-alias", url, "/tmp"});
    ASSERT_FALSE(settings) << url;
    EXPECT_THAT(settings.error().detail, HasSubstr("use document-root"));
  }
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
