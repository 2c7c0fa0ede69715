// The directives as the manual has them. config/directives.cpp makes httpd's table from these, and
// docs/directives.md is written from them.
#pragma once

#include <array>
#include <string>

namespace warp::core {

struct Directive {
  const char* name;
  const char* syntax;    // what follows the name
  const char* context;   // where it may stand
  const char* fallback;  // when it is not written
  const char* help;      // httpd -L prints it too
};

inline constexpr Directive kLibexecDirectory = {
    "WarpLibexecDirectory", "PATH", "server",
    "../../libexec/warpdrive, from the folder of mod_warp.so",
    "Directory of warp-supervisor and the warp-worker programs"};
inline constexpr Directive kDaemonProcess = {"WarpDaemonProcess", "NAME [option=value ...]",
                                             "server, virtual host", "none",
                                             "A group of processes that run one application; NAME "
                                             "is unique in the whole server, options are "
                                             "listed below"};
inline constexpr Directive kScriptAlias = {
    "WarpScriptAlias",
    "/url TARGET [process-group=NAME] [callable-object=NAME] [pass-authorization=On|Off]",
    "server, virtual host", "none",
    "Gives a URL path and all below it to an application. TARGET is a script file (relative to "
    "ServerRoot unless absolute) or package.module[:callable]. The longest path wins; an Alias of "
    "mod_alias goes before all"};
inline constexpr Directive kProcessGroup = {
    "WarpProcessGroup", "NAME", "server, virtual host",
    "the only WarpDaemonProcess, if there is one",
    "Process group of every WarpScriptAlias here that names none"};
inline constexpr Directive kCallableObject = {
    "WarpCallableObject", "NAME", "server, virtual host", "application",
    "Name of the WSGI callable, where TARGET and callable-object= name none"};
inline constexpr Directive kPassAuthorization = {
    "WarpPassAuthorization", "On|Off", "server, virtual host, <Location>", "Off",
    "Whether the application sees the Authorization header; pass-authorization= of a "
    "WarpScriptAlias goes before it"};

inline constexpr std::array kDirectives = {kLibexecDirectory, kDaemonProcess,  kScriptAlias,
                                           kProcessGroup,     kCallableObject, kPassAuthorization};

// docs/directives.md, from the tables of directives and of group options.
[[nodiscard]] std::string directives_page();

}  // namespace warp::core
