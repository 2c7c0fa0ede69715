#include "mod_warp/core/directive.hpp"

#include <array>
#include <string_view>

#include "mod_warp/core/group_options.hpp"
#include "mod_warp/core/trusted_proxies.hpp"

namespace warp::core {
namespace {

void add_row(std::string& page, std::initializer_list<std::string_view> cells) {
  for (const std::string_view cell : cells) {
    page += "| ";
    for (const char c : cell) page += c == '|' ? std::string("\\|") : std::string(1, c);
    page += ' ';
  }
  page += "|\n";
}

void add_heading(std::string& page, std::string_view title,
                 std::initializer_list<std::string_view> columns) {
  page += "\n## ";
  page += title;
  page += "\n\n";
  add_row(page, columns);
  for (std::size_t i = 0; i < columns.size(); ++i) page += i == 0 ? "| --- |" : " --- |";
  page += '\n';
}

std::string_view meaning(ClaimForm form) {
  switch (form) {
    case ClaimForm::kHops:
      return "REMOTE_ADDR: of a list of addresses";
    case ClaimForm::kForwarded:
      return "REMOTE_ADDR, HTTP_HOST, wsgi.url_scheme: for=, host=, proto= of RFC 7239";
    case ClaimForm::kAddress:
      return "REMOTE_ADDR";
    case ClaimForm::kHost:
      return "HTTP_HOST";
    case ClaimForm::kServerName:
      return "SERVER_NAME";
    case ClaimForm::kPort:
      return "SERVER_PORT";
    case ClaimForm::kScheme:
      return "wsgi.url_scheme: http or https";
    case ClaimForm::kSwitch:
      return "wsgi.url_scheme: on, true, 1 for https; off, false, 0 for http";
    case ClaimForm::kPath:
      return "SCRIPT_NAME, warp.mount_point";
    case ClaimForm::kPrefix:
      break;
  }
  return "warp.mount_point, and SCRIPT_NAME, in front of the mount's own path";
}

constexpr std::string_view kProxyRules =
    "\n"
    "- A peer that is not in WarpTrustedProxies is no proxy: the application sees none of these "
    "fields of its requests, and the variables are httpd's own. Without WarpTrustedProxies every "
    "peer is believed, so that only proxies may be able to reach httpd.\n"
    "- Lists are read from their end. The last address was written by the peer; as long as an "
    "address is in WarpTrustedProxies, the one before it is looked at. The first that is not is "
    "the client. What is no address (`unknown`, a name) ends the way: the client is then the "
    "nearest address that is known. At most 100 hops are followed.\n"
    "- Of a list in another field, that element counts which the proxy next to the client has "
    "written, as far from the end as the client is in X-Forwarded-For; the last, where that is "
    "not trusted.\n"
    "- Of several fields that set the same variable, the first one written in "
    "WarpTrustedProxyHeaders that holds a usable value counts; the application does not see the "
    "others, nor those that are not written there but would set the same.\n"
    "- The application sees a field that counts without what came before the client: of "
    "`X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.1` with 10.0.0.0/8 trusted only "
    "`192.0.2.1, 10.0.0.1`.\n"
    "- A Forwarded field that is not well formed is not believed at all, as a client can open a "
    "quote that swallows what the proxies add.\n"
    "- REMOTE_PORT is left out when the proxies do not tell it.\n";

// A directive of mod_wsgi that has no counterpart of the same name here.
struct Absent {
  std::string_view names;
  std::string_view instead;
};

constexpr std::array kAbsent = {
    Absent{"WSGIApplicationGroup, WSGIPerInterpreterGIL, WSGIFreeThreading, "
           "WSGIInterpreterOptions",
           "a process group runs one application, in Python's main interpreter"},
    Absent{"WSGIDispatchScript",
           "would need Python in httpd's children; WarpScriptAliasMatch, mod_rewrite or virtual "
           "hosts choose"},
    Absent{"WSGIRestrictEmbedded, WSGIPassApacheRequest",
           "there is no embedded mode: no Python runs in httpd"},
    Absent{"WSGIRestrictProcess", "no variable of a request chooses a process group"},
    Absent{"WSGISocketPrefix, WSGISocketRotation, WSGIAcceptMutex",
           "workers have no socket in the file system and no common queue to guard"},
    Absent{"WSGIPythonHome, WSGIPythonPath", "python-home= and python-path= of WarpDaemonProcess"},
    Absent{"WSGIPythonOptimize, WSGIPythonHashSeed, WSGIPythonWarnings, WSGIDontWriteBytecode",
           "PYTHONOPTIMIZE, PYTHONHASHSEED, PYTHONWARNINGS, PYTHONDONTWRITEBYTECODE in httpd's "
           "own environment, which the workers get"},
    Absent{"WSGIPythonEggs", "eggs are history; PYTHON_EGG_CACHE in httpd's own environment"},
    Absent{"WSGISwitchInterval", "switch-interval= of WarpDaemonProcess"},
    Absent{"WSGIDestroyInterpreter",
           "a worker that ends lets Python finish, within "
           "shutdown-timeout="},
    Absent{"WSGIEnableSendfile", "EnableSendfile of httpd"},
    Absent{"WSGICaseSensitivity", "URL paths are compared byte by byte"},
    Absent{"WSGICallableObject in <Location>",
           "the callable belongs to the process group, which has loaded it before any request"},
    Absent{"WSGIScriptReloading, WSGIRestrict* in <Location>",
           "they are about processes, not requests"},
    Absent{"WSGIIgnoreActivity", "no worker stops for want of requests"},
    Absent{"WSGIAuthUserScript, WSGIAuthGroupScript, WSGIAccessScript, WSGIGroupAuthoritative",
           "would need Python in httpd's children; httpd's own modules authenticate"},
    Absent{"WSGIServerMetrics", "SetHandler warp-management; see docs/management.md"},
    Absent{"WSGITelemetryService, WSGISlowRequests, WSGITelemetryOptions", "not there"},
    Absent{"WSGIVerboseDebugging", "LogLevel warp:debug"},
};

}  // namespace

std::string directives_page() {
  std::string page =
      "# Directives of mod_warp\n\n"
      "Written from the tables in `mod_warp/core` by the program `warp-directives-page`; a test "
      "compares. Load the module with `LoadModule warp_module "
      "PREFIX/lib/warpdrive/mod_warp.so`.\n\n";
  add_row(page, {"directive", "where", "default", "meaning"});
  add_row(page, {"---", "---", "---", "---"});
  for (const Directive& directive : kDirectives)
    add_row(page, {"`" + std::string(directive.name) + " " + directive.syntax + "`",
                   directive.context, directive.fallback, directive.help});
  page +=
      "\nA `<Location>` counts for every request. `<Directory>`, `<Files>` and their like count "
      "only for a WarpHandlerScript and for files: the other requests are never mapped to one. A "
      "group's "
      "directives that are not written in its virtual host are taken from the main server.\n";
  add_heading(page, "Options of WarpDaemonProcess", {"option", "value", "default", "meaning"});
  for (const GroupOption& option : group_options())
    add_row(page,
            {"`" + std::string(option.name) + "=`", option.value, option.fallback, option.help});
  page +=
      "\nOne process group runs one application: two aliases of one group must lead to the same "
      "TARGET and callable. Text with spaces is quoted: `display-name=\"my site\"`.\n";
  add_heading(page, "Header fields of proxies", {"header field", "sets"});
  for (const ProxyHeader& header : kProxyHeaders)
    add_row(page, {"`" + std::string(header.name) + "`", meaning(header.form)});
  page += kProxyRules;
  add_heading(page, "What mod_wsgi has and mod_warp has not", {"directive", "instead, or why"});
  for (const Absent& absent : kAbsent) add_row(page, {absent.names, absent.instead});
  page +=
      "\nTwo differences in directives of the same meaning: WarpChunkedRequest is On, and without "
      "WarpTrustedProxies the client's address is the last of X-Forwarded-For, which the peer has "
      "written, not the first, which anybody can have written.\n";
  return page;
}

}  // namespace warp::core
