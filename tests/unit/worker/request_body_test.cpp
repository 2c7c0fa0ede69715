#include "worker/request_body.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "child_side.hpp"
#include "fake_application.hpp"

namespace warp::worker {
namespace {

using wire::BodyKind;
using wire::FrameType;

class RequestBodyTest : public testing::Test {
 protected:
  RequestBody& open(const TestRequest& request) {
    head_ = head_of(request);
    body_.emplace(pair_.worker, outlet_, head_, request.preload);
    return *body_;
  }
  void send_body(std::string_view bytes, bool is_last) {
    ASSERT_TRUE(
        pair_.child.send({.type = FrameType::kRequestBody, .is_last = is_last, .payload = bytes}));
  }
  std::uint32_t receive_credit() {
    const auto frame = pair_.child.receive();
    EXPECT_TRUE(frame && frame->type == FrameType::kCredit);
    return wire::get_number<std::uint32_t>(frame->payload.data());
  }
  Result<std::size_t> read() { return body_->read(buffer_); }

  ChannelPair pair_ = make_channel_pair();
  Outlet outlet_{pair_.worker};
  wire::RequestHead head_;
  std::optional<RequestBody> body_;
  std::array<char, 1000> buffer_{};
};

TEST_F(RequestBodyTest, IsAtItsEndWhenThereIsNone) {
  EXPECT_TRUE(open({}).is_at_end());
  EXPECT_EQ(read(), 0U);
}

TEST_F(RequestBodyTest, GivesAWholePreloadWithoutAskingForAnything) {
  open({.body = BodyKind::kSized, .body_length = 5, .preload = "hello", .is_whole = true});
  EXPECT_EQ(read(), 5U);
  EXPECT_TRUE(body_->is_at_end());
  EXPECT_EQ(pair_.child.try_receive(), std::nullopt);
}

TEST_F(RequestBodyTest, AsksForNoMoreThanTheRest) {
  open({.body = BodyKind::kSized, .body_length = 8, .preload = "hello"});
  EXPECT_EQ(read(), 5U);
  send_body("abc", true);
  EXPECT_EQ(read(), 3U);
  EXPECT_EQ(receive_credit(), 3U);
  EXPECT_TRUE(body_->is_at_end());
  EXPECT_TRUE(body_->is_settled());
}

TEST_F(RequestBodyTest, AsksForMoreThanASmallReadWants) {
  open({.body = BodyKind::kUnsized});
  send_body("abc", false);
  EXPECT_EQ(body_->read(std::span(buffer_).first(1)), 1U);
  EXPECT_EQ(receive_credit(), std::uint32_t{64} << 10U);
  EXPECT_TRUE(body_->is_settled());
}

// The child answers with what has come from the client, and is then free to pass the response on.
TEST_F(RequestBodyTest, AsksAnewForEachFrame) {
  open({.body = BodyKind::kUnsized});
  send_body("abc", false);
  send_body("de", true);
  EXPECT_EQ(read(), 3U);
  EXPECT_EQ(read(), 2U);
  EXPECT_EQ(read(), 0U);
  (void)receive_credit();
  (void)receive_credit();
  EXPECT_EQ(pair_.child.try_receive(), std::nullopt);
  EXPECT_TRUE(body_->is_settled());
}

TEST_F(RequestBodyTest, EndsASizedBodyWithItsLastByteEvenWithoutTheFlag) {
  open({.body = BodyKind::kSized, .body_length = 3});
  send_body("abc", false);
  EXPECT_EQ(read(), 3U);
  EXPECT_EQ(read(), 0U);
}

TEST_F(RequestBodyTest, ReportsAnAbortAsClosedAgainAndAgain) {
  open({.body = BodyKind::kUnsized});
  ASSERT_TRUE(pair_.child.send({.type = FrameType::kRequestAbort}));
  EXPECT_EQ(read().error().code, Errc::kClosed);
  EXPECT_EQ(read().error().code, Errc::kClosed);
  EXPECT_FALSE(body_->is_settled());
}

TEST_F(RequestBodyTest, RejectsMoreBytesThanItAskedFor) {
  open({.body = BodyKind::kSized, .body_length = 3});
  send_body("abcd", true);
  EXPECT_EQ(read().error().code, Errc::kProtocol);
}

TEST_F(RequestBodyTest, RejectsASizedBodyThatEndsEarly) {
  open({.body = BodyKind::kSized, .body_length = 3});
  send_body("ab", true);
  EXPECT_EQ(read().error().code, Errc::kProtocol);
}

TEST_F(RequestBodyTest, RejectsAnEmptyFrameThatEndsNothing) {
  open({.body = BodyKind::kUnsized});
  send_body("", false);
  EXPECT_EQ(read().error().code, Errc::kProtocol);
}

TEST_F(RequestBodyTest, RejectsAFrameOfAnotherKind) {
  open({.body = BodyKind::kUnsized});
  ASSERT_TRUE(send_request(pair_.child, {}));
  EXPECT_EQ(read().error().code, Errc::kProtocol);
}

TEST_F(RequestBodyTest, AsksForNothingAfterTheResponsesEnd) {
  open({.body = BodyKind::kUnsized});
  ASSERT_TRUE(outlet_.send({.type = FrameType::kResponseBody, .is_last = true}));
  ASSERT_TRUE(pair_.child.receive());
  EXPECT_EQ(read().error().code, Errc::kClosed);
  EXPECT_EQ(pair_.child.try_receive(), std::nullopt);
}

TEST_F(RequestBodyTest, ReadsALargeBodyWhole) {
  const std::string sent(3'000'000, 'x');
  open({.body = BodyKind::kSized, .body_length = sent.size()});
  std::jthread child([&] { (void)receive_response(pair_.child, sent); });
  EXPECT_EQ(read_all(*body_), sent);
  pair_.worker = make_channel_pair().worker;
}

}  // namespace
}  // namespace warp::worker
