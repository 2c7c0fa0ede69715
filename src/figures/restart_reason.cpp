#include "figures/restart_reason.hpp"

#include <array>

namespace warp::figures {

std::string_view text_of(RestartReason reason) {
  static constexpr std::array<std::string_view, kRestartReasons> kTexts = {"crash",
                                                                           "reload",
                                                                           "script-changed",
                                                                           "failed-import",
                                                                           "startup-timeout",
                                                                           "request-timeout",
                                                                           "maximum-requests",
                                                                           "restart-interval",
                                                                           "inactivity-timeout",
                                                                           "memory-limit",
                                                                           "cpu-time-limit",
                                                                           "standstill"};
  return kTexts[static_cast<std::size_t>(reason)];
}

}  // namespace warp::figures
