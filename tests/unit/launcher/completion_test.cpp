#include "launcher/settings/completion.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::HasSubstr;

const std::vector<CompletedCommand>& commands() {
  static const std::vector<CompletedCommand> kCommands = {
      {.name = "start-server",
       .purpose = "Serve a project's pages",
       .options = {{"--port", "Port: of HTTP. Default: 8000.", true},
                   {"--http2", "Talk HTTP/2.", false}}},
      {.name = "stop", .purpose = "Stop it"}};
  return kCommands;
}

TEST(Completion, OfBashHasCommandsAndTheirOptions) {
  const std::string script = *completion_script("bash", commands());
  EXPECT_THAT(script, HasSubstr("compgen -W \"start-server stop --help --version\""));
  EXPECT_THAT(script, HasSubstr("options=\"--port --http2\""));
  EXPECT_THAT(script, HasSubstr("case \"$before\" in --port)"));
}

TEST(Completion, OfZshQuotesThePurposes) {
  const std::string script = *completion_script("zsh", commands());
  EXPECT_THAT(script, HasSubstr("'start-server:Serve a project\u2019s pages'"));
  EXPECT_THAT(script, HasSubstr("'--port[Port  of HTTP]:value:_files'"));
  EXPECT_THAT(script, HasSubstr("'--http2[Talk HTTP/2.]'"));
}

TEST(Completion, OfFishTellsWhichOptionsTakeAValue) {
  const std::string script = *completion_script("fish", commands());
  EXPECT_THAT(script, HasSubstr("-a stop -d 'Stop it'"));
  EXPECT_THAT(script, HasSubstr("-l port -r -d 'Port  of HTTP'"));
  EXPECT_THAT(script, HasSubstr("-l http2 -d "));
}

TEST(Completion, KnowsThreeShells) {
  EXPECT_EQ(completion_script("ksh", commands()).error().code, Errc::kUsage);
}

}  // namespace
}  // namespace warp
