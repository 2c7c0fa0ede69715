// Accept-Encoding of a request (RFC 9110 12.5.3).
#pragma once

#include <string_view>

namespace warp::core {

// How much the client wants a coding ("br"), in thousandths; 0 when it does not take it. A field
// that can't be read wants nothing.
[[nodiscard]] unsigned wanted(std::string_view accept_encoding, std::string_view coding);

}  // namespace warp::core
