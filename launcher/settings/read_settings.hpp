// The settings from all sources: flag, then environment variable, then file, then default.
#pragma once

#include "launcher/settings/sources.hpp"

namespace warp {

struct Configuration {
  Settings settings;
  Sources sources;
};

// Reports all problems at once, and before them those of the command line that are known already.
[[nodiscard]] Result<Configuration> read_configuration(const std::vector<Given>& flags, Host& host,
                                                       Problems problems = {});

// The same without what was overridden.
[[nodiscard]] Result<Settings> read_settings(const std::vector<Given>& flags, Host& host,
                                             Problems problems = {});

}  // namespace warp
