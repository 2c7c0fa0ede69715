// Names that go into manifests: an API server takes few characters, and so do we.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp {

// "my-shop" for "My Shop": what objects are called, and the service in DNS.
[[nodiscard]] Result<std::string> object_name(std::string_view project);

// "shop.example.org", "*.example.org".
[[nodiscard]] bool is_host_name(std::string_view name);

// A repository's address, as git and an API server read it.
[[nodiscard]] Result<> check_source(std::string_view address);

}  // namespace warp
