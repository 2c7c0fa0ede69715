#include "launcher/operate/probe.hpp"

#include "base/deadline.hpp"
#include "base/strings.hpp"
#include "launcher/operate/units.hpp"
#include "launcher/run/management_client.hpp"

namespace warp {
namespace {

using Question = OperatorCommand::Question;

struct Words {
  std::string_view page;
  std::string_view denial;
};

Words words_of(Question question) {
  switch (question) {
    case Question::kLive:
      return {"livez", "is not alive"};
    case Question::kStartup:
      return {"startupz", "has not started"};
    case Question::kReady:
      break;
  }
  return {"readyz", "is not ready"};
}

// The page's lines of problems, without its last word.
std::string problems_in(std::string_view page) {
  std::string problems;
  for (std::string_view line : split(page, '\n'))
    if (line.starts_with("[-] ")) problems.append("\n").append(shown(line.substr(4)));
  return problems;
}

}  // namespace

std::string named_management_address(const Settings& named) {
  if (named.management_port == 0) return {};
  const std::string& host = named.management_host;
  const std::string port = std::to_string(named.management_port);
  if (host.empty() || host == "*") return address_for_clients(port);
  const bool is_bare_ipv6 = host.find(':') != std::string::npos && !host.starts_with("[");
  return (is_bare_ipv6 ? "[" + host + "]" : host) + ":" + port;
}

Result<std::string> probe(const OperatorCommand& command, const std::string& address) {
  const Words words = words_of(command.question);
  WARP_TRY(const PageAnswer answer,
           ask_page(address, words.page, Deadline::in(command.time_limit)));
  constexpr unsigned kOk = 200;
  constexpr unsigned kUnavailable = 503;
  if (answer.status == kOk) return std::string("ok\n");
  if (answer.status == kUnavailable)
    return fail(Errc::kApplication, "the server on " + address + " " + std::string(words.denial) +
                                        problems_in(answer.text));
  return fail(Errc::kProtocol, address + " answers /" + std::string(words.page) + " with status " +
                                   std::to_string(answer.status) +
                                   "; it is not a server's --management-port");
}

}  // namespace warp
