#include "launcher/settings/detected.hpp"

namespace warp {

Result<Settings> with_detected(Settings settings, const std::vector<DetectedOption>& detected) {
  for (const DetectedOption& each : detected) {
    if (settings.origins.contains(each.name)) continue;
    const Option* const option = find_option(each.name);
    if (option == nullptr) continue;
    WARP_CHECK(option->store(settings, {option, {each.value}, each.origin, "/"}));
    settings.origins[each.name] = each.origin;
  }
  return settings;
}

}  // namespace warp
