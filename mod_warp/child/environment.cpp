#include "mod_warp/child/environment.hpp"

#include <array>
#include <charconv>

#include "mod_warp/child/forwarding.hpp"
#include "mod_warp/child/method.hpp"
#include "mod_warp/config/directory_config.hpp"
#include "mod_warp/core/cgi_variables.hpp"
#include "mod_warp/core/mount.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

constexpr std::size_t kUsualHead = 4096;

// Digits of a number, where it can be viewed.
class Digits final {
 public:
  explicit Digits(std::uint64_t number) {
    const auto end = std::to_chars(text_.data(), text_.data() + text_.size(), number);
    size_ = static_cast<std::size_t>(end.ptr - text_.data());
  }
  [[nodiscard]] std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, 24> text_{};
  std::size_t size_ = 0;
};

std::string_view scheme_of(const request_rec* request) {
  const bool is_https =
      core::means_https(text_or_empty(apr_table_get(request->subprocess_env, "HTTPS"))) ||
      text_or_empty(ap_http_scheme(request)) == "https";
  return is_https ? "https" : "http";
}

core::Credentials credentials_for(const Request& request) {
  const auto& core_config = *static_cast<const core_dir_config*>(
      ap_get_core_module_config(request.httpd->per_dir_config));
  const bool is_passed = request.match.mount->pass_authorization.value_or(
      directory_config_of(request.httpd).passes_authorization());
  return is_passed || core_config.cgi_pass_auth == AP_CGI_PASS_AUTH_ON
             ? core::Credentials::kPassed
             : core::Credentials::kWithheld;
}

// An ErrorDocument is asked for by another request of httpd's; the client sent the first one.
const request_rec* as_sent(const request_rec* request) {
  while (request->prev != nullptr) request = request->prev;
  return request;
}

std::string_view single_slashes(apr_pool_t* pool, std::string_view path) {
  if (!core::has_repeated_slashes(path)) return path;
  const std::string collapsed = core::collapse_slashes(path);
  return {pool_text(pool, collapsed), collapsed.size()};
}

// httpd's own, which its logs can show (%{c}L).
std::string_view connection_id_of(const request_rec* request) {
  conn_rec* const connection = request->connection;
  if (connection->log_id == nullptr)
    ap_run_generate_log_id(connection, nullptr, &connection->log_id);
  return text_or_empty(connection->log_id);
}

std::string_view script_name_of(apr_pool_t* pool, std::string_view mounted,
                                const std::optional<core::MountClaim>& claim) {
  if (!claim) return mounted;
  if (!claim->is_prefix || mounted.empty()) return claim->path;
  const std::string whole = std::string(claim->path).append(mounted);
  return {pool_text(pool, whole), whole.size()};
}

// Only of a WarpHandlerScript; the handler of a mount is the same for all.
std::string_view handler_of(const Request& request) {
  const std::string_view handler = text_or_empty(request.httpd->handler);
  return request.match.mount->key == handler ? handler : std::string_view();
}

void add_facts(wire::RequestHeadEncoder& encoder, const Request& request,
               const core::Forwarding& forwarding) {
  request_rec* const r = request.httpd;
  const conn_rec& connection = *r->connection;
  const Digits server_port(ap_get_server_port(r));
  const Digits remote_port(r->useragent_addr != nullptr ? r->useragent_addr->port : 0);
  const Digits listener_port(connection.local_addr != nullptr ? connection.local_addr->port : 0);
  const Digits pid(request.number >> 32U);  // the numbers of a child begin with it
  const Digits attempt(request.attempt);
  const auto told_or = [](std::string_view told, std::string_view own) {
    return told.empty() ? own : told;
  };
  const bool is_client_told = !forwarding.remote_address.empty();
  const std::string_view mounted = single_slashes(r->pool, request.match.script_name);
  core::add_request_variables(
      encoder,
      {.method = method_for_application(r),
       .unparsed_uri = text_or_empty(as_sent(r)->unparsed_uri),
       .query = text_or_empty(r->args),
       .script_name = script_name_of(r->pool, mounted, forwarding.mount),
       .path_info = single_slashes(r->pool, request.match.path_info),
       .protocol = text_or_empty(r->protocol),
       .scheme = told_or(forwarding.scheme, scheme_of(r)),
       .server_software = text_or_empty(ap_get_server_banner()),
       .server_name = told_or(forwarding.server_name, text_or_empty(ap_get_server_name_for_url(r))),
       .server_port = told_or(forwarding.server_port, server_port.view()),
       .server_address = text_or_empty(connection.local_ip),
       .server_admin = text_or_empty(r->server->server_admin),
       .remote_address = told_or(forwarding.remote_address, text_or_empty(r->useragent_ip)),
       .remote_port = is_client_told ? forwarding.remote_port : remote_port.view(),
       .remote_user = text_or_empty(r->user),
       .auth_type = text_or_empty(r->ap_auth_type),
       .document_root = text_or_empty(ap_document_root(r)),
       .context_prefix = text_or_empty(ap_context_prefix(r)),
       .context_document_root = text_or_empty(ap_context_document_root(r)),
       .script_filename = text_or_empty(r->filename),
       .request_id = request.id,
       .attempt = attempt.view(),
       .connection_id = connection_id_of(r),
       .listener_host = text_or_empty(connection.local_ip),
       .listener_port = listener_port.view(),
       .server_pid = pid.view(),
       .mounted_script_name = mounted,
       .mount_point = forwarding.mount ? forwarding.mount->path : std::string_view(),
       .request_handler = handler_of(request),
       .redirect_url = r->prev != nullptr ? text_or_empty(r->prev->uri) : std::string_view(),
       .redirect_query = r->prev != nullptr ? text_or_empty(r->prev->args) : std::string_view()});
}

void add_headers(wire::RequestHeadEncoder& encoder, const Request& request,
                 const std::optional<core::Forwarding>& forwarding) {
  std::string scratch;
  const core::Credentials credentials = credentials_for(request);
  for_each_entry(request.httpd->headers_in, [&](std::string_view name, std::string_view value) {
    if (forwarding) {
      const auto index = core::proxy_header_index(name);
      if (index && forwarding->is_hidden[*index]) return;
      if (index && !forwarding->shown[*index].empty()) value = forwarding->shown[*index];
    }
    core::add_header(encoder, name, value, credentials, scratch);
  });
  if (forwarding && !forwarding->host.empty())
    core::add_header(encoder, "Host", forwarding->host, credentials, scratch);
}

}  // namespace

Result<> encode_head(Request& request) {
  request.head.clear();
  request.head.reserve(kUsualHead);
  wire::RequestHeadEncoder encoder(
      request.head,
      {.request_id = request.number,
       .arrived_us = static_cast<std::uint64_t>(request.httpd->request_time),
       .sent_us = scoreboard::now_us(),
       .body = request.body.kind(),
       .body_length = request.body.declared_length(),
       .preloaded_length = static_cast<std::uint32_t>(request.body.preloaded().size()),
       .preload_is_whole = request.body.is_preload_whole(),
       .environ = {}});
  const std::optional<core::Forwarding> forwarding = forwarding_of(request.httpd);
  // Later ones win: no SetEnv can pose as a header or as the client's address.
  for_each_entry(request.httpd->subprocess_env, [&](std::string_view name, std::string_view value) {
    core::add_environment(encoder, name, value);
  });
  add_headers(encoder, request, forwarding);
  const core::Forwarding as_httpd_sees_it;
  add_facts(encoder, request, forwarding ? *forwarding : as_httpd_sees_it);
  return encoder.finish(request.group.group.limits.request_head);
}

}  // namespace warp
