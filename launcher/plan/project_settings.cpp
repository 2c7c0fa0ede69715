#include "launcher/plan/project_settings.hpp"

#include "launcher/settings/detected.hpp"

namespace warp {

Result<Settings> settings_for(const Settings& said, const Project& project) {
  std::vector<DetectedOption> options;
  for (const DetectedValue& value : project.values)
    options.push_back({.name = value.option, .value = value.value, .origin = value.where});
  return with_detected(said, options);
}

}  // namespace warp
