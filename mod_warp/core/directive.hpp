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

inline constexpr const char* kInServer = "server, virtual host";
inline constexpr const char* kAnywhere = "server, virtual host, <Location>";

inline constexpr Directive kLibexecDirectory = {
    "WarpLibexecDirectory", "PATH", "server",
    "../../libexec/warpdrive, from the folder of mod_warp.so",
    "Directory of warp-supervisor and the warp-worker programs"};
inline constexpr Directive kDaemonProcess = {"WarpDaemonProcess", "NAME [option=value ...]",
                                             kInServer, "none",
                                             "A group of processes that run one application; NAME "
                                             "is unique in the whole server, options are "
                                             "listed below"};
inline constexpr Directive kScriptAlias = {
    "WarpScriptAlias",
    "/url TARGET [process-group=NAME] [callable-object=NAME] [pass-authorization=On|Off]",
    kInServer, "none",
    "Gives a URL path and all below it to an application. TARGET is a script file (relative to "
    "ServerRoot unless absolute) or package.module[:callable]; a callable with () after it, like "
    "create_app(), is a factory that is called for the application. The longest path wins; an "
    "Alias of mod_alias goes before all"};
inline constexpr Directive kScriptAliasMatch = {
    "WarpScriptAliasMatch",
    "REGEX TARGET [process-group=NAME] [callable-object=NAME] [pass-authorization=On|Off]",
    kInServer, "none",
    "The same for paths that a regular expression matches. The path up to the end of the match "
    "becomes SCRIPT_NAME, so the match must end with a segment. The longest match wins, over "
    "WarpScriptAlias too. TARGET is one application and can't hold $1"};
inline constexpr Directive kHandlerScript = {
    "WarpHandlerScript",
    "HANDLER TARGET [process-group=NAME] [callable-object=NAME] [pass-authorization=On|Off]",
    kInServer, "none",
    "Gives requests to an application whose handler is HANDLER (SetHandler, AddHandler) after "
    "httpd has mapped them to a file, which is SCRIPT_FILENAME. The callable is handle_request "
    "unless TARGET or callable-object= names one"};
inline constexpr Directive kProcessGroup = {
    "WarpProcessGroup", "NAME", kInServer, "the only WarpDaemonProcess, if there is one",
    "Process group of every WarpScriptAlias, WarpScriptAliasMatch, WarpHandlerScript and "
    "WarpImportScript here that names none"};
inline constexpr Directive kCallableObject = {
    "WarpCallableObject", "NAME", kInServer, "application",
    "Name of the WSGI callable, or factory() for one that makes it, where TARGET and "
    "callable-object= name none"};
inline constexpr Directive kImportScript = {
    "WarpImportScript", "PATH [process-group=NAME]", kInServer, "none",
    "A script that each worker of the group imports before the application; may be repeated, the "
    "order is kept"};
inline constexpr Directive kScriptReloading = {
    "WarpScriptReloading", "On|Off", kInServer, "On",
    "Whether the workers of the groups declared here start anew when the file of their "
    "application has changed"};
inline constexpr Directive kRestrictStdin = {
    "WarpRestrictStdin", "On|Off", kInServer, "On",
    "Whether sys.stdin raises when an application of the groups declared here reads it"};
inline constexpr Directive kRestrictStdout = {
    "WarpRestrictStdout", "On|Off", kInServer, "Off",
    "Whether sys.stdout raises when an application of the groups declared here writes to it; Off "
    "sends it to the error log"};
inline constexpr Directive kRestrictSignal = {
    "WarpRestrictSignal", "On|Off", kInServer, "On",
    "Whether signal.signal() of the groups declared here is ignored with a warning: the worker's "
    "own handlers are what stops it in order"};
inline constexpr Directive kPassAuthorization = {
    "WarpPassAuthorization", "On|Off", kAnywhere, "Off",
    "Whether the application sees the Authorization header; pass-authorization= of a "
    "WarpScriptAlias goes before it, CGIPassAuth On of httpd has the same effect"};
inline constexpr Directive kMapHeadToGet = {
    "WarpMapHEADToGET", "Auto|On|Off", kAnywhere, "Auto",
    "Whether the application sees GET for a HEAD request. Auto: when an output filter of httpd "
    "(mod_deflate) needs the body to get the response's header fields right"};
inline constexpr Directive kErrorOverride = {
    "WarpErrorOverride", "On|Off", kAnywhere, "Off",
    "Whether httpd's ErrorDocument replaces the body of a 4xx or 5xx response of the application"};
inline constexpr Directive kChunkedRequest = {
    "WarpChunkedRequest", "On|Off", kAnywhere, "On",
    "Whether request bodies without a length (Transfer-Encoding: chunked) are taken; Off answers "
    "411"};
inline constexpr Directive kTrustedProxyHeaders = {
    "WarpTrustedProxyHeaders", "HEADER ...", kAnywhere, "none",
    "Header fields with which a proxy before httpd tells about its client. What they say replaces "
    "the variables of the environ; see below"};
inline constexpr Directive kTrustedProxies = {
    "WarpTrustedProxies", "ADDRESS|NETWORK ...", kAnywhere, "every client",
    "Addresses and networks (10.0.0.0/8, fd00::/8) of the proxies whose "
    "WarpTrustedProxyHeaders are believed; see below"};
inline constexpr Directive kDocumentsFirst = {
    "WarpDocumentsFirst", "On|Off [INDEX ...]", kInServer, "Off",
    "Whether a file that exists below DocumentRoot is served by httpd although its URL is an "
    "application's; so is a folder that has a file named INDEX, or any folder but DocumentRoot "
    "itself when INDEX is *. Names that begin with a dot (but .well-known) and Python's own files "
    "stay the application's"};
inline constexpr Directive kPrecompressed = {
    "WarpPrecompressed", "On|Off", "server, virtual host, <Directory>", "Off",
    "Whether a client that takes Brotli or gzip gets the file name.br or name.gz, which lies "
    "beside "
    "the one that it asks for, in its place. Whoever changes a file has to make them anew"};

inline constexpr Directive kTrustedRequestId = {
    "WarpTrustedRequestId", "HEADER ...", kAnywhere, "none",
    "Header fields from which a request gets its id (X-Request-Id, X-Correlation-Id, or the trace "
    "of traceparent): the first that is well-formed, of a peer that is in WarpTrustedProxies. Else "
    "it gets one of its own. The id is sent back as X-Request-Id, unless the application does"};

inline constexpr std::array kDirectives = {
    kLibexecDirectory, kDaemonProcess,       kScriptAlias,       kScriptAliasMatch, kHandlerScript,
    kProcessGroup,     kCallableObject,      kImportScript,      kScriptReloading,  kRestrictStdin,
    kRestrictStdout,   kRestrictSignal,      kPassAuthorization, kMapHeadToGet,     kErrorOverride,
    kChunkedRequest,   kTrustedProxyHeaders, kTrustedProxies,    kTrustedRequestId, kDocumentsFirst,
    kPrecompressed};

// docs/directives.md, from the tables of directives, of group options, of proxy headers and of what
// mod_wsgi has and we have not.
[[nodiscard]] std::string directives_page();

}  // namespace warp::core
