// The addresses behind "127.0.0.1:9180" or "localhost:9180".
#pragma once

#include <netdb.h>

#include <memory>
#include <string>

#include "base/deadline.hpp"
#include "base/result.hpp"

namespace warp {

struct FreeAddresses {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
// In the order in which they are to be tried.
using AddressList = std::unique_ptr<addrinfo, FreeAddresses>;

// kInvalidSetting for what is no host and port, and for a name that is not known; kTimeout when the
// name servers have not answered by then.
[[nodiscard]] Result<AddressList> look_up(const std::string& address, Deadline deadline);

}  // namespace warp
