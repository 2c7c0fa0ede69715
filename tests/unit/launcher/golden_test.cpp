// httpd.conf as text, case by case. UPDATE_GOLDEN=1 in the environment writes the files anew; read
// the difference before it is committed. Each must also please httpd with the real module.
#include <gmock/gmock.h>

#include <cstdlib>

#include "launcher/host/files.hpp"
#include "launcher/render/banner.hpp"
#include "launcher/render/httpd_conf.hpp"
#include "unit/launcher/plain_plan.hpp"

namespace warp {
namespace {

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
  plan.sizes = plan_sizes(settings, Mpm::kPrefork);
  plan.modules = modules({"mpm_prefork", "authz_core", "mime", "alias", "env", "reqtimeout"});
  plan.listen = {"127.0.0.1:8000", "[::1]:8000"};
  plan.static_files = {
      {.url = "/robots.txt", .path = "/golden/site/robots.txt", .is_directory = false},
      {.url = "/my media", .path = "/golden/site/a b"},
      {.url = "/w", .path = "/golden/site/w[1]"}};
  plan.mime_types.clear();
  plan.logs = {.error_log = "/dev/stderr", .access_log = "|/bin/cat", .level = "debug"};
  return plan;
}

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
  expect_to_please_httpd(place / "root", conf, GetParam().started_by);
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
