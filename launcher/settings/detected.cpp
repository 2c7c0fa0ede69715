#include "launcher/settings/detected.hpp"

#include <algorithm>

namespace warp {

Result<Settings> with_detected(Settings settings, const std::vector<DetectedOption>& detected) {
  for (const DetectedOption& each : detected) {
    if (std::find(settings.given.begin(), settings.given.end(), each.name) != settings.given.end())
      continue;
    const Option* const option = find_option(each.name);
    if (option == nullptr) continue;
    WARP_CHECK(option->store(settings, {option, {each.value}, each.origin, "/"}));
  }
  return settings;
}

}  // namespace warp
