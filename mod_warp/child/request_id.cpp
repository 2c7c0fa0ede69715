#include "mod_warp/child/request_id.hpp"

#include <cinttypes>
#include <optional>

#include "mod_warp/child/forwarding.hpp"
#include "mod_warp/config/directory_config.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

constexpr const char* kField = "X-Request-Id";

// httpd has joined fields of one name with commas, which no id has: two ids are none.
std::optional<std::string_view> id_from_proxy(const request_rec* request,
                                              const core::TrustedIdHeaders& headers) {
  if (!is_from_trusted_proxy(request)) return std::nullopt;
  for (const std::size_t index : headers) {
    const core::RequestIdHeader& header = core::kRequestIdHeaders[index];
    const char* const value = apr_table_get(request->headers_in, header.name.data());
    if (const auto id = core::request_id_in(header.form, text_or_empty(value))) return id;
  }
  return std::nullopt;
}

// httpd makes a request's id (%L in its logs) when it first needs one. Whoever is first, and
// mod_unique_id before all, it is the same everywhere.
const char* own_id(const request_rec* request, std::uint64_t number) {
  if (request->log_id != nullptr) return request->log_id;
  const char* const unique = apr_table_get(request->subprocess_env, "UNIQUE_ID");
  return unique != nullptr ? unique : apr_psprintf(request->pool, "%" PRIx64, number);
}

}  // namespace

std::string_view name_request(request_rec* request, std::uint64_t number) {
  const core::TrustedIdHeaders* const headers = directory_config_of(request).trusted_ids;
  const auto from_proxy = headers == nullptr ? std::nullopt : id_from_proxy(request, *headers);
  request->log_id = from_proxy ? pool_text(request->pool, *from_proxy) : own_id(request, number);
  if (headers != nullptr) apr_table_setn(request->err_headers_out, kField, request->log_id);
  return request->log_id;
}

void yield_to_own_id(request_rec* request) {
  if (directory_config_of(request).trusted_ids == nullptr) return;
  if (apr_table_get(request->headers_out, kField) != nullptr)
    apr_table_unset(request->err_headers_out, kField);
}

}  // namespace warp
