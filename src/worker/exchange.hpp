// One request and its response, as the application gets them. One thread may read the body while
// another writes the response, and any may log; all of them have to be done when the application
// has served the request.
#pragma once

#include "wire/request_head.hpp"
#include "worker/request_body.hpp"
#include "worker/request_log.hpp"
#include "worker/response.hpp"

namespace warp::worker {

struct Exchange {
  const wire::RequestHead& head;
  RequestBody& body;
  Response& response;
  RequestLog& log;
};

}  // namespace warp::worker
