#include "json_log/error_line.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <ctime>

namespace warp {
namespace {

using testing::HasSubstr;

class ErrorLine : public testing::Test {
 protected:
  ErrorLine() {
    ::setenv("TZ", "UTC-2", 1);  // two hours before UTC's
    ::tzset();
  }
  static std::string json(std::string_view line) { return json_of_error_line(line, 0); }
};

constexpr auto kBeginning = "[Thu Nov 26 18:51:33.062224 2026] ";

TEST_F(ErrorLine, OfHttpd) {
  EXPECT_EQ(json(std::string(kBeginning) + "[mpm_event:notice] [pid 12:tid 34] AH00489: started"),
            R"({"time": "2026-11-26T16:51:33.062224Z", "level": "notice", "source": "httpd", )"
            R"("module": "mpm_event", "pid": 12, "tid": 34, "client": null, "request_id": null, )"
            R"("message": "AH00489: started"})");
}

TEST_F(ErrorLine, OfARequest) {
  const std::string text = json(
      std::string(kBeginning) +
      "[core:error] [pid 12:tid 34] [client ::1:4711] [request a+b/c] (13)Permission denied: x");
  EXPECT_THAT(text, HasSubstr(R"("source": "httpd")"));
  EXPECT_THAT(text, HasSubstr(R"("client": "::1", "request_id": "a+b/c", )"
                              R"("message": "(13)Permission denied: x"})"));
}

TEST_F(ErrorLine, OfTheApplication) {
  const std::string text = json(
      std::string(kBeginning) +
      R"([warp:error] [pid 12:tid 34] [client 10.0.0.1:4711] [request 1f] [1f] [x] a\\b\tc \xc3\xa4)");
  EXPECT_THAT(text, HasSubstr(R"("source": "application")"));
  EXPECT_THAT(text, HasSubstr("\"message\": \"[x] a\\\\b\\u0009c \xc3\xa4\"}"));
}

TEST_F(ErrorLine, OfOurProcesses) {
  const std::string text =
      json(std::string(kBeginning) + R"([warp:info] [pid 12:tid 34] warp-worker: C:\new "x")");
  EXPECT_THAT(text, HasSubstr(R"("source": "warp-worker")"));
  EXPECT_THAT(text, HasSubstr(R"("message": "C:\\new \"x\""})"));
}

TEST_F(ErrorLine, OfAnotherForm) {
  for (const char* const line : {"Fatal Python error: oh", "[x] [y:z] [pid 1] w", "", "[", "[a] ",
                                 "[Thu Nov 26 18:51:33.062224 2026] [core:error] no ids"}) {
    const std::string text = json(line);
    EXPECT_THAT(text,
                HasSubstr(R"({"time": "1970-01-01T00:00:00.000000Z", "source": "standard error")"));
    EXPECT_THAT(text, HasSubstr("\"message\": \"" + std::string(line) + "\"}"));
  }
}

TEST_F(ErrorLine, OfAService) {
  EXPECT_EQ(json_of_error_line("indexed 3", 0, "queue"),
            R"({"time": "1970-01-01T00:00:00.000000Z", "source": "service", "service": "queue", )"
            R"("message": "indexed 3"})");
  const std::string text = json_of_error_line(
      std::string(kBeginning) + "[warp:warn] [pid 12:tid 34] warp-service: service ended pid=7", 0,
      "queue");
  EXPECT_THAT(text, HasSubstr(R"("source": "warp-service", "service": "queue", "module": "warp")"));
  EXPECT_THAT(text, HasSubstr(R"("message": "service ended pid=7"})"));
}

TEST_F(ErrorLine, KeepsAnEscapeThatIsNone) {
  EXPECT_THAT(json(std::string(kBeginning) + R"([core:error] [pid 1] \q \xZZ \x4)"),
              HasSubstr(R"("message": "\\q \\xZZ \\x4"})"));
}

}  // namespace
}  // namespace warp
