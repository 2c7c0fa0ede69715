// The socket in the file system through which an administrator asks a group's supervisor: httpd's
// parent makes it, since only that one may write into the runtime directory, and the supervisor
// inherits it listening.
#pragma once

#include <sys/stat.h>

#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "mod_warp/apache.hpp"

namespace warp {

class ControlSocket final {
 public:
  // At `path`, in place of what an earlier server left there, and for its owner alone.
  [[nodiscard]] static Result<ControlSocket> listen(const std::string& path);
  // `<DefaultRuntimeDir>/warp-GROUP.sock`. A group does without it when that does not work, with a
  // warning in the log, as on a file system that can't be written to.
  [[nodiscard]] static ControlSocket listen_or_warn(const std::string& group, apr_pool_t* pool,
                                                    const server_rec* server);

  ControlSocket(ControlSocket&& other) noexcept;
  ControlSocket& operator=(ControlSocket&& other) noexcept;
  // Removes the file, if it is still this socket's and this is the process that made it.
  ~ControlSocket();

  // For the supervisor; /dev/null when there is no socket.
  [[nodiscard]] int descriptor() const { return socket_.get(); }
  // In a child of httpd.
  void close() { socket_.reset(); }

 private:
  ControlSocket() = default;

  std::string path_;
  UniqueFd socket_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  pid_t maker_ = 0;  // 0: has no file
};

}  // namespace warp
