#include "mod_warp/core/slowest_requests.hpp"

#include <gtest/gtest.h>

namespace warp::core {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

const SlowestRequests::TimePoint kNow{std::chrono::hours(1)};

class SlowestRequestsTest : public testing::Test {
 protected:
  void note(milliseconds total, SlowestRequests::TimePoint now = kNow) {
    if (slowest_.is_among(total, now))
      slowest_.note({.ended_at = now, .total = total, .path = "/" + std::to_string(total.count())},
                    now);
  }
  void fill(SlowestRequests::TimePoint now = kNow) {
    for (std::size_t i = 1; i <= SlowestRequests::kEntries; ++i) note(milliseconds(100 * i), now);
  }

  SlowestRequests slowest_{};
};

TEST_F(SlowestRequestsTest, AreNoneAtFirst) { EXPECT_TRUE(slowest_.list(kNow).empty()); }

TEST_F(SlowestRequestsTest, TellAllThatWasNoted) {
  slowest_.note({.ended_at = kNow,
                 .total = milliseconds(9),
                 .queue = milliseconds(2),
                 .application = milliseconds(6),
                 .slot = 3,
                 .status = 404,
                 .method = "GET",
                 .path = "/report",
                 .id = "abc"},
                kNow);
  const auto requests = slowest_.list(kNow);
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].ended_at, kNow);
  EXPECT_EQ(requests[0].total, milliseconds(9));
  EXPECT_EQ(requests[0].queue, milliseconds(2));
  EXPECT_EQ(requests[0].application, milliseconds(6));
  EXPECT_EQ(requests[0].slot, 3U);
  EXPECT_EQ(requests[0].status, 404);
  EXPECT_EQ(requests[0].method, "GET");
  EXPECT_EQ(requests[0].path, "/report");
  EXPECT_EQ(requests[0].id, "abc");
}

TEST_F(SlowestRequestsTest, KeepTheSlowestInTheirOrder) {
  fill();
  note(milliseconds(50));
  note(milliseconds(150));
  const auto requests = slowest_.list(kNow);
  ASSERT_EQ(requests.size(), SlowestRequests::kEntries);
  EXPECT_EQ(requests.front().path, "/2000");
  EXPECT_EQ(requests.back().path, "/150");
}

TEST_F(SlowestRequestsTest, AreAskedForCheaplyOnceThereAreEnough) {
  EXPECT_TRUE(slowest_.is_among(milliseconds(0), kNow));
  fill();
  EXPECT_FALSE(slowest_.is_among(milliseconds(100), kNow));
  EXPECT_TRUE(slowest_.is_among(milliseconds(101), kNow));
}

TEST_F(SlowestRequestsTest, AreForgottenAfterAWhile) {
  fill();
  const auto later = kNow + SlowestRequests::kMemory;
  EXPECT_EQ(slowest_.list(later - minutes(1)).size(), SlowestRequests::kEntries);
  EXPECT_TRUE(slowest_.list(later).empty());
  EXPECT_TRUE(slowest_.is_among(milliseconds(1), later));
  note(milliseconds(1), later);
  EXPECT_EQ(slowest_.list(later).size(), 1U);
}

TEST_F(SlowestRequestsTest, CutTextsAndHideWhatCanNotBePrinted) {
  slowest_.note({.ended_at = kNow,
                 .method = std::string(40, 'M'),
                 .path = "/\n\xc3\xa9" + std::string(500, 'p'),
                 .id = std::string(500, 'i')},
                kNow);
  const auto requests = slowest_.list(kNow);
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].method, std::string(12, 'M'));
  EXPECT_EQ(requests[0].path.substr(0, 5), "/???p");
  EXPECT_EQ(requests[0].path.size(), 124U);
  EXPECT_EQ(requests[0].id.size(), 64U);
}

}  // namespace
}  // namespace warp::core
