// The machine as the launcher's stages see it: what they ask that a unit test must be able to
// answer itself. Plain files are read directly (host/files.hpp); tests give them a temporary
// directory.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "launcher/host/granted.hpp"
#include "launcher/host/stop_signals.hpp"

namespace warp {

using Environment = std::map<std::string, std::string, std::less<>>;

// Who a program runs as.
struct Account {
  std::string name{};
  std::string group{};  // name of `gid`
  std::string home{};
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups{};
};

struct Command {
  std::vector<std::string> arguments{};  // the first is the program's path
  Environment environment{};
  std::string directory{};
  std::optional<Account> user{};  // switched to before the program starts; only root can
  std::chrono::seconds time_limit{30};
};

struct Finished {
  int status = 0;  // as a shell says it: 128 + N after signal N
  bool timed_out = false;
  std::string output{};  // standard output and standard error as they came; the end of a long one
  std::string answer{};  // what was written to descriptor 3
};

// One right that somebody needs on one path.
struct Access {
  std::string path{};
  int mode = 0;  // R_OK, X_OK
};

class Host {
 public:
  virtual ~Host() = default;
  [[nodiscard]] virtual const Environment& environment() const = 0;
  [[nodiscard]] virtual std::string current_directory() const = 0;
  [[nodiscard]] virtual Account current_user() const = 0;
  [[nodiscard]] virtual std::optional<Account> find_user(std::string_view name) const = 0;
  [[nodiscard]] virtual std::optional<Account> find_user(uid_t uid) const = 0;
  [[nodiscard]] virtual std::optional<gid_t> find_group(std::string_view name) const = 0;
  [[nodiscard]] virtual Granted granted() const = 0;
  [[nodiscard]] virtual StopSignals& stop_signals() = 0;
  // Runs a program to its end or to the time limit, then ends its whole process group. kClosed when
  // an order to stop has come.
  [[nodiscard]] virtual Result<Finished> run(const Command& command) = 0;
  // The first of the accesses that this account does not have; nullopt when it has them all.
  [[nodiscard]] virtual Result<std::optional<Access>> first_denied(
      const Account& account, const std::vector<Access>& accesses) = 0;
  virtual void warn(std::string_view sentence) = 0;
};

// The value, or "" for a variable that is not set.
[[nodiscard]] inline std::string variable(const Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

}  // namespace warp
