// Names that go into manifests: an API server takes few characters, and so do we.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "launcher/manifests/manifest_request.hpp"

namespace warp {

// "my-shop" for "My Shop": what objects are called, and the service in DNS.
[[nodiscard]] Result<std::string> object_name(std::string_view project);

// "shop.example.org", "*.example.org".
[[nodiscard]] bool is_host_name(std::string_view name);

// Whether the way into that cluster may have the name, which `origin` says.
[[nodiscard]] Result<> check_host(const std::string& origin, std::string_view name,
                                  Platform platform);

// A repository's address, as git and an API server read it.
[[nodiscard]] Result<> check_source(std::string_view address);

}  // namespace warp
