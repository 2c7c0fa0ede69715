#include "launcher/operate/running_server.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/run/control_client.hpp"
#include "launcher/run/pid_file.hpp"

namespace warp {
namespace {

constexpr std::chrono::seconds kPatience{5};

Result<> check_folder(const std::string& root) {
  if (::access(root.c_str(), R_OK | X_OK) == 0) return {};
  if (errno == EACCES)
    return fail(Errc::kNoPermission, "server root " + printable(root) +
                                         " belongs to another user; run this command as that user "
                                         "or as root");
  return fail(Errc::kNotFound, "no server runs on the server root " + printable(root) + " (" +
                                   std::strerror(errno) +
                                   "); name the one of your server with --server-root, or its "
                                   "--port");
}

}  // namespace

Result<RunningServer> find_running_server(const std::string& root, const std::string& group) {
  WARP_CHECK(check_folder(root));
  RunningServer server{.root = root, .groups = groups_in(root)};
  WARP_TRY(server.launcher, find_launcher(root));
  if (!server.launcher && server.groups.empty())
    return fail(Errc::kNotFound, "no server runs on the server root " + printable(root) +
                                     "; name the one of your server with --server-root, or its "
                                     "--port");
  if (group.empty()) return server;
  if (std::find(server.groups.begin(), server.groups.end(), group) == server.groups.end())
    return fail(Errc::kNotFound, "the server has no process group '" + printable(group) +
                                     "'; there are: " + join(server.groups, ", "));
  server.groups = {group};
  return server;
}

Result<std::string> ask(const RunningServer& server, const std::string& group,
                        std::string_view request) {
  return ask_group(server.root, group, request, Deadline::in(kPatience));
}

}  // namespace warp
