// A supervisor asks a template for a worker: over a SOCK_SEQPACKET socketpair go a slot and the
// descriptors that the worker gets; a pid comes back.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp::channel {

struct OrderEnds {
  UniqueFd supervisor;
  UniqueFd fork_template;
};
[[nodiscard]] Result<OrderEnds> make_order_socket();

// What a worker inherits from its supervisor; the rest it has from the template.
struct WorkerDescriptors {
  int connector = -1;
  int status = -1;
  int crash = -1;
};

// The supervisor's side: the new worker's pid. kTimeout, kClosed and kSystem say that the template
// is of no more use.
[[nodiscard]] Result<pid_t> order_worker(int socket, std::uint32_t slot,
                                         const WorkerDescriptors& descriptors,
                                         const Deadline& deadline);

// The template's side.
struct ForkOrder {
  std::uint32_t slot = 0;
  UniqueFd connector;
  UniqueFd status;
  UniqueFd crash;
};
// Waits for the next one; nullopt when the supervisor wants no more.
[[nodiscard]] Result<std::optional<ForkOrder>> receive_order(int socket);
// The pid, or 0 when there is no worker.
[[nodiscard]] Result<> answer_order(int socket, pid_t worker);

}  // namespace warp::channel
