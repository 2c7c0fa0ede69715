// One request on its way through the child.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mod_warp/child/child.hpp"
#include "mod_warp/child/match.hpp"
#include "mod_warp/child/request_body.hpp"

namespace warp {

struct Request {
  request_rec* httpd = nullptr;
  const MatchedRequest& match;
  Child& child;
  ChildGroup& group;
  Journey& journey;
  RequestBody body;
  std::uint64_t number = 0;  // unique among the children of one httpd, another for each attempt
  std::string_view id;       // as environ has it and the application's lines in the log begin
  std::string head;          // encoded; kept for another try
  unsigned attempt = 1;      // counts the times that the application may have been called
};

}  // namespace warp
