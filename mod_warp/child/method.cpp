#include "mod_warp/child/method.hpp"

#include "mod_warp/config/directory_config.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

// A chain of filters begins with those of the content; the rest only puts it into a protocol.
bool has_content_filter(const request_rec* request) {
  return request->output_filters->frec->ftype < AP_FTYPE_PROTOCOL;
}

bool shows_get(const request_rec* request) {
  switch (directory_config_of(request).maps_head_to_get()) {
    case MapHead::kOn:
      return true;
    case MapHead::kOff:
      return false;
    case MapHead::kAuto:
      break;
  }
  return has_content_filter(request);
}

}  // namespace

std::string_view method_for_application(const request_rec* request) {
  const std::string_view method = text_or_empty(request->method);
  return method == "HEAD" && shows_get(request) ? "GET" : method;
}

}  // namespace warp
