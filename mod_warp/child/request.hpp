// One request on its way through the child.
#pragma once

#include <string>

#include "mod_warp/child/child.hpp"
#include "mod_warp/child/match.hpp"
#include "mod_warp/child/request_body.hpp"

namespace warp {

struct Request {
  request_rec* httpd = nullptr;
  const MatchedRequest& match;
  Child& child;
  ChildGroup& group;
  RequestBody body;
  std::string head;  // encoded; kept for a second try
};

}  // namespace warp
