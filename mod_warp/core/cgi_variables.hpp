// The CGI part of a request's environ: which variables an application sees, and how they are named.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/request_head.hpp"

namespace warp::core {

// Texts that httpd has for every request. Empty ones that CGI lets be absent are left out.
struct RequestFacts {
  std::string_view method;
  std::string_view unparsed_uri;  // as the client sent it
  std::string_view query;
  std::string_view script_name;
  std::string_view path_info;
  std::string_view protocol;
  std::string_view scheme;
  std::string_view server_software;
  std::string_view server_name;
  std::string_view server_port;
  std::string_view server_address;
  std::string_view server_admin;
  std::string_view remote_address;
  std::string_view remote_port;
  std::string_view remote_user;
  std::string_view auth_type;
  std::string_view document_root;
  std::string_view context_prefix;
  std::string_view context_document_root;
  std::string_view script_filename;
  std::string_view request_id;
  std::string_view attempt;
  std::string_view connection_id;
  std::string_view listener_host;
  std::string_view listener_port;
  std::string_view server_pid;
  std::string_view mounted_script_name;  // before a proxy has changed SCRIPT_NAME
  std::string_view mount_point;          // what that proxy has said
  std::string_view request_handler;      // of a WarpHandlerScript
  std::string_view redirect_url;         // of the request that httpd has redirected internally
  std::string_view redirect_query;
};
void add_request_variables(wire::RequestHeadEncoder& encoder, const RequestFacts& facts);

enum class Credentials : std::uint8_t { kWithheld, kPassed };

// A header field as HTTP_NAME, CONTENT_TYPE or CONTENT_LENGTH. Dropped: names that could be taken
// for others once '-' has become '_', Proxy (httpoxy, CVE-2016-5385) and credentials that are
// withheld. `scratch` is the caller's, for its memory.
void add_header(wire::RequestHeadEncoder& encoder, std::string_view name, std::string_view value,
                Credentials credentials, std::string& scratch);

// A variable of SetEnv, mod_rewrite, mod_ssl: all but HTTPS, which becomes wsgi.url_scheme, and
// those of WSGI and our own, which only we set.
void add_environment(wire::RequestHeadEncoder& encoder, std::string_view name,
                     std::string_view value);
[[nodiscard]] bool means_https(std::string_view https_variable);

// "/a?b" of "http://host/a?b", which clients of proxies send.
[[nodiscard]] std::string_view origin_form(std::string_view unparsed_uri);

}  // namespace warp::core
