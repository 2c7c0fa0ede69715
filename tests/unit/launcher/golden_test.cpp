// httpd.conf as text, case by case. UPDATE_GOLDEN=1 in the environment writes the files anew; read
// the difference before it is committed. Each must also please httpd with the real module.
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>

#include "launcher/host/accounts.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/subprocess.hpp"
#include "launcher/plan/make_plan.hpp"
#include "launcher/plan/sizes.hpp"
#include "launcher/render/banner.hpp"
#include "launcher/render/httpd_conf.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

// The paths of the files; what httpd checks is given a folder in its place.
constexpr std::string_view kPlace = "/golden";
constexpr auto kModules = "/usr/lib/apache2/modules";
constexpr auto kHttpd = "/usr/sbin/apache2";

std::vector<LoadedModule> modules(const std::vector<std::string>& names) {
  std::vector<LoadedModule> list;
  for (const std::string& name : names)
    list.push_back({name + "_module", std::string(kModules) + "/mod_" + name + ".so"});
  return list;
}

Plan plain_plan() {
  Plan plan;
  plan.settings = {.mount_point = "/",
                   .host = {},
                   .port = 8000,
                   .limit_request_body = 10485760,
                   .processes = 1,
                   .threads = 5,
                   .request_timeout = std::chrono::seconds(60),
                   .deadlock_timeout = std::chrono::seconds(60),
                   .startup_timeout = std::chrono::seconds(15),
                   .graceful_timeout = std::chrono::seconds(15),
                   .shutdown_timeout = std::chrono::seconds(5),
                   .connect_timeout = std::chrono::seconds(15),
                   .queue_timeout = std::chrono::seconds(45),
                   .queue_limit = 100,
                   .socket_timeout = std::chrono::seconds(60),
                   .log_level = "warn",
                   .project_directory = "/golden/site"};
  plan.project.directory = plan.settings.project_directory;
  plan.project.user = {
      .name = "www-data", .group = "www-data", .home = "/var/www", .uid = 33, .gid = 33};
  plan.project.python.version = {3, 11};
  plan.project.application = {.target = "/golden/site/wsgi.py",
                              .callable = "application",
                              .origin = "wsgi.py",
                              .is_script = true};
  plan.installation = {.libexec_directory = "/golden/libexec",
                       .module = "/golden/mod_warp.so",
                       .template_directory = WARP_SOURCE_DIR "/conf-templates"};
  plan.httpd = {.executable = kHttpd, .modules_directory = kModules, .built_in = {"mod_unixd"}};
  plan.server_root = "/golden/root";
  plan.modules = modules({"mpm_event", "authz_core", "mime", "alias", "env", "reqtimeout"});
  plan.sizes = plan_sizes(plan.settings, Mpm::kEvent);
  plan.listen = {"8000"};
  plan.url = "http://localhost:8000/";
  plan.mime_types = "/etc/mime.types";
  plan.logs = {.error_log = "/golden/root/error_log", .level = log_level_arguments("warn")};
  plan.group_name = "site";
  plan.locale = "C.UTF-8";
  plan.locale_is_set = true;
  return plan;
}

Plan django_plan() {
  Plan plan = plain_plan();
  plan.settings.processes = 2;
  plan.sizes = plan_sizes(plan.settings, Mpm::kEvent);
  plan.project.application = {.target = "mysite.wsgi",
                              .callable = "application",
                              .origin = "Django, settings mysite.settings"};
  plan.project.python = {"/golden/site/.venv", "/golden/site/.venv/bin/python", {3, 11}};
  plan.static_files = {{.url = "/static/", .path = "/golden/root/static/"}};
  plan.locale = "de_DE.UTF-8";
  plan.locale_is_set = false;
  return plan;
}

Plan root_plan() {
  Plan plan = django_plan();
  plan.project.user.uid = 1;
  plan.project.user.name = "daemon";
  plan.project.user.group = "daemon";
  plan.httpd_user = plain_plan().project.user;
  return plan;
}

Plan everything_plan() {
  Plan plan = plain_plan();
  Settings& settings = plan.settings;
  settings.mount_point = "/app";
  settings.server_name = "www.example.org";
  settings.python_path = {"/golden/site/a b"};
  settings.setenv = {{"GREETING", "say \"hi\" to ${USER} \\"}, {"EMPTY", ""}};
  settings.include_files = {"/golden/site/extra.conf"};
  settings.access_log = true;
  settings.maximum_requests = 1000;
  settings.cpu_priority = 5;
  settings.stack_size = 1048576;
  settings.virtual_memory_limit = 4294967296;
  settings.switch_interval = "0.001";
  settings.preload = "off";
  settings.restart_interval = std::chrono::seconds(86400);
  settings.inactivity_timeout = std::chrono::seconds(600);
  settings.cpu_time_limit = std::chrono::seconds(3600);
  settings.memory_limit = 536870912;
  settings.memory_hard_limit = 1073741824;
  settings.retry_non_idempotent = true;
  settings.reload_on_changes = true;
  settings.interrupt_timeout = std::chrono::seconds(2);
  plan.project.application.callable = "app";
  settings.management_port = 9180;
  settings.saturation_timeout = std::chrono::seconds(30);
  plan.sizes = plan_sizes(settings, Mpm::kPrefork);
  plan.modules = modules({"mpm_prefork", "authz_core", "mime", "alias", "env", "reqtimeout"});
  plan.listen = {"127.0.0.1:8000", "[::1]:8000"};
  plan.management = {"127.0.0.1:9180", "[::1]:9180"};
  plan.static_files = {
      {.url = "/robots.txt", .path = "/golden/site/robots.txt", .is_directory = false},
      {.url = "/my media", .path = "/golden/site/a b"},
      {.url = "/w", .path = "/golden/site/w[1]"}};
  plan.mime_types.clear();
  plan.logs = {.error_log = "/dev/stderr", .access_log = "|/bin/cat", .level = "debug"};
  return plan;
}

enum class StartedBy { kRoot, kAnybody };

struct Case {
  const char* name;
  Plan (*make)();
  StartedBy started_by = StartedBy::kAnybody;
};

class Golden : public testing::TestWithParam<Case> {
 protected:
  static std::string path() {
    return WARP_SOURCE_DIR "/tests/golden/" + std::string(GetParam().name) + ".conf";
  }
};

TEST_P(Golden, ConfigurationIsAsReviewed) {
  const auto text = render_httpd_conf(GetParam().make());
  ASSERT_TRUE(text) << text.error().detail;
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_atomically(path(), *text, 0644));
  }
  const auto golden = read_text(path());
  ASSERT_TRUE(golden) << golden.error().detail;
  EXPECT_EQ(*text, *golden);
}

#ifdef WARP_TEST_MODULE
void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

void make_place(const TemporaryDirectory& place) {
  place.make_folder("root/static");
  place.write("site/wsgi.py");
  place.write("site/robots.txt");
  place.write("site/extra.conf", "# nothing\n");
  place.make_folder("site/a b");
  place.make_folder("site/w[1]");
  place.write("site/.venv/pyvenv.cfg", "version = 3.11.2\n");
  place.write_program("site/.venv/bin/python");
  place.write_program("libexec/warp-supervisor");
  place.write_program("libexec/warp-worker-3.11");
  std::filesystem::copy(WARP_TEST_MODULE, place / "mod_warp.so");
  ::chmod(place.path().c_str(), 0755);
}

TEST_P(Golden, ConfigurationPleasesHttpd) {
  const TemporaryDirectory place;
  make_place(place);
  auto text = read_text(path());
  ASSERT_TRUE(text);
  replace_all(*text, kPlace, place.path());
  const std::string conf = place.write("root/httpd.conf", *text);
  // Root's httpd wants a user, another's must have none.
  std::optional<Account> user;
  if (::geteuid() == 0 && GetParam().started_by == StartedBy::kAnybody) user = account_of("nobody");
  if (::geteuid() != 0 && GetParam().started_by == StartedBy::kRoot) GTEST_SKIP() << "needs root";
  const auto finished = run_to_end({.arguments = {kHttpd, "-d", place / "root", "-f", conf, "-t"},
                                    .environment = {{"PATH", "/usr/bin:/bin"}},
                                    .directory = "/",
                                    .user = user});
  ASSERT_TRUE(finished) << finished.error().detail;
  EXPECT_EQ(finished->status, 0);
  EXPECT_EQ(finished->output, "Syntax OK\n");
}
#endif

INSTANTIATE_TEST_SUITE_P(Case, Golden,
                         testing::Values(Case{"wsgi", plain_plan}, Case{"django", django_plan},
                                         Case{"root", root_plan, StartedBy::kRoot},
                                         Case{"everything", everything_plan}),
                         [](const auto& chosen) { return std::string(chosen.param.name); });

TEST(Banner, SaysWhereEverythingIs) {
  const std::string text = banner(root_plan());
  for (const char* const line :
       {"Server URL              : http://localhost:8000/\n",
        "Server Conf             : /golden/root/httpd.conf\n",
        "Error Log File          : /golden/root/error_log (warn)\n",
        "Static Files            : /static/ -> /golden/root/static/\n",
        "User                    : daemon:daemon (httpd: www-data:www-data)\n",
        "Operating Mode          : daemon\n",
        "Request Capacity        : 10 (2 processes * 5 threads)\n",
        "Request Timeout         : 60 (seconds)\n", "Server Capacity         : 128 (event)\n",
        "Locale Setting          : de_DE.UTF-8\n"})
    EXPECT_THAT(text, testing::HasSubstr(line));
}

}  // namespace
}  // namespace warp
