#include "mod_warp/core/cgi_variables.hpp"

#include <array>

#include "base/strings.hpp"
#include "wire/environ_key.hpp"

namespace warp::core {
namespace {

// Found at compile time: the position in the table.
consteval std::uint8_t code(std::string_view name) {
  std::uint8_t index = 0;
  while (wire::kEnvironKeys[index] != name) ++index;
  return index;
}

// What a character of a header's name becomes in a variable's; NUL: no name with it does.
constexpr auto kVariableCharacters = [] {
  std::array<char, 256> characters{};
  for (std::size_t c = 'A'; c <= 'Z'; ++c)
    characters[c] = characters[c - 'A' + 'a'] = static_cast<char>(c);
  for (std::size_t c = '0'; c <= '9'; ++c) characters[c] = static_cast<char>(c);
  characters['-'] = '_';
  return characters;
}();

// "x-forwarded-for" > "HTTP_X_FORWARDED_FOR"; false when the name holds anything but letters,
// digits and '-'.
bool make_variable_name(std::string_view header, std::string& name) {
  constexpr std::string_view kPrefix = "HTTP_";
  name.assign(kPrefix);
  name.resize(kPrefix.size() + header.size());
  char* out = name.data() + kPrefix.size();
  for (const char c : header) {
    const char variable_character = kVariableCharacters[static_cast<unsigned char>(c)];
    if (variable_character == '\0') return false;
    *out++ = variable_character;
  }
  return true;
}

bool is_credential(std::string_view variable) {
  return variable == "HTTP_AUTHORIZATION" || variable == "HTTP_PROXY_AUTHORIZATION";
}

}  // namespace

void add_request_variables(wire::RequestHeadEncoder& encoder, const RequestFacts& facts) {
  encoder.add(code("REQUEST_METHOD"), facts.method);
  encoder.add(code("REQUEST_URI"), origin_form(facts.unparsed_uri));
  encoder.add(code("QUERY_STRING"), facts.query);
  encoder.add(code("SCRIPT_NAME"), facts.script_name);
  encoder.add(code("PATH_INFO"), facts.path_info);
  encoder.add(code("SERVER_PROTOCOL"), facts.protocol);
  encoder.add(code("SERVER_SOFTWARE"), facts.server_software);
  encoder.add(code("SERVER_NAME"), facts.server_name);
  encoder.add(code("SERVER_PORT"), facts.server_port);
  encoder.add(code("SERVER_ADDR"), facts.server_address);
  encoder.add(code("REMOTE_ADDR"), facts.remote_address);
  encoder.add(code("REQUEST_SCHEME"), facts.scheme);
  encoder.add(code("DOCUMENT_ROOT"), facts.document_root);
  encoder.add(code("SCRIPT_FILENAME"), facts.script_filename);
  encoder.add(code("wsgi.url_scheme"), facts.scheme);
  encoder.add(code("warp.request_id"), facts.request_id);
  encoder.add(code("warp.attempt"), facts.attempt);
  encoder.add(code("warp.connection_id"), facts.connection_id);
  encoder.add(code("warp.listener_host"), facts.listener_host);
  encoder.add(code("warp.listener_port"), facts.listener_port);
  encoder.add(code("warp.server_pid"), facts.server_pid);
  encoder.add(code("warp.script_name"), facts.mounted_script_name);
  encoder.add(code("warp.path_info"), facts.path_info);
  const auto add_if_known = [&](std::uint8_t variable, std::string_view value) {
    if (!value.empty()) encoder.add(variable, value);
  };
  add_if_known(code("REMOTE_PORT"), facts.remote_port);
  add_if_known(code("SERVER_ADMIN"), facts.server_admin);
  add_if_known(code("REMOTE_USER"), facts.remote_user);
  add_if_known(code("AUTH_TYPE"), facts.auth_type);
  add_if_known(code("CONTEXT_PREFIX"), facts.context_prefix);
  add_if_known(code("CONTEXT_DOCUMENT_ROOT"), facts.context_document_root);
  add_if_known(code("REDIRECT_URL"), facts.redirect_url);
  add_if_known(code("REDIRECT_QUERY_STRING"), facts.redirect_query);
  add_if_known(code("warp.mount_point"), facts.mount_point);
  add_if_known(code("warp.request_handler"), facts.request_handler);
}

void add_header(wire::RequestHeadEncoder& encoder, std::string_view name, std::string_view value,
                Credentials credentials, std::string& scratch) {
  if (!make_variable_name(name, scratch)) return;
  if (scratch == "HTTP_PROXY") return;
  if (scratch == "HTTP_CONTENT_TYPE") return encoder.add(code("CONTENT_TYPE"), value);
  if (scratch == "HTTP_CONTENT_LENGTH") return encoder.add(code("CONTENT_LENGTH"), value);
  if (credentials == Credentials::kWithheld && is_credential(scratch)) return;
  encoder.add(scratch, value);
}

void add_environment(wire::RequestHeadEncoder& encoder, std::string_view name,
                     std::string_view value) {
  constexpr std::size_t kLongestName = 0xffff;
  if (name.empty() || name.size() > kLongestName || name == "HTTPS") return;
  if (name.starts_with("wsgi.") || name.starts_with("warp.")) return;
  encoder.add(name, value);
}

bool means_https(std::string_view https_variable) {
  return https_variable == "1" || equals_ignoring_case(https_variable, "on");
}

std::string_view origin_form(std::string_view unparsed_uri) {
  const std::size_t scheme_end = unparsed_uri.find("://");
  if (unparsed_uri.starts_with('/') || scheme_end == std::string_view::npos ||
      unparsed_uri.find_first_of("?/") < scheme_end)
    return unparsed_uri;
  const std::size_t path = unparsed_uri.find_first_of("/?", scheme_end + 3);
  return path == std::string_view::npos ? std::string_view("/") : unparsed_uri.substr(path);
}

}  // namespace warp::core
