#include "worker/session.hpp"

#include <sys/socket.h>

#include <optional>
#include <thread>

#include "base/log.hpp"
#include "child_side.hpp"
#include "fake_application.hpp"
#include "scoreboard/activity.hpp"
#include "script_file.hpp"

namespace warp::worker {
namespace {

using scoreboard::Scoreboard;
using wire::BodyKind;
using wire::FrameType;

class SessionTest : public testing::Test {
 protected:
  Afterwards serve(Serve serve, Intake intake = Intake::kOpen) {
    FakeThread thread(std::move(serve));
    Session session(thread, scoreboard::Recorder(board_, 0, 0),
                    {.script = script_watch_.get(), .thread = &thread_, .limit = &limit_});
    return session.serve(pair_.worker, intake);
  }
  Afterwards serve_hello(Intake intake = Intake::kOpen) {
    return serve([](Exchange& exchange) { (void)answer(exchange, "hello"); }, intake);
  }
  TestResponse received(std::string_view body = {}) {
    return receive_response(pair_.child, body).value();
  }

  Scoreboard board_ = Scoreboard::map(scoreboard::create_segment({}).value().get()).value();
  ChannelPair pair_ = make_channel_pair(
      {.receive = std::chrono::milliseconds(200), .send = std::chrono::seconds(20)});
  std::unique_ptr<ScriptWatch> script_watch_;
  ServingThread thread_;
  unsigned limits_reached_ = 0;
  RequestLimit limit_{2, [this] { ++limits_reached_; }};
};

TEST_F(SessionTest, AnswersARequestAndKeepsTheChannel) {
  ASSERT_TRUE(send_request(pair_.child, {}));
  EXPECT_EQ(serve_hello(), Afterwards::kKeep);
  EXPECT_EQ(received().body, "hello");
  ASSERT_TRUE(send_request(pair_.child, {}));
  EXPECT_EQ(serve_hello(), Afterwards::kKeep);
}

TEST_F(SessionTest, RecordsWhatAThreadHasWaitedForTheInterpretersLock) {
  ASSERT_TRUE(send_request(pair_.child, {}));
  (void)serve([](Exchange& exchange) {
    exchange.response.interpreter_taken(std::chrono::microseconds(5));
    (void)answer(exchange, "hello");
  });
  EXPECT_EQ(board_.thread(0, 0).lock_wait_ns, 5000U);
  EXPECT_EQ(board_.thread(0, 0).lock_takings, 1U);
}

TEST_F(SessionTest, DoesNotWaitWhenNothingHasCome) { EXPECT_EQ(serve_hello(), Afterwards::kKeep); }

TEST_F(SessionTest, WaitsForTheRestOfAPartialHead) {
  const std::string payload = head_payload({});
  const auto header = wire::encode_frame_header(
      {.type = FrameType::kRequestHead, .length = static_cast<std::uint32_t>(payload.size())});
  ASSERT_EQ(::send(pair_.child.fd(), header.data(), header.size(), 0), ssize_t{8});
  std::jthread child([&] { ::send(pair_.child.fd(), payload.data(), payload.size(), 0); });
  EXPECT_EQ(serve_hello(), Afterwards::kKeep);
}

TEST_F(SessionTest, ClosesAChannelWhoseHeadStopsHalfway) {
  ASSERT_EQ(::send(pair_.child.fd(), "\1\1\0", 3, 0), 3);
  EXPECT_EQ(serve_hello(), Afterwards::kClose);
}

TEST_F(SessionTest, ClosesOnGarbage) {
  ASSERT_EQ(::send(pair_.child.fd(), "GET / HTTP/1.1\r\n", 16, 0), 16);
  EXPECT_EQ(serve_hello(), Afterwards::kClose);
}

TEST_F(SessionTest, ClosesWhenAnythingButAHeadBegins) {
  ASSERT_TRUE(pair_.child.send({.type = FrameType::kRequestAbort}));
  EXPECT_EQ(serve_hello(), Afterwards::kClose);
}

TEST_F(SessionTest, StartsTheApplicationOnlyWithTheWholePreload) {
  ASSERT_TRUE(pair_.child.send(
      {.type = FrameType::kRequestHead,
       .payload = head_payload({.body = BodyKind::kSized, .body_length = 9, .preload = "hello"})}));
  bool is_called = false;
  EXPECT_EQ(serve([&](Exchange&) { is_called = true; }), Afterwards::kClose);
  EXPECT_FALSE(is_called);
}

TEST_F(SessionTest, ClosesOnAPreloadThatContradictsItsHead) {
  ASSERT_TRUE(pair_.child.send(
      {.type = FrameType::kRequestHead,
       .payload = head_payload({.body = BodyKind::kSized, .body_length = 9, .preload = "hello"})}));
  ASSERT_TRUE(pair_.child.send({.type = FrameType::kRequestBody, .payload = "hello!"}));
  EXPECT_EQ(serve_hello(), Afterwards::kClose);
}

TEST_F(SessionTest, TakesAPreloadOfSeveralFrames) {
  const std::string body(50'000, 'b');
  const TestRequest request{
      .body = BodyKind::kSized, .body_length = body.size(), .preload = body, .is_whole = true};
  ASSERT_TRUE(
      pair_.child.send({.type = FrameType::kRequestHead, .payload = head_payload(request)}));
  constexpr std::array<std::size_t, 4> kEnds = {1, 20'000, 20'001, 50'000};
  for (std::size_t begin = 0; const std::size_t end : kEnds) {
    ASSERT_TRUE(pair_.child.send({.type = FrameType::kRequestBody,
                                  .is_last = end == body.size(),
                                  .payload = std::string_view(body).substr(begin, end - begin)}));
    begin = end;
  }
  EXPECT_EQ(serve([](Exchange& exchange) { EXPECT_TRUE(echo(exchange)); }), Afterwards::kKeep);
  EXPECT_EQ(received().body, body);
}

TEST_F(SessionTest, FetchesTheBodyThatTheApplicationReads) {
  const std::string body(300'000, 'y');
  ASSERT_TRUE(send_request(pair_.child, {.method = "POST",
                                         .body = BodyKind::kSized,
                                         .body_length = body.size() + 3,
                                         .preload = "abc"}));
  std::jthread child([&] { EXPECT_EQ(received(body).body, "abc" + body); });
  EXPECT_EQ(serve([](Exchange& exchange) { EXPECT_TRUE(echo(exchange)); }), Afterwards::kKeep);
}

TEST_F(SessionTest, KeepsTheChannelWhenTheBodyWasNotRead) {
  ASSERT_TRUE(send_request(pair_.child, {.body = BodyKind::kSized, .body_length = 1'000'000}));
  EXPECT_EQ(serve_hello(), Afterwards::kKeep);
}

TEST_F(SessionTest, ClosesTheChannelWhenTheBodyBrokeOff) {
  ASSERT_TRUE(send_request(pair_.child, {.body = BodyKind::kUnsized}));
  ASSERT_TRUE(pair_.child.send({.type = FrameType::kRequestAbort}));
  const Afterwards afterwards = serve([](Exchange& exchange) {
    char byte = 0;
    EXPECT_FALSE(exchange.body.read(std::span(&byte, 1)));
    EXPECT_TRUE(answer(exchange, "enough"));
  });
  EXPECT_EQ(afterwards, Afterwards::kClose);
}

TEST_F(SessionTest, Answers500ForAnApplicationThatAnswersNothing) {
  ASSERT_TRUE(send_request(pair_.child, {}));
  EXPECT_EQ(serve([](Exchange&) {}), Afterwards::kKeep);
  EXPECT_EQ(received().status, 500U);
}

TEST_F(SessionTest, BreaksAnUnfinishedResponseAndCloses) {
  ASSERT_TRUE(send_request(pair_.child, {}));
  const Afterwards afterwards = serve([](Exchange& exchange) {
    ASSERT_TRUE(exchange.response.set_head({.status = 200, .reason = "", .fields = {}}));
    ASSERT_TRUE(exchange.response.write("half", Last::kNo));
  });
  EXPECT_EQ(afterwards, Afterwards::kClose);
  EXPECT_EQ(received().last, FrameType::kBroken);
}

TEST_F(SessionTest, ClosesWhenTheClientVanishesMidResponse) {
  ASSERT_TRUE(send_request(pair_.child, {}));
  const Afterwards afterwards = serve([this](Exchange& exchange) {
    ASSERT_TRUE(exchange.response.set_head({.status = 200, .reason = "", .fields = {}}));
    ASSERT_TRUE(exchange.response.write("half", Last::kNo));
    pair_.child = make_channel_pair().child;
    EXPECT_EQ(exchange.response.write("more", Last::kYes).error().code, Errc::kClosed);
  });
  EXPECT_EQ(afterwards, Afterwards::kClose);
}

TEST_F(SessionTest, ServesAnArrivedRequestWhenTheIntakeIsShut) {
  ASSERT_TRUE(send_request(
      pair_.child,
      {.body = BodyKind::kSized, .body_length = 5, .preload = "hello", .is_whole = true}));
  ::shutdown(pair_.worker.fd(), SHUT_RD);
  EXPECT_EQ(serve([](Exchange& exchange) { (void)echo(exchange); }, Intake::kShut),
            Afterwards::kKeep);
  EXPECT_EQ(received().body, "hello");
}

TEST_F(SessionTest, RejectsARequestThatNeedsMoreWhenTheIntakeIsShut) {
  ASSERT_TRUE(send_request(pair_.child, {.body = BodyKind::kUnsized}));
  bool is_called = false;
  EXPECT_EQ(serve([&](Exchange&) { is_called = true; }, Intake::kShut), Afterwards::kClose);
  EXPECT_EQ(received().last, FrameType::kRejected);
  EXPECT_FALSE(is_called);
}

TEST_F(SessionTest, ServesOnAndTellsWhenTheScriptHasChanged) {
  const ScriptFile script;
  script_watch_ = script.watch();
  ASSERT_TRUE(send_request(pair_.child, {}));
  EXPECT_EQ(serve_hello(), Afterwards::kKeep);
  EXPECT_EQ(received().body, "hello");
  EXPECT_FALSE(script_watch_->take_event());
  script.touch();
  ASSERT_TRUE(send_request(pair_.child, {}));
  EXPECT_EQ(serve_hello(), Afterwards::kKeep);
  EXPECT_EQ(received().body, "hello");
  EXPECT_TRUE(script_watch_->take_event());
}

TEST_F(SessionTest, RecordsWhatItIsDoingWithoutTheQuery) {
  ASSERT_TRUE(send_request(pair_.child, {.method = "PUT", .uri = "/path?secret=1"}));
  serve([this](Exchange& exchange) {
    const auto busy = scoreboard::busy_threads(board_, 0);
    ASSERT_EQ(busy.size(), 1U);
    EXPECT_EQ(busy[0].method, "PUT");
    EXPECT_EQ(busy[0].path, "/path");
    EXPECT_EQ(busy[0].stage, scoreboard::Stage::kTaken);
    exchange.response.application_called();
    EXPECT_EQ(scoreboard::busy_threads(board_, 0).at(0).stage, scoreboard::Stage::kApplication);
    EXPECT_TRUE(answer(exchange, "x"));
    EXPECT_EQ(scoreboard::busy_threads(board_, 0).at(0).stage, scoreboard::Stage::kResponse);
  });
  EXPECT_TRUE(scoreboard::busy_threads(board_, 0).empty());
  EXPECT_EQ(board_.slot(0).requests_served, 1U);
}

TEST_F(SessionTest, ShowsTheWatchdogItsRequestWhileItLasts) {
  ASSERT_TRUE(send_request(pair_.child, {.id = "mtbgN5SYTUA"}));
  serve([this](Exchange& exchange) {
    ASSERT_TRUE(thread_.request());
    EXPECT_EQ(thread_.request()->number, 7U);
    EXPECT_EQ(thread_.request()->id, "mtbgN5SYTUA");
    EXPECT_TRUE(answer(exchange, "x"));
  });
  EXPECT_FALSE(thread_.is_busy());
}

TEST_F(SessionTest, CountsRequestsUpToTheirLimitOnce) {
  for (const unsigned reached : {0U, 1U, 1U}) {
    ASSERT_TRUE(send_request(pair_.child, {}));
    serve_hello();
    EXPECT_EQ(limits_reached_, reached);
  }
}

}  // namespace
}  // namespace warp::worker
