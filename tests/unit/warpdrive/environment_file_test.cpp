#include "launcher/project/environment_file.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

Environment parsed(std::string_view text) {
  const auto variables = parse_environment("file", text);
  EXPECT_TRUE(variables) << (variables ? "" : variables.error().detail);
  return variables.value_or(Environment{});
}

std::string refused(std::string_view text) {
  const auto variables = parse_environment("file", text);
  EXPECT_FALSE(variables);
  return variables ? "" : variables.error().detail;
}

TEST(EnvironmentFile, TakesPlainValuesWithoutTheSpaceAround) {
  EXPECT_EQ(parsed("A=1\nexport C= two words \n# D=1\n\nE=\n"),
            (Environment{{"A", "1"}, {"C", "two words"}, {"E", ""}}));
}

TEST(EnvironmentFile, KeepsWhatIsInQuotes) {
  EXPECT_EQ(parsed(R"(A=' $x "\n ')"
                   "\n"
                   R"(B="a \"b\" \\ \n \t")"),
            (Environment{{"A", R"( $x "\n )"}, {"B", "a \"b\" \\ \n \\t"}}));
}

TEST(EnvironmentFile, GivesADollarNoMeaning) {
  EXPECT_EQ(parsed("A=$(id) `id` ${HOME}"), (Environment{{"A", "$(id) `id` ${HOME}"}}));
}

TEST(EnvironmentFile, ReadsLinesThatEndAsOnWindows) {
  EXPECT_EQ(parsed("A=1\r\nB=2\r\n"), (Environment{{"A", "1"}, {"B", "2"}}));
}

TEST(EnvironmentFile, NamesEachBadLine) {
  const std::string said = refused("A=1\nB\n=2\nC='x' y\n");
  EXPECT_NE(said.find("file:2: this line is not NAME=value"), std::string::npos) << said;
  EXPECT_NE(said.find("file:3: this line is not NAME=value"), std::string::npos) << said;
  EXPECT_NE(said.find("file:4: the quotes of C are not closed"), std::string::npos) << said;
}

TEST(EnvironmentFile, NeverShowsWhatMayBeASecret) {
  const std::string said =
      refused("KEY='-----BEGIN PRIVATE KEY-----\nMIIEvQ/+secret\n-----END-----'\n");
  EXPECT_NE(said.find("file:2: "), std::string::npos) << said;
  EXPECT_EQ(said.find("MIIEvQ"), std::string::npos) << said;
}

TEST(EnvironmentFile, RefusesANulByte) {
  EXPECT_NE(refused(std::string_view("A=x\0y", 5)).find("NUL"), std::string::npos);
}

}  // namespace
}  // namespace warp
