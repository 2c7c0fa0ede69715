// The output of show-config, for people and for programs.
#pragma once

#include "launcher/explain/config_rows.hpp"

namespace warp {

struct ConfigReport {
  std::string project;
  std::vector<std::string> files;
  std::vector<ConfigRow> rows;
  std::vector<UnusedVariable> unused;
  std::string not_detected;  // why; empty when it was
};

[[nodiscard]] std::string config_text(const ConfigReport& report);
[[nodiscard]] std::string config_json(const ConfigReport& report);

}  // namespace warp
