#include <algorithm>
#include <array>

#include "launcher/convert/sources.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/detect/survey.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/installation.hpp"

namespace warp {
namespace {

constexpr std::string_view kHook =
    "a hook in gunicorn's own processes; there is no such process here, see docs/warpdrive.md for "
    "hooks of a start";
constexpr std::string_view kLogs =
    "logs go below log-directory, or to the terminal with log-to-terminal";

constexpr std::array kGunicornRules = {
    Rule{"bind", Form::kAddresses},
    Rule{"wsgi_app", Form::kWord, "entry-point"},
    Rule{"workers", Form::kWord, "processes"},
    Rule{"threads", Form::kWord, "threads"},
    Rule{"backlog", Form::kWord, "server-backlog"},
    Rule{"timeout", Form::kWord, "request-timeout"},
    Rule{"graceful_timeout", Form::kWord, "graceful-timeout"},
    Rule{"keepalive", Form::kWord, "keep-alive-timeout"},
    Rule{"max_requests", Form::kWord, "maximum-requests"},
    Rule{"max_requests_jitter", Form::kNone, {}, "processes are replaced one after the other"},
    Rule{"chdir", Form::kPath, "working-directory"},
    Rule{"pythonpath", Form::kPaths, "python-path"},
    Rule{"user", Form::kWord, "user"},
    Rule{"group", Form::kWord, "group"},
    Rule{"preload_app", Form::kSwitch, "preload", "on"},
    Rule{"reload", Form::kSwitch, "reload-on-changes", "true"},
    Rule{"loglevel", Form::kLevel, "log-level"},
    Rule{"accesslog", Form::kLog, "access-log", kLogs},
    Rule{"errorlog", Form::kNone, {}, kLogs},
    Rule{"access_log_format", Form::kNone, {}, "say it in httpd's words with access-log-format"},
    Rule{"logconfig", Form::kNone, {}, "configure Python's logging in the application"},
    Rule{"certfile", Form::kPath, "ssl-certificate-file"},
    Rule{"keyfile", Form::kPath, "ssl-certificate-key-file"},
    Rule{"ca_certs", Form::kPath, "ssl-ca-certificate-file"},
    Rule{"raw_env", Form::kPair, "setenv"},
    Rule{"worker_class", Form::kNone, {}, "processes and threads serve; there are no event loops"},
    Rule{"worker_connections", Form::kNone, {}, "httpd holds the connections: max-clients"},
    Rule{"worker_tmp_dir", Form::kNone, {}, "there are no heartbeat files"},
    Rule{"limit_request_line", Form::kNone, {}, "see request-head-size"},
    Rule{"limit_request_fields", Form::kNone, {}, "see request-head-size"},
    Rule{"limit_request_field_size", Form::kNone, {}, "see request-head-size"},
    Rule{"forwarded_allow_ips", Form::kNone, {}, "see trust-proxy and trust-proxy-header"},
    Rule{"proxy_allow_ips", Form::kNone, {}, "the PROXY protocol is httpd's: include-file"},
    Rule{"daemon", Form::kNone, {}, "the server stays in the foreground; see systemd-unit"},
    Rule{"pidfile", Form::kNone, {}, "it is httpd.pid in server-root"},
    Rule{"umask", Form::kNone, {}, "set it in what starts the server"},
    Rule{"on_starting", Form::kNone, {}, kHook},
    Rule{"on_reload", Form::kNone, {}, kHook},
    Rule{"when_ready", Form::kNone, {}, kHook},
    Rule{"pre_fork", Form::kNone, {}, kHook},
    Rule{"post_fork", Form::kNone, {}, kHook},
    Rule{"post_worker_init", Form::kNone, {}, kHook},
    Rule{"worker_int", Form::kNone, {}, kHook},
    Rule{"worker_abort", Form::kNone, {}, kHook},
    Rule{"worker_exit", Form::kNone, {}, kHook},
    Rule{"pre_request", Form::kNone, {}, kHook},
    Rule{"post_request", Form::kNone, {}, kHook},
    Rule{"on_exit", Form::kNone, {}, kHook}};

bool has_no_equivalent(std::string_view name) {
  return std::any_of(kGunicornRules.begin(), kGunicornRules.end(), [&](const Rule& rule) {
    return rule.theirs == name && rule.form == Form::kNone;
  });
}

}  // namespace

Result<Conversion> convert_gunicorn(const SourceFile& file, Host& host) {
  Settings settings;
  Project project;
  project.directory = settings.project_directory = parent_of(file.path);
  project.user = host.current_user();
  WARP_TRY(const Installation installation, find_installation());
  WARP_TRY(project.python,
           find_python(settings, host.environment(), installation.libexec_directory));
  if (!can_survey(project))
    return fail(Errc::kNotFound, "there is no Python to read " + file.path +
                                     "; install python3, or set VIRTUAL_ENV");
  const Search search{host, settings, project};
  std::vector<std::string> names;
  for (const Rule& rule : kGunicornRules) names.emplace_back(rule.theirs);
  WARP_TRY(const std::vector<Constant> constants, read_constants(search, file.path, names));
  Conversion conversion;
  for (const Constant& constant : constants) {
    if (constant.name.empty())
      return fail(Errc::kPython,
                  file.path + " can't be read as Python: " + constant.value.value_or(""));
    const Theirs theirs{constant.name, constant.value.value_or(""), constant.where,
                        project.directory};
    if (!constant.value && !has_no_equivalent(constant.name))
      leave(conversion, theirs, "it can't be told without running the file");
    else
      convert_setting(kGunicornRules, theirs, conversion);
  }
  return conversion;
}

}  // namespace warp
