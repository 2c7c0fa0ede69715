#include "channel/pool.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <vector>

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

TEST(Pool, GivesThoseWithMemoryForBodiesFirst) {
  Pool pool(1, 4);
  BodyMemoryAllowance allowance(2);
  std::vector<ChannelPair> pairs;
  for (int i = 0; i < 4; ++i) pairs.push_back(make_channel_pair());
  std::vector<int> with_memory;
  for (const std::size_t i : {1U, 2U}) {
    pairs[i].child.allow_body_memory(allowance);
    ASSERT_NE(pairs[i].child.body_memory(), nullptr);
    with_memory.push_back(pairs[i].child.fd());
  }
  const int last = pairs[3].child.fd();
  for (ChannelPair& pair : pairs) pool.give_back(0, 1, std::move(pair.child));
  EXPECT_EQ(pool.take(0, 1)->fd(), with_memory[1]);
  EXPECT_EQ(pool.take(0, 1)->fd(), with_memory[0]);
  EXPECT_EQ(pool.take(0, 1)->fd(), last);
}

TEST(Pool, ClosesOneThatKeepsMemoryUnused) {
  Pool pool(1, 4);
  BodyMemoryAllowance allowance(2);
  ChannelPair first = make_channel_pair();
  ChannelPair second = make_channel_pair();
  for (Channel* const each : {&first.child, &second.child}) {
    each->allow_body_memory(allowance);
    ASSERT_NE(each->body_memory(), nullptr);
  }
  const int unused = first.child.fd();
  const int used = second.child.fd();
  const auto start = Pool::Clock::now();
  pool.give_back(0, 1, std::move(first.child), start);
  pool.give_back(0, 1, std::move(second.child), start + Pool::kLongestUnused);
  EXPECT_NE(::fcntl(unused, F_GETFD), -1);
  pool.give_back(0, 1, *pool.take(0, 1), start + Pool::kLongestUnused + std::chrono::seconds(1));
  EXPECT_EQ(::fcntl(unused, F_GETFD), -1);
  EXPECT_EQ(pool.take(0, 1)->fd(), used);
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
