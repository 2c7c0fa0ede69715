// The answer of ask_django.py. The only file that includes nlohmann's JSON is its .cpp.
#pragma once

#include "launcher/detect/project.hpp"

namespace warp {

[[nodiscard]] Result<Django> parse_django_answer(std::string_view json);

}  // namespace warp
