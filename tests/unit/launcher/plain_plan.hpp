// A plan as a test makes it up, and httpd's opinion of a configuration.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "launcher/host/accounts.hpp"
#include "launcher/host/subprocess.hpp"
#include "launcher/plan/httpd.hpp"
#include "launcher/plan/logs.hpp"
#include "launcher/plan/modules.hpp"
#include "launcher/plan/sizes.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {

// The paths of the files; what httpd checks is given a folder in its place.
inline constexpr std::string_view kPlace = "/golden";
inline constexpr auto kModules = "/usr/lib/apache2/modules";
inline constexpr auto kHttpd = "/usr/sbin/apache2";

inline Plan plain_plan() {
  Plan plan;
  plan.settings = {.mount_point = "/",
                   .host = {},
                   .port = 8000,
                   .server_backlog = 500,
                   .keep_alive = true,
                   .keep_alive_timeout = std::chrono::seconds(2),
                   .header_timeout = std::chrono::seconds(15),
                   .header_max_timeout = std::chrono::seconds(30),
                   .header_min_rate = 500,
                   .body_timeout = std::chrono::seconds(15),
                   .body_min_rate = 500,
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
  plan.httpd = {.executable = kHttpd,
                .modules_directory = kModules,
                .built_in = {"mod_unixd", "mod_log_config"}};
  plan.server_root = "/golden/root";
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

// With the modules that it needs.
inline Plan finished(Plan plan) {
  plan.modules = *load_modules(plan.httpd, needed_modules(plan));
  return plan;
}

inline void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Who starts httpd with a configuration: root's httpd wants a user, another's must have none.
enum class StartedBy { kRoot, kAnybody };

inline void expect_to_please_httpd(const std::string& root, const std::string& conf,
                                   StartedBy started_by) {
  std::optional<Account> user;
  if (::geteuid() == 0 && started_by == StartedBy::kAnybody) user = account_of("nobody");
  if (::geteuid() != 0 && started_by == StartedBy::kRoot) GTEST_SKIP() << "needs root";
  const auto finished = run_to_end({.arguments = {kHttpd, "-d", root, "-f", conf, "-t"},
                                    .environment = {{"PATH", "/usr/bin:/bin"}},
                                    .directory = "/",
                                    .user = user});
  ASSERT_TRUE(finished) << finished.error().detail;
  EXPECT_EQ(finished->status, 0);
  EXPECT_EQ(finished->output, "Syntax OK\n");
}

}  // namespace warp
