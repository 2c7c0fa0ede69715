#include <array>

#include "launcher/convert/sources.hpp"
#include "launcher/detect/uwsgi_file.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr std::string_view kAlways = "it is always so here";
constexpr std::string_view kProtocol =
    "uWSGI's own protocol is for a web server in front, and httpd is one: say port";

constexpr std::array kUwsgiRules = {
    Rule{"http", Form::kAddresses},
    Rule{"http-socket", Form::kAddresses},
    Rule{"socket", Form::kNone, {}, kProtocol},
    Rule{"uwsgi-socket", Form::kNone, {}, kProtocol},
    Rule{"chmod-socket", Form::kNone, {}, kProtocol},
    Rule{"module", Form::kWord, "entry-point"},
    Rule{"wsgi", Form::kWord, "entry-point"},
    Rule{"wsgi-file", Form::kPath, "entry-point"},
    Rule{"file", Form::kPath, "entry-point"},
    Rule{"callable", Form::kWord, "callable-object"},
    Rule{"chdir", Form::kPath, "working-directory"},
    Rule{"pythonpath", Form::kPath, "python-path"},
    Rule{"python-path", Form::kPath, "python-path"},
    Rule{"pp", Form::kPath, "python-path"},
    Rule{"home", Form::kPath, "python-home"},
    Rule{"virtualenv", Form::kPath, "python-home"},
    Rule{"venv", Form::kPath, "python-home"},
    Rule{"processes", Form::kWord, "processes"},
    Rule{"workers", Form::kWord, "processes"},
    Rule{"threads", Form::kWord, "threads"},
    Rule{"listen", Form::kWord, "server-backlog"},
    Rule{"harakiri", Form::kWord, "request-timeout"},
    Rule{"max-requests", Form::kWord, "maximum-requests"},
    Rule{"max-worker-lifetime", Form::kWord, "restart-interval"},
    Rule{"reload-on-rss", Form::kMebibytes, "memory-limit"},
    Rule{"evil-reload-on-rss", Form::kMebibytes, "memory-hard-limit"},
    Rule{"worker-reload-mercy", Form::kWord, "graceful-timeout"},
    Rule{"uid", Form::kWord, "user"},
    Rule{"gid", Form::kWord, "group"},
    Rule{"env", Form::kPair, "setenv"},
    Rule{"static-map", Form::kPathPair, "url-alias"},
    Rule{"py-autoreload", Form::kSwitch, "reload-on-changes", "true"},
    Rule{"buffer-size", Form::kWord, "request-head-size"},
    Rule{"limit-post", Form::kWord, "limit-request-body"},
    Rule{"lazy-apps", Form::kSwitch, "preload", "off"},
    Rule{"lazy", Form::kSwitch, "preload", "off"},
    Rule{"master", Form::kNone, {}, kAlways},
    Rule{"enable-threads", Form::kNone, {}, kAlways},
    Rule{"single-interpreter", Form::kNone, {}, kAlways},
    Rule{"vacuum", Form::kNone, {}, kAlways},
    Rule{"die-on-term", Form::kNone, {}, kAlways},
    Rule{"need-app", Form::kNone, {}, "an application that can't be imported is answered with 500"},
    Rule{"plugin", Form::kNone, {}, "Python is built in"},
    Rule{"plugins", Form::kNone, {}, "Python is built in"},
    Rule{"mount", Form::kNone, {}, "one application per server; say mount-point and entry-point"},
    Rule{"attach-daemon", Form::kNone, {}, "run it as a service of its own"},
    Rule{"cheaper", Form::kNone, {}, "the number of processes is fixed"},
    Rule{"daemonize", Form::kNone, {}, "the server stays in the foreground; see systemd-unit"},
    Rule{"logto", Form::kNone, {}, "logs go below log-directory"},
    Rule{"pidfile", Form::kNone, {}, "it is httpd.pid in server-root"},
    Rule{"stats", Form::kNone, {}, "see management-port, and warpdrive-express status"}};

}  // namespace

Result<Conversion> convert_uwsgi(const SourceFile& file, const Environment& environment) {
  Conversion conversion;
  WARP_TRY(const std::vector<IniEntry> entries,
           read_uwsgi_entries(file.text, file.path, environment));
  for (const IniEntry& entry : entries)
    convert_setting(kUwsgiRules,
                    {.name = entry.key,
                     .value = entry.value,
                     .where = name_of(file.path) + ":" + std::to_string(entry.line),
                     .base = parent_of(file.path)},
                    conversion);
  return conversion;
}

}  // namespace warp
