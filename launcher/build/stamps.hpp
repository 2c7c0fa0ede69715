// Which steps of a build are done, and from what: a step whose inputs are the same is not done
// again.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp {

enum class Rerun { kChanged, kAll };

class Stamps final {
 public:
  // The folder is made when the first stamp is written.
  Stamps(std::string folder, Rerun rerun) : folder_(std::move(folder)), rerun_(rerun) {}

  [[nodiscard]] bool is_current(std::string_view step, std::string_view inputs) const;
  // Before a step begins: an interrupted one is then done again.
  [[nodiscard]] Result<> forget(std::string_view step) const;
  [[nodiscard]] Result<> record(std::string_view step, std::string_view inputs) const;

 private:
  [[nodiscard]] std::string path_of(std::string_view step) const;

  std::string folder_;
  Rerun rerun_;
};

}  // namespace warp
