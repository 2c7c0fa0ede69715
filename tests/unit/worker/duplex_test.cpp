// One thread reads a request's body while another writes its response and a third logs: run under
// ThreadSanitizer, too.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <thread>

#include "child_side.hpp"
#include "fake_application.hpp"
#include "worker/session.hpp"

namespace warp::worker {
namespace {

using wire::BodyKind;
using wire::FrameType;

class DuplexTest : public testing::Test {
 protected:
  Afterwards serve(Serve serve) {
    FakeThread thread(std::move(serve));
    Session session(thread, scoreboard::Recorder(board_, 0, 0));
    return session.serve(pair_.worker, Intake::kOpen);
  }

  scoreboard::Scoreboard board_ =
      scoreboard::Scoreboard::map(scoreboard::create_segment({}).value().get()).value();
  ChannelPair pair_ = make_channel_pair();
};

TEST_F(DuplexTest, ReadsWritesAndLogsAtTheSameTime) {
  const std::string upload(1'500'000, 'u');
  const std::string piece(40'000, 'd');
  constexpr int kPieces = 30;
  ASSERT_TRUE(send_request(pair_.child, {.body = BodyKind::kSized, .body_length = upload.size()}));
  TestResponse response;
  std::jthread child([&] { response = receive_response(pair_.child, upload).value(); });
  const Afterwards afterwards = serve([&](Exchange& exchange) {
    std::string received;
    std::jthread reader([&] { received = read_all(exchange.body).value(); });
    std::jthread logger([&] {
      for (int i = 0; i < 200; ++i) EXPECT_TRUE(exchange.log.write(LogLevel::kInfo, "line"));
    });
    ASSERT_TRUE(exchange.response.set_head({.status = 200, .reason = "", .fields = {}}));
    for (int i = 0; i < kPieces; ++i) ASSERT_TRUE(exchange.response.write(piece, Last::kNo));
    reader.join();
    logger.join();
    EXPECT_EQ(received, upload);
    ASSERT_TRUE(exchange.response.finish());
  });
  EXPECT_EQ(afterwards, Afterwards::kKeep);
  child.join();
  EXPECT_EQ(response.body.size(), piece.size() * kPieces);
}

// Whoever asks first has a credit that is answered, or not; but nothing is asked after the end,
// when the channel may belong to the child's next request.
TEST_F(DuplexTest, AsksForNothingAfterAnEndThatAnotherThreadSends) {
  for (int i = 0; i < 200; ++i) {
    Outlet outlet(pair_.worker);
    wire::RequestHead head;
    head.body = BodyKind::kUnsized;
    RequestBody body(pair_.worker, outlet, head, "");
    Response response(outlet);
    ASSERT_TRUE(response.set_head({.status = 200, .reason = "", .fields = {}}));
    std::jthread reader([&] {
      char byte = 0;
      (void)body.read(std::span(&byte, 1));
    });
    std::jthread writer([&] { ASSERT_TRUE(response.finish()); });
    bool is_credited = false;
    for (bool is_over = false; !is_over;) {
      const auto frame = pair_.child.receive();
      ASSERT_TRUE(frame);
      is_credited = is_credited || frame->type == FrameType::kCredit;
      is_over = frame->is_last;
    }
    if (is_credited) {
      // As a child that had the bytes already.
      ASSERT_TRUE(pair_.child.send({.type = FrameType::kRequestBody, .payload = "x"}));
    }
    reader.join();
    writer.join();
    EXPECT_EQ(body.is_settled(), is_credited);
    EXPECT_EQ(pair_.child.try_receive(), std::nullopt);
  }
}

TEST_F(DuplexTest, EndsAReadThatWaitsWhenTheChildClosesAfterTheEnd) {
  ASSERT_TRUE(send_request(pair_.child, {.body = BodyKind::kUnsized}));
  const Afterwards afterwards = serve([this](Exchange& exchange) {
    Result<std::size_t> read;
    std::jthread reader([&] {
      char byte = 0;
      read = exchange.body.read(std::span(&byte, 1));
    });
    EXPECT_EQ(pair_.child.receive()->type, FrameType::kCredit);
    ASSERT_TRUE(answer(exchange, "done"));
    pair_.child = make_channel_pair().child;
    reader.join();
    EXPECT_EQ(read.error().code, Errc::kClosed);
  });
  EXPECT_EQ(afterwards, Afterwards::kClose);
}

}  // namespace
}  // namespace warp::worker
