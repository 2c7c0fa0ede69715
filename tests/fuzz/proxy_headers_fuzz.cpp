// What clients and proxies write into X-Forwarded-For, Forwarded and the like. The first byte
// chooses which of them are trusted, NULs separate the values.
#include <algorithm>
#include <cstdint>

#include "base/strings.hpp"
#include "fuzz_input.hpp"
#include "mod_warp/core/trusted_proxies.hpp"

namespace {

using namespace warp;

bool is_within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  core::ProxyClaims claims;
  const std::vector<std::string_view> values = split(text, '\0');
  for (std::size_t i = 0; i < std::min(values.size(), claims.size()); ++i) claims[i] = values[i];

  core::TrustedHeaders headers;
  for (std::size_t i = 0; i < claims.size(); ++i) headers.push_back((i + data[0]) % claims.size());
  const std::vector<core::Network> proxies = {*core::parse_network("10.0.0.0/8"),
                                              *core::parse_network("fd00::/8")};
  const core::Forwarding seen = core::resolve_forwarding(
      {.headers = headers, .proxies = proxies}, parse_internet_address("10.0.0.1"), claims);

  require(seen.remote_address.empty() || parse_internet_address(seen.remote_address));
  require(seen.remote_port.empty() || core::is_port(seen.remote_port));
  require(seen.scheme.empty() || seen.scheme == "http" || seen.scheme == "https");
  require(seen.host.find_first_of(" \t\r\n\"/\\<>@,;") == std::string_view::npos);
  require(!seen.mount || !seen.mount->path.starts_with("//"));
  for (std::size_t i = 0; i < claims.size(); ++i) {
    require(is_within(seen.shown[i], claims[i]));
    require(seen.shown[i].empty() || !seen.is_hidden[i]);
  }
  return 0;
}
