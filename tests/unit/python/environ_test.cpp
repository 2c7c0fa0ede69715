#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

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
  (void)serve({.path = "/environ_text", .environ = {{"HTTP_ONCE", "1"}}});
  EXPECT_EQ(get("/environ_text").body.find("HTTP_ONCE"), std::string::npos);
}

}  // namespace
}  // namespace warp::python::testing
