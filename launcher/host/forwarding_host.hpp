// The machine as another host sees it, for one that changes a part of that.
#pragma once

#include "launcher/host/host.hpp"

namespace warp {

class ForwardingHost : public Host {
 public:
  explicit ForwardingHost(Host& host) : host_(host) {}

  [[nodiscard]] const Environment& environment() const override { return host_.environment(); }
  [[nodiscard]] std::string current_directory() const override { return host_.current_directory(); }
  [[nodiscard]] Account current_user() const override { return host_.current_user(); }
  [[nodiscard]] std::optional<Account> find_user(std::string_view name) const override {
    return host_.find_user(name);
  }
  [[nodiscard]] std::optional<Account> find_user(uid_t uid) const override {
    return host_.find_user(uid);
  }
  [[nodiscard]] std::optional<gid_t> find_group(std::string_view name) const override {
    return host_.find_group(name);
  }
  [[nodiscard]] Granted granted() const override { return host_.granted(); }
  [[nodiscard]] StopSignals& stop_signals() override { return host_.stop_signals(); }
  [[nodiscard]] Result<Finished> run(const Command& command) override { return host_.run(command); }
  [[nodiscard]] Result<std::optional<Access>> first_denied(
      const Account& account, const std::vector<Access>& accesses) override {
    return host_.first_denied(account, accesses);
  }
  void warn(std::string_view sentence) override { host_.warn(sentence); }

 private:
  Host& host_;
};

}  // namespace warp
