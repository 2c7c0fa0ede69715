// The templates that a supervisor has at a time: one for each generation that is preloaded, at most
// that of the generation that serves and that of the next.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "channel/fork_order.hpp"

namespace warp::supervisor {

class Templates final {
 public:
  void add(std::uint32_t generation, pid_t pid, UniqueFd orders);
  [[nodiscard]] bool has(std::uint32_t generation) const { return all_.contains(generation); }
  [[nodiscard]] std::optional<std::uint32_t> generation_of(pid_t pid) const;

  // A new worker's pid, within a few seconds. A template that does not fork, or not in time, is
  // killed.
  [[nodiscard]] Result<pid_t> fork_worker(std::uint32_t generation, std::uint32_t slot,
                                          const channel::WorkerDescriptors& descriptors);
  // It ends by itself when nobody gives orders any more; one that is still importing, at once.
  void end(std::uint32_t generation);
  // Of one that has ended.
  void forget(std::uint32_t generation) { all_.erase(generation); }

 private:
  struct Template {
    pid_t pid;
    UniqueFd orders;
  };
  std::map<std::uint32_t, Template> all_;
};

}  // namespace warp::supervisor
