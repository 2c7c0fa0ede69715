#include "supervisor/inheritance.hpp"

#include <fcntl.h>

#include <string>
#include <string_view>
#include <utility>

#include "base/read_descriptor.hpp"
#include "wire/heritage.hpp"

namespace warp::supervisor {
namespace {

using wire::SupervisorHeritage;

constexpr std::size_t kLargestConfig = std::size_t{1} << 20U;

Result<UniqueFd> take(int fd, std::string_view what) {
  if (::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
    return fail_errno("take over descriptor " + std::to_string(fd) + ", " + std::string(what) +
                      " (this program is started by httpd with mod_warp)");
  return UniqueFd(fd);
}

}  // namespace

Result<Inheritance> take_inheritance(std::span<char* const> arguments) {
  if (arguments.size() != 2)
    return fail(Errc::kUsage, "usage: warp-supervisor GROUP; it is started by httpd with mod_warp");
  WARP_TRY(UniqueFd config_file, take(SupervisorHeritage::kConfig, "the group's configuration"));
  WARP_TRY(UniqueFd segment, take(SupervisorHeritage::kScoreboard, "the scoreboard"));
  WARP_TRY(UniqueFd control, take(SupervisorHeritage::kControl, "the control socket"));
  WARP_TRY(const UniqueFd chronicle_memory, take(SupervisorHeritage::kChronicle, "the chronicle"));
  WARP_TRY(UniqueFd series, take(SupervisorHeritage::kSeries, "the application's metrics"));
  WARP_TRY(figures::Chronicle chronicle, figures::Chronicle::map(chronicle_memory.get()));
  WARP_TRY(const std::string text, read_whole_file(config_file.get(), kLargestConfig));
  WARP_TRY(wire::GroupConfig config, wire::decode_group_config(text));
  WARP_TRY(scoreboard::Scoreboard board, scoreboard::Scoreboard::map(segment.get()));
  const std::uint32_t slots = wire::slots_for(config.processes);
  if (board.dimensions().slots != slots)
    return fail(Errc::kProtocol, "the scoreboard has " + std::to_string(board.dimensions().slots) +
                                     " slots instead of " + std::to_string(slots));
  std::vector<UniqueFd> connectors;
  for (int slot = 0; std::cmp_less(slot, slots); ++slot) {
    WARP_TRY(UniqueFd connector, take(SupervisorHeritage::kFirstConnector + slot, "a connector"));
    connectors.push_back(std::move(connector));
  }
  return Inheritance{.config = std::move(config),
                     .board = std::move(board),
                     .config_file = std::move(config_file),
                     .segment = std::move(segment),
                     .chronicle = std::move(chronicle),
                     .series = std::move(series),
                     .control = std::move(control),
                     .connectors = std::move(connectors)};
}

}  // namespace warp::supervisor
