// The addresses that httpd listens on, tried before anything is written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace warp {

enum class Scheme { kHttp, kHttps };

struct ListenPlan {
  std::vector<std::string> listen;  // arguments of httpd's Listen
  std::string url;                  // where a browser goes
};

// Resolves the host ("" for all addresses) and binds each address for a moment: kAddressInUse names
// who has it, as far as this user may see that.
[[nodiscard]] Result<ListenPlan> plan_listen(const std::string& host, std::uint16_t port,
                                             Scheme scheme = Scheme::kHttp);

// "https://www.example.org:8443/"; localhost for a host that means all addresses.
[[nodiscard]] std::string url_of(Scheme scheme, const std::string& host, std::uint16_t port);

}  // namespace warp
