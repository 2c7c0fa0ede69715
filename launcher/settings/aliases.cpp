#include "launcher/settings/aliases.hpp"

#include <algorithm>
#include <array>

namespace warp {
namespace {

// What the original warpdrive gave to mod_wsgi-express.
constexpr std::string_view kModWsgi = "the original warpdrive, for mod_wsgi-express";
constexpr std::string_view kAnyText =
    "Any text switches it on, as there, but `0`, `no`, `off` and `false`";
constexpr std::string_view kWholePool = "all of httpd's threads are there from the start and stay";

constexpr std::array kAliases = {
    Alias{.variable = "MOD_WSGI_PROCESSES", .option = "processes", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_THREADS", .option = "threads", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_MAX_CLIENTS", .option = "max-clients", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_INITIAL_WORKERS",
          .option = "initial-workers",
          .whose = kModWsgi,
          .instead = kWholePool},
    Alias{.variable = "MOD_WSGI_MINIMUM_SPARE_WORKERS",
          .option = "minimum-spare-workers",
          .whose = kModWsgi,
          .instead = kWholePool},
    Alias{.variable = "MOD_WSGI_MAXIMUM_SPARE_WORKERS",
          .option = "maximum-spare-workers",
          .whose = kModWsgi,
          .instead = kWholePool},
    Alias{.variable = "MOD_WSGI_LIMIT_REQUEST_BODY",
          .option = "limit-request-body",
          .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_MAXIMUM_REQUESTS", .option = "maximum-requests", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_INACTIVITY_TIMEOUT",
          .option = "inactivity-timeout",
          .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_REQUEST_TIMEOUT", .option = "request-timeout", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_CONNECT_TIMEOUT", .option = "connect-timeout", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_SOCKET_TIMEOUT", .option = "socket-timeout", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_QUEUE_TIMEOUT", .option = "queue-timeout", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_HEADER_TIMEOUT", .option = "header-timeout", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_HEADER_MAX_TIMEOUT",
          .option = "header-max-timeout",
          .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_HEADER_MIN_RATE", .option = "header-min-rate", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_BODY_TIMEOUT", .option = "body-timeout", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_BODY_MAX_TIMEOUT", .option = "body-max-timeout", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_BODY_MIN_RATE", .option = "body-min-rate", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_SERVER_BACKLOG", .option = "server-backlog", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_DAEMON_BACKLOG",
          .option = "daemon-backlog",
          .whose = kModWsgi,
          .instead = "requests wait in a queue of the group and not in a socket's backlog; see "
                     "--queue-limit"},
    Alias{.variable = "MOD_WSGI_SERVER_MPM", .option = "server-mpm", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_LOG_LEVEL", .option = "log-level", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_ACCESS_LOG",
          .option = "access-log",
          .whose = kModWsgi,
          .note = kAnyText,
          .read = switch_words},
    Alias{.variable = "MOD_WSGI_RELOAD_ON_CHANGES",
          .option = "reload-on-changes",
          .whose = kModWsgi,
          .note = kAnyText,
          .read = switch_words},
    Alias{.variable = "MOD_WSGI_DEBUG_MODE",
          .option = "debug-mode",
          .whose = kModWsgi,
          .note = kAnyText,
          .read = switch_words},
    Alias{.variable = "MOD_WSGI_ENABLE_DEBUGGER",
          .option = "enable-debugger",
          .whose = kModWsgi,
          .note = kAnyText,
          .read = switch_words},
    Alias{
        .variable = "MOD_WSGI_WORKING_DIRECTORY", .option = "working-directory", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_APPLICATION_TYPE", .option = "application-type", .whose = kModWsgi},
    Alias{.variable = "MOD_WSGI_ENTRY_POINT", .option = "entry-point", .whose = kModWsgi},
    Alias{.variable = "PORT",
          .option = "port",
          .whose = "Heroku, Cloud Run, App Engine, Railway and other platforms"},
    Alias{.variable = "HOST",
          .option = "host",
          .whose = "containers and process managers, and shells (csh, some zsh) with the machine's "
                   "name",
          .note = "Used only when it is an address, `*` or `localhost`. Any other name is taken "
                  "for the machine's, which a shell has put there; name that with --host",
          .read = address_words},
    Alias{.variable = "WEB_CONCURRENCY",
          .option = "processes",
          .whose = "Heroku by the size of its dyno, and gunicorn's users",
          .note = "The banner names it"},
    Alias{.variable = "FORWARDED_ALLOW_IPS",
          .option = "trust-proxy",
          .whose = "gunicorn and uvicorn",
          .note = "Addresses between commas, or `*`",
          .read = comma_words},
    Alias{.variable = "FORWARDED_ALLOW_IPS",
          .option = "trust-proxy-header",
          .whose = "gunicorn and uvicorn",
          .note = "X-Forwarded-For and X-Forwarded-Proto, as uvicorn believes them",
          .read = usual_proxy_headers},
    Alias{.variable = "APP_MODULE",
          .option = "entry-point",
          .whose = "OpenShift's Python builder (s2i)",
          .note = "A module or `module:callable`, as gunicorn takes it",
          .read = module_words},
    Alias{.variable = "APP_HOME",
          .option = "working-directory",
          .whose = "OpenShift's Python builder (s2i)"},
};

}  // namespace

std::span<const Alias> alias_table() { return kAliases; }

bool is_alias(std::string_view variable) {
  return std::any_of(kAliases.begin(), kAliases.end(),
                     [&](const Alias& alias) { return alias.variable == variable; });
}

std::string why_unused(const Alias& alias) {
  if (!alias.instead.empty()) return std::string(alias.instead);
  return "there is no option --" + std::string(alias.option);
}

}  // namespace warp
