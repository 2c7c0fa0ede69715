// The folder that a server writes into: locked while it is used, and tidied when the start fails or
// the server has stopped.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

// In the root: where the management pages are, for who probes them.
inline constexpr const char* kManagementAddress = "/management";

// Temporary: not named by the user, so it goes when it holds no logs.
enum class RootKind { kNamed, kTemporary };

class ServerRoot final {
 public:
  // Makes the folder when it is missing. Refuses one that is a link, is not ours, that others can
  // write to, or that another server uses.
  [[nodiscard]] static Result<ServerRoot> open(const std::string& path, RootKind kind);

  ServerRoot(ServerRoot&&) = default;
  ServerRoot& operator=(ServerRoot&&) = delete;
  // Takes away what a start that failed has written, unless keep() was called.
  ~ServerRoot();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Result<> write_config(const std::string& text) const;
  [[nodiscard]] Result<> write_control_script(const std::string& text) const;
  // Empty: there are no pages.
  [[nodiscard]] Result<> write_management_address(const std::string& address) const;
  // Other names than error_log and access_log for the files that are logs.
  void call_logs(std::vector<std::string> names) { logs_ = std::move(names); }
  void keep() { kept_ = true; }
  // After the server's end: no process id, and no temporary folder without logs.
  void tidy() const;

 private:
  ServerRoot(std::string path, RootKind kind, UniqueFd lock)
      : path_(std::move(path)), kind_(kind), lock_(std::move(lock)) {}
  void remove_what_we_wrote() const;

  std::string path_;
  RootKind kind_;
  UniqueFd lock_;  // the folder itself; flock ends with the process, so no stale lock can stay
  std::vector<std::string> logs_ = {"error_log", "access_log"};
  bool kept_ = false;
};

// What open() would refuse, with nothing written or made.
[[nodiscard]] Result<> inspect_server_root(const std::string& path);

}  // namespace warp
