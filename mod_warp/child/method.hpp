// The method of a request as its application sees it.
#pragma once

#include <string_view>

#include "mod_warp/apache.hpp"

namespace warp {

// HEAD may be presented as GET (MapHEADToGET), so that what httpd's filters make of the body
// (mod_deflate: another length) shows in the header as it would for a GET. httpd drops the body.
[[nodiscard]] std::string_view method_for_application(const request_rec* request);

}  // namespace warp
