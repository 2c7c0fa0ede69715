// Which URLs httpd serves from the disk.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

struct StaticPlan {
  std::vector<StaticFiles> files;  // longest URL first, as mod_alias takes the first that fits
  std::optional<std::string> collect_into;
};

// Not an address elsewhere ("https://cdn…"), and not the whole site.
[[nodiscard]] bool can_be_mapped(const std::string& url);

// --url-alias; for a Django project, STATIC_URL; and what detection has found of other frameworks.
[[nodiscard]] StaticPlan plan_static_files(const Settings& settings, const Project& project,
                                           const std::string& server_root, Host& host);

}  // namespace warp
