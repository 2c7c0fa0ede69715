#include "worker/response.hpp"

#include <thread>

#include "child_side.hpp"

namespace warp::worker {
namespace {

using wire::FrameType;

class ResponseTest : public testing::Test {
 protected:
  void set_head(std::uint16_t status = 200) {
    ASSERT_TRUE(response_.set_head({.status = status, .reason = "", .fields = {{"A", "b"}}}));
  }
  TestResponse received() { return receive_response(pair_.child).value(); }

  ChannelPair pair_ = make_channel_pair();
  Response response_{pair_.worker};
};

TEST_F(ResponseTest, SendsHeadBodyAndEndInOneWrite) {
  set_head();
  ASSERT_TRUE(response_.write("hello", Last::kYes));
  const auto head = pair_.child.receive();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->type, FrameType::kResponseHead);
  // One recv has brought both frames: the second needs no system call and can't be missing.
  const auto body = pair_.child.try_receive();
  ASSERT_TRUE(body && *body);
  EXPECT_EQ((*body)->payload, "hello");
  EXPECT_TRUE((*body)->is_last);
  EXPECT_TRUE(response_.is_finished());
}

TEST_F(ResponseTest, KeepsTheHeadBackUntilTheFirstWrite) {
  set_head(404);
  set_head(200);
  EXPECT_EQ(pair_.child.try_receive(), std::nullopt);
  ASSERT_TRUE(response_.finish());
  EXPECT_EQ(received().status, 200U);
}

TEST_F(ResponseTest, EndsABodilessResponseWithItsHead) {
  set_head(204);
  ASSERT_TRUE(response_.finish());
  EXPECT_EQ(received().last, FrameType::kResponseHead);
}

TEST_F(ResponseTest, SendsTheHeadAloneWhenWrittenEmpty) {
  set_head();
  ASSERT_TRUE(response_.write("", Last::kNo));
  EXPECT_TRUE(response_.is_head_sent());
  const auto head = pair_.child.receive();
  EXPECT_TRUE(head && head->type == FrameType::kResponseHead && !head->is_last);
}

TEST_F(ResponseTest, FinishesOnlyOnce) {
  set_head();
  ASSERT_TRUE(response_.finish());
  ASSERT_TRUE(response_.finish());
  (void)received();
  EXPECT_EQ(pair_.child.try_receive(), std::nullopt);
}

TEST_F(ResponseTest, StreamsChunksInOrder) {
  set_head();
  for (const char* chunk : {"a", "b", "c"}) ASSERT_TRUE(response_.write(chunk, Last::kNo));
  ASSERT_TRUE(response_.finish());
  EXPECT_EQ(received().body, "abc");
}

TEST_F(ResponseTest, CutsALargeBodyIntoFrames) {
  const std::string body(2'000'000, 'x');
  set_head();
  std::jthread worker([&] { EXPECT_TRUE(response_.write(body, Last::kYes)); });
  EXPECT_EQ(received().body, body);
}

TEST_F(ResponseTest, RefusesABodyWithoutHeadAndAfterTheEnd) {
  EXPECT_EQ(response_.write("x", Last::kNo).error().code, Errc::kInternal);
  set_head();
  ASSERT_TRUE(response_.finish());
  EXPECT_EQ(response_.write("x", Last::kNo).error().code, Errc::kInternal);
}

TEST_F(ResponseTest, FailsWith500BeforeTheHeadIsSent) {
  set_head(200);
  response_.fail();
  EXPECT_EQ(received().status, 500U);
  EXPECT_TRUE(response_.is_finished());
}

TEST_F(ResponseTest, FailsAsBrokenAfterTheHeadIsSent) {
  set_head();
  ASSERT_TRUE(response_.write("part", Last::kNo));
  response_.fail();
  EXPECT_EQ(received().last, FrameType::kBroken);
  EXPECT_FALSE(response_.is_finished());
  EXPECT_FALSE(response_.write("more", Last::kYes));
}

TEST_F(ResponseTest, ReportsAVanishedReaderAsClosedAgainAndAgain) {
  set_head();
  pair_.child = make_channel_pair().child;
  EXPECT_EQ(response_.write("x", Last::kNo).error().code, Errc::kClosed);
  EXPECT_EQ(response_.finish().error().code, Errc::kClosed);
  EXPECT_FALSE(response_.is_finished());
}

TEST_F(ResponseTest, RefusesAHeadPastTheWiresBound) {
  const std::string value(wire::kMaxResponseHead, 'x');
  EXPECT_EQ(
      response_.set_head({.status = 200, .reason = "", .fields = {{"A", value}}}).error().code,
      Errc::kTooLarge);
  EXPECT_FALSE(response_.has_head());
}

}  // namespace
}  // namespace warp::worker
