// The Python scripts that CMake puts into the program.
#pragma once

#include <string_view>

namespace warp {

extern const std::string_view kAskApplicationScript;
extern const std::string_view kAskDjangoScript;
extern const std::string_view kCheckSyntaxScript;
extern const std::string_view kCollectStaticScript;
extern const std::string_view kSurveyScript;

}  // namespace warp
