#include "worker/response.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <thread>

#include "child_side.hpp"
#include "unit/open_descriptors.hpp"

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
  Outlet outlet_{pair_.worker};
  Response response_{outlet_};
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

class SharedBodyTest : public ResponseTest {
 protected:
  static constexpr std::size_t kMemory = channel::BodyMemory::kSize;
  SharedBodyTest() { pair_.worker.allow_body_memory(allowance_); }

  // What is here without a wait: more than the socket holds can't be.
  std::string body_received() {
    std::string body;
    while (true) {
      const auto frame = pair_.child.try_receive();
      if (!frame || !*frame) return body;
      if ((*frame)->type == FrameType::kResponseBody) body += (*frame)->payload;
    }
  }
  static std::string text(std::size_t size) {
    std::string result(size, ' ');
    for (std::size_t i = 0; i < size; ++i) result[i] = static_cast<char>('a' + i * 7 / 5 % 26);
    return result;
  }

  channel::BodyMemoryAllowance allowance_{1};
};

TEST_F(SharedBodyTest, CarriesALargeBodyWhileNobodyReads) {
  set_head();
  const std::string body = text(kMemory);
  ASSERT_TRUE(response_.write(body, Last::kYes));
  EXPECT_EQ(body_received(), body);
}

TEST_F(SharedBodyTest, LeavesTheRestToTheSocket) {
  set_head();
  const std::string body = text(kMemory + 10'000);
  ASSERT_TRUE(response_.write(body, Last::kYes));
  EXPECT_EQ(body_received(), body);
}

TEST_F(SharedBodyTest, OverwritesNothingOfItsResponse) {
  set_head();
  const std::string piece = text(kMemory / 3 + 1000);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(response_.write(piece, Last::kNo));
  const std::string end = text(kMemory / 3 + 2000);
  ASSERT_TRUE(response_.write(end, Last::kYes));
  EXPECT_EQ(body_received(), piece + piece + end);
}

TEST_F(SharedBodyTest, BeginsAnewWithTheNextResponse) {
  const std::string body = text(kMemory);
  for (const char first : {'1', '2'}) {
    Outlet outlet(pair_.worker);
    Response response(outlet);
    ASSERT_TRUE(response.set_head({.status = 200, .reason = "", .fields = {}}));
    ASSERT_TRUE(response.write(first + body.substr(1), Last::kYes));
    EXPECT_EQ(body_received(), first + body.substr(1));
  }
}

TEST_F(SharedBodyTest, IsNotForSmallBodies) {
  set_head();
  ASSERT_TRUE(response_.write(text(1000), Last::kYes));
  EXPECT_EQ(body_received(), text(1000));
  EXPECT_FALSE(pair_.child.has_body_memory());
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

TEST_F(ResponseTest, FailsWith504WhenTimeWasUp) {
  response_.fail(Failure::kTimeout);
  EXPECT_EQ(received().status, 504U);
}

TEST_F(ResponseTest, FailsWithAPageThatSaysWhyAndMayDoNothing) {
  const Explanation explanation{.form = PageForm::kHtml, .text = "<p>why</p>"};
  response_.fail(Failure::kError, &explanation);
  const TestResponse page = received();
  EXPECT_EQ(page.status, 500U);
  EXPECT_EQ(page.body, "<p>why</p>");
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

class FileTest : public ResponseTest {
 protected:
  // The next frame has to be a part of the file.
  wire::FilePart receive_part(bool is_last) {
    const auto frame = pair_.child.receive();
    EXPECT_TRUE(frame && frame->type == FrameType::kResponseFile);
    EXPECT_EQ(frame->is_last, is_last);
    const UniqueFd descriptor = pair_.child.take_descriptor();
    struct stat ours {};
    struct stat theirs {};
    EXPECT_EQ(::fstat(file_.get(), &ours) + ::fstat(descriptor.get(), &theirs), 0);
    EXPECT_EQ(ours.st_ino, theirs.st_ino);
    return wire::decode_file_part(frame->payload).value();
  }

  UniqueFd file_{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
};

TEST_F(FileTest, SendsHeadFileAndEndInOneWrite) {
  const std::ptrdiff_t before = open_descriptors();
  set_head();
  ASSERT_TRUE(response_.send_file(file_.get(), {.offset = 5, .length = 7}, Last::kYes));
  EXPECT_TRUE(response_.is_finished());
  ASSERT_EQ(pair_.child.receive()->type, FrameType::kResponseHead);
  // One read has brought both.
  std::array<char, 1> byte{};
  EXPECT_LT(::recv(pair_.child.fd(), byte.data(), 1, MSG_DONTWAIT), 0);
  const wire::FilePart part = receive_part(true);
  EXPECT_EQ(part.offset, 5U);
  EXPECT_EQ(part.length, 7U);
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(FileTest, SendsAFileAmongBytes) {
  set_head();
  ASSERT_TRUE(response_.write("before", Last::kNo));
  ASSERT_TRUE(response_.send_file(file_.get(), {.offset = 0, .length = 1}, Last::kNo));
  ASSERT_TRUE(response_.write("after", Last::kYes));
  EXPECT_EQ(pair_.child.receive()->type, FrameType::kResponseHead);
  EXPECT_EQ(pair_.child.receive()->payload, "before");
  receive_part(false);
  EXPECT_EQ(pair_.child.receive()->payload, "after");
}

TEST_F(FileTest, SendsNoEmptyPart) {
  set_head();
  ASSERT_TRUE(response_.send_file(file_.get(), {.offset = 5, .length = 0}, Last::kYes));
  EXPECT_EQ(received().last, FrameType::kResponseHead);
}

TEST_F(FileTest, RefusesAFileWithoutHeadAndAfterTheEnd) {
  const wire::FilePart part{.offset = 0, .length = 1};
  EXPECT_EQ(response_.send_file(file_.get(), part, Last::kNo).error().code, Errc::kInternal);
  set_head();
  ASSERT_TRUE(response_.finish());
  EXPECT_EQ(response_.send_file(file_.get(), part, Last::kNo).error().code, Errc::kInternal);
}

TEST_F(FileTest, ReportsADescriptorThatIsNone) {
  set_head();
  const UniqueFd closed = std::move(file_);
  const int number = closed.get() + 1000;
  EXPECT_EQ(response_.send_file(number, {.offset = 0, .length = 1}, Last::kYes).error().code,
            Errc::kSystem);
  EXPECT_FALSE(response_.is_finished());
}

const wire::ResponseHead kHints{.status = 103, .reason = "", .fields = {{"Link", "</a.css>"}}};

TEST_F(ResponseTest, SendsInterimHeadsBeforeTheHead) {
  ASSERT_TRUE(response_.send_interim(kHints));
  set_head();
  ASSERT_TRUE(response_.send_interim(kHints));
  ASSERT_TRUE(response_.finish());
  for (int i = 0; i < 2; ++i) {
    const auto frame = pair_.child.receive();
    ASSERT_TRUE(frame && frame->type == FrameType::kInterim);
    EXPECT_EQ(wire::decode_interim_head(frame->payload)->fields.at(0).name, "Link");
  }
  EXPECT_EQ(received().status, 200U);
}

TEST_F(ResponseTest, RefusesAnInterimHeadAfterTheHead) {
  set_head();
  ASSERT_TRUE(response_.write("", Last::kNo));
  EXPECT_EQ(response_.send_interim(kHints).error().code, Errc::kInternal);
  ASSERT_TRUE(response_.finish()) << "the response goes on";
}

TEST_F(ResponseTest, RefusesAnyOtherStatusAsInterim) {
  EXPECT_EQ(response_.send_interim({.status = 100}).error().code, Errc::kInternal);
  EXPECT_EQ(response_.send_interim({.status = 200}).error().code, Errc::kInternal);
}

TEST_F(ResponseTest, RefusesTooManyAndTooLargeInterimHeads) {
  const std::string value(wire::kMaxResponseHead, 'x');
  EXPECT_EQ(response_.send_interim({.status = 103, .fields = {{"Link", value}}}).error().code,
            Errc::kTooLarge);
  for (unsigned i = 0; i < wire::kMostInterimHeads; ++i)
    ASSERT_TRUE(response_.send_interim(kHints));
  EXPECT_EQ(response_.send_interim(kHints).error().code, Errc::kTooLarge);
  set_head();
  ASSERT_TRUE(response_.finish()) << "the response goes on";
}

TEST_F(ResponseTest, FailsWith500AfterInterimHeads) {
  ASSERT_TRUE(response_.send_interim(kHints));
  response_.fail();
  EXPECT_EQ(received().status, 500U);
}

}  // namespace
}  // namespace warp::worker
