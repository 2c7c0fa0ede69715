#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

TEST(WarpModule, TellsTheProcessAndItsServer) {
  EXPECT_EQ(get("/warp_constants").body, "(0, 1, 0) 0.1.0 tests 15 1 True True");
}

TEST(WarpModule, HasTheNamesThatItsStubDescribes) {
  const Received reply = serve({.path = "/module_names", .query = WARP_STUB});
  EXPECT_EQ(reply.body, "[] set() []");
}

TEST(WarpModule, KnowsTheRequestOfTheThread) {
  EXPECT_EQ(get("/request_facts").body,
            "7 {'key': 'value'} [None, {'7': {'key': 'value'}}, "
            "RuntimeError('this thread serves no request')] 1");
}

TEST(WarpModule, RequestDataIsTheRequestsOwn) {
  (void)get("/request_facts");
  EXPECT_EQ(get("/request_data_is_new").body, "{}");
}

TEST(WarpModule, OutsideARequestThereIsNone) {
  const CapturedLog log;
  with_python([](Gil&) {
    PyRun_SimpleString(
        "import warp\nprint(warp.request_id(), len(warp.active_requests), "
        "list(warp.active_requests))");
  });
  EXPECT_THAT(log.text(), HasSubstr("warp-worker: None 0 []\n"));
}

TEST(WarpModule, LogHandlerKnowsTheRequest) {
  const Received reply = get("/log_handler");
  ASSERT_EQ(reply.records[0].text, "7 {'user': 5} own informed");
  EXPECT_EQ(reply.records[0].level, 6);
  // A bad call of the logger is told as logging tells it, and goes no further.
  EXPECT_THAT(reply.log(), HasSubstr("TypeError: not all arguments converted"));
  EXPECT_EQ(reply.body, "done");
}

class Events : public ::testing::Test {
 protected:
  static void subscribe(const char* callback) {
    ASSERT_EQ(serve({.path = "/subscribe", .query = callback}).body, "True");
  }
  static std::string payload(const char* event) {
    return serve({.path = "/event_payload", .query = event}).body;
  }
  ~Events() override { (void)get("/unsubscribe_all"); }
};

TEST_F(Events, ComeInOrder) {
  subscribe("watch");
  (void)get("/hello");
  EXPECT_EQ(get("/event_names").body,
            // The end of the subscribing request had no beginning.
            "request_started response_started request_finished request_started");
}

TEST_F(Events, OfTheStartHasEnvironAndApplication) {
  subscribe("watch");
  (void)get("/hello");
  EXPECT_THAT(
      payload("request_started"),
      AllOf(StartsWith("application_object=<function application at "),
            HasSubstr("\napplication_start="), HasSubstr("\ncallable_object='application'\n"),
            HasSubstr("\nqueue_start="), HasSubstr("\nrequest_data={}\n"),
            HasSubstr("\nrequest_environ={'wsgi.version': (1, 0)"), HasSubstr("\nrequest_id='7'\n"),
            HasSubstr("\nrequest_start="), HasSubstr("\nthread_id=1")));
}

TEST_F(Events, OfTheResponseHasStatusAndHeaders) {
  subscribe("watch");
  (void)get("/exc_info_before");
  EXPECT_THAT(payload("response_started"),
              AllOf(StartsWith("exception_info=(<class 'KeyError'>, KeyError('k'), <traceback "),
                    HasSubstr("\nrequest_id='7'\n"),
                    HasSubstr("\nresponse_headers=[('Content-Type', 'text/plain')]\n"),
                    HasSubstr("\nresponse_status='500 Oh'")));
}

TEST_F(Events, OfTheEndHasFigures) {
  subscribe("watch");
  (void)serve({.path = "/reads_and_answers",
               .method = "POST",
               .body = "posted",
               .body_kind = wire::BodyKind::kSized});
  EXPECT_THAT(payload("request_finished"),
              MatchesRegex("application_finish=[0-9.]+\napplication_start=[0-9.]+\n"
                           "application_time=[0-9.e-]+\ncpu_system_time=[0-9.e-]+\n"
                           "cpu_total_time=[0-9.e-]+\ncpu_user_time=[0-9.e-]+\n"
                           "input_length=6\noutput_length=9\nqueue_start=[0-9.]+\n"
                           "request_data=\\{'seen': 'posted'\\}\nrequest_id='7'\n"
                           "request_start=[0-9.]+\nresponse_status=201\nthread_id=1"));
}

TEST_F(Events, OfAnExceptionHasItWithItsTraceback) {
  subscribe("watch");
  EXPECT_EQ(get("/fails").status, 500);
  EXPECT_THAT(payload("request_exception"),
              StartsWith("exception_info=(<class 'ValueError'>, ValueError('before the head\\n"
                         "[forged] line'), <traceback object"));
}

TEST_F(Events, StatusOfAFailedRequestIs500) {
  subscribe("watch");
  EXPECT_EQ(get("/fails").status, 500);
  // The last that has finished.
  EXPECT_THAT(payload("request_finished"), HasSubstr("\nresponse_status=500\n"));
}

TEST_F(Events, SubscriberMayWrapTheApplication) {
  EXPECT_EQ(get("/is_wrapped").body, "no");
  subscribe("wrap");
  EXPECT_EQ(get("/is_wrapped").body, "yes");
}

TEST_F(Events, FailingSubscriberIsLoggedAndHarmsNobody) {
  subscribe("fail");
  subscribe("watch");
  const Received reply = get("/hello");
  EXPECT_EQ(reply.body, "hello");
  EXPECT_EQ(reply.records.size(), 3U);
  EXPECT_THAT(reply.records[0].text,
              AllOf(StartsWith("exception in watching.fail, called for request_started\n"
                               "Traceback (most recent call last):\n  File \""),
                    HasSubstr("LookupError: subscriber of request_started")));
  EXPECT_THAT(payload("request_started"), HasSubstr("request_id"));
}

TEST_F(Events, SubscriberMustBeCallable) {
  EXPECT_EQ(get("/bad_subscriber").body, "a callback is needed, not str");
}

}  // namespace
}  // namespace warp::python::testing
