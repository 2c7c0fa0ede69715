// What a folder holds to serve, by the order of docs/detection.md.
#pragma once

#include "launcher/detect/survey.hpp"

namespace warp {

// Fills project.application and what belongs to it. False when nothing was found; project.evidence
// then has what came near it. Several candidates without a winner are an error that lists them.
[[nodiscard]] Result<bool> find_application(Search& search);

}  // namespace warp
