// One request and its response, as the application gets them.
#pragma once

#include "wire/request_head.hpp"
#include "worker/request_body.hpp"
#include "worker/response.hpp"

namespace warp::worker {

struct Exchange {
  const wire::RequestHead& head;
  RequestBody& body;
  Response& response;
};

}  // namespace warp::worker
