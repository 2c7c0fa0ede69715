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

// What a crash says is better in the log than nowhere.
Result<UniqueFd> take_crash() {
  if (auto left = take(WorkerHeritage::kCrash, "the memory for a crash")) return left;
  UniqueFd copy(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, WorkerHeritage::kCrash));
  if (!copy) return fail_errno("duplicate standard error");
  return copy;
}

}  // namespace

Result<Inheritance> take_inheritance(std::span<char* const> arguments) {
  if (arguments.size() != 3)
    return fail(Errc::kUsage,
                "usage: warp-worker-X.Y GROUP SLOT; it is started by warp-supervisor");
  const auto slot = parse_unsigned(arguments[2]);
  WARP_TRY(const UniqueFd config_file, take(WorkerHeritage::kConfig, "the group's configuration"));
  WARP_TRY(const UniqueFd segment, take(WorkerHeritage::kScoreboard, "the scoreboard"));
  WARP_TRY(UniqueFd connector, take(WorkerHeritage::kConnector, "the connector"));
  WARP_TRY(UniqueFd status, take(WorkerHeritage::kStatus, "the status pipe"));
  WARP_TRY(UniqueFd crash, take_crash());
  WARP_TRY(const std::string text, read_whole_file(config_file.get(), kLargestConfig));
  WARP_TRY(wire::GroupConfig config, wire::decode_group_config(text));
  WARP_TRY(scoreboard::Scoreboard board, scoreboard::Scoreboard::map(segment.get()));
  if (!slot || *slot >= board.dimensions().slots || config.threads > board.dimensions().threads)
    return fail(Errc::kProtocol, "slot " + printable(arguments[2]) + " with " +
                                     std::to_string(config.threads) +
                                     " threads does not fit the scoreboard");
  return Inheritance{.config = std::move(config),
                     .slot = static_cast<std::uint32_t>(*slot),
                     .board = std::move(board),
                     .connector = std::move(connector),
                     .status = std::move(status),
                     .crash = std::move(crash)};
}

}  // namespace warp::worker
