#include "mod_warp/management/quantities.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

namespace warp::management {
namespace {

// 1234 in tenths is "123.4".
std::string decimal(std::uint64_t number, std::uint64_t parts) {
  return std::to_string(number / parts) + '.' + std::to_string(parts + number % parts).substr(1);
}

std::string two_units(std::uint64_t small, std::uint64_t per_large, std::string_view large_unit,
                      std::string_view small_unit) {
  return std::to_string(small / per_large).append(large_unit) +
         std::to_string(small % per_large).append(small_unit);
}

}  // namespace

std::string count_text(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string duration_text(std::chrono::microseconds duration) {
  constexpr std::uint64_t kSecond = 1'000'000;
  const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration.count()));
  if (time < 10'000) return decimal(time / 100, 10) + " ms";
  if (time < kSecond) return std::to_string(time / 1000) + " ms";
  const std::uint64_t seconds = time / kSecond;
  if (seconds < 60) return decimal(time / 10'000, 100) + " s";
  if (seconds < 3600) return two_units(seconds, 60, " min ", " s");
  if (seconds < 86'400) return two_units(seconds / 60, 60, " h ", " min");
  return two_units(seconds / 3600, 24, " d ", " h");
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 6> kUnits = {" kB", " MB", " GB", " TB", " PB", " EB"};
  if (bytes < 1000) return std::to_string(bytes) + " B";
  std::size_t unit = 0;
  std::uint64_t tenths = bytes / 100;
  for (; tenths >= 10'000; tenths /= 1000) ++unit;
  return decimal(tenths, 10).append(kUnits[unit]);
}

std::string time_text(std::uint64_t at_us) {
  const auto seconds = static_cast<std::time_t>(at_us / 1'000'000);
  std::tm parts{};
  std::array<char, 32> text{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return "-";
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts)};
}

}  // namespace warp::management
