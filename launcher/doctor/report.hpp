// The doctor's findings, for people and for programs.
#pragma once

#include "launcher/doctor/finding.hpp"

namespace warp {

[[nodiscard]] bool has_problem(const Findings& findings);
// A line for each finding; further lines of a text are indented.
[[nodiscard]] std::string findings_text(const Findings& findings);
[[nodiscard]] std::string findings_json(const Findings& findings);

}  // namespace warp
