#include "mod_warp/parent/heritage.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace warp {
namespace {

// Among the descriptors of a heritage.
constexpr std::size_t kSegment = 1;
constexpr std::size_t kLedger = 2;

// Every descriptor of a heritage but the control socket's, in a fixed order.
template <typename Visit>
void for_each_descriptor(Heritage& heritage, Visit&& visit) {
  visit(heritage.config);
  visit(heritage.segment);
  visit(heritage.ledger_memory);
  for (channel::Connector& connector : heritage.connectors) {
    visit(connector.child_end);
    visit(connector.worker_end);
  }
}

// As make_heritage() lays a group's scoreboard out.
scoreboard::Dimensions dimensions_of(const wire::GroupConfig& settings) {
  return {.slots = wire::slots_for(settings.processes), .threads = settings.threads};
}

bool is_same(const scoreboard::Dimensions& a, const scoreboard::Dimensions& b) {
  return a.slots == b.slots && a.threads == b.threads;
}

// One per slot.
std::size_t connector_count(const wire::GroupConfig& settings) {
  return wire::slots_for(settings.processes);
}

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
LedgerSize size_of_ledger(const wire::GroupConfig& settings, std::uint32_t queue_limit) {
  const std::uint32_t more = settings.processes == 1 ? queue_limit : 0;
  return {.slots = wire::slots_for(settings.processes),
          .places = settings.threads + more,
          .queue_limit = queue_limit};
}

}  // namespace

std::vector<int> Heritage::for_supervisor(const std::vector<int>& figures) const {
  std::vector<int> descriptors = {config.get(), segment.get(), control.descriptor()};
  descriptors.insert(descriptors.end(), figures.begin(), figures.end());
  for (const channel::Connector& connector : connectors)
    descriptors.push_back(connector.worker_end.get());
  return descriptors;
}

void Heritage::keep_only_what_children_use() {
  config.reset();
  segment.reset();
  ledger_memory.reset();
  control.close();
  for (channel::Connector& connector : connectors) connector.worker_end.reset();
}

std::vector<UniqueFd> Heritage::release() {
  std::vector<UniqueFd> descriptors;
  for_each_descriptor(*this,
                      [&](UniqueFd& descriptor) { descriptors.push_back(std::move(descriptor)); });
  return descriptors;
}

Result<Heritage> make_heritage(const wire::GroupConfig& settings, std::uint32_t queue_limit,
                               ControlSocket control) {
  WARP_TRY(UniqueFd config, sealed_memory(wire::encode_group_config(settings)));
  WARP_TRY(UniqueFd segment, scoreboard::create_segment(dimensions_of(settings)));
  WARP_TRY(scoreboard::Scoreboard board, scoreboard::Scoreboard::map(segment.get()));
  const LedgerSize size = size_of_ledger(settings, queue_limit);
  WARP_TRY(UniqueFd ledger_memory, Ledger::create(size));
  WARP_TRY(Ledger ledger, Ledger::map(ledger_memory.get(), size));
  Heritage heritage{.config = std::move(config),
                    .segment = std::move(segment),
                    .control = std::move(control),
                    .board = std::move(board),
                    .connectors = {},
                    .ledger_memory = std::move(ledger_memory),
                    .ledger = std::move(ledger)};
  while (heritage.connectors.size() < connector_count(settings)) {
    WARP_TRY(channel::Connector connector, channel::make_connector());
    heritage.connectors.push_back(std::move(connector));
  }
  return heritage;
}

Result<Heritage> adopt_heritage(std::vector<UniqueFd> descriptors, ControlSocket control,
                                const wire::GroupConfig& settings, std::uint32_t queue_limit) {
  if (descriptors.size() <= kLedger) return fail(Errc::kProtocol, "a heritage that is cut short");
  WARP_TRY(scoreboard::Scoreboard board, scoreboard::Scoreboard::map(descriptors[kSegment].get()));
  if (!is_same(board.dimensions(), dimensions_of(settings)))
    return fail(Errc::kProtocol, "the scoreboard's header has been overwritten");
  WARP_TRY(Ledger ledger,
           Ledger::map(descriptors[kLedger].get(), size_of_ledger(settings, queue_limit)));
  Heritage heritage{.config = {},
                    .segment = {},
                    .control = std::move(control),
                    .board = std::move(board),
                    .connectors = {},
                    .ledger_memory = {},
                    .ledger = std::move(ledger)};
  heritage.connectors.resize(connector_count(settings));
  auto next = descriptors.begin();
  for_each_descriptor(heritage, [&](UniqueFd& descriptor) {
    if (next != descriptors.end()) descriptor = std::move(*next++);
  });
  if (next != descriptors.end() || !heritage.connectors.back().worker_end)
    return fail(Errc::kProtocol, "a heritage with " + std::to_string(descriptors.size()) +
                                     " descriptors is not this group's");
  return heritage;
}

}  // namespace warp
