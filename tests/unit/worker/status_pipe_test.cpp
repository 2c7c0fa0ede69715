#include "worker/status_pipe.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>

namespace warp::worker {
namespace {

using wire::WorkerStatus;

class StatusPipeTest : public testing::Test {
 protected:
  StatusPipeTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    reading_.reset(ends[0]);
    writing_.reset(ends[1]);
  }

  UniqueFd reading_;
  UniqueFd writing_;
};

TEST_F(StatusPipeTest, SaysOneThingAfterTheOther) {
  const StatusPipe status(std::move(writing_));
  status.report(WorkerStatus::kReady);
  status.report(WorkerStatus::kOverdue);
  std::array<char, 8> bytes{};
  const ssize_t count = ::read(reading_.get(), bytes.data(), bytes.size());
  EXPECT_EQ(std::string(bytes.data(), static_cast<std::size_t>(count)), "RT");
}

TEST_F(StatusPipeTest, DoesNotMindThatNobodyListens) {
  std::signal(SIGPIPE, SIG_IGN);
  const StatusPipe status(std::move(writing_));
  reading_.reset();
  status.report(WorkerStatus::kOverdue);
}

TEST_F(StatusPipeTest, NeverWaits) {
  const StatusPipe status(std::move(writing_));
  constexpr int kMoreThanAPipeHolds = 70'000;
  for (int i = 0; i < kMoreThanAPipeHolds; ++i) status.report(WorkerStatus::kReady);
}

}  // namespace
}  // namespace warp::worker
