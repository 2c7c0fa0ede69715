// The files of page/, as the build embeds them.
#pragma once

#include <string_view>

namespace warp::management {

struct Asset {
  std::string_view text;
  std::string_view sha256;  // in hexadecimal digits
};

extern const std::string_view kPageFrame;  // with {{words}} to be replaced
extern const Asset kPageStyle;
extern const Asset kPageScript;

}  // namespace warp::management
