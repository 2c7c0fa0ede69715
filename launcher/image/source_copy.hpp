// The project's folder as it goes into an image: a copy without what is ignored, so that every
// engine gets the same.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "launcher/host/stop_signals.hpp"
#include "launcher/image/ignore_rules.hpp"

namespace warp {

// A folder that goes when its owner does.
class ScratchFolder final {
 public:
  [[nodiscard]] static Result<ScratchFolder> make(const std::string& parent);
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

struct CopiedSource {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t left_out = 0;  // files and folders, a folder with all in it being one
};

// The rules of the project's .dockerignore and .s2iignore.
[[nodiscard]] Result<IgnoreRules> ignore_rules_of(const std::string& source);

// Version control's folders, virtual environments and the state of builds are never copied; links
// are copied as links. kNotFound when nothing is left, kClosed when an order to stop comes.
[[nodiscard]] Result<CopiedSource> copy_source(const std::string& source, const IgnoreRules& rules,
                                               const std::string& target, const StopSignals& stops);

}  // namespace warp
