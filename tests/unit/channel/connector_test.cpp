#include "channel/connector.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>

#include <vector>

namespace warp::channel {
namespace {

using wire::FrameType;

TEST(Connector, AnOfferedChannelReachesTheWorker) {
  const Connector connector = make_connector().value();
  Channel child = open_channel(connector.child_end.get(), {}).value();
  auto worker = accept_channel(connector.worker_end.get(), {});
  ASSERT_TRUE(worker && *worker);
  ASSERT_TRUE(child.send({.type = FrameType::kRequestHead, .payload = "hello"}));
  EXPECT_EQ((**worker).receive()->payload, "hello");
}

TEST(Connector, OffersWaitForAWorker) {
  const Connector connector = make_connector().value();
  Channel child = open_channel(connector.child_end.get(), {}).value();
  ASSERT_TRUE(child.send({.type = FrameType::kRequestHead, .payload = "early"}));
  EXPECT_EQ((**accept_channel(connector.worker_end.get(), {})).receive()->payload, "early");
}

TEST(Connector, NothingWaitingIsNotAnError) {
  const Connector connector = make_connector().value();
  const auto none = accept_channel(connector.worker_end.get(), {});
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
}

TEST(Connector, TellsTheWorkerWhenNobodyCanAskAnyMore) {
  Connector connector = make_connector().value();
  connector.child_end.reset();
  EXPECT_EQ(accept_channel(connector.worker_end.get(), {}).error().code, Errc::kClosed);
}

TEST(Connector, TellsTheChildWhenNoWorkerCanCome) {
  Connector connector = make_connector().value();
  connector.worker_end.reset();
  EXPECT_EQ(open_channel(connector.child_end.get(), {}).error().code, Errc::kClosed);
}

TEST(Connector, RefusesOffersOverItsQueue) {
  const Connector connector = make_connector().value();
  std::vector<Channel> waiting;
  Result<Channel> last = open_channel(connector.child_end.get(), {});
  while (last && waiting.size() < 5000) {
    waiting.push_back(std::move(*last));
    last = open_channel(connector.child_end.get(), {});
  }
  ASSERT_FALSE(last);
  EXPECT_EQ(last.error().code, Errc::kOverloaded);
}

TEST(Connector, BoundsWhatAResponseCanHaveUnderWay) {
  const Connector connector = make_connector().value();
  const Channel child = open_channel(connector.child_end.get(), {}, 8192).value();
  const auto worker = accept_channel(connector.worker_end.get(), {});
  int size = 0;
  socklen_t length = sizeof size;
  ASSERT_EQ(::getsockopt((**worker).fd(), SOL_SOCKET, SO_SNDBUF, &size, &length), 0);
  // The kernel doubles it for its own needs (socket(7)).
  EXPECT_EQ(size, 2 * 8192);
}

TEST(Connector, RefusesAMessageWithoutADescriptor) {
  const Connector connector = make_connector().value();
  ASSERT_EQ(::send(connector.child_end.get(), "WRP\x01", 4, 0), 4);
  EXPECT_EQ(accept_channel(connector.worker_end.get(), {}).error().code, Errc::kProtocol);
}

TEST(Connector, TellsTheWorkerTheResponseWindow) {
  Connector connector = make_connector().value();
  const Channel child = open_channel(connector.child_end.get(), {}, 65'536).value();
  const std::optional<Channel> worker = accept_channel(connector.worker_end.get(), {}).value();
  ASSERT_TRUE(worker);
  EXPECT_EQ(response_window(*worker), 65'536);
}

}  // namespace
}  // namespace warp::channel
