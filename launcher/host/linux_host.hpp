// The real machine.
#pragma once

#include "launcher/host/host.hpp"

namespace warp {

class LinuxHost final : public Host {
 public:
  // A program that run() waits for is ended by an order to stop. `program` begins each warning.
  explicit LinuxHost(StopSignals stop_signals, std::string program = "warpdrive-express");
  [[nodiscard]] const Environment& environment() const override { return environment_; }
  [[nodiscard]] std::string current_directory() const override;
  [[nodiscard]] Account current_user() const override;
  [[nodiscard]] std::optional<Account> find_user(std::string_view name) const override;
  [[nodiscard]] std::optional<Account> find_user(uid_t uid) const override;
  [[nodiscard]] std::optional<gid_t> find_group(std::string_view name) const override;
  [[nodiscard]] StopSignals& stop_signals() override { return stop_signals_; }
  [[nodiscard]] Result<Finished> run(const Command& command) override;
  [[nodiscard]] Result<std::optional<Access>> first_denied(
      const Account& account, const std::vector<Access>& accesses) override;
  [[nodiscard]] Granted granted() const override;
  void warn(std::string_view sentence) override;

 private:
  Environment environment_;
  StopSignals stop_signals_;
  std::string program_;
};

}  // namespace warp
