#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Environ, HasWhatPep3333Asks) {
  EXPECT_THAT(get("/environ_text").body,
              AllOf(HasSubstr("wsgi.version=(1, 0)"), HasSubstr("wsgi.url_scheme='http'"),
                    HasSubstr("wsgi.multithread=True"), HasSubstr("wsgi.multiprocess=False"),
                    HasSubstr("wsgi.run_once=False"), HasSubstr("wsgi.input=<warp.Input object"),
                    HasSubstr("wsgi.errors=<warp.LogStream object"),
                    HasSubstr("wsgi.input_terminated=True"),
                    HasSubstr("wsgi.file_wrapper=<class 'warp.FileWrapper'>"),
                    HasSubstr("REQUEST_METHOD='GET'"), HasSubstr("PATH_INFO='/environ_text'")));
}

TEST(Environ, NamesTheProcessGroupAndVersion) {
  EXPECT_THAT(get("/environ_text").body,
              AllOf(HasSubstr("warp.process_group='tests'"), HasSubstr("warp.version=(0, 1, 0)")));
}

TEST(Environ, ValuesAreLatin1AndPathsOfTheFileSystem) {
  const Received reply = serve({.path = "/environ_text",
                                .environ = {{"HTTP_X_ODD", "caf\xc3\xa9"},
                                            {"HTTP_COOKIE", "a=\xff"},
                                            {"DOCUMENT_ROOT", "/srv/caf\xc3\xa9"}}});
  EXPECT_THAT(reply.body, AllOf(HasSubstr("HTTP_X_ODD='caf\xc3\x83\xc2\xa9'"),
                                HasSubstr("HTTP_COOKIE='a=\xc3\xbf'"),
                                HasSubstr("DOCUMENT_ROOT='/srv/caf\xc3\xa9'")));
}

TEST(Environ, IsNotSharedBetweenRequests) {
  const std::vector<std::pair<std::string, std::string>> once = {
      {"HTTP_ONCE", "1"}, {"HTTP_COOKIE", "secret"}, {"HTTP_REFERER", std::string(5000, 'r')}};
  const std::string with = serve({.path = "/environ_text", .environ = once}).body;
  const std::string without = get("/environ_text").body;
  for (const auto& [name, value] : once) {
    EXPECT_THAT(with, HasSubstr(name + "='" + value + "'"));
    EXPECT_THAT(without, Not(HasSubstr(name)));
  }
}

TEST(Environ, ApplicationMayChangeItsOwn) {
  EXPECT_EQ(get("/environ_changed").body, "fresh");
  EXPECT_EQ(get("/environ_changed").body, "fresh");
}

TEST(Environ, FollowsEachChangeOfAValue) {
  for (const char* const value : {"a", "b", "b", "", "a", "caf\xe9", "\xc3\xa9"}) {
    const std::string body =
        serve(
            {.path = "/environ_value", .query = "HTTP_COOKIE", .environ = {{"HTTP_COOKIE", value}}})
            .body;
    EXPECT_EQ(body, value);
  }
}

TEST(Environ, PathsFollowEachChange) {
  // Once text of Latin-1 and once bytes that are no UTF-8.
  for (const char* const value : {"/srv/caf\xc3\xa9", "/srv/caf\xe9", "/srv/caf\xc3\xa9", "/srv"})
    EXPECT_EQ(serve({.path = "/environ_path",
                     .query = "DOCUMENT_ROOT",
                     .environ = {{"DOCUMENT_ROOT", value}}})
                  .body,
              value);
}

TEST(Environ, LastOfAVariablesValuesCounts) {
  const Received reply =
      serve({.path = "/environ_value",
             .query = "HTTP_COOKIE",
             .environ = {{"HTTP_COOKIE", std::string(3000, 'x')}, {"HTTP_COOKIE", "header"}}});
  EXPECT_EQ(reply.body, "header");
}

TEST(Environ, SetEnvTakesNothingFromTheServer) {
  const Received reply = serve({.path = "/environ_text",
                                .environ = {{"wsgi.multithread", "posed"},
                                            {"warp.thread_id", "posed"},
                                            {"warp.own", "added"},
                                            {"APP_MODE", "test"}}});
  EXPECT_THAT(reply.body, AllOf(Not(HasSubstr("posed")), HasSubstr("warp.own='added'"),
                                HasSubstr("APP_MODE='test'")));
}

TEST(Environ, TellsTheTimesOfTheRequest) {
  const Received reply = get("/environ_times");
  EXPECT_EQ(reply.body, "float float float True");
}

TEST(Environ, NumbersTheThreads) {
  EXPECT_EQ(serve({.path = "/environ_value", .query = "warp.thread_id"}).body, "1");
  EXPECT_NE(serve_on_new_thread({.path = "/environ_value", .query = "warp.thread_id"}).body, "1");
}

TEST(Environ, RemembersABoundedNumberOfNames) {
  for (int i = 0; i < 400; ++i) {
    const std::string name = "HTTP_MADE_UP_" + std::to_string(i);
    EXPECT_EQ(serve({.path = "/environ_value", .query = name, .environ = {{name, "v"}}}).body, "v");
  }
}

}  // namespace
}  // namespace warp::python::testing
