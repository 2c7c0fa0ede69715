// A server on a port of the loopback that answers one client.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <thread>

#include "base/unique_fd.hpp"

namespace warp {

class PageServer final {
 public:
  // nullopt: it takes the connection and says nothing.
  explicit PageServer(std::optional<std::string> answer)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(socket_.get(), generic, size), 0);
    EXPECT_EQ(::listen(socket_.get(), 1), 0);
    EXPECT_EQ(::getsockname(socket_.get(), generic, &size), 0);
    port_ = ntohs(address.sin_port);
    if (answer) thread_ = std::jthread([this, text = *answer] { answer_once(text); });
  }

  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // After the answer has come.
  [[nodiscard]] std::string request() {
    thread_.join();
    return request_;
  }

 private:
  void answer_once(const std::string& answer) {
    const UniqueFd client(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    char byte = 0;
    while (request_.find("\r\n\r\n") == std::string::npos && ::read(client.get(), &byte, 1) == 1)
      request_ += byte;
    EXPECT_EQ(::send(client.get(), answer.data(), answer.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(answer.size()));
  }

  UniqueFd socket_;
  std::uint16_t port_ = 0;
  std::string request_;
  std::jthread thread_;
};

}  // namespace warp
