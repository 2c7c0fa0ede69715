#include "supervisor/control_peer.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace warp::supervisor {

ControlPeers::ControlPeers(int listener) : own_(::geteuid()) {
  // The descriptor's inode, which the kernel gives to who made the socket; its file in the file
  // system may have been given away since.
  struct stat facts {};
  if (::fstat(listener, &facts) == 0) owner_ = facts.st_uid;
}

bool ControlPeers::include(int socket) const {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == 0 || peer.uid == own_ || peer.uid == owner_;
}

}  // namespace warp::supervisor
