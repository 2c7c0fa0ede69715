#include "launcher/detect/shell_line.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;

TEST(ShellLine, IsCommandsOfWords) {
  EXPECT_THAT(
      shell_commands("cd web && A=1 gunicorn 'a b' \"c d\" e\\ f; true | cat # end", {}),
      ElementsAre(ElementsAre("cd", "web"), ElementsAre("A=1", "gunicorn", "a b", "c d", "e f"),
                  ElementsAre("true"), ElementsAre("cat")));
}

TEST(ShellLine, HasTheEnvironmentsVariables) {
  const Environment environment = {{"PORT", "80"}};
  EXPECT_THAT(
      shell_commands("a :$PORT ${PORT} '$PORT' \"$PORT\" ${N:-5} ${PORT:-5} $N ${N}", environment),
      ElementsAre(ElementsAre("a", ":80", "80", "$PORT", "80", "5", "80", "$N", "${N}")));
}

TEST(ShellLine, MayBeCutShort) {
  for (const char* const line : {"", "'a", "\"$", "a\\", "${", "${A", "${A:-", "&&", "a $"})
    EXPECT_LE(shell_commands(line, {}).size(), 1U) << line;
}

}  // namespace
}  // namespace warp
