#include "channel/pool.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "unit/channel/channel_pair.hpp"

namespace warp::channel {
namespace {

TEST(Pool, GivesTheMostRecentlyUsedFirst) {
  Pool pool(1, 4);
  ChannelPair first = make_channel_pair();
  ChannelPair second = make_channel_pair();
  const int last = second.child.fd();
  pool.give_back(0, 1, std::move(first.child));
  pool.give_back(0, 1, std::move(second.child));
  EXPECT_EQ(pool.take(0, 1)->fd(), last);
}

TEST(Pool, KeepsSlotsApart) {
  Pool pool(2, 4);
  ChannelPair pair = make_channel_pair();
  pool.give_back(0, 1, std::move(pair.child));
  EXPECT_FALSE(pool.take(1, 1));
  EXPECT_TRUE(pool.take(0, 1));
  EXPECT_FALSE(pool.take(0, 1));
}

TEST(Pool, ClosesChannelsOfAnEarlierWorker) {
  Pool pool(1, 4);
  ChannelPair pair = make_channel_pair();
  const int fd = pair.child.fd();
  pool.give_back(0, 1, std::move(pair.child));
  EXPECT_FALSE(pool.take(0, 2));
  EXPECT_EQ(::fcntl(fd, F_GETFD), -1);
}

TEST(Pool, ClosesWhatItHasNoRoomFor) {
  Pool pool(1, 1);
  ChannelPair first = make_channel_pair();
  ChannelPair second = make_channel_pair();
  const int fd = second.child.fd();
  pool.give_back(0, 1, std::move(first.child));
  pool.give_back(0, 1, std::move(second.child));
  EXPECT_EQ(::fcntl(fd, F_GETFD), -1);
}

}  // namespace
}  // namespace warp::channel
