#include "worker/inheritance.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

#include "base/read_descriptor.hpp"
#include "base/strings.hpp"
#include "wire/heritage.hpp"

namespace warp::worker {
namespace {

using wire::WorkerHeritage;

// Far above what a configuration with long paths takes.
constexpr std::size_t kLargestConfig = std::size_t{1} << 20U;

Result<UniqueFd> take(int fd, std::string_view what) {
  if (::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
    return fail_errno("take over descriptor " + std::to_string(fd) + ", " + std::string(what) +
                      " (this program is started by warp-supervisor)");
  return UniqueFd(fd);
}

struct Common {
  wire::GroupConfig config;
  scoreboard::Scoreboard board;
  UniqueFd status;
  UniqueFd crash;
};

Result<Common> take_common() {
  WARP_TRY(const UniqueFd config_file, take(WorkerHeritage::kConfig, "the group's configuration"));
  WARP_TRY(const UniqueFd segment, take(WorkerHeritage::kScoreboard, "the scoreboard"));
  WARP_TRY(UniqueFd status, take(WorkerHeritage::kStatus, "the status pipe"));
  WARP_TRY(UniqueFd crash, take(WorkerHeritage::kCrash, "the file for a crash"));
  WARP_TRY(const std::string text, read_whole_file(config_file.get(), kLargestConfig));
  WARP_TRY(wire::GroupConfig config, wire::decode_group_config(text));
  WARP_TRY(scoreboard::Scoreboard board, scoreboard::Scoreboard::map(segment.get()));
  return Common{.config = std::move(config),
                .board = std::move(board),
                .status = std::move(status),
                .crash = std::move(crash)};
}

}  // namespace

Result<Inheritance> take_inheritance(std::span<char* const> arguments) {
  if (arguments.size() != 3)
    return fail(Errc::kUsage,
                "usage: warp-worker-X.Y GROUP SLOT; it is started by warp-supervisor");
  const auto slot = parse_unsigned(arguments[2]);
  WARP_TRY(UniqueFd connector, take(WorkerHeritage::kConnector, "the connector"));
  WARP_TRY(Common common, take_common());
  const scoreboard::Dimensions& dimensions = common.board.dimensions();
  if (!slot || *slot >= dimensions.slots || common.config.threads > dimensions.threads)
    return fail(Errc::kProtocol, "slot " + printable(arguments[2]) + " with " +
                                     std::to_string(common.config.threads) +
                                     " threads does not fit the scoreboard");
  return Inheritance{.config = std::move(common.config),
                     .slot = static_cast<std::uint32_t>(*slot),
                     .board = std::move(common.board),
                     .connector = std::move(connector),
                     .status = std::move(common.status),
                     .crash = std::move(common.crash)};
}

bool is_for_template(std::span<char* const> arguments) {
  return arguments.size() == 3 && arguments[2] == wire::kTemplateWord;
}

Result<TemplateInheritance> take_template_inheritance() {
  WARP_TRY(UniqueFd orders, take(wire::TemplateHeritage::kOrders, "the socket for orders"));
  WARP_TRY(Common common, take_common());
  return TemplateInheritance{.config = std::move(common.config),
                             .board = std::move(common.board),
                             .orders = std::move(orders),
                             .status = std::move(common.status),
                             .crash = std::move(common.crash)};
}

Result<figures::Series> take_series() {
  static_assert(WorkerHeritage::kSeries == wire::TemplateHeritage::kSeries);
  WARP_TRY(const UniqueFd memory, take(WorkerHeritage::kSeries, "the application's metrics"));
  return figures::Series::map(memory.get());
}

}  // namespace warp::worker
