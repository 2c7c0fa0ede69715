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

}  // namespace

std::vector<int> Heritage::for_supervisor() const {
  std::vector<int> descriptors = {config.get(), segment.get(), control.descriptor()};
  for (const channel::Connector& connector : connectors)
    descriptors.push_back(connector.worker_end.get());
  return descriptors;
}

void Heritage::keep_only_what_children_use() {
  config.reset();
  segment.reset();
  control.close();
  for (channel::Connector& connector : connectors) connector.worker_end.reset();
}

Result<Heritage> make_heritage(const wire::GroupConfig& settings, std::uint32_t children,
                               ControlSocket control) {
  WARP_TRY(UniqueFd config, sealed_memory(wire::encode_group_config(settings)));
  WARP_TRY(UniqueFd segment,
           scoreboard::create_segment(
               {.slots = settings.processes, .threads = settings.threads, .children = children}));
  WARP_TRY(scoreboard::Scoreboard board, scoreboard::Scoreboard::map(segment.get()));
  Heritage heritage{.config = std::move(config),
                    .segment = std::move(segment),
                    .control = std::move(control),
                    .board = std::move(board),
                    .connectors = {}};
  for (std::uint32_t slot = 0; slot < settings.processes; ++slot) {
    WARP_TRY(channel::Connector connector, channel::make_connector());
    heritage.connectors.push_back(std::move(connector));
  }
  return heritage;
}

}  // namespace warp
