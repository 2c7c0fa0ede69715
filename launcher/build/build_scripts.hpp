// The Python scripts of a build that CMake puts into the program.
#pragma once

#include <string_view>

namespace warp {

extern const std::string_view kAskProjectScript;
extern const std::string_view kCompileProjectScript;
extern const std::string_view kPrecompressScript;

}  // namespace warp
