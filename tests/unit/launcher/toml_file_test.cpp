#include "launcher/settings/toml_file.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Read {
  std::vector<Given> givens;
  Problems problems;
};

Read read(std::string text) {
  Read result;
  result.givens = read_toml({"/srv/app/warpdrive.toml", std::move(text)}, result.problems)
                      .value_or(result.givens);
  return result;
}

std::optional<std::vector<Given>> read_table(std::string text, Problems& problems) {
  return read_toml({"/srv/app/pyproject.toml", std::move(text), "tool.warpdrive"}, problems);
}

TEST(TomlFile, GivesOptionsWithTheirPlace) {
  const Read result = read("\n  port = 8080\n");
  ASSERT_EQ(result.givens.size(), 1U);
  EXPECT_THAT(result.givens[0].words, ElementsAre("8080"));
  EXPECT_EQ(result.givens[0].origin, "/srv/app/warpdrive.toml:2:10: port");
  EXPECT_EQ(result.givens[0].base, "/srv/app");
}

TEST(TomlFile, ReadsListsAndTables) {
  const Read result = read("python-path = [\"lib\", \"vendor\"]\nsetenv = { A = \"1\", B = 2 }\n");
  ASSERT_EQ(result.givens.size(), 2U);
  EXPECT_THAT(result.givens[0].words, ElementsAre("lib", "vendor"));
  EXPECT_THAT(result.givens[1].words, ElementsAre("A", "1", "B", "2"));
}

TEST(TomlFile, ReadsNumbersWithAFraction) {
  const Read result = read("switch-interval = 0.002\n");
  ASSERT_EQ(result.givens.size(), 1U);
  EXPECT_THAT(result.givens[0].words, ElementsAre("0.002000"));
}

TEST(TomlFile, ReportsASyntaxErrorWithLineAndColumn) {
  const Read result = read("port = 1\nhost = \"x\n");
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_THAT(result.problems[0].detail, HasSubstr("/srv/app/warpdrive.toml:2:"));
}

TEST(TomlFile, SuggestsTheNearestKey) {
  const Read result = read("treads = 4\n");
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].code, Errc::kUnknownSetting);
  EXPECT_EQ(result.problems[0].detail,
            "/srv/app/warpdrive.toml:1:1: unknown key 'treads'; did you mean threads?");
}

TEST(TomlFile, RefusesTheWrongKindOfValue) {
  const Read result = read("port = [1]\naccess-log = \"yes\"\nsetenv = [\"A=1\"]\n");
  ASSERT_EQ(result.problems.size(), 3U);
  EXPECT_THAT(result.problems[0].detail, HasSubstr("access-log: expected true or false"));
  EXPECT_THAT(result.problems[1].detail, HasSubstr("port: expected a number"));
  EXPECT_THAT(result.problems[2].detail, HasSubstr("setenv: expected a table"));
}

TEST(TomlFile, ReadsOneTableOfAnotherToolsFile) {
  Problems problems;
  const auto givens = read_table(
      "[project]\nname = \"shop\"\n[tool.warpdrive]\nport = 81\n[tool.warpdrive.setenv]\nA = "
      "\"1\"\n",
      problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_TRUE(givens);
  ASSERT_EQ(givens->size(), 2U);
  EXPECT_EQ(givens->at(0).origin, "/srv/app/pyproject.toml:4:8: port");
  EXPECT_EQ(givens->at(0).source, Source::kFile);
  EXPECT_THAT(givens->at(1).words, ElementsAre("A", "1"));
}

TEST(TomlFile, TellsAFileWithoutTheTable) {
  Problems problems;
  EXPECT_FALSE(read_table("[tool.other]\nport = 1\n", problems));
  EXPECT_TRUE(problems.empty());
}

TEST(TomlFile, RefusesATableThatIsNone) {
  Problems problems;
  EXPECT_FALSE(read_table("[tool]\nwarpdrive = 1\n", problems));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].detail,
            "/srv/app/pyproject.toml:2:13: tool.warpdrive: expected a table: [tool.warpdrive]");
}

}  // namespace
}  // namespace warp
