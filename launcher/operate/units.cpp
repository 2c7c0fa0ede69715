#include "launcher/operate/units.hpp"

#include <fmt/format.h>

namespace warp {

std::string size_text(std::optional<std::uint64_t> bytes) {
  constexpr double kStep = 1000;
  if (!bytes) return "-";
  const double kilobytes = static_cast<double>(*bytes) / kStep;
  if (kilobytes < kStep) return fmt::format("{:.0f} kB", kilobytes);
  if (kilobytes < kStep * kStep) return fmt::format("{:.1f} MB", kilobytes / kStep);
  return fmt::format("{:.1f} GB", kilobytes / kStep / kStep);
}

std::string time_text(double seconds) {
  constexpr std::uint64_t kMinute = 60;
  constexpr std::uint64_t kHour = 60 * kMinute;
  constexpr std::uint64_t kDay = 24 * kHour;
  if (seconds < 10) return fmt::format("{:.2f} s", seconds);
  if (seconds < static_cast<double>(kMinute)) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(seconds);
  if (whole < kHour) return fmt::format("{}m{:02}s", whole / kMinute, whole % kMinute);
  if (whole < kDay) return fmt::format("{}h{:02}m", whole / kHour, whole % kHour / kMinute);
  return fmt::format("{}d{:02}h", whole / kDay, whole % kDay / kHour);
}

std::string shown(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c < 0x20 || c > 0x7e) c = '?';
  return result;
}

}  // namespace warp
