// What the directives in <Location> and its like say.
#pragma once

#include <cstdint>
#include <optional>

#include "mod_warp/apache.hpp"
#include "mod_warp/core/request_id.hpp"
#include "mod_warp/core/trusted_proxies.hpp"

namespace warp {

// Whether the application sees GET for HEAD, so that filters of httpd (mod_deflate) see the body
// that a GET would have had.
enum class MapHead : std::uint8_t { kAuto, kOn, kOff };

// Absent: not written. The members with defaults are what holds for a request.
struct DirectoryConfig {
  std::optional<bool> pass_authorization;
  std::optional<MapHead> map_head_to_get;
  std::optional<bool> error_override;
  std::optional<bool> chunked_request;
  std::optional<bool> precompressed;
  core::TrustedHeaders* trusted_headers = nullptr;  // in httpd's pool, as the next
  std::vector<core::Network>* trusted_proxies = nullptr;
  core::TrustedIdHeaders* trusted_ids = nullptr;

  [[nodiscard]] bool passes_authorization() const { return pass_authorization.value_or(false); }
  [[nodiscard]] MapHead maps_head_to_get() const {
    return map_head_to_get.value_or(MapHead::kAuto);
  }
  // httpd's ErrorDocument replaces the body of a 4xx or 5xx response.
  [[nodiscard]] bool overrides_errors() const { return error_override.value_or(false); }
  // A body of unknown length is taken; else it is answered 411.
  [[nodiscard]] bool takes_chunked_requests() const { return chunked_request.value_or(true); }
  // Files with a compressed one beside them.
  [[nodiscard]] bool serves_precompressed() const { return precompressed.value_or(false); }
};

// As merged for this request.
[[nodiscard]] const DirectoryConfig& directory_config_of(const request_rec* request);

}  // namespace warp
