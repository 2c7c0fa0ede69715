#include "mod_warp/parent/heritage.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace warp {
namespace {

Result<UniqueFd> sealed_memory(const std::string& bytes) {
  UniqueFd fd(::memfd_create("warp-config", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return fail_errno("memfd_create warp-config");
  if (::pwrite(fd.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return fail_errno("write warp-config");
  constexpr int kSeals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
  if (::fcntl(fd.get(), F_ADD_SEALS, kSeals) != 0) return fail_errno("seal warp-config");
  return fd;
}

// The only worker of a group also gets the requests that wait.
LedgerSize size_of_ledger(const wire::GroupConfig& settings, std::uint32_t slots,
                          std::uint32_t queue_limit) {
  const std::uint32_t more = settings.processes == 1 ? queue_limit : 0;
  return {.slots = slots, .places = settings.threads + more, .queue_limit = queue_limit};
}

}  // namespace

std::vector<int> Heritage::for_supervisor() const {
  std::vector<int> descriptors = {config.get(), segment.get()};
  for (const channel::Connector& connector : connectors)
    descriptors.push_back(connector.worker_end.get());
  return descriptors;
}

void Heritage::keep_only_what_children_use() {
  config.reset();
  segment.reset();
  ledger_memory.reset();
  for (channel::Connector& connector : connectors) connector.worker_end.reset();
}

Result<Heritage> make_heritage(const wire::GroupConfig& settings, std::uint32_t queue_limit) {
  WARP_TRY(UniqueFd config, sealed_memory(wire::encode_group_config(settings)));
  WARP_TRY(UniqueFd segment,
           scoreboard::create_segment({.slots = settings.processes, .threads = settings.threads}));
  WARP_TRY(scoreboard::Scoreboard board, scoreboard::Scoreboard::map(segment.get()));
  const LedgerSize size = size_of_ledger(settings, board.dimensions().slots, queue_limit);
  WARP_TRY(UniqueFd ledger_memory, Ledger::create(size));
  WARP_TRY(Ledger ledger, Ledger::map(ledger_memory.get(), size));
  Heritage heritage{.config = std::move(config),
                    .segment = std::move(segment),
                    .board = std::move(board),
                    .connectors = {},
                    .ledger_memory = std::move(ledger_memory),
                    .ledger = std::move(ledger)};
  for (std::uint32_t slot = 0; slot < heritage.board.dimensions().slots; ++slot) {
    WARP_TRY(channel::Connector connector, channel::make_connector());
    heritage.connectors.push_back(std::move(connector));
  }
  return heritage;
}

}  // namespace warp
