// The settings as show-config tells them: each option's value, who said it, and what that overrode.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/plan/process_count.hpp"
#include "launcher/settings/read_settings.hpp"
#include "launcher/settings/variable_words.hpp"

namespace warp {

// What one source said; secrets are hidden.
struct Saying {
  Words words;
  std::string_view source;  // "flag", "environment", "file", "detected", "default"
  std::string from;         // "--port", "PORT", "/srv/app/warpdrive.toml:3:8"; else empty
};

struct ConfigRow {
  const Option* option = nullptr;
  std::optional<Saying> value;   // none: nobody said anything, and nothing was detected
  std::vector<Saying> overrode;  // the strongest first; a default is none of them
};

// `project`: what was detected, nullptr when it could not be. `count`: what a start would reckon.
[[nodiscard]] std::vector<ConfigRow> config_rows(const Configuration& configuration,
                                                 const Project* project, const ProcessCount& count);

}  // namespace warp
