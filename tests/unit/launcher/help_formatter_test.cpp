#include "launcher/settings/help_formatter.hpp"

#include <gmock/gmock.h>

#include <array>
#include <memory>

namespace warp {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string help(std::size_t columns) {
  CLI::App app("Does things.", "program");
  app.formatter(std::make_shared<HelpFormatter>(columns));
  std::string value;
  bool flag = false;
  app.add_option("--an-option", value, "One two three four five six seven eight nine ten eleven")
      ->type_name("N");
  app.add_flag("--a-flag,!--no-a-flag", flag, "A flag");
  app.add_flag("--flag-with-a-name-that-is-long", flag, "Its text is below");
  return app.help();
}

TEST(HelpFormatter, BreaksTextsAtTheWidthOfTheTerminal) {
  EXPECT_THAT(help(62), HasSubstr("  --an-option N               One two three four five six\n"
                                  "                              seven eight nine ten eleven\n"));
}

TEST(HelpFormatter, LeavesThemWholeForAPipeAndForATerminalWithoutRoom) {
  for (const std::size_t columns : std::array<std::size_t, 2>{0, 40})
    EXPECT_THAT(help(columns),
                HasSubstr("One two three four five six seven eight nine ten eleven\n"));
}

TEST(HelpFormatter, ShowsNamesAsOneTypesThem) {
  EXPECT_THAT(help(0), HasSubstr("  --a-flag,--no-a-flag        A flag\n"));
  EXPECT_THAT(help(0), Not(HasSubstr("{")));
}

TEST(HelpFormatter, PutsTheTextBelowALongName) {
  EXPECT_THAT(help(0), HasSubstr("  --flag-with-a-name-that-is-long\n"
                                 "                              Its text is below\n"));
}

TEST(HelpFormatter, HasOneEmptyLineBetweenSections) {
  EXPECT_THAT(help(0), HasSubstr("program [OPTIONS]\n\nOptions:\n"));
  EXPECT_THAT(help(0), Not(HasSubstr("\n\n\n")));
}

}  // namespace
}  // namespace warp
