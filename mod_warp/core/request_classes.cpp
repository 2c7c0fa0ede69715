#include "mod_warp/core/request_classes.hpp"

#include <algorithm>
#include <array>

namespace warp::core {
namespace {

constexpr std::array<std::string_view, kMethodClasses> kMethods = {
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"};
constexpr std::array<std::string_view, kStatusClasses> kStatuses = {"1xx", "2xx", "3xx", "4xx",
                                                                    "5xx"};

}  // namespace

MethodClass class_of_method(std::string_view method) {
  const auto* const other = kMethods.end() - 1;
  return static_cast<MethodClass>(std::find(kMethods.begin(), other, method) - kMethods.begin());
}

std::string_view label_of(MethodClass method) { return kMethods[static_cast<std::size_t>(method)]; }

StatusClass class_of_status(int status) {
  if (status < 100 || status > 599) return StatusClass::k5xx;
  return static_cast<StatusClass>(status / 100 - 1);
}

std::string_view label_of(StatusClass status) {
  return kStatuses[static_cast<std::size_t>(status)];
}

}  // namespace warp::core
