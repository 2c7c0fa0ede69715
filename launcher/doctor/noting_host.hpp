// The machine, with the warnings of the stages kept instead of printed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "launcher/host/forwarding_host.hpp"

namespace warp {

class NotingHost final : public ForwardingHost {
 public:
  using ForwardingHost::ForwardingHost;

  [[nodiscard]] std::vector<std::string> take_warnings() { return std::exchange(warnings_, {}); }

  void warn(std::string_view sentence) override { warnings_.emplace_back(sentence); }

 private:
  std::vector<std::string> warnings_;
};

}  // namespace warp
