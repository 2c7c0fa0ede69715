// What one check of the doctor has come to.
#pragma once

#include <string>
#include <vector>

namespace warp {

enum class Verdict { kOk, kWarning, kProblem };

struct Finding {
  Verdict verdict = Verdict::kOk;
  std::string check{};  // "port"
  std::string text{};   // what was found and, unless it is well, what to do
};

using Findings = std::vector<Finding>;

}  // namespace warp
