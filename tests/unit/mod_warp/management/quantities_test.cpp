#include "mod_warp/management/quantities.hpp"

#include <gtest/gtest.h>

namespace warp::management {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(CountText, SeparatesThousands) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1,000");
  EXPECT_EQ(count_text(12'345'678), "12,345,678");
}

TEST(DurationText, HasTwoOrThreeDigitsThatMatter) {
  EXPECT_EQ(duration_text(microseconds(0)), "0.0 ms");
  EXPECT_EQ(duration_text(microseconds(350)), "0.3 ms");
  EXPECT_EQ(duration_text(microseconds(120'900)), "120 ms");
  EXPECT_EQ(duration_text(microseconds(1'309'000)), "1.30 s");
  EXPECT_EQ(duration_text(seconds(200)), "3 min 20 s");
  EXPECT_EQ(duration_text(hours(2) + minutes(5)), "2 h 5 min");
  EXPECT_EQ(duration_text(hours(76)), "3 d 4 h");
  EXPECT_EQ(duration_text(seconds(-1)), "0.0 ms");
}

TEST(SizeText, HasOneDigitAfterThePoint) {
  EXPECT_EQ(size_text(512), "512 B");
  EXPECT_EQ(size_text(1'560), "1.5 kB");
  EXPECT_EQ(size_text(999'999), "999.9 kB");
  EXPECT_EQ(size_text(14'800'000), "14.8 MB");
  EXPECT_EQ(size_text(UINT64_MAX), "18.4 EB");
}

TEST(TimeText, IsInUtc) {
  EXPECT_EQ(time_text(0), "1970-01-01 00:00:00");
  EXPECT_EQ(time_text(1'764'190'000'900'000), "2025-11-26 20:46:40");
}

}  // namespace
}  // namespace warp::management
