// httpd.conf as text, case by case. UPDATE_GOLDEN=1 in the environment writes the files anew; read
// the difference before it is committed. Each must also please httpd with the real module.
#include <gmock/gmock.h>

#include <cstdlib>

#include "launcher/host/files.hpp"
#include "launcher/plan/virtual_hosts.hpp"
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
  plan.settings.supplementary_groups = "adm,#77";
  plan.settings.cpu_priority = -5;
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
  settings.data_size_limit = 2147483648;
  settings.open_files_limit = 512;
  settings.core_size_limit = 0;
  settings.eviction_timeout = std::chrono::seconds(3600);
  settings.switch_interval = "0.001";
  settings.preload = "off";
  settings.restart_interval = std::chrono::seconds(86400);
  settings.inactivity_timeout = std::chrono::seconds(600);
  settings.cpu_time_limit = std::chrono::seconds(3600);
  settings.memory_limit = 536870912;
  settings.memory_hard_limit = 1073741824;
  settings.retry_non_idempotent = true;
  settings.reload_on_changes = true;
  settings.error_page = "development";
  plan.development = {.terminal = "/dev/pts/3",
                      .profile_folder = "/golden/root/pstats",
                      .coverage_folder = "/golden/root/htmlcov"};
  settings.interrupt_timeout = std::chrono::seconds(2);
  settings.slow_request = std::chrono::seconds(3);
  settings.trust_proxy_headers = {"X-Forwarded-For", "X-Forwarded-Proto"};
  settings.trust_proxies = {"10.0.0.0/8", "fd00::/8"};
  plan.project.application.callable = "app";
  settings.management_port = 9180;
  settings.saturation_timeout = std::chrono::seconds(30);
  plan.sizes = plan_sizes(settings, Mpm::kPrefork);
  plan.listen = {"127.0.0.1:8000", "[::1]:8000"};
  plan.management = {"127.0.0.1:9180", "[::1]:9180"};
  plan.static_files = {
      {.url = "/robots.txt", .path = "/golden/site/robots.txt", .is_directory = false},
      {.url = "/my media", .path = "/golden/site/a b"},
      {.url = "/w", .path = "/golden/site/w[1]"}};
  plan.mime_types.clear();
  settings.error_log_format = "[%t] %M";
  plan.logs = {.error_log = "/dev/stderr", .access_log = "|/bin/cat", .level = "debug"};
  return plan;
}

Plan https_plan() {
  Plan plan = plain_plan();
  Settings& settings = plan.settings;
  settings.https_port = 8443;
  settings.ssl_certificate_file = "/golden/site/server.crt";
  settings.ssl_certificate_key_file = "/golden/site/server.key";
  settings.ssl_ca_certificate_file = "/golden/site/authorities.crt";
  settings.ssl_environment = true;
  settings.https_only = true;
  settings.hsts_policy = "max-age=31536000; includeSubDomains";
  settings.http2 = true;
  settings.server_name = "www.example.org";
  settings.server_aliases = {"example.org", "*.example.net"};
  settings.allow_localhost = true;
  plan.listen = {"8000", "8443"};
  plan.virtual_hosts = plan_virtual_hosts(settings);
  return plan;
}

Plan static_plan() {
  Plan plan = plain_plan();
  Settings& settings = plan.settings;
  settings.directory_index = {"index.html", "index.htm"};
  settings.directory_listing = true;
  settings.compress_responses = true;
  settings.error_documents = {{"404", "/errors/404.html"}, {"503", "https://status.example.org/"}};
  settings.error_override = true;
  plan.document_root = "/golden/site/ht docs";
  plan.static_files = {{.url = "/static/", .path = "/golden/root/static/"}};
  return plan;
}

Plan operation_plan() {
  Plan plan = plain_plan();
  Settings& settings = plan.settings;
  settings.https_port = 443;
  settings.ssl_certificate_file = "/golden/site/server.crt";
  settings.ssl_ca_certificate_file = "/golden/site/authorities.crt";
  settings.ssl_verify_client = {"/admin"};
  settings.proxy_mount_points = {{"/chat/", "http://127.0.0.1:9000/"},
                                 {"/a b", "http://127.0.0.1:9001/x"}};
  settings.proxy_virtual_hosts = {{"other.example.org", "http://127.0.0.1:9002"}};
  settings.proxy_timeout = std::chrono::seconds(3600);
  settings.auth_user_file = "/golden/site/users";
  settings.auth_name = "Staff \"only\"";
  settings.server_status = true;
  settings.keep_alive = false;
  settings.header_min_rate = 0;
  settings.body_max_timeout = std::chrono::seconds(600);
  settings.request_head_size = 65536;
  settings.response_head_size = 65536;
  settings.preload_size = 0;
  settings.response_window = 1048576;
  settings.access_log = true;
  settings.log_format = "json";
  plan.logs.json_program = "/golden/libexec/warp-json-log";
  plan.logs.access_log = "/golden/root/access_log";
  plan.logs.rotation = {.executable = "/usr/bin/rotatelogs", .size = 5242880};
  plan.listen = {"8000", "443"};
  plan.virtual_hosts = plan_virtual_hosts(settings);
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
  const auto text = render_httpd_conf(finished(GetParam().make()));
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
  place.make_folder("site/ht docs");
  for (const char* const name : {"server.crt", "server.key", "authorities.crt", "users"})
    place.write(std::string("site/") + name, "anything");
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
                                         Case{"everything", everything_plan},
                                         Case{"https", https_plan}, Case{"static", static_plan},
                                         Case{"operation", operation_plan}),
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

TEST(Banner, SaysWhereHealthAndMetricsAre) {
  Plan plan = django_plan();
  EXPECT_THAT(banner(plan), testing::Not(testing::HasSubstr("Management")));
  plan.management = {"9180"};
  EXPECT_THAT(banner(plan), testing::HasSubstr("Management              : *:9180 (livez, "));
}

TEST(Banner, NamesThePlatformThatDecidedOnProcesses) {
  Plan plan = django_plan();
  plan.settings.origins["processes"] = "WEB_CONCURRENCY";
  EXPECT_THAT(banner(plan), testing::HasSubstr("threads), processes by WEB_CONCURRENCY\n"));
  plan.settings.origins["processes"] = "--processes";
  EXPECT_THAT(banner(plan), testing::HasSubstr("threads)\n"));
}

}  // namespace
}  // namespace warp
