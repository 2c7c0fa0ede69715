#include "launcher/plan/port_owner.hpp"

#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

// Lines of /proc/net/tcp: "sl local_address rem_address st … inode", with the port in hexadecimal
// behind a colon and state 0A for LISTEN.
void add_listeners(const std::string& table, std::uint16_t port, std::set<std::string>& sockets) {
  const auto text = read_text(table);
  if (!text) return;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
    fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >>
        timeout >> inode;
    const auto colon = local.find(':');
    if (state == "0A" && colon != std::string::npos &&
        std::strtoul(local.c_str() + colon + 1, nullptr, 16) == port)
      sockets.insert("socket:[" + inode + "]");
  }
}

bool holds_one_of(const std::string& process, const std::set<std::string>& sockets) {
  std::error_code error;
  for (const std::string& name : names_in_directory(process + "/fd")) {
    const auto target = std::filesystem::read_symlink(process + "/fd/" + name, error);
    if (!error && sockets.contains(target.string())) return true;
  }
  return false;
}

}  // namespace

std::string port_owner(std::uint16_t port) {
  std::set<std::string> sockets;
  add_listeners("/proc/net/tcp", port, sockets);
  add_listeners("/proc/net/tcp6", port, sockets);
  if (sockets.empty()) return {};
  for (const std::string& name : names_in_directory("/proc")) {
    if (!parse_unsigned(name) || !holds_one_of("/proc/" + name, sockets)) continue;
    const auto command = read_text("/proc/" + name + "/comm");
    return printable(trim(command.value_or("a process"))) + " (pid " + name + ")";
  }
  return {};
}

}  // namespace warp
