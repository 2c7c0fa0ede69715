// The answers of the control socket: one request line in, one JSON document out. The door to
// nlohmann-json in this part.
#pragma once

#include <string>
#include <string_view>

#include "supervisor/group_control.hpp"

namespace warp::supervisor {

// Of a request, without the end of its line.
inline constexpr std::size_t kLongestRequest = 256;

[[nodiscard]] std::string answer_request(std::string_view request, GroupControl& group);
[[nodiscard]] std::string error_answer(std::string_view reason);

}  // namespace warp::supervisor
