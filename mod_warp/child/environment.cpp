#include "mod_warp/child/environment.hpp"

#include <array>
#include <charconv>

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
  explicit Digits(std::uint64_t number, int base = 10) {
    const auto end = std::to_chars(text_.data(), text_.data() + text_.size(), number, base);
    size_ = static_cast<std::size_t>(end.ptr - text_.data());
  }
  [[nodiscard]] std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, 24> text_{};
  std::size_t size_ = 0;
};

bool is_https(const request_rec* request) {
  return core::means_https(text_or_empty(apr_table_get(request->subprocess_env, "HTTPS"))) ||
         text_or_empty(ap_http_scheme(request)) == "https";
}

core::Credentials credentials_for(const Request& request) {
  const auto& core_config = *static_cast<const core_dir_config*>(
      ap_get_core_module_config(request.httpd->per_dir_config));
  const bool is_passed = request.match.mount->pass_authorization.value_or(
      directory_config_of(request.httpd).pass_authorization.value_or(false));
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

void add_facts(wire::RequestHeadEncoder& encoder, const Request& request, std::uint64_t id) {
  request_rec* const r = request.httpd;
  const Digits server_port(ap_get_server_port(r));
  const Digits remote_port(r->useragent_addr != nullptr ? r->useragent_addr->port : 0);
  const Digits own_id(id, 16);
  core::add_request_variables(
      encoder, {.method = text_or_empty(r->method),
                .unparsed_uri = text_or_empty(as_sent(r)->unparsed_uri),
                .query = text_or_empty(r->args),
                .script_name = request.match.mount->url,
                .path_info = single_slashes(r->pool, request.match.path_info),
                .protocol = text_or_empty(r->protocol),
                .scheme = is_https(r) ? "https" : "http",
                .server_software = text_or_empty(ap_get_server_banner()),
                .server_name = text_or_empty(ap_get_server_name_for_url(r)),
                .server_port = server_port.view(),
                .server_address = text_or_empty(r->connection->local_ip),
                .server_admin = text_or_empty(r->server->server_admin),
                .remote_address = text_or_empty(r->useragent_ip),
                .remote_port = remote_port.view(),
                .remote_user = text_or_empty(r->user),
                .auth_type = text_or_empty(r->ap_auth_type),
                .document_root = text_or_empty(ap_document_root(r)),
                .context_prefix = text_or_empty(ap_context_prefix(r)),
                .context_document_root = text_or_empty(ap_context_document_root(r)),
                .script_filename = text_or_empty(r->filename),
                .request_id = r->log_id != nullptr ? std::string_view(r->log_id) : own_id.view()});
}

}  // namespace

Result<> encode_head(Request& request) {
  const std::uint64_t id = request.child.next_request_id();
  request.head.reserve(kUsualHead);
  wire::RequestHeadEncoder encoder(
      request.head,
      {.request_id = id,
       .arrived_us = static_cast<std::uint64_t>(request.httpd->request_time),
       .sent_us = scoreboard::now_us(),
       .body = request.body.kind(),
       .body_length = request.body.declared_length(),
       .preloaded_length = static_cast<std::uint32_t>(request.body.preloaded().size()),
       .preload_is_whole = request.body.is_preload_whole(),
       .environ = {}});
  // Later ones win: no SetEnv can pose as a header or as the client's address.
  for_each_entry(request.httpd->subprocess_env, [&](std::string_view name, std::string_view value) {
    core::add_environment(encoder, name, value);
  });
  std::string scratch;
  const core::Credentials credentials = credentials_for(request);
  for_each_entry(request.httpd->headers_in, [&](std::string_view name, std::string_view value) {
    core::add_header(encoder, name, value, credentials, scratch);
  });
  add_facts(encoder, request, id);
  return encoder.finish();
}

}  // namespace warp
