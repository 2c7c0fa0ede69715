#include "supervisor/templates.hpp"

#include <sys/wait.h>

#include <csignal>
#include <utility>

namespace warp::supervisor {
namespace {

// A fork takes milliseconds; what the application does around it (os.register_at_fork) may take
// longer. The supervisor does nothing else meanwhile.
constexpr std::chrono::seconds kLongestFork{5};

}  // namespace

void Templates::add(std::uint32_t generation, pid_t pid, UniqueFd orders) {
  all_.insert_or_assign(generation, Template{.pid = pid, .orders = std::move(orders)});
}

std::optional<std::uint32_t> Templates::generation_of(pid_t pid) const {
  for (const auto& [generation, each] : all_)
    if (each.pid == pid) return generation;
  return std::nullopt;
}

Result<pid_t> Templates::fork_worker(std::uint32_t generation, std::uint32_t slot,
                                     const channel::WorkerDescriptors& descriptors) {
  const auto found = all_.find(generation);
  if (found == all_.end()) return fail(Errc::kNotFound, "there is no template");
  auto worker = channel::order_worker(found->second.orders.get(), slot, descriptors,
                                      Deadline::in(kLongestFork));
  // A pid that is no child of ours is the word of an application that speaks for its template.
  siginfo_t state{};
  const auto id = static_cast<id_t>(worker.value_or(0));
  if (worker && ::waitid(P_PID, id, &state, WEXITED | WNOHANG | WNOWAIT) != 0)
    worker = fail(Errc::kProtocol, "the template's answer names no worker");
  if (!worker) ::kill(found->second.pid, SIGKILL);
  return worker;
}

void Templates::end(std::uint32_t generation) {
  const auto found = all_.find(generation);
  if (found == all_.end()) return;
  ::kill(found->second.pid, SIGTERM);
  found->second.orders.reset();
}

}  // namespace warp::supervisor
