#include "supervisor/worker_environment.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace warp::supervisor {

std::vector<std::string> worker_environment(const char* const* inherited,
                                            const wire::GroupConfig& config) {
  const std::vector<std::pair<std::string_view, std::string_view>> settings = {
      {"HOME", config.user_home},
      {"USER", config.user_name},
      {"LOGNAME", config.user_name},
      {"LANG", config.language},
      {"LC_ALL", config.locale}};
  const auto is_set_here = [&](std::string_view entry) {
    const std::string_view name = entry.substr(0, entry.find('='));
    return std::any_of(settings.begin(), settings.end(), [&](const auto& setting) {
      return setting.first == name && !setting.second.empty();
    });
  };
  std::vector<std::string> environment;
  for (; *inherited != nullptr; ++inherited)
    if (!is_set_here(*inherited)) environment.emplace_back(*inherited);
  for (const auto& [name, value] : settings)
    if (!value.empty()) environment.push_back(std::string(name) + "=" + std::string(value));
  return environment;
}

}  // namespace warp::supervisor
