#include "launcher/warpdrive/arguments.hpp"

#include <gtest/gtest.h>

#include <array>

#include "launcher/warpdrive/help.hpp"

namespace warp {
namespace {

constexpr std::array kOptions = {CommandOption{"name", "WORD", "a value"},
                                 CommandOption{"flag", "", "a flag"}};

WarpdriveCommand command(std::size_t most, bool passes_rest) {
  return {.name = "do",
          .arguments = "X",
          .most_words = most,
          .passes_rest = passes_rest,
          .options = kOptions};
}

Arguments read(const WarpdriveCommand& row, const std::vector<std::string>& words) {
  const auto arguments = read_arguments(row, words);
  EXPECT_TRUE(arguments) << (arguments ? "" : arguments.error().detail);
  return arguments.value_or(Arguments{});
}

TEST(Arguments, AreWordsAndOptions) {
  const Arguments arguments =
      read(command(2, false), {"a", "--name", "x y", "--flag", "--", "--b"});
  EXPECT_EQ(arguments.words, (std::vector<std::string>{"a", "--b"}));
  EXPECT_EQ(arguments.value_of("name"), "x y");
  EXPECT_TRUE(arguments.has("flag"));
}

TEST(Arguments, LeaveTheRestToAnotherProgram) {
  const Arguments arguments =
      read(command(0, true), {"--name=1", "--other", "--name", "2", "--help"});
  EXPECT_EQ(arguments.value_of("name"), "1");
  EXPECT_EQ(arguments.rest, (std::vector<std::string>{"--other", "--name", "2", "--help"}));
  EXPECT_EQ(read(command(0, true), {"--", "--flag"}).rest, std::vector<std::string>{"--flag"});
}

TEST(Arguments, RefuseWhatIsNotInTheRow) {
  const std::vector<std::vector<std::string>> wrong = {
      {"a"}, {"--nam"}, {"--name"}, {"--flag=1"}, {"--x"}};
  for (const auto& words : wrong)
    EXPECT_FALSE(read_arguments(command(0, false), words)) << words.front();
}

TEST(WarpdriveHelp, HasEveryCommandAndOption) {
  for (const WarpdriveCommand& row : warpdrive_commands()) {
    EXPECT_NE(help_of_all().find("\n  " + std::string(row.name)), std::string::npos) << row.name;
    EXPECT_NE(row.run, nullptr) << row.name;
    for (const CommandOption& option : row.options)
      EXPECT_NE(help_of(row).find("--" + std::string(option.name)), std::string::npos)
          << option.name;
  }
}

}  // namespace
}  // namespace warp
