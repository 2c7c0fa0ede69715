// Asking a running server's management pages, as an exec probe does.
#pragma once

#include <string>
#include <string_view>

#include "base/deadline.hpp"
#include "base/result.hpp"

namespace warp {

// "127.0.0.1:9180" or "[::1]:9180": where to ask a server that listens on "127.0.0.1:9180",
// "[::1]:9180" or, for all addresses, "9180".
[[nodiscard]] std::string address_for_clients(const std::string& listen);

// What start-server has left in its root for probes. kNotFound when there are no such pages, or no
// server.
[[nodiscard]] Result<std::string> management_address(const std::string& server_root);

struct PageAnswer {
  unsigned status = 0;
  std::string text{};
};
// The page of that name; the host may be a name, too. kNotFound when nobody listens there, kTimeout
// after the deadline.
[[nodiscard]] Result<PageAnswer> ask_page(const std::string& address, std::string_view page,
                                          Deadline deadline);

}  // namespace warp
